import { hasBytes, holdsZipEntry } from '../bytes.web.ts';
import type { BinaryFormat, BinaryHead } from '../format.ts';

const MAX_BYTES = 256 * 1024 * 1024;
const MAX_ARROW_BYTES = 1024 * 1024 * 1024;

/** Workbooks and Arrow files. */
export const SHEET_FILES: readonly BinaryFormat[] = [
  {
    name: 'excel',
    label: 'an Excel workbook',
    maxBytes: MAX_BYTES,
    matches: (head) => holdsZipEntry(head, 'xl/workbook.xml'),
    async read(bytes, sink, options, isFull) {
      const [{ readExcel }, { takeSheets }] = await Promise.all([import('./excel.ts'), import('./sheet-table.ts')]);
      takeSheets(await readExcel(bytes), sink, options, isFull);
    },
  },
  {
    name: 'calc',
    label: 'an OpenDocument spreadsheet',
    maxBytes: MAX_BYTES,
    matches: isSpreadsheet,
    async read(bytes, sink, options, isFull) {
      const [{ readCalc }, { takeSheets }] = await Promise.all([import('./calc.ts'), import('./sheet-table.ts')]);
      takeSheets(
        readCalc(bytes, (reason) => sink.warn(0, reason)),
        sink,
        options,
        isFull,
      );
    },
  },
  {
    name: 'arrow',
    label: 'an Arrow file',
    maxBytes: MAX_ARROW_BYTES,
    matches: isArrow,
    read: async (bytes, sink, options, isFull) => (await import('./arrow.ts')).readArrow(bytes, sink, options, isFull),
  },
];

function isSpreadsheet({ first }: BinaryHead): boolean {
  return (
    hasBytes(first, 0, 'PK\x03\x04') && hasBytes(first, 30, 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet')
  );
}

/** A file begins with its name, a stream with the mark and the length, a multiple of 8, of its first message. */
function isArrow({ first }: BinaryHead): boolean {
  if (hasBytes(first, 0, 'ARROW1')) return true;
  if (!hasBytes(first, 0, '\xff\xff\xff\xff') || first.length < 16) return false;
  const length = first[4] | (first[5] << 8) | (first[6] << 16) | (first[7] << 24);
  return length > 0 && length % 8 === 0 && first[8] < 64 && first[9] === 0 && first[10] === 0 && first[11] === 0;
}

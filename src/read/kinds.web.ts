import { hasBytes } from './bytes.web.ts';

/** What to do with a kind of file that is not read. */
const NEXT = {
  unpack: 'unpack it first and give its files',
  image: 'pictures hold no text: recognise it first (OCR), or give a table of titles and descriptions',
  sound: 'write it out first (transcribe it) and give the text',
  office: 'open it in its program and save it as .xlsx, .docx or CSV',
  database: 'export the table with the texts as CSV, for example with DB Browser for SQLite',
  table: 'convert the table to CSV or Parquet, for example with pandas or DuckDB',
  pickle: 'in Python, save the table as Parquet or CSV (to_parquet, to_csv), or arrays as .npy',
  array: 'give it together with a table of the texts, or save its texts as CSV',
  statistics: 'in its program, export the table as CSV',
  book: 'convert it to EPUB, PDF or text',
  other: 'export its texts as CSV, JSON or text',
} as const;

interface Kind {
  /** In a sentence, with its article. */
  readonly name: string;
  readonly next: string;
}

/** Signatures of files that are not text, most of them from the list of `file` (magic). */
const SIGNATURES: readonly (readonly [name: string, offset: number, bytes: string, next: keyof typeof NEXT])[] = [
  ['a PNG image', 0, '\x89PNG', 'image'],
  ['a JPEG image', 0, '\xff\xd8\xff', 'image'],
  ['a GIF image', 0, 'GIF8', 'image'],
  ['a WebP image', 8, 'WEBPVP8', 'image'],
  ['a TIFF image', 0, 'II*\0', 'image'],
  ['a TIFF image', 0, 'MM\0*', 'image'],
  ['a Photoshop image', 0, '8BPS', 'image'],
  ['a DjVu image', 0, 'AT&TFORM', 'image'],
  ['a HEIC image', 4, 'ftyphei', 'image'],
  ['an AVIF image', 4, 'ftypavif', 'image'],
  ['a PDF document', 0, '%PDF-', 'other'],
  ['a ZIP archive or an Office document', 0, 'PK\x03\x04', 'unpack'],
  ['an empty ZIP archive', 0, 'PK\x05\x06', 'unpack'],
  ['a 7-Zip archive', 0, '7z\xbc\xaf', 'unpack'],
  ['a RAR archive', 0, 'Rar!\x1a', 'unpack'],
  ['a bzip2 archive (.bz2)', 0, 'BZh', 'unpack'],
  ['an XZ archive (.xz)', 0, '\xfd7zXZ', 'unpack'],
  ['an LZMA archive', 0, '\x5d\0\0', 'unpack'],
  ['a Zstandard archive (.zst)', 0, '\x28\xb5\x2f\xfd', 'unpack'],
  ['an LZ4 archive', 0, '\x04\x22\x4d\x18', 'unpack'],
  ['a gzip archive', 0, '\x1f\x8b', 'unpack'],
  ['a compress archive (.Z)', 0, '\x1f\x9d', 'unpack'],
  ['a cabinet archive', 0, 'MSCF', 'unpack'],
  ['a tar archive', 257, 'ustar', 'unpack'],
  ['a Parquet file', 0, 'PAR1', 'table'],
  ['an Arrow file', 0, 'ARROW1', 'table'],
  ['a Feather file of version 1', 0, 'FEA1', 'table'],
  ['an Arrow stream', 0, '\xff\xff\xff\xff', 'table'],
  ['an Avro file', 0, 'Obj\x01', 'table'],
  ['an ORC file', 0, 'ORC', 'table'],
  ['an SQLite database', 0, 'SQLite format 3\0', 'database'],
  ['a DuckDB database', 8, 'DUCK', 'database'],
  ['an Access database', 4, 'Standard Jet DB', 'database'],
  ['an Access database', 4, 'Standard ACE DB', 'database'],
  ['an HDF5 file', 0, '\x89HDF', 'table'],
  ['a NumPy array (.npy)', 0, '\x93NUMPY', 'array'],
  ['a MATLAB file', 0, 'MATLAB 5.0', 'statistics'],
  ['an R data file', 0, 'RDX', 'statistics'],
  ['an R data file', 0, 'X\n\0\0\0', 'statistics'],
  ['an SPSS file', 0, '$FL', 'statistics'],
  ['a Stata file', 0, '<stata_dta>', 'statistics'],
  ['a SAS table', 84, 'SAS FILE', 'statistics'],
  ['a Kindle book', 60, 'BOOKMOBI', 'book'],
  ['a video', 4, 'ftyp', 'sound'],
  ['a video', 0, '\x1a\x45\xdf\xa3', 'sound'],
  ['a video', 8, 'AVI ', 'sound'],
  ['a sound file', 8, 'WAVE', 'sound'],
  ['a sound file', 0, 'ID3', 'sound'],
  ['a sound file', 0, 'OggS', 'sound'],
  ['a sound file', 0, 'fLaC', 'sound'],
  ['a program', 0, '\x7fELF', 'other'],
  ['a program', 0, 'MZ\x90\0', 'other'],
  ['a WebAssembly module', 0, '\0asm', 'other'],
  ['a font', 0, '\0\x01\0\0\0', 'other'],
];

/** Old Office documents by names in their directory, which are written in UTF-16. */
const OLD_OFFICE: readonly (readonly [name: string, entry: string])[] = [
  ['an Office document protected by a password', 'EncryptedPackage'],
  ['an old Excel workbook (.xls)', 'Workbook'],
  ['an old Word document (.doc)', 'WordDocument'],
  ['an old PowerPoint presentation (.ppt)', 'PowerPoint Document'],
  ['an Outlook message (.msg)', '__properties_version'],
];

/**
 * Why a file that begins with `head` is no text, as a sentence with what to do; null for text. A signature is not enough,
 * since a text may begin with `PAR1` or `ID3`: a control byte is required too.
 */
export function whyNoText(head: Uint8Array): string | null {
  const kind = kindOf(head);
  return kind && `this is no text: it looks like ${kind.name}. Next step: ${kind.next}`;
}

function kindOf(head: Uint8Array): Kind | null {
  let controls = 0;
  for (const byte of head) if (byte < 0x20 ? !isTextControl(byte) : byte === 0x7f) controls++;
  if (controls > 0 || hasBytes(head, 0, '%PDF-')) {
    if (hasBytes(head, 0, '\xd0\xcf\x11\xe0')) return oldOffice(head);
    if (isPickle(head)) return { name: 'a Python pickle (.pkl)', next: NEXT.pickle };
    const found = SIGNATURES.find(([, offset, bytes]) => hasBytes(head, offset, bytes));
    if (found) return { name: found[0], next: NEXT[found[3]] };
  }
  return controls > head.length * MAX_CONTROL_SHARE ? { name: 'binary data', next: NEXT.other } : null;
}

/** Protocols 2 to 5, whose second byte is their number; a frame, an opcode or a name of a module follows. */
function isPickle(head: Uint8Array): boolean {
  return head[0] === 0x80 && head[1] >= 2 && head[1] <= 5;
}

function oldOffice(head: Uint8Array): Kind {
  const names = decodeChunks(head);
  const found = OLD_OFFICE.find(([, entry]) => names.includes(Array.from(entry, (letter) => `${letter}\0`).join('')));
  return { name: found?.[0] ?? 'an old Office document (.xls, .doc or .ppt)', next: NEXT.office };
}

/** Bytes as characters, in chunks that a call can take as arguments. */
function decodeChunks(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** A larger share of control bytes means that the file is not text. Random bytes have about 11 %. */
const MAX_CONTROL_SHARE = 0.05;

/** Tab, line ends, form feed, and escape (terminal output contains it). */
function isTextControl(byte: number): boolean {
  return (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b;
}

import { StageError } from '../model/failure.ts';
import { BIBTEX } from './bibtex.ts';
import { hasBytes } from './bytes.web.ts';
import { CSV } from './csv.web.ts';
import type { BinaryFormat, RecordSink, TextFormat, TextHead, TextParser } from './format.ts';
import { JSON_FILE, JSON_LINES } from './json.ts';
import { MAX_PARQUET_BYTES } from './limits.ts';
import { LISTING } from './listing.ts';
import { LINES, PARAGRAPHS } from './plain.ts';
import type { ReadOptions } from './read.api.ts';
import { RIS } from './ris.ts';

/**
 * All text formats in the order in which they are tried; the first match wins. Formats with explicit markers come
 * before those recognised by shape, and the last one accepts everything.
 */
const TEXT_FORMATS: readonly TextFormat[] = [JSON_LINES, JSON_FILE, BIBTEX, RIS, LISTING, CSV, PARAGRAPHS, LINES];

/** All binary formats. Their readers are large, so each is loaded only when a file needs it. */
const BINARY_FORMATS: readonly BinaryFormat[] = [
  {
    name: 'parquet',
    label: 'a Parquet file',
    maxBytes: MAX_PARQUET_BYTES,
    matches: (first, last) => hasBytes(first, 0, 'PAR1') && hasBytes(last, 0, 'PAR1'),
    read: async (...file) => (await import('./parquet.ts')).readParquetTable(...file),
  },
];

/** UTF-16 units at the beginning of a text by which its format is recognised. */
export const HEAD_LENGTH = 65_536;

/** The beginning of a file's text; all of it when `whole` is true. */
interface TextFile {
  readonly name: string;
  readonly text: string;
  readonly whole: boolean;
}

/** The format of a binary file by its first and last four bytes; null for text and for unknown formats. */
export function detectBinary(first: Uint8Array, last: Uint8Array): BinaryFormat | null {
  return BINARY_FORMATS.find((format) => format.matches(first, last)) ?? null;
}

/**
 * A parser for the format of a text, chosen by content, and by file name only where the content is ambiguous. The
 * beginning is not pushed here. Throws `bad-format` for formats that are known but not supported, such as HTML.
 */
export function makeParser(
  { name, text, whole }: TextFile,
  options: ReadOptions,
  sink: RecordSink,
): { format: string; parser: TextParser } {
  const head: TextHead = { extension: extensionOf(name), text, start: text.trimStart().slice(0, 500), whole };
  if (/^<(?:!doctype html|html|\?xml|head|body)\b/iu.test(head.start)) throw webPage();
  const format = TEXT_FORMATS.find(({ matches }) => matches(head)) ?? LINES;
  return { format: format.name, parser: format.makeParser(sink, options, head) };
}

/** The file's extension in lower case, ignoring `.gz`: `csv` for `a/Papers.CSV.gz`; '' when it has none. */
function extensionOf(name: string): string {
  const plain = name.toLowerCase().replace(/\.gz$/u, '');
  return /\.([a-z0-9]{1,8})$/u.exec(plain)?.[1] ?? '';
}

function webPage(): StageError {
  const hint = 'save its texts as plain text, CSV or JSON';
  return new StageError('bad-format', 'read', `this is a web page or XML, which is not read: ${hint}`);
}

import { StageError } from '../model/failure.ts';
import { BIBTEX } from './bibtex/bibtex.ts';
import { hasBytes } from './bytes.web.ts';
import { CSV } from './csv.web.ts';
import { DOCUMENT_FILES } from './documents/files.web.ts';
import { DOCUMENT, SECTIONS } from './documents/formats.ts';
import type { BinaryFormat, BinaryHead, LazyTextFormat, SeekableFormat, TextFormat, TextHead } from './format.ts';
import { JSON_FILE, JSON_LINES } from './json/json.ts';
import { LISTING } from './listing.ts';
import { EML, MBOX } from './mail/mail.web.ts';
import { WIZMAP_DATA, WIZMAP_GRID } from './peers/wizmap.ts';
import { whyNotProse } from './plain/not-prose.ts';
import { LINES, PARAGRAPHS } from './plain/plain.ts';
import { RTF } from './rtf/rtf.web.ts';
import { SHEET_FILES } from './sheets/files.web.ts';
import { ENDNOTE } from './tagged/endnote.ts';
import { LABELLED } from './tagged/labelled.ts';
import { MEDLINE } from './tagged/medline.ts';
import { PUBMED_TEXT } from './tagged/pubmed-text.ts';
import { RIS } from './tagged/ris.ts';
import { WEB_OF_SCIENCE } from './tagged/web-of-science.ts';
import { CHAT } from './transcripts/chat.ts';
import { SUBTITLES } from './transcripts/subtitles.ts';
import { NUMBER_TABLE } from './vectors/number-table.ts';
import { XML_FILE } from './xml/xml.ts';
import { YAML } from './yaml/yaml.ts';

/** All text formats. Of two that are equally sure of a file, the earlier one reads it. */
const TEXT_FORMATS: readonly (TextFormat | LazyTextFormat)[] = [
  JSON_LINES,
  JSON_FILE,
  WIZMAP_DATA,
  WIZMAP_GRID,
  NUMBER_TABLE,
  XML_FILE,
  RTF,
  SUBTITLES,
  CHAT,
  YAML,
  MBOX,
  EML,
  BIBTEX,
  RIS,
  WEB_OF_SCIENCE,
  MEDLINE,
  ENDNOTE,
  PUBMED_TEXT,
  LABELLED,
  SECTIONS,
  DOCUMENT,
  LISTING,
  CSV,
  PARAGRAPHS,
  LINES,
];

/** All binary formats. Their readers are large, so each is loaded only when a file needs it. */
const BINARY_FORMATS: readonly (BinaryFormat | SeekableFormat)[] = [
  {
    name: 'parquet',
    label: 'a Parquet file',
    matches: ({ first, last }) => hasBytes(first, 0, 'PAR1') && hasBytes(last, last.length - 4, 'PAR1'),
    readParts: async (...file) => (await import('./parquet.ts')).readParquetTable(...file),
  },
  ...SHEET_FILES,
  ...DOCUMENT_FILES,
];

/** UTF-16 units at the beginning of a text by which its format is recognised. */
export const HEAD_LENGTH = 65_536;

/** The beginning of a file's text; all of it when `whole` is true. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
  readonly whole: boolean;
  /** As in {@link TextHead}. */
  readonly companions: number;
  readonly documents: number;
}

/** The format of a binary file; null for text and for unknown formats. */
export function detectBinary(head: BinaryHead): BinaryFormat | SeekableFormat | null {
  return BINARY_FORMATS.find((format) => format.matches(head)) ?? null;
}

/** The beginning of a text file, as formats look at it. */
export function headOf(file: TextFile): TextHead {
  return { ...file, extension: extensionOf(file.name), start: file.text.trimStart().slice(0, 500) };
}

/**
 * The formats that a text can have, the likeliest first, judged by its content, and by its name where the content is
 * ambiguous. `wanted`, the name of a format, comes first if it is one. Throws `bad-format`, with what to do instead, for a
 * text that no format claims and that does not read as prose.
 */
export function rankFormats(head: TextHead, wanted?: string): (TextFormat | LazyTextFormat)[] {
  const chosen = TEXT_FORMATS.find(({ name }) => name === wanted);
  const scored = TEXT_FORMATS.map((format) => ({ format, score: format.score(head) }));
  const why = whyNotProse(head);
  if (!chosen && why !== null && scored.every(({ score }) => score < LEAST)) {
    throw new StageError('bad-format', 'read', why);
  }
  const likely = scored
    .filter(({ format, score }) => score > 0 && format !== chosen)
    .sort((a, b) => b.score - a.score)
    .map(({ format }) => format);
  return chosen ? [chosen, ...likely] : likely;
}

/** A lower score is that of formats which read anything, and are offered only. */
const LEAST = 0.05;

/** The names of all formats as which a text can be read. */
export function textFormatNames(): string[] {
  return TEXT_FORMATS.map(({ name }) => name);
}

/** The file's extension in lower case, ignoring `.gz`: `csv` for `a/Papers.CSV.gz`; '' when it has none. */
export function extensionOf(name: string): string {
  const plain = name.toLowerCase().replace(/\.gz$/u, '');
  return /\.([a-z0-9]{1,8})$/u.exec(plain)?.[1] ?? '';
}

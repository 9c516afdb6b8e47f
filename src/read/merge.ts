import { StageError } from '../model/failure.ts';
import type { ColumnValue, Corpus, Paper, Source } from '../model/paper.ts';
import type { MergedGroup, ReadNote } from '../model/read-report.ts';
import { makeColumnStore } from './columns.ts';
import type { Cell, RawRecord, RecordSink } from './format.ts';
import { MAX_NOTES, MAX_RECORDS, MAX_TEXT_LENGTH } from './limits.ts';
import { assignIds, hashText, normalizeTitle } from './paper-ids.ts';
import type { FilePreview, MergeRule, PreviewRecord, TablePreview } from './read.api.ts';
import { makeVectorStore, type StoredVectors, type VectorStore } from './vectors/vector-store.ts';

/** How records become papers. */
export interface MergeOptions {
  /** Default: `same`. */
  readonly merge?: MergeRule;
  /** Maximum number of papers. */
  readonly limit?: number;
}

/** Records shown in the import dialog, and UTF-16 units of a title or text there. */
const PREVIEW_RECORDS = 5;
const PREVIEW_LENGTH = 2000;

/** Column for the source's ids when they are not unique and so cannot be the papers' ids. */
const LOST_IDS = 'source id';

/** Collects records file by file and merges equal ones into papers. */
export interface CorpusBuilder {
  /** Where to put the records of the file `name`. */
  openFile(name: string): FileIntake;
  /** Whether the limit of papers or records is reached; further records are ignored. */
  isFull(): boolean;
  /** Returns the papers and empties the builder. */
  finish(): MergeResult;
}

/** Takes the records of one file, and the notes about them. */
export interface FileIntake extends RecordSink {
  /** Records accepted so far. */
  count(): number;
  notes(): { readonly skipped: readonly ReadNote[]; readonly warnings: readonly ReadNote[] };
  /** What the dialog shows of this file. */
  preview(): Pick<FilePreview, 'table' | 'records' | 'sheets' | 'lists' | 'part'>;
}

/** All papers, and what happened to the records. */
export interface MergeResult {
  readonly corpus: Corpus;
  readonly records: number;
  readonly groups: readonly MergedGroup[];
  readonly warnings: readonly ReadNote[];
  /** Columns of vectors, which are not in the corpus. */
  readonly vectors: readonly StoredVectors[];
}

interface Draft {
  title: string;
  text: string;
  authors: string | null;
  date: string | null;
  url: string | null;
  id: string | null;
  readonly key: string;
  readonly sources: Source[];
}

interface Pool {
  readonly mergeTitles: boolean;
  readonly limit: number;
  readonly drafts: Draft[];
  /** Paper index by merge key. */
  readonly byKey: Map<string, number>;
  readonly columns: ReturnType<typeof makeColumnStore>;
  readonly vectors: VectorStore;
  records: number;
  full: boolean;
}

/**
 * Merges records with the same normalised title, or the same text if they have no title: keeps the first position and
 * title, the longest text, all sources in order, and the first value of other fields and columns. By the
 * rules `id` and `none`, only records with the same title and text merge.
 */
export function makeCorpusBuilder({ merge = 'same', limit = MAX_RECORDS }: MergeOptions = {}): CorpusBuilder {
  if (!(limit >= 1)) throw new StageError('bad-format', 'read', `expected a limit of 1 paper or more, got ${limit}`);
  const columns = makeColumnStore();
  const vectors = makeVectorStore((name, paper, cell) => columns.put(name, paper, columnValue(cell)));
  const mergeTitles = merge === 'same' || merge === 'title';
  const pool: Pool = { mergeTitles, limit, drafts: [], byKey: new Map(), columns, vectors, records: 0, full: false };
  return {
    openFile: (name) => makeIntake(pool, name),
    isFull: () => pool.full,
    finish: () => finish(pool),
  };
}

function makeIntake(pool: Pool, file: string): FileIntake {
  const skipped = makeNotes(file);
  const warnings = makeNotes(file);
  const records: PreviewRecord[] = [];
  let table: TablePreview | null = null;
  let parts: Pick<FilePreview, 'sheets' | 'lists' | 'part'> = { sheets: [], lists: [], part: null };
  let count = 0;
  return {
    record(record) {
      const longest = Math.max(record.title.length, record.text.length);
      if (longest > MAX_TEXT_LENGTH) skipped.add(record.line, tooLong(longest));
      else if (addRecord(pool, file, record)) {
        count++;
        if (records.length < PREVIEW_RECORDS) records.push(previewOf(record));
      }
    },
    skip: (line, reason) => skipped.add(line, reason),
    warn: (line, reason) => warnings.add(line, reason),
    table: (preview) => {
      table ??= preview;
    },
    parts: (found) => {
      parts = { ...parts, ...found };
    },
    count: () => count,
    notes: () => ({ skipped: skipped.list(), warnings: warnings.list() }),
    preview: () => ({ ...parts, table, records }),
  };
}

function previewOf({ title, text, authors, date, url }: RawRecord): PreviewRecord {
  return { title: title.slice(0, PREVIEW_LENGTH), text: text.slice(0, PREVIEW_LENGTH), authors, date, url };
}

function putCell({ columns, vectors }: Pool, name: string, paper: number, cell: Cell): void {
  if (cell === null || cell === '' || !columns.reserve(name)) return;
  if (!vectors.take(name, paper, cell)) columns.put(name, paper, columnValue(cell));
}

/** Digits that tell any two float32 apart. */
const FLOAT_DIGITS = 9;

/** A cell as the value of a column: the members of a list, and the numbers of a list, in one string. */
function columnValue(value: Cell): ColumnValue {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Float32Array)
    return Array.from(value, (each) => Number(each.toPrecision(FLOAT_DIGITS))).join(', ');
  return value.join(value instanceof Float64Array ? ', ' : '; ');
}

/** Returns whether the record was added: false once the pool is full. */
function addRecord(pool: Pool, file: string, record: RawRecord): boolean {
  if (pool.full) return false;
  const key = mergeKey(pool, record);
  const known = pool.byKey.get(key);
  if (known === undefined && pool.drafts.length >= pool.limit) {
    pool.full = true;
    return false;
  }
  const source = { file, line: record.line };
  const paper = known ?? pool.drafts.length;
  if (known === undefined) {
    const { title, text, authors, date, url, id } = record;
    pool.byKey.set(key, paper);
    pool.drafts.push({ title, text, authors, date, url, id, key, sources: [source] });
  } else mergeInto(pool.drafts[known], record, source);
  for (const [name, value] of record.extra) putCell(pool, name, paper, value);
  pool.records++;
  if (pool.records >= MAX_RECORDS) pool.full = true;
  return true;
}

function mergeInto(draft: Draft, record: RawRecord, source: Source): void {
  if (record.text.length > draft.text.length) draft.text = record.text;
  if (draft.title === '') draft.title = record.title;
  draft.authors ??= record.authors;
  draft.date ??= record.date;
  draft.url ??= record.url;
  draft.id ??= record.id;
  draft.sources.push(source);
}

/** A key of bounded length (a text is hashed). When the hash belongs to a different record, the key is extended. */
function mergeKey(pool: Pool, record: RawRecord): string {
  const title = pool.mergeTitles ? normalizeTitle(record.title) : '';
  if (title !== '') return title;
  const exact = !pool.mergeTitles || record.text.trim() === '';
  let key = exact
    ? `= ${hashText(`${record.title.trim()}\n${record.text.trim()}`)}`
    : `# ${hashText(record.text.trim())}`;
  for (;;) {
    const known = pool.byKey.get(key);
    if (known === undefined || isSame(pool.drafts[known], record, exact)) return key;
    key += '+';
  }
}

function isSame(draft: Draft, record: RawRecord, exact: boolean): boolean {
  if (exact && draft.title.trim() !== record.title.trim()) return false;
  return draft.text.trim() === record.text.trim();
}

function finish(pool: Pool): MergeResult {
  const { drafts } = pool;
  const ids = assignIds(
    drafts.map((draft) => draft.id),
    drafts.map((draft) => draft.key),
  );
  if (drafts.some((draft, i) => draft.id !== null && draft.id !== ids[i])) {
    for (const [i, draft] of drafts.entries()) pool.columns.put(LOST_IDS, i, draft.id);
  }
  const groups: MergedGroup[] = [];
  const papers = drafts.map((draft, i): Paper => {
    if (draft.sources.length > 1) groups.push({ paper: i, records: draft.sources.length });
    const { title, text, authors, date, url, sources } = draft;
    return { id: ids[i], title, text, authors, date, url, sources };
  });
  // Decides about the columns that are still held back, so it comes before the others are finished.
  const vectors = pool.vectors.finish(papers.length);
  const { columns, dropped } = pool.columns.finish(papers.length);
  const warnings: ReadNote[] = [];
  for (const { reasons } of vectors) for (const note of reasons) warnings.push(noteOf(papers, note));
  if (dropped > 0) warnings.push({ file: '', line: 0, reason: `${dropped} columns were left out: there are too many` });
  const { records } = pool;
  drafts.length = 0;
  pool.byKey.clear();
  return { corpus: { papers, columns }, records, groups, warnings, vectors };
}

function noteOf(papers: readonly Paper[], { paper, reason }: StoredVectors['reasons'][number]): ReadNote {
  const source = papers[paper]?.sources[0] ?? { file: '', line: 0 };
  return { ...source, reason };
}

/** A list of notes with a maximum length. */
function makeNotes(file: string): { add(line: number, reason: string): void; list(): ReadNote[] } {
  const notes: ReadNote[] = [];
  let more = 0;
  return {
    add(line, reason) {
      if (notes.length < MAX_NOTES) notes.push({ file, line, reason });
      else more++;
    },
    list: () => (more > 0 ? [...notes, { file, line: 0, reason: `${more} more of this kind` }] : notes),
  };
}

function tooLong(length: number): string {
  return `this text has ${length} characters; at most ${MAX_TEXT_LENGTH} can be read`;
}

import { StageError } from '../model/failure.ts';
import type { ColumnValue, Corpus, Paper } from '../model/paper.ts';
import type { MergedGroup, MergeRule, ReadNote } from '../model/read-report.ts';
import { makeColumnStore } from './columns.ts';
import type { Cell, RawRecord, RecordSink } from './format.ts';
import { doiOf } from './identity/doi.ts';
import type { Candidate } from './identity/keys.ts';
import { type Matcher, makeMatcher } from './identity/matcher.ts';
import { assignIds, LOST_IDS } from './identity/paper-ids.ts';
import { rowHash } from './identity/row-hash.ts';
import { MAX_NOTES, MAX_RECORDS, MAX_TEXT_LENGTH } from './limits.ts';
import type { FilePreview, PreviewRecord, TablePreview } from './read.api.ts';
import type { Steps } from './steps.ts';
import { settleLists } from './table/list-columns.ts';
import type { StoredVectors } from './vectors/vector-column.ts';
import { makeVectorStore, type VectorStore } from './vectors/vector-store.ts';

/** How records become papers. */
export interface MergeOptions {
  /** Default: `same`. */
  readonly merge?: MergeRule;
  /** Maximum number of papers. */
  readonly limit?: number;
}

/** Records shown in the import dialog, and UTF-16 units of a title or text there. */
const PREVIEW_RECORDS = 5;

import { settleDecimals } from './table/decimal-commas.ts';

const PREVIEW_LENGTH = 2000;

/** Collects records file by file and merges equal ones into papers. */
export interface CorpusBuilder {
  /** Where to put the records of the file `name`. */
  openFile(name: string): FileIntake;
  /** Whether the limit of papers or records is reached; further records are ignored. */
  isFull(): boolean;
  /** Returns the papers; the builder cannot be used after it. */
  finish(): Steps<MergeResult>;
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
  readonly nearCopies: Readonly<Record<MergeRule, number>>;
  readonly warnings: readonly ReadNote[];
  /** Columns of vectors, which are not in the corpus. */
  readonly vectors: readonly StoredVectors[];
}

/** A paper while records are merged into it; its id comes last. */
type Draft = { -readonly [Key in keyof Paper]: Key extends 'sources' ? Paper[Key][number][] : Paper[Key] };

interface Pool {
  readonly rule: MergeRule;
  readonly limit: number;
  readonly drafts: Draft[];
  /** The source's own id of each draft. */
  readonly ownIds: (string | null)[];
  readonly matcher: Matcher;
  readonly nearCopies: Record<MergeRule, number>;
  /** A number for each form of table. */
  readonly tables: Map<string, number>;
  readonly columns: ReturnType<typeof makeColumnStore>;
  readonly vectors: VectorStore;
  /** Columns whose cells came as lists of words. */
  readonly lists: Set<string>;
  records: number;
  full: boolean;
}

/**
 * Merges records that are one paper by the rule (see {@link MergeRule} and `makeMatcher`): keeps the first position and
 * title, the longest text, all sources in order, and the first value of other fields and columns. Counts what each other
 * rule would merge.
 */
export function makeCorpusBuilder({ merge = 'same', limit = MAX_RECORDS }: MergeOptions = {}): CorpusBuilder {
  if (!(limit >= 1)) throw new StageError('bad-format', 'read', `expected a limit of 1 paper or more, got ${limit}`);
  const columns = makeColumnStore();
  const drafts: Draft[] = [];
  const pool: Pool = {
    rule: merge,
    limit,
    drafts,
    ownIds: [],
    matcher: makeMatcher((paper) => drafts[paper]),
    nearCopies: { id: 0, same: 0, title: 0, none: 0 },
    tables: new Map(),
    columns,
    vectors: makeVectorStore((name, paper, cell) => columns.put(name, paper, columnValue(cell))),
    lists: new Set(),
    records: 0,
    full: false,
  };
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
  let origin: Origin | null = null;
  return {
    record(record) {
      origin ??= originOf(pool, file, table);
      const longest = Math.max(record.title.length, record.text.length);
      if (longest > MAX_TEXT_LENGTH) skipped.add(record.line, tooLong(longest));
      else if (addRecord(pool, origin, record)) {
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

function previewOf({ title, text, authors, date, url, line }: RawRecord): PreviewRecord {
  return { title: title.slice(0, PREVIEW_LENGTH), text: text.slice(0, PREVIEW_LENGTH), authors, date, url, line };
}

function putCell({ columns, vectors, lists }: Pool, name: string, paper: number, cell: Cell): void {
  if (cell === null || cell === '' || !columns.reserve(name)) return;
  if (Array.isArray(cell)) lists.add(name);
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

/** Where the records of one file come from. */
interface Origin extends Pick<Candidate, 'table' | 'hasRealIds'> {
  readonly file: string;
}

/** A column of citation keys, which differ between two entries of one paper. */
const LABELS = /^(?:bibtex[\s_-]*)?(?:cit(?:e|ation)[\s_-]*)?key$/iu;

/** Files with the same columns are taken for parts of one table; a format without columns has only labels, no ids. */
function originOf({ tables }: Pool, file: string, table: TablePreview | null): Origin {
  const form = table ? JSON.stringify([table.headers, table.roles.id]) : `file ${file}`;
  const number = tables.get(form) ?? tables.size;
  tables.set(form, number);
  const id = table?.roles.id ?? null;
  return { file, table: number, hasRealIds: id !== null && !LABELS.test(id) };
}

/** Returns whether the record was added: false once the pool is full. */
function addRecord(pool: Pool, { file, table, hasRealIds }: Origin, record: RawRecord): boolean {
  if (pool.full) return false;
  const { title, text, authors, date, url, id, line } = record;
  const candidate = { title, text, authors, date, id, doi: doiOf(record), table, hasRealIds, row: rowHash(record) };
  const matches = pool.matcher.find(candidate);
  const known = matches[pool.rule];
  if (known < 0 && pool.drafts.length >= pool.limit) {
    pool.full = true;
    return false;
  }
  const paper = known < 0 ? pool.drafts.length : known;
  if (known < 0) {
    pool.drafts.push({ id: '', title, text, authors, date, url, sources: [{ file, line }] });
    pool.ownIds.push(id);
  } else {
    mergeInto(pool.drafts[known], record, file);
    pool.ownIds[known] ??= id;
  }
  pool.matcher.add(candidate, paper);
  for (const [name, value] of record.extra) putCell(pool, name, paper, value);
  for (const rule of RULES) if (matches[rule] >= 0) pool.nearCopies[rule]++;
  pool.records++;
  if (pool.records >= MAX_RECORDS) pool.full = true;
  return true;
}

const RULES: readonly MergeRule[] = ['id', 'same', 'title', 'none'];

function mergeInto(draft: Draft, record: RawRecord, file: string): void {
  if (record.text.length > draft.text.length) draft.text = record.text;
  if (draft.title === '') draft.title = record.title;
  draft.authors ??= record.authors;
  draft.date ??= record.date;
  draft.url ??= record.url;
  draft.sources.push({ file, line: record.line });
}

function* finish(pool: Pool): Steps<MergeResult> {
  const { drafts: papers, ownIds, matcher, records, nearCopies } = pool;
  const ids = assignIds(
    ownIds,
    papers.map((_, i) => matcher.hashOf(i)),
  );
  yield;
  if (ownIds.some((id, i) => id !== null && id !== ids[i])) {
    for (const [i, id] of ownIds.entries()) pool.columns.put(LOST_IDS, i, id);
  }
  const groups: MergedGroup[] = [];
  for (const [i, paper] of papers.entries()) {
    paper.id = ids[i];
    if (paper.sources.length > 1) groups.push({ paper: i, records: paper.sources.length });
  }
  // Decides about the columns that are still held back, so it comes before the others are finished.
  const vectors = pool.vectors.finish(papers.length);
  yield;
  const { columns, dropped } = yield* pool.columns.finish(papers.length);
  const warnings: ReadNote[] = [];
  for (const { reasons } of vectors) for (const note of reasons) warnings.push(noteOf(papers, note));
  if (dropped > 0) warnings.push({ file: '', line: 0, reason: `${dropped} columns were left out: there are too many` });
  return {
    corpus: { papers, columns: settleLists(settleDecimals(columns), pool.lists) },
    records,
    groups,
    nearCopies,
    warnings,
    vectors,
  };
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

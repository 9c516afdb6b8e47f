import { yearOf } from '../../model/paper.ts';
import type { MergeRule } from '../../model/read-report.ts';
import { type KeyIndex, makeKeyIndex } from './key-index.ts';
import { type Candidate, crowdKeys, doiKey, hasTitle, idKey, keyOf, rowKey, type Work } from './keys.ts';
import { compareAuthors, compareTexts, compareTitles, isTelling, type Sketch, sketchOf } from './likeness.ts';
import { hashOf, normalizeTitle } from './paper-ids.ts';

/** The paper that a record is merged into by each rule; −1 for none. */
export type Matches = Readonly<Record<MergeRule, number>>;

/** Finds the paper that a record belongs to. */
export interface Matcher {
  find(work: Candidate): Matches;
  /** Adds a record as part of `paper`; papers are numbered from 0 in the order in which they are first added. */
  add(work: Candidate, paper: number): void;
  /** A hash from which the paper's id is made: of the title (else the text), and of the text where that is taken. */
  hashOf(paper: number): number;
}

/** Papers compared with a record for one key. More papers with one title are found by {@link crowdKeys}. */
const MAX_COMPARED = 16;
/** Shingles that are kept of all papers: 16 MB. */
const MAX_SHINGLES = 4_000_000;

/**
 * Makes a matcher. Rules: `title`: the same normalised title, or the same text without a title. `id`: the same DOI, or
 * the same id, unless title or text contradict. `same`: also a row that is equal in everything, and the same normalised
 * title with like text, like authors or the same year, where no DOI, id, author, text, or date of one table contradicts.
 * `none`: nothing. Each record is compared with a bounded number of papers, so n records cost O(n) in characters.
 * @param paperAt the papers as they are merged so far
 */
export function makeMatcher(paperAt: (paper: number) => Work): Matcher {
  const state: State = {
    paperAt,
    index: makeKeyIndex(),
    dois: [],
    rows: [],
    hashes: [],
    marks: [],
    more: new Map(),
    moreRows: new Map(),
    sketches: new Map(),
    shingles: 0,
  };
  return {
    find: (work) => find(state, work),
    add: (work, paper) => (paper < state.dois.length ? extend(state, work, paper) : insert(state, work, paper)),
    hashOf: (paper) => state.hashes[paper],
  };
}

/** Where a record came from, and what it is called there. */
interface Mark {
  readonly table: number;
  readonly id: string | null;
  readonly date: string | null;
}

interface State {
  readonly paperAt: (paper: number) => Work;
  readonly index: KeyIndex;
  // By paper.
  readonly dois: (string | null)[];
  /** The hash of its first record's row; NaN when unknown. */
  readonly rows: number[];
  readonly hashes: number[];
  /** Of its first record; those of the next ones that say something else are in `more`. */
  readonly marks: Mark[];
  readonly more: Map<number, Mark[]>;
  /** The rows of merged records that are not like the first. */
  readonly moreRows: Map<number, number[]>;
  /** By paper, of its text while that had this length. */
  readonly sketches: Map<number, { readonly length: number; readonly sketch: Sketch }>;
  /** In all sketches. */
  shingles: number;
}

/** A record and what is derived from it once. */
interface Sought {
  readonly work: Candidate;
  readonly key: string;
  readonly isTelling: boolean;
  sketch: Sketch | null;
}

function find(state: State, work: Candidate): Matches {
  const key = keyOf(work);
  const bucket = hashOf(key);
  const sought: Sought = { work, key, isTelling: isTelling(key), sketch: null };
  const first = (at: number, test: (paper: number) => boolean): number =>
    state.index.papers(at, MAX_COMPARED).find(test) ?? -1;
  let id = work.doi === null ? -1 : first(doiKey(work.doi), (paper) => isSameByDoi(state, sought, paper));
  if (id < 0 && work.id !== null) id = first(idKey(work.id), (paper) => isSameById(state, sought, paper));
  let same = id;
  if (same < 0 && work.row !== null) same = first(rowKey(bucket, work.row), (paper) => isKnownRow(state, work, paper));
  if (same < 0) same = first(bucket, (paper) => isSameRow(state, sought, paper) || isSameByTitle(state, sought, paper));
  if (same < 0 && state.index.count(bucket) > MAX_COMPARED) {
    for (const at of crowdKeys(bucket, work, sketchOfSought(sought))) {
      if (same < 0) same = first(at, (paper) => isSameRow(state, sought, paper) || isSameByTitle(state, sought, paper));
    }
  }
  return { id, same, title: state.index.papers(bucket, 1)[0] ?? -1, none: -1 };
}

function insert(state: State, work: Candidate, paper: number): void {
  const { index } = state;
  const key = keyOf(work);
  const bucket = hashOf(key);
  const isFirst = index.count(bucket) === 0;
  index.add(bucket, paper);
  if (work.doi !== null) index.add(doiKey(work.doi), paper);
  if (work.id !== null) index.add(idKey(work.id), paper);
  if (index.count(bucket) > MAX_COMPARED) {
    for (const at of crowdKeys(bucket, work, sketchOf(work.text))) index.add(at, paper);
  }
  state.dois.push(work.doi);
  state.rows.push(work.row ?? Number.NaN);
  state.hashes.push(isFirst ? bucket : hashOf(`${key}\n${work.text.trim()}`));
  state.marks.push({ table: work.table, id: work.id, date: work.date });
}

/** Adds a record to a paper that is there. */
function extend(state: State, work: Candidate, paper: number): void {
  const { index, dois, more, moreRows, rows } = state;
  if (work.doi !== null && dois[paper] === null) {
    dois[paper] = work.doi;
    index.add(doiKey(work.doi), paper);
  }
  const marks = marksOf(state, paper);
  const isNew = !marks.some(({ table, id }) => table === work.table && id === work.id);
  if (isNew && marks.length < MAX_COMPARED) {
    if (work.id !== null && !marks.some(({ id }) => id === work.id)) index.add(idKey(work.id), paper);
    more.set(paper, [...marks.slice(1), { table: work.table, id: work.id, date: work.date }]);
  }
  const { row } = work;
  const others = moreRows.get(paper) ?? [];
  if (row !== null && rows[paper] !== row && !others.includes(row) && others.length < MAX_COMPARED) {
    moreRows.set(paper, [...others, row]);
    index.add(rowKey(hashOf(keyOf(work)), row), paper);
  }
}

function marksOf({ marks, more }: State, paper: number): Mark[] {
  return [marks[paper], ...(more.get(paper) ?? [])];
}

/** Equal in everything to the paper's first record, by two hashes: of its title, by which it was found, and of its row. */
function isSameRow({ rows }: State, { work }: Sought, paper: number): boolean {
  return work.row !== null && rows[paper] === work.row;
}

/** Equal in everything to a record merged into the paper, by two hashes. */
function isKnownRow({ moreRows }: State, { row }: Candidate, paper: number): boolean {
  return row !== null && moreRows.get(paper)?.includes(row) === true;
}

/** A DOI may stand beside texts about its work, or with all chapters of a book. */
function isSameByDoi(state: State, sought: Sought, paper: number): boolean {
  const { work } = sought;
  if (state.dois[paper] !== work.doi) return false;
  const other = state.paperAt(paper);
  const text = compareTextsOf(state, sought, paper);
  if (text === 'like') return true;
  if (text === 'unlike' && markOfTable(state, work, paper)) return false;
  const authors = compareAuthors(work.authors, other.authors);
  if (authors === 'like' || keyOf(other) === sought.key) return true;
  const title = compareTitles(normalizeTitle(work.title), normalizeTitle(other.title));
  return (title === 'like' && authors === 'unknown') || (title === 'unknown' && text === 'unknown');
}

/** An id may be that of a product which many texts are about, or a mere number of a row. */
function isSameById(state: State, sought: Sought, paper: number): boolean {
  const { work, key } = sought;
  if (!marksOf(state, paper).some(({ id }) => id === work.id)) return false;
  if (hasOtherDoi(state, work, paper) || hasOtherDate(state, work, paper)) return false;
  const other = state.paperAt(paper);
  if (compareAuthors(work.authors, other.authors) === 'unlike') return false;
  const text = compareTextsOf(state, sought, paper);
  return text === 'like' || (text === 'unknown' && keyOf(other) === key);
}

function isSameByTitle(state: State, sought: Sought, paper: number): boolean {
  const { work, key, isTelling } = sought;
  const other = state.paperAt(paper);
  if (!hasTitle(work) || !hasTitle(other)) return false;
  if (hasOtherDoi(state, work, paper) || hasOtherId(state, work, paper) || hasOtherDate(state, work, paper))
    return false;
  const authors = compareAuthors(work.authors, other.authors);
  if (authors === 'unlike' || keyOf(other) !== key) return false;
  const text = compareTextsOf(state, sought, paper);
  if (text !== 'unknown') return text === 'like';
  const [year, otherYear] = [yearOf(work.date), yearOf(other.date)];
  if (authors === 'like') return isTelling || year === null || otherYear === null || year === otherYear;
  return isTelling && year !== null && year === otherYear;
}

function compareTextsOf(state: State, sought: Sought, paper: number): ReturnType<typeof compareTexts> {
  const isOfOneTable = markOfTable(state, sought.work, paper) !== undefined;
  return compareTexts(sketchOfSought(sought), sketchAt(state, paper), isOfOneTable);
}

function sketchOfSought(sought: Sought): Sketch {
  sought.sketch ??= sketchOf(sought.work.text);
  return sought.sketch;
}

function sketchAt(state: State, paper: number): Sketch {
  const { text } = state.paperAt(paper);
  const kept = state.sketches.get(paper);
  if (kept?.length === text.length) return kept.sketch;
  const sketch = sketchOf(text);
  if (state.shingles + sketch.length > MAX_SHINGLES) {
    state.sketches.clear();
    state.shingles = 0;
  }
  state.shingles += sketch.length;
  state.sketches.set(paper, { length: text.length, sketch });
  return sketch;
}

function markOfTable({ marks, more }: State, { table }: Candidate, paper: number): Mark | undefined {
  const first = marks[paper];
  return first.table === table ? first : more.get(paper)?.find((mark) => mark.table === table);
}

function hasOtherDoi({ dois }: State, { doi }: Candidate, paper: number): boolean {
  return doi !== null && dois[paper] !== null && dois[paper] !== doi;
}

function hasOtherId(state: State, work: Candidate, paper: number): boolean {
  if (work.id === null || !work.hasRealIds) return false;
  const own = markOfTable(state, work, paper)?.id ?? null;
  return own !== null && own !== work.id;
}

/** Whether a row of the same table has another date, as far as both are known. */
function hasOtherDate(state: State, work: Candidate, paper: number): boolean {
  const [one, two] = [work.date, markOfTable(state, work, paper)?.date ?? null];
  if (one === null || two === null || one.startsWith('--') || two.startsWith('--')) return false;
  const known = Math.min(one.length, two.length);
  return one.slice(0, known) !== two.slice(0, known);
}

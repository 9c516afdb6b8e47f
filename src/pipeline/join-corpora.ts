import type { Column, ColumnValue, Corpus, Paper } from '../model/paper.ts';
import { doiOf, isDoiName } from '../read/identity/doi.ts';
import type { Candidate } from '../read/identity/keys.ts';
import { makeMatcher } from '../read/identity/matcher.ts';
import { hashText, LOST_IDS, normalizeTitle } from '../read/identity/paper-ids.ts';
import { rowHash } from '../read/identity/row-hash.ts';

/** Two corpora as one: the papers of the first, then those of the second that are new. */
export interface JoinedCorpus {
  readonly corpus: Corpus;
  /** The new papers' indices in the second corpus, ascending. */
  readonly added: Int32Array;
}

/**
 * Adds papers to a corpus. One that is there already (by the rule `same` of `makeMatcher`: the same DOI or id, equal in
 * everything, or of one title and like text, authors or year) is merged into it, adding sources and missing authors,
 * date, address and further columns; title and text stay, since the vector is made from them. Papers keep their ids; a
 * new one whose id is taken gets another, and its own is kept in a column. The noun stays that of the first. O(n) in characters.
 */
export function joinCorpora(old: Corpus, found: Corpus): JoinedCorpus {
  const candidates = makeCandidates(old, found);
  const matcher = makeMatcher((paper) => old.papers[paper]);
  for (let i = 0; i < old.papers.length; i++) matcher.add(candidates(old, i), i);
  const papers: Paper[] = [...old.papers];
  const ids = new Set(papers.map(({ id }) => id));
  const added: number[] = [];
  const lost = new Array<string | null>(found.papers.length).fill(null);
  const rowOf = found.papers.map((paper, i) => {
    const { same } = matcher.find(candidates(found, i));
    if (same >= 0) {
      papers[same] = withMore(papers[same], paper);
      return same;
    }
    const id = freeId(paper, ids);
    if (id !== paper.id && !isDerived(paper.id)) lost[i] = paper.id;
    ids.add(id);
    added.push(i);
    papers.push({ ...paper, id });
    return papers.length - 1;
  });
  const more = lost.some((id) => id !== null) ? [...found.columns, { name: LOST_IDS, values: lost }] : found.columns;
  return {
    corpus: { ...old, papers, columns: joinColumns(old.columns, more, rowOf, papers.length) },
    added: Int32Array.from(added),
  };
}

/** What the papers of two corpora are compared by: columns that both have count as well. */
function makeCandidates(...corpora: readonly [Corpus, Corpus]): (corpus: Corpus, paper: number) => Candidate {
  const [names, others] = corpora.map(({ columns }) => new Set(columns.map(({ name }) => name)));
  const used = corpora.map(({ columns }) =>
    columns.filter(({ name }) => name === LOST_IDS || isDoiName(name) || (names.has(name) && others.has(name))),
  );
  const tables = new Map<string, number>();
  return (corpus, paper) => {
    const { id: known, title, text, authors, date, url, sources } = corpus.papers[paper];
    const extra: [string, ColumnValue][] = [];
    let lost: string | null = null;
    for (const { name, values } of used[corpora.indexOf(corpus)]) {
      const value = values[paper];
      if (name === LOST_IDS) lost = value === null ? null : String(value);
      else extra.push([name, value]);
    }
    const file = sources[0]?.file ?? '';
    const table = tables.get(file) ?? tables.size;
    tables.set(file, table);
    const own = lost ?? (isDerived(known) ? null : known);
    const shared = extra.filter(([name]) => names.has(name) && others.has(name));
    return {
      ...{ title, text, authors, date, table, doi: doiOf({ extra, url, id: own }), id: own ?? known },
      hasRealIds: own !== null,
      row: rowHash({ title, text, authors, date, url, id: own, extra: shared, line: 0 }),
    };
  };
}

/** Whether an id was made from the paper's title or text, as `assignIds` does. */
function isDerived(id: string): boolean {
  return /^[\da-f]{12}(?:-\d+)?$/u.test(id);
}

function withMore(paper: Paper, other: Paper): Paper {
  return {
    ...paper,
    authors: paper.authors ?? other.authors,
    date: paper.date ?? other.date,
    url: paper.url ?? other.url,
    sources: [...paper.sources, ...other.sources],
  };
}

function keyOf({ title, text }: Paper): string {
  return `${normalizeTitle(title)} # ${hashText(text.trim())}`;
}

function freeId(paper: Paper, taken: ReadonlySet<string>): string {
  if (!taken.has(paper.id)) return paper.id;
  const base = hashText(keyOf(paper));
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  return id;
}

/** Columns of both by name, null where a paper has no value; if it has two, the first one is kept. */
function joinColumns(
  old: readonly Column[],
  found: readonly Column[],
  rowOf: readonly number[],
  n: number,
): readonly Column[] {
  const columns = new Map<string, ColumnValue[]>();
  // Items of lists and whole values of other columns in one column are best taken for lists.
  const lists = new Set([...old, ...found].flatMap(({ name, isList }) => (isList ? name : [])));
  const valuesOf = (name: string): ColumnValue[] => {
    const values = columns.get(name) ?? new Array<ColumnValue>(n).fill(null);
    columns.set(name, values);
    return values;
  };
  for (const { name, values } of old) {
    const all = valuesOf(name);
    values.forEach((value, i) => {
      all[i] = value;
    });
  }
  for (const { name, values } of found) {
    const all = valuesOf(name);
    values.forEach((value, i) => {
      all[rowOf[i]] ??= value;
    });
  }
  return Array.from(columns, ([name, values]) => (lists.has(name) ? { name, values, isList: true } : { name, values }));
}

import type { Column, ColumnValue, Corpus, Paper } from '../model/paper.ts';
import { hashText, normalizeTitle } from '../read/identity/paper-ids.ts';

/** Two corpora as one: the papers of the first, then those of the second that are new. */
export interface JoinedCorpus {
  readonly corpus: Corpus;
  /** The new papers' indices in the second corpus, ascending. */
  readonly added: Int32Array;
}

/**
 * Adds papers to a corpus. One with the same normalised title as an existing paper (or the same text, without a title)
 * is merged into it, adding sources and missing authors, date, address and further columns; title and text stay, since
 * the vector is made from them. Papers keep their ids; a new one whose id is taken gets another. O(n) in characters.
 */
export function joinCorpora(old: Corpus, found: Corpus): JoinedCorpus {
  const known = new Map<string, number>();
  old.papers.forEach((paper, i) => {
    const key = keyOf(paper);
    if (!known.has(key)) known.set(key, i);
  });
  const papers: Paper[] = [...old.papers];
  const ids = new Set(papers.map(({ id }) => id));
  const added: number[] = [];
  const rowOf = found.papers.map((paper, i) => {
    const same = known.get(keyOf(paper));
    if (same !== undefined) {
      papers[same] = withMore(papers[same], paper);
      return same;
    }
    const id = freeId(paper, ids);
    ids.add(id);
    added.push(i);
    papers.push({ ...paper, id });
    return papers.length - 1;
  });
  return {
    corpus: { papers, columns: joinColumns(old.columns, found.columns, rowOf, papers.length) },
    added: Int32Array.from(added),
  };
}

function keyOf({ title, text }: Paper): string {
  return normalizeTitle(title) || `# ${hashText(text.trim())} ${text.trim().length}`;
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
  return Array.from(columns, ([name, values]) => ({ name, values }));
}

import type { Column, Corpus, Paper } from '../model/paper.ts';
import type { GivenVectors } from '../model/read-report.ts';
import type { CorpusPart } from './read.api.ts';
import type { StoredVectors } from './vectors/vector-column.ts';

const PART_PAPERS = 2000;
/** UTF-16 units in one part, at most about 4 MB; a part has at least one paper. */
const PART_LENGTH = 2_000_000;
const PART_VALUES = 50_000;

/**
 * Splits the corpus into parts small enough for one message each. Empties the arrays as it goes, so that the memory of
 * sent parts can be freed while the rest waits.
 */
export function* takeParts(papers: Paper[], columns: Column[]): Generator<CorpusPart> {
  papers.reverse();
  while (papers.length > 0) yield { kind: 'papers', papers: takePapers(papers) };
  columns.reverse();
  for (let column = columns.pop(); column; column = columns.pop()) {
    const { name, values, isList } = column;
    const list = isList ? { isList } : {};
    for (let from = 0; from < values.length; from += PART_VALUES) {
      yield { kind: 'column', name, values: values.slice(from, from + PART_VALUES), ...list };
    }
  }
}

/** Splits columns of vectors into parts, the first of each without rows. Each part owns its buffer. */
export function* takeVectorParts(vectors: readonly StoredVectors[], papers: number): Generator<CorpusPart> {
  for (const { column, dimensions, without, takeRows } of vectors) {
    yield { kind: 'vectors', column, dimensions, papers, without };
    for (const rows of takeRows()) yield { kind: 'vector rows', column, ...rows };
  }
}

/** What the page receives part by part. */
interface PartCollector {
  receive(part: CorpusPart): void;
  corpus(): Corpus;
  vectors(): GivenVectors[];
}

/** Joins parts in the order in which they arrive. */
export function makePartCollector(): PartCollector {
  const papers: Paper[] = [];
  const vectors = new Map<string, GivenVectors>();
  const columns = new Map<string, Column['values'][number][]>();
  const lists = new Set<string>();
  return {
    receive(part) {
      if (part.kind === 'papers') {
        for (const paper of part.papers) papers.push(paper);
        return;
      }
      if (part.kind === 'vectors') {
        const { column, dimensions, without } = part;
        vectors.set(column, { column, dimensions, without, rows: new Float32Array(part.papers * dimensions) });
        return;
      }
      if (part.kind === 'vector rows') {
        const to = vectors.get(part.column);
        to?.rows.set(part.rows, part.from * to.dimensions);
        return;
      }
      const values = columns.get(part.name) ?? [];
      for (const value of part.values) values.push(value);
      columns.set(part.name, values);
      if (part.isList) lists.add(part.name);
    },
    corpus: () => ({
      papers,
      columns: Array.from(columns, ([name, values]) => columnOf(name, values, lists.has(name))),
    }),
    vectors: () => [...vectors.values()],
  };
}

function columnOf(name: string, values: Column['values'], isList: boolean): Column {
  return isList ? { name, values, isList } : { name, values };
}

/** Removes one part's papers from the end of `reversed`. */
function takePapers(reversed: Paper[]): Paper[] {
  const part: Paper[] = [];
  let length = 0;
  while (part.length < PART_PAPERS && length < PART_LENGTH) {
    const paper = reversed.pop();
    if (!paper) break;
    part.push(paper);
    length += paper.title.length + paper.text.length + (paper.authors?.length ?? 0);
  }
  return part;
}

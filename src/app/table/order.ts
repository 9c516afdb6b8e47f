/** What a paper is ordered by; null for no value. All of one column are of one type. */
export type SortKey = number | string | null;

/** The papers by one column. */
export interface PaperOrder {
  /** All papers, ascending; equal ones in paper order; those without a value last. */
  readonly papers: Uint32Array;
  /** How many, from the front, have a value. */
  readonly filled: number;
  /** For each of `papers`, which of the distinct values it has, from 0. */
  readonly ranks: Uint32Array;
}

/** Keys read, or comparisons made, between two looks at the clock. */
const STEP = 512;

/**
 * Orders `n` papers by their keys, in steps of less than a millisecond or two. Distinct values are sorted (merge sort,
 * Knuth 1998, §5.2.4, over runs that the engine sorts) and the papers then counted into place, so that a column of
 * few values costs O(n) and any other O(n log n). Strings as people order them: `item 9` before `item 10`.
 */
export function* orderSteps(n: number, keyOf: (paper: number) => SortKey): Generator<void, PaperOrder> {
  const ids = new Map<number | string, number>();
  const idOf = new Int32Array(n);
  for (let paper = 0; paper < n; paper++) {
    const key = keyOf(paper);
    idOf[paper] = key === null ? -1 : (ids.get(key) ?? ids.size);
    if (key !== null) ids.set(key, idOf[paper]);
    if (paper % STEP === STEP - 1) yield;
  }
  const values = [...ids.keys()];
  const sorted = yield* sortSteps(
    Uint32Array.from(values, (_, id) => id),
    compareIn(values),
  );
  const rankOf = new Uint32Array(sorted.length);
  sorted.forEach((id, rank) => {
    rankOf[id] = rank;
  });
  return counted(idOf, rankOf);
}

/** Puts each paper where its rank begins (counting sort, which keeps equal ones in order). */
function counted(idOf: Int32Array, rankOf: Uint32Array): PaperOrder {
  const n = idOf.length;
  const distinct = rankOf.length;
  const starts = new Uint32Array(distinct + 2);
  const rankOfPaper = (paper: number): number => (idOf[paper] < 0 ? distinct : rankOf[idOf[paper]]);
  for (let paper = 0; paper < n; paper++) starts[rankOfPaper(paper) + 1]++;
  for (let rank = 0; rank <= distinct; rank++) starts[rank + 1] += starts[rank];
  const filled = starts[distinct];
  const papers = new Uint32Array(n);
  const ranks = new Uint32Array(n);
  for (let paper = 0; paper < n; paper++) {
    const rank = rankOfPaper(paper);
    ranks[starts[rank]] = rank;
    papers[starts[rank]++] = paper;
  }
  return { papers, filled, ranks };
}

type Compare = (a: number, b: number) => number;

function compareIn(values: readonly (number | string)[]): Compare {
  if (typeof values[0] !== 'string') return (a, b) => Number(values[a]) - Number(values[b]);
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  return (a, b) => compare(String(values[a]), String(values[b]));
}

function* sortSteps(ids: Uint32Array, compare: Compare): Generator<void, Uint32Array> {
  for (let from = 0; from < ids.length; from += STEP) {
    ids.subarray(from, from + STEP).sort(compare);
    yield;
  }
  let source = ids;
  let target: Uint32Array = new Uint32Array(ids.length);
  for (let width = STEP; width < ids.length; width *= 2) {
    for (let from = 0; from < ids.length; from += 2 * width) yield* mergeSteps(source, target, from, width, compare);
    [source, target] = [target, source];
  }
  return source;
}

/** Merges the run at `from` and the one after it, each `width` long or cut by the end. */
function* mergeSteps(
  source: Uint32Array,
  target: Uint32Array,
  from: number,
  width: number,
  compare: Compare,
): Generator<void, void> {
  const middle = Math.min(from + width, source.length);
  const end = Math.min(from + 2 * width, source.length);
  let left = from;
  let right = middle;
  for (let at = from; at < end; at++) {
    const takesLeft = left < middle && (right >= end || compare(source[left], source[right]) <= 0);
    target[at] = takesLeft ? source[left++] : source[right++];
    if (at % STEP === STEP - 1) yield;
  }
}

/** How long a slice may take: short beside the 50 ms of a long task. */
const SLICE_MS = 8;

/** Runs `steps` in slices, between which the page does other work. Rejects with the signal's reason on abort. */
export async function inSlices<Result>(steps: Generator<void, Result>, signal: AbortSignal): Promise<Result> {
  for (;;) {
    const untilMs = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < untilMs);
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
  }
}

/**
 * The papers of `order` that `isListed` has, in its order or the reverse, where equal ones stay in paper order and
 * those without a value stay last. O(n).
 */
export function listed({ papers, filled, ranks }: PaperOrder, isFalling: boolean, isListed: Uint8Array): Uint32Array {
  const list = new Uint32Array(papers.length);
  let size = 0;
  const take = (from: number, to: number): void => {
    for (let at = from; at < to; at++) if (isListed[papers[at]] !== 0) list[size++] = papers[at];
  };
  if (!isFalling) take(0, filled);
  for (let end = filled; isFalling && end > 0; ) {
    let from = end - 1;
    while (from > 0 && ranks[from - 1] === ranks[from]) from--;
    take(from, end);
    end = from;
  }
  take(filled, papers.length);
  return list.slice(0, size);
}

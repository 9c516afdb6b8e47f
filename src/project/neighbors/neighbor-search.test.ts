import { describe, expect, it } from 'vitest';
import type { Neighbors } from '../../model/map-data.ts';
import { type Matrix, matrix } from '../../model/matrix.ts';
import { clusteredMatrix, randomMatrix } from '../fixtures/vectors.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import { makePlainKernels } from '../kernels/plain-kernels.ts';
import { makeExactNeighbors } from './exact-search.ts';
import { makeNeighborSearch, type SearchHelper, type SearchOrder, searchTogether } from './neighbor-search.ts';
import { makeDescentSearch } from './nn-descent.ts';
import type { SearchState, SharedSearch } from './shared-search.ts';

const makeKernels = await loadKernels();
/** Largest number of rows that are searched exactly. */
const EXACT_UP_TO = 5000;
const ORDER = { k: 15, metric: 'cosine', centre: false, seed: 3 } as const;

interface Counts {
  asked: number;
  closed: boolean;
}

/** A helper on this thread that copies input and output as a message channel does. It fails from call `failsAt` on. */
function localHelper(counts: Counts, { failsAt = Number.POSITIVE_INFINITY, hangs = false } = {}): SearchHelper {
  let search: SharedSearch | null = null;
  return {
    async open(vectors: Matrix, order: SearchOrder) {
      search = makeNeighborSearch(structuredClone(vectors), order, makeKernels);
    },
    work(share: number, state: SearchState) {
      const copy = structuredClone(state);
      counts.asked++;
      if (hangs) return new Promise(() => undefined);
      if (counts.asked >= failsAt || !search) return Promise.reject(new Error('the thread is gone'));
      search.load(copy);
      search.begin(share);
      while (search.step());
      return Promise.resolve(structuredClone(search.state()));
    },
    close() {
      counts.closed = true;
    },
  };
}

async function together(vectors: Matrix, helpers: readonly SearchHelper[], order: Omit<SearchOrder, 'shares'> = ORDER) {
  let [steps, last] = [0, 0];
  const neighbors = await searchTogether({
    vectors,
    order,
    makeKernels,
    helpers,
    async work(step) {
      do {
        steps++;
        await Promise.resolve();
      } while (step());
    },
    now: () => performance.now(),
    rest: () => new Promise((resolve) => setTimeout(resolve, 1)),
    onShare(share) {
      expect(share).toBeGreaterThanOrEqual(last);
      last = share;
    },
  });
  expect(last).toBe(1);
  return { neighbors, steps };
}

const team = (size: number): SearchHelper[] =>
  Array.from({ length: size }, () => localHelper({ asked: 0, closed: false }));

const cases: readonly [string, Matrix, Omit<SearchOrder, 'shares'>][] = [
  ['exact', clusteredMatrix(700, 20, 8, 4), ORDER],
  ['exact, Euclidean', randomMatrix(333, 9), { ...ORDER, metric: 'euclidean' }],
  ['exact, few rows', randomMatrix(5, 3), ORDER],
  ['NN-descent, centred', clusteredMatrix(EXACT_UP_TO + 100, 16, 20, 4), { ...ORDER, centre: true }],
  ['NN-descent, equal rows', matrix(new Float32Array((EXACT_UP_TO + 1) * 4).fill(1), EXACT_UP_TO + 1, 4), ORDER],
];

describe('a search by several threads', () => {
  it.each(cases)('gives the same bytes for 1, 2, 3 and 4 of them: %s', async (_, vectors, order) => {
    const { neighbors: alone } = await together(vectors, [], order);
    for (const size of [1, 2, 3]) expect((await together(vectors, team(size), order)).neighbors).toEqual(alone);
  });

  it('gives the same whatever order the shares are done in, and how often', () => {
    const m = clusteredMatrix(900, 12, 9, 4);
    const run = (shares: number, order: readonly number[]): Neighbors => {
      const search = makeDescentSearch(m, 10, { makeKernels, seed: 5, shares });
      do {
        for (const share of order) {
          search.begin(share);
          while (search.step());
        }
      } while (search.close());
      return search.result();
    };
    const alone = run(1, [0]);
    expect(run(3, [2, 0, 1])).toEqual(alone);
    expect(run(4, [1, 1, 3, 0, 2, 3])).toEqual(alone);
    expect(alone.indices).not.toEqual(new Int32Array(9000));
  });

  it('takes the work off this thread', async () => {
    const m = clusteredMatrix(4000, 16, 20, 4);
    const [alone, four] = [await together(m, []), await together(m, team(3))];
    expect(four.steps).toBeLessThan(alone.steps / 3);
  });

  it.each<[string, { failsAt?: number; hangs?: boolean }, number]>([
    ['one that is gone at once', { failsAt: 1 }, 1],
    ['one that dies in the third round', { failsAt: 3 }, 3],
    ['one that never answers', { hangs: true }, 1],
  ])('comes to its end without %s, and asks it no more', async (_, fault, asked) => {
    const m = clusteredMatrix(EXACT_UP_TO + 50, 12, 20, 4);
    const { neighbors: alone } = await together(m, []);
    const counts = { asked: 0, closed: false };
    const { neighbors } = await together(m, [...team(1), localHelper(counts, fault)]);
    expect(neighbors).toEqual(alone);
    expect(counts.asked).toBe(asked);
  });

  it('works out each distance once, whoever does', () => {
    const m = clusteredMatrix(2000, 12, 9, 4);
    const order = { ...ORDER, shares: 2 };
    const [here, there] = [makeNeighborSearch(m, order, makeKernels), makeNeighborSearch(m, order, makePlainKernels)];
    there.load(here.state());
    [here, there].forEach((search, share) => {
      search.begin(share);
      while (search.step());
    });
    here.take(structuredClone(there.state()));
    expect(here.close()).toBe(false);
    expect(here.evaluations).toBe((2000 * 1999) / 2);
    const exact = makeExactNeighbors(m, 15, { makeKernels });
    while (exact.step());
    expect(here.result()).toEqual(exact.result());
  });
});

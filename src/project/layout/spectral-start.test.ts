import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { jacobi } from '../../math/linear-algebra.ts';
import { makeRandom } from '../../math/random.ts';
import type { Matrix } from '../../model/matrix.ts';
import learned from '../fixtures/umap.json';
import { digitVectors, randomMatrix } from '../fixtures/vectors.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import { DEFAULT_PROJECT_OPTIONS } from './engine.ts';
import { drawnGraph, type SparseGraph } from './fuzzy-graph.ts';
import { placeParts } from './place-parts.ts';
import { makeSpectralStart, pcaStart } from './starts.ts';

/** A graph of n rows from its edges i < j, each of weight w. */
function graphOf(n: number, edges: readonly (readonly [number, number, number])[]): SparseGraph {
  const both = edges.flatMap(([i, j, w]) => [[i, j, w] as const, [j, i, w] as const]);
  both.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const starts = Int32Array.from({ length: n + 1 }, (_, i) => both.filter((edge) => edge[0] < i).length);
  return {
    n,
    starts,
    tails: Int32Array.from(both, (edge) => edge[1]),
    weights: Float32Array.from(both, (edge) => edge[2]),
  };
}

function randomGraph(n: number, seed: number): SparseGraph {
  const random = makeRandom(seed);
  const edges: [number, number, number][] = [];
  for (let j = 1; j < n; j++) {
    edges.push([Math.floor(random() * j), j, 0.1 + 0.9 * random()]);
    for (let i = 0; i < j; i++) {
      if (random() < 3 / n && i !== edges.at(-1)?.[0]) edges.push([i, j, 0.1 + 0.9 * random()]);
    }
  }
  const once = new Map(edges.map((edge) => [`${edge[0]} ${edge[1]}`, edge]));
  return graphOf(n, [...once.values()]);
}

/** D^(−1/2)·W·D^(−1/2), dense. */
function denseMatrix({ n, starts, tails, weights }: SparseGraph): Float64Array {
  const degree = Float64Array.from({ length: n }, (_, i) =>
    weights.subarray(starts[i], starts[i + 1]).reduce((sum, w) => sum + w, 0),
  );
  const dense = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let e = starts[i]; e < starts[i + 1]; e++) {
      dense[i * n + tails[e]] = weights[e] / Math.sqrt(degree[i] * degree[tails[e]]);
    }
  }
  return dense;
}

function place(graph: SparseGraph, pca = new Float32Array(graph.n * 2), seed = 1) {
  const placing = placeParts(graph, pca, seed);
  let steps = 1;
  while (placing.step()) steps++;
  return { positions: placing.positions(), steps };
}

/** Distance of each unit column of `positions` (n×2) from the space of the given `columns` of a dense eigenbasis. */
function outside(positions: Float32Array, vectors: Float64Array, columns: readonly number[]): number[] {
  const n = positions.length / 2;
  return [0, 1].map((axis) => {
    const column = Array.from({ length: n }, (_, i) => positions[i * 2 + axis]);
    const length = Math.hypot(...column);
    let within = 0;
    for (const c of columns) {
      within += (column.reduce((sum, value, i) => sum + value * vectors[i * n + c], 0) / length) ** 2;
    }
    return Math.sqrt(Math.max(0, 1 - within));
  });
}

/** The Laplacian's eigenvectors by rising eigenvalue, and for each axis those of the eigenvalue that it must have. */
function oracle(graph: SparseGraph) {
  const { values, vectors } = jacobi(denseMatrix(graph), graph.n);
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a]);
  const spaceOf = (rank: number) => order.slice(1).filter((c) => Math.abs(values[c] - values[order[rank]]) < 1e-9);
  return { vectors, spaces: [spaceOf(1), spaceOf(2)] };
}

function expectEigenvectors(graph: SparseGraph, tolerance: number): void {
  const { positions } = place(graph);
  if (!positions) throw new Error(`expected eigenvectors of ${graph.n} rows`);
  const { vectors, spaces } = oracle(graph);
  for (const axis of [0, 1]) expect(outside(positions, vectors, spaces[axis])[axis]).toBeLessThan(tolerance);
  expect(Math.max(...positions.map(Math.abs))).toBeCloseTo(1, 5);
  const [x, y] = [0, 1].map((axis) => positions.filter((_, at) => at % 2 === axis));
  const cosine = x.reduce((sum, value, i) => sum + value * y[i], 0) / (Math.hypot(...x) * Math.hypot(...y));
  expect(Math.abs(cosine)).toBeLessThan(1e-5);
}

function startOf(vectors: Matrix, change: Partial<typeof DEFAULT_PROJECT_OPTIONS> = {}) {
  const search = makeExactNeighbors(vectors, 15);
  while (search.step());
  const options = { ...DEFAULT_PROJECT_OPTIONS, ...change };
  const pca = pcaStart(vectors, options.seed);
  const start = makeSpectralStart({ n: vectors.rows, neighbors: search.result(), options, pca });
  while (start.step());
  return { pca, positions: start.positions() };
}

describe('the spectral start', () => {
  it('is that of umap-learn up to sign', () => {
    const { starts, tails, weights } = learned.graph.union;
    const union = {
      n: starts.length - 1,
      starts: Int32Array.from(starts),
      tails: Int32Array.from(tails ?? []),
      weights: Float32Array.from(weights),
    };
    const { positions } = place(drawnGraph(union, 500));
    for (const axis of [0, 1]) {
      const own = (positions ?? []).filter((_, at) => at % 2 === axis);
      const theirs = learned.spectral.filter((_, at) => at % 2 === axis);
      const sign = own[0] * theirs[0] < 0 ? -1 : 1;
      const length = sign * Math.hypot(...own);
      for (let i = 0; i < union.n; i++) expect(Math.abs(own[i] / length - theirs[i])).toBeLessThan(1e-4);
    }
  });

  it.each([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 60, 120])('is the eigenvectors of a connected graph of %i', (n) => {
    for (const seed of [1, 2, 3]) expectEigenvectors(randomGraph(n, seed), 2e-3);
  });

  it.each([3, 4, 5, 8, 9, 10, 12, 40])('finds equal eigenvalues: complete, ring, star, two-sided graphs of %i', (n) => {
    const pairs = Array.from({ length: n * n }, (_, at) => [Math.floor(at / n), at % n, 1] as const);
    const upper = pairs.filter(([i, j]) => i < j);
    const kinds = [
      upper,
      upper.filter(([i, j]) => j === i + 1 || (i === 0 && j === n - 1)),
      upper.filter(([i]) => i === 0),
      upper.filter(([i, j]) => i % 2 !== j % 2),
    ];
    for (const edges of kinds) expectEigenvectors(graphOf(n, edges), 2e-3);
  });

  it('lays each part of a graph out by itself, in discs by number of papers that do not meet', () => {
    const sizes = [30, 12, 5, 2, 1, 1];
    const edges: [number, number, number][] = [];
    const first = sizes.map((_, part) => sizes.slice(0, part).reduce((sum, size) => sum + size, 0));
    sizes.forEach((size, part) => {
      for (let r = 0; r < size; r++) {
        for (let other = r + 1; other < Math.min(size, r + 3); other++) {
          edges.push([first[part] + r, first[part] + other, 1 / (other - r)]);
        }
      }
    });
    const random = makeRandom(3);
    for (const pca of [new Float32Array(102), Float32Array.from({ length: 102 }, () => random() - 0.5)]) {
      const { positions } = place(graphOf(51, edges), pca);
      if (!positions) throw new Error('expected positions');
      const parts = sizes.map((size, part) => positions.subarray(first[part] * 2, (first[part] + size) * 2));
      for (const [a, one] of parts.entries()) {
        for (const other of parts.slice(a + 1)) expect(leastDistance(one, other)).toBeGreaterThan(0.005);
      }
      expect(leastDistance(parts[0].subarray(0, 2), parts[0].subarray(2))).toBeGreaterThan(0);
    }
  });

  it('puts the parts where the PCA start has them', () => {
    const data = randomMatrix(90, 6);
    for (let i = 0; i < 90; i++) data.data[i * 6 + Math.floor(i / 30)] += 30;
    const { pca, positions } = startOf(data, { centre: false, neighbors: 10, metric: 'euclidean' });
    const meanOf = (places: Float32Array, part: number) => {
      const mean = [0, 0];
      for (let i = part * 30; i < part * 30 + 30; i++)
        for (const axis of [0, 1]) mean[axis] += places[i * 2 + axis] / 30;
      return mean;
    };
    for (const part of [0, 1, 2]) {
      const [own, theirs] = [meanOf(positions, part), meanOf(pca, part)];
      const along = own[0] * theirs[0] + own[1] * theirs[1];
      expect(along / (Math.hypot(...own) * Math.hypot(...theirs))).toBeGreaterThan(0.7);
    }
  });

  it('is the PCA start when the eigenvectors do not converge within the bound', () => {
    const { positions, steps } = place(chainOf(3000));
    expect(positions).toBeNull();
    expect(steps).toBeLessThanOrEqual(60 * 21);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 16])('stands %i papers, also equal ones', (n) => {
    for (const vectors of [randomMatrix(n, 4), { ...randomMatrix(n, 4), data: new Float32Array(n * 4).fill(1) }]) {
      const { positions } = startOf(vectors);
      expect(positions.length).toBe(n * 2);
      expect(positions.every(Number.isFinite)).toBe(true);
    }
  });

  it('stands groups of duplicates and few epochs', () => {
    const data = Float32Array.from({ length: 60 * 2 }, (_, i) => Number(i % 2 === Math.floor(i / 60)));
    for (const epochs of [null, 0, 1, 20]) {
      const { positions } = startOf({ data, rows: 60, cols: 2 }, { epochs });
      expect(positions.every(Number.isFinite)).toBe(true);
      expect(leastDistance(positions.subarray(0, 60), positions.subarray(60))).toBeGreaterThan(0.01);
    }
  });

  it('gives these bytes on every machine', () => {
    const { positions } = startOf(digitVectors, { seed: 7 });
    expect(createHash('sha256').update(positions).digest('hex').slice(0, 16)).toBe('da74996a10ca0331');
  });

  it('gives the same bytes for the same seed, and nearly the same for another', () => {
    const [one, again, other] = [1, 1, 2].map((seed) => startOf(digitVectors, { seed }).positions);
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    for (let at = 0; at < one.length; at++) expect(Math.abs(other[at] - one[at])).toBeLessThan(2e-3);
  });
});

/** A chain in which each of n rows is joined to the next; `graphOf` would need O(n²). */
function chainOf(n: number): SparseGraph {
  const starts = Int32Array.from({ length: n + 1 }, (_, i) => Math.min(Math.max(0, i * 2 - 1), n * 2 - 2));
  const tails = Int32Array.from({ length: n * 2 - 2 }, (_, e) => (e + 1) / 2 - (e % 2 === 0 ? -0.5 : 1));
  return { n, starts, tails, weights: new Float32Array(n * 2 - 2).fill(1) };
}

function leastDistance(some: Float32Array, others: Float32Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < some.length; a += 2) {
    for (let b = 0; b < others.length; b += 2) {
      least = Math.min(least, Math.hypot(some[a] - others[b], some[a + 1] - others[b + 1]));
    }
  }
  return least;
}

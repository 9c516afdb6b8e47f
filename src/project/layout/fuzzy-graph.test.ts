import { describe, expect, it } from 'vitest';
import type { Neighbors } from '../../model/map-data.ts';
import learned from '../fixtures/umap.json';
import { randomMatrix } from '../fixtures/vectors.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import {
  fuzzyUnion,
  type LocalScales,
  meanDistance,
  memberships,
  type SparseGraph,
  smoothDistances,
} from './fuzzy-graph.ts';

const { graph } = learned;
const N = graph.sigmas.length;
const neighbors: Neighbors = {
  k: 14,
  indices: Int32Array.from(graph.indices),
  distances: Float32Array.from(graph.distances),
};

function scalesOf(given: Neighbors, n: number, others: number, rows = 7): LocalScales {
  const scales = { sigmas: new Float32Array(n), rhos: new Float32Array(n) };
  const meanOfAll = meanDistance(given, n, others);
  for (let from = 0; from < n; from += rows) {
    smoothDistances(given, others, { from, to: Math.min(n, from + rows), meanOfAll }, scales);
  }
  return scales;
}

function graphOf(given: Neighbors, n: number, others: number, mix: number): SparseGraph {
  return fuzzyUnion(memberships(given, n, others, scalesOf(given, n, others)), mix);
}

describe('the fuzzy graph', () => {
  it('has the scales of umap-learn, with duplicates too', () => {
    const { sigmas, rhos } = scalesOf(neighbors, N, 14);
    for (let i = 0; i < N; i++) {
      expect(Math.abs(rhos[i] - graph.rhos[i])).toBeLessThan(1e-6);
      expect(Math.abs(sigmas[i] - graph.sigmas[i])).toBeLessThan(1e-6 + 1e-5 * graph.sigmas[i]);
    }
  });

  it('has the edges and weights of umap-learn', () => {
    const { starts, tails, weights } = graphOf(neighbors, N, 14, 1);
    expect(Array.from(starts)).toEqual(graph.union.starts);
    expect(Array.from(tails)).toEqual(graph.union.tails);
    const farthest = Math.max(...weights.map((weight, e) => Math.abs(weight - graph.union.weights[e])));
    expect(farthest).toBeLessThan(1e-5);
    const half = graphOf(neighbors, N, 14, 0.5);
    const off = Math.max(...half.weights.map((weight, e) => Math.abs(weight - graph.half.weights[e])));
    expect(off).toBeLessThan(1e-5);
  });

  it('is symmetric to the bit, within 0…1, and every paper has a neighbour at 1', () => {
    const vectors = randomMatrix(200, 6);
    const search = makeExactNeighbors(vectors, 9);
    while (search.step());
    const { starts, tails, weights } = graphOf(search.result(), 200, 9, 1);
    const at = new Map<string, number>();
    for (let i = 0; i < 200; i++) {
      let greatest = 0;
      for (let e = starts[i]; e < starts[i + 1]; e++) {
        at.set(`${i} ${tails[e]}`, weights[e]);
        greatest = Math.max(greatest, weights[e]);
        expect(weights[e] > 0 && weights[e] <= 1).toBe(true);
        if (e > starts[i]) expect(tails[e]).toBeGreaterThan(tails[e - 1]);
      }
      expect(greatest).toBe(1);
    }
    for (const [pair, weight] of at) expect(at.get(pair.split(' ').reverse().join(' '))).toBe(weight);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRandom, shuffledIndices } from '../../math/random.ts';
import { decodeMapFile } from '../../model/map-file/decode-map-file.ts';
import { dequantizeRows, type Matrix, matrix, quantizeRows } from '../../model/matrix.ts';
import { randomMatrix } from '../fixtures/vectors.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import { makeExactNeighbors } from '../neighbors/exact-search.ts';
import { makeNeighborJoin } from '../neighbors/join-neighbors.ts';
import { makeGate, makeReporter } from '../reporter.ts';
import { DEFAULT_PROJECT_OPTIONS as options } from './engine.ts';
import { extendMap } from './extend-map.ts';

const makeKernels = await loadKernels();
const sample = await decodeMapFile(
  new Uint8Array(readFileSync(join(import.meta.dirname, '../../../public/data/sample.parquet'))).buffer,
);

const reporter = () =>
  makeReporter(
    { now: () => 0, breathe: async () => undefined },
    { onProgress: () => undefined, onPreview: () => undefined, gate: makeGate() },
  );

function exact(m: Matrix, k: number) {
  const search = makeExactNeighbors(m, k, { makeKernels });
  while (search.step());
  return search.result();
}

function pick(m: Matrix, rows: Int32Array): Matrix {
  const out = matrix(new Float32Array(rows.length * m.cols), rows.length, m.cols);
  rows.forEach((row, i) => {
    out.data.set(m.data.subarray(row * m.cols, (row + 1) * m.cols), i * m.cols);
  });
  return out;
}

/** The sample without every ninth paper or so, and those papers' vectors and places. */
function halves() {
  if (!sample.embedding) throw new Error('expected vectors in the sample map');
  const all = dequantizeRows(sample.embedding);
  const order = shuffledIndices(all.rows, makeRandom(3));
  const [added, kept] = [order.subarray(0, 52), order.subarray(52)];
  const places = matrix(sample.positions, all.rows, 2);
  const old = pick(all, kept);
  const map = { positions: pick(places, kept).data, neighbors: exact(old, 15), embedding: quantizeRows(old) };
  return { map, old, added: pick(all, added), where: pick(places, added).data };
}

describe('a map that takes in more papers', () => {
  it('moves none of its own, and places the new ones near where the whole map has them', async () => {
    const { map, added, where } = halves();
    const before = map.positions.slice();
    const input = { ...map, added, options };
    const [one, two] = [
      await extendMap(input, makeKernels, reporter()),
      await extendMap(input, makeKernels, reporter()),
    ];
    expect(one).toEqual(two);
    expect(map.positions).toEqual(before);
    expect(new Uint8Array(one.positions.buffer, 0, before.byteLength)).toEqual(new Uint8Array(before.buffer));
    expect(one.positions.every((value) => Math.abs(value) <= 1)).toBe(true);
    const far = Array.from({ length: added.rows }, (_, i) =>
      Math.hypot(
        one.positions[before.length + i * 2] - where[i * 2],
        one.positions[before.length + i * 2 + 1] - where[i * 2 + 1],
      ),
    ).sort((a, b) => a - b);
    // The median distance of two random papers is .83.
    expect(far[26]).toBeLessThan(0.12);
    expect(one.quality?.neighborPreservation).toBeGreaterThan(0.36);
    expect(one.preservation).toHaveLength(468);
  });

  it('has the neighbours that brute force finds among all', async () => {
    const { map, added } = halves();
    const { neighbors, embedding, beside } = await extendMap({ ...map, added, options }, makeKernels, reporter());
    const truth = exact(dequantizeRows(embedding), 15);
    let same = 0;
    truth.indices.forEach((index, at) => {
      if (neighbors.indices[at] === index) same++;
      expect(neighbors.distances[at]).toBeCloseTo(truth.distances[at], 5);
    });
    expect(same / truth.indices.length).toBeGreaterThan(0.999);
    expect(beside.k).toBe(5);
    expect(beside.indices.every((index) => index < map.embedding.rows)).toBe(true);
  });

  it.each([1, 3, 14, 15, 20])('works for %i papers, and for more new ones than old', async (m) => {
    const old = randomMatrix(m, 12);
    const map = {
      positions: randomMatrix(m, 2).data,
      neighbors: m > 1 ? exact(old, Math.min(15, m - 1)) : null,
      embedding: quantizeRows(old),
    };
    const added = randomMatrix(25, 12, 99);
    added.data.fill(0, 24 * 12);
    const { positions, neighbors, preservation } = await extendMap({ ...map, added, options }, makeKernels, reporter());
    expect(positions.subarray(0, m * 2)).toEqual(map.positions);
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(neighbors.k).toBe(15);
    for (let i = 0; i < m + 25; i++) {
      const row = neighbors.indices.subarray(i * 15, i * 15 + 15);
      expect(new Set(row).size).toBe(15);
      expect(row.includes(i)).toBe(false);
    }
    // Papers without a direction: in the corner, and without a measure.
    expect(Array.from(positions.subarray(-2))).toEqual([1, -1]);
    expect(preservation?.at(-1)).toBeNaN();
  });

  it('refuses vectors of another length', async () => {
    const { map } = halves();
    await expect(extendMap({ ...map, added: randomMatrix(3, 12), options }, makeKernels, reporter())).rejects.toThrow(
      /expected vectors of 384 numbers/u,
    );
  });
});

describe('makeNeighborJoin', () => {
  it('finds the same over many stripes as over all at once', () => {
    const [old, added] = [randomMatrix(600, 16), randomMatrix(300, 16, 5)];
    const join = makeNeighborJoin({ old, known: exact(old, 6), added }, { makeKernels });
    let steps = 1;
    while (join.step()) steps++;
    expect(steps).toBe(2 + 3);
    expect(join.done).toBe(join.total);
    const all = matrix(Float32Array.of(...old.data, ...added.data), 900, 16);
    expect(join.result().indices).toEqual(exact(all, 6).indices);
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom, shuffledIndices } from '../../math/random.ts';
import type { ClusterTree } from '../../model/topics.ts';
import { adjustedRand } from '../fixtures/adjusted-rand.ts';
import { anyPlaces, groupsOfPlaces, sampleMap } from '../fixtures/places.ts';
import { clusterPapers } from './cluster-papers.ts';

const sample = await sampleMap();
const centres = [-0.8, -0.8, 0.8, -0.6, -0.7, 0.7, 0.1, 0, 0.9, 0.8];
const five = groupsOfPlaces(centres, 30, 0.1);

const plain = (positions: Float32Array): ClusterTree => clusterPapers({ positions, neighbors: null, embedding: null });

function pathsAt({ paths, levels }: ClusterTree, level: number): Int32Array {
  return Int32Array.from({ length: paths.length / levels }, (_, i) => paths[i * levels + level]);
}

function countAt(tree: ClusterTree, level: number): number {
  return new Set(pathsAt(tree, level).filter((id) => id >= 0)).size;
}

function noiseAt(tree: ClusterTree, level: number): number {
  const ids = pathsAt(tree, level);
  return ids.filter((id) => id < 0).length / ids.length;
}

/** Checks what `ClusterTree` guarantees. */
function expectWhole(tree: ClusterTree, n: number): void {
  const { levels, clusters, paths, confidence, nearest } = tree;
  expect([paths.length, confidence.length, nearest.length]).toEqual([n * levels, n, n]);
  const members = clusters.map((): Set<number> => new Set());
  for (let i = 0; i < n; i++) {
    for (let level = 0; level < levels; level++) {
      const id = paths[i * levels + level];
      const above = level > 0 ? paths[i * levels + level - 1] : -1;
      if (id < 0) continue;
      members[id].add(i);
      expect(clusters[id].level).toBeLessThanOrEqual(level);
      if (level > 0)
        expect([above, clusters[above].id === id ? id : clusters[id].parent]).toEqual([
          above,
          above === id ? id : above,
        ]);
    }
    const top = paths[i * levels];
    if (top >= 0) expect(nearest[i]).toBe(top);
    expect(confidence[i] > 0).toBe(top >= 0);
    expect(confidence[i]).toBeLessThanOrEqual(1);
    expect(nearest[i] >= 0).toBe(clusters.length > 0);
  }
  clusters.forEach((cluster, id) => {
    const { parent, level, size, centroid, exemplars, densest } = cluster;
    expect([cluster.id, size, exemplars[0], exemplars.length]).toEqual([
      id,
      members[id].size,
      centroid,
      Math.min(3, size),
    ]);
    for (const paper of [...exemplars, densest]) expect(members[id].has(paper)).toBe(true);
    expect(new Set(exemplars).size).toBe(exemplars.length);
    if (parent < 0) expect(level).toBe(0);
    else expect([parent < id, clusters[parent].level < level]).toEqual([true, true]);
    expect(clusters.filter((other) => other.parent === id).length).not.toBe(1);
    const before = clusters[id - 1];
    if (before) expect(before.level < level || (before.level === level && before.size >= size)).toBe(true);
  });
}

describe('clusters', () => {
  it('are the groups that the eye sees, by places alone', () => {
    const tree = plain(five);
    expectWhole(tree, 150);
    expect(
      adjustedRand(
        tree.nearest,
        Int32Array.from({ length: 150 }, (_, i) => Math.floor(i / 30)),
      ),
    ).toBe(1);
  });

  it('keep every promise on the sample, with all of it and with parts of it', () => {
    for (const neighbors of [sample.neighbors, null]) {
      for (const embedding of [sample.embedding, null]) {
        const tree = clusterPapers({ positions: sample.positions, neighbors, embedding });
        expectWhole(tree, 468);
        expect([countAt(tree, 0) >= 6, countAt(tree, 0) <= 14]).toEqual([true, true]);
        expect(tree.levels).toBe(3);
        expect([countAt(tree, 1) >= 18, countAt(tree, 2) >= 30, countAt(tree, 2) <= 60]).toEqual([true, true, true]);
        for (const level of [0, 1, 2]) expect(noiseAt(tree, level)).toBeLessThan(0.1);
      }
    }
  });

  it('hardly change with a parameter', () => {
    for (const input of [sample, { positions: sample.positions, neighbors: null, embedding: null }]) {
      const usual = clusterPapers(input);
      for (const leastSize of [4, 5, 6, 7]) {
        for (const samples of [2, 3, 4, 5]) {
          const tree = clusterPapers(input, { leastSize, samples });
          expect(countAt(tree, 0)).toBeGreaterThanOrEqual(11);
          expect(countAt(tree, 0)).toBeLessThanOrEqual(14);
          expect(countAt(tree, tree.levels - 1)).toBeGreaterThan(15);
          expect(adjustedRand(tree.nearest, usual.nearest)).toBeGreaterThan(0.7);
        }
      }
    }
  });

  it('are regions of the map: most of the nearest on it are of the same topic', () => {
    const { positions } = sample;
    const { nearest } = clusterPapers(sample);
    let same = 0;
    for (let i = 0; i < 468; i++) {
      const far = (j: number) =>
        Math.hypot(positions[j * 2] - positions[i * 2], positions[j * 2 + 1] - positions[i * 2 + 1]);
      const others = Array.from({ length: 468 }, (_, j) => j).filter((j) => j !== i);
      const five = others.sort((p, q) => far(p) - far(q)).slice(0, 5);
      same += five.filter((j) => nearest[j] === nearest[i]).length / (5 * 468);
    }
    expect(same).toBeGreaterThan(0.9);
  });

  it('keep every promise on any places, few and many, on top of each other or not', () => {
    fc.assert(
      fc.property(
        anyPlaces(70),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 2, max: 9 }),
        (positions, leastSize, samples) => {
          const input = { positions, neighbors: null, embedding: null };
          expectWhole(clusterPapers(input, { leastSize, samples }), positions.length / 2);
          expectWhole(clusterPapers(input), positions.length / 2);
        },
      ),
    );
  });

  it('are none for none to five papers, and for any number in one place', () => {
    for (let n = 0; n <= 16; n++) {
      const apart = groupsOfPlaces([-1, 0, 1, 0], Math.ceil(n / 2), 0.1).slice(0, n * 2);
      const tree = plain(apart);
      expectWhole(tree, n);
      expect(countAt(tree, 0) > 0).toBe(n >= 6);
      for (const [i, top] of tree.nearest.entries()) {
        expect(top < 0 || top !== tree.nearest[n - 1] || i >= n / 2).toBe(true);
      }
    }
    for (const n of [1, 16, 500]) expect(plain(new Float32Array(n * 2).fill(0.25)).clusters).toEqual([]);
  });
});

describe('clusters do not depend on', () => {
  it('where the map stands, how large it is and how it is turned', () => {
    const moves = fc.record({
      shift: fc.integer({ min: -8, max: 8 }),
      scale: fc.constantFrom(0.25, 1, 4),
      turn: fc.boolean(),
    });
    const places = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 })), {
      maxLength: 80,
    });
    fc.assert(
      fc.property(places, moves, (pairs, { shift, scale, turn }) => {
        // Whole numbers stay exact under all of these transformations, so that even ties must not change.
        const positions = Float32Array.from(pairs.flat());
        const moved = Float32Array.from(
          pairs.flatMap(([x, y]) => (turn ? [-y, x] : [x, y])),
          (value) => (value + shift) * scale,
        );
        expect(plain(moved).nearest.length).toBe(pairs.length);
        if (new Set(pairs.map(String)).size < pairs.length) return;
        const [one, two] = [plain(positions), plain(moved)];
        expect(two.clusters.length > 0).toBe(one.clusters.length > 0);
        if (!turn) expect([two.paths, two.confidence]).toEqual([one.paths, one.confidence]);
      }),
    );
    const angle = 0.7;
    const turned = five.map((value, at) => {
      const other = five[at % 2 === 0 ? at + 1 : at - 1];
      return Math.cos(angle) * value + (at % 2 === 0 ? -1 : 1) * Math.sin(angle) * other;
    });
    expect(adjustedRand(plain(turned).nearest, plain(five).nearest)).toBe(1);
  });

  it('the order of papers', () => {
    const { positions, neighbors, embedding } = sample;
    if (!neighbors || !embedding) throw new Error('expected the sample with neighbours and vectors');
    const tree = clusterPapers(sample);
    const order = shuffledIndices(468, makeRandom(4));
    const ranks = new Int32Array(468);
    order.forEach((paper, at) => {
      ranks[paper] = at;
    });
    const { k } = neighbors;
    const { cols } = embedding;
    const rows = Array.from(order);
    const shuffled = clusterPapers({
      positions: Float32Array.from(rows.flatMap((paper) => [...positions.subarray(paper * 2, paper * 2 + 2)])),
      neighbors: {
        k,
        indices: Int32Array.from(
          rows.flatMap((i) => [...neighbors.indices.subarray(i * k, (i + 1) * k)].map((j) => ranks[j])),
        ),
        distances: Float32Array.from(rows.flatMap((i) => [...neighbors.distances.subarray(i * k, (i + 1) * k)])),
      },
      embedding: {
        rows: 468,
        cols,
        data: Int8Array.from(rows.flatMap((i) => [...embedding.data.subarray(i * cols, (i + 1) * cols)])),
        scales: Float32Array.from(rows, (i) => embedding.scales[i]),
      },
    });
    for (let level = 0; level < tree.levels; level++) {
      expect(
        adjustedRand(
          pathsAt(shuffled, level),
          rows.map((paper) => pathsAt(tree, level)[paper]),
        ),
      ).toBe(1);
    }
    expect(shuffled.clusters.map(({ size, level }) => [size, level])).toEqual(
      tree.clusters.map(({ size, level }) => [size, level]),
    );
  });

  it('when and where they are made: the same bytes again', () => {
    expect(clusterPapers(sample)).toEqual(clusterPapers(sample));
    const { paths, confidence } = plain(five);
    const bytes = [paths, confidence].map(({ buffer }) => Buffer.from(buffer));
    expect(createHash('sha256').update(Buffer.concat(bytes)).digest('hex').slice(0, 16)).toBe('da2711cb37c6b0c0');
  });
});

describe('evidence', () => {
  it('leaves a paper out that is alone among its neighbours by meaning, and one far out on the map', () => {
    const positions = Float32Array.of(...five, 2.5, -2.5);
    const groups = Int32Array.from({ length: 151 }, (_, i) => Math.floor(i / 30));
    const indices = Int32Array.from({ length: 151 * 10 }, (_, at) => {
      const group = at < 10 ? 3 : groups[Math.floor(at / 10)] % 5;
      return group * 30 + 10 + (at % 10);
    });
    const neighbors = { k: 10, indices, distances: new Float32Array(1510) };
    const tree = clusterPapers({ positions, neighbors, embedding: null });
    expectWhole(tree, 151);
    const [odd, usual] = [tree, plain(positions)].map((made) => pathsAt(made, 0));
    expect([odd[0], odd[150], usual[150]]).toEqual([-1, -1, -1]);
    expect(odd.slice(1)).toEqual(usual.slice(1));
    expect(usual[0]).toBeGreaterThanOrEqual(0);
    expect(noiseAt(tree, 0)).toBeLessThan(0.06);
    expect(tree.nearest[0]).toBe(tree.nearest[1]);
    expect(tree.nearest[150]).toBe(tree.nearest[30]);
  });

  it('leaves papers without vectors out, wherever they stand', () => {
    const { embedding, neighbors } = sample;
    if (!embedding || !neighbors) throw new Error('expected the sample with neighbours and vectors');
    const usual = clusterPapers(sample);
    // These papers come first, in a separate disc.
    const extra = 60;
    const n = 468 + extra;
    const k = neighbors.k;
    const tree = clusterPapers({
      positions: Float32Array.of(...groupsOfPlaces([2, -1], extra, 0.1), ...sample.positions),
      neighbors: {
        k,
        indices: Int32Array.of(...new Int32Array(extra * k).fill(extra), ...neighbors.indices.map((j) => j + extra)),
        distances: new Float32Array(n * k),
      },
      embedding: {
        rows: n,
        cols: embedding.cols,
        scales: new Float32Array(n),
        data: Int8Array.from(
          { length: n * embedding.cols },
          (_, at) => embedding.data[at - extra * embedding.cols] ?? 0,
        ),
      },
    });
    expectWhole(tree, n);
    expect(tree.paths.slice(0, extra * tree.levels).every((id) => id < 0)).toBe(true);
    expect(tree.paths.slice(extra * tree.levels)).toEqual(usual.paths);
    expect(tree.clusters.map(({ centroid }) => centroid - extra)).toEqual(
      usual.clusters.map(({ centroid }) => centroid),
    );
  });

  it('is refused when it does not fit', () => {
    const neighbors = { k: 2, indices: new Int32Array(7), distances: new Float32Array(7) };
    const embedding = { data: new Int8Array(9), scales: new Float32Array(3), rows: 3, cols: 3 };
    expect(() => plain(Float32Array.of(0, Number.NaN))).toThrow(/expected finite places, got NaN for paper 0/u);
    expect(() => plain(new Float32Array(3))).toThrow(RangeError);
    expect(() => clusterPapers({ positions: five, neighbors, embedding: null })).toThrow(RangeError);
    expect(() => clusterPapers({ positions: five, neighbors: null, embedding })).toThrow(RangeError);
    expect(() => clusterPapers(sample, { leastSize: 1 })).toThrow(RangeError);
    expect(() => clusterPapers(sample, { samples: 1 })).toThrow(RangeError);
  });
});

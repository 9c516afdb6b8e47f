import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../../math/random.ts';
import type { Neighbors } from '../../../model/map-data.ts';
import { fillGround } from './fill-ground.ts';
import { groundShare, turnAcross } from './ground.ts';
import { findIslands } from './islands.ts';
import { packIslands } from './pack-islands.ts';
import { STAGES, spreadOut } from './spread-out.ts';

const random = makeRandom(5);

/** `each` papers in a disc of radius 1 around each of the centres. */
function discs(centres: readonly (readonly [number, number])[], each: number): Float32Array {
  const out = new Float32Array(centres.length * each * 2);
  centres.forEach(([x, y], c) => {
    for (let i = 0; i < each; i++) {
      const radius = Math.sqrt(random());
      const angle = 2 * Math.PI * random();
      out[2 * (c * each + i)] = x + radius * Math.cos(angle);
      out[2 * (c * each + i) + 1] = y + radius * Math.sin(angle);
    }
  });
  return out;
}

/** The true neighbours on a map. */
function neighborsOn(places: Float32Array, k: number): Neighbors {
  const n = places.length / 2;
  const indices = new Int32Array(n * k);
  for (let i = 0; i < n; i++) {
    const others = Array.from({ length: n }, (_, j) => j).filter((j) => j !== i);
    const square = (j: number) => (places[2 * j] - places[2 * i]) ** 2 + (places[2 * j + 1] - places[2 * i + 1]) ** 2;
    indices.set(others.sort((a, b) => square(a) - square(b)).slice(0, k), i * k);
  }
  return { k, indices, distances: new Float32Array(n * k).fill(1) };
}

const gap = (places: ArrayLike<number>, i: number, j: number) =>
  Math.hypot(places[2 * i] - places[2 * j], places[2 * i + 1] - places[2 * j + 1]);

function filled(positions: Float32Array, neighbors: Neighbors, stretches = true): Float32Array | Float64Array {
  const filling = fillGround({ positions, neighbors, stretches });
  while (filling.step());
  return filling.positions();
}

/** Twelve islands far from one another, in no shape of a canvas. */
const FAR = discs(
  Array.from({ length: 12 }, (_, c) => [((c * 7) % 12) * 11, ((c * 5) % 12) * 15] as const),
  100,
);

describe('the share of the ground', () => {
  it('is that of the cells which hold papers where the map is shown whole', () => {
    const everywhere = Float32Array.from({ length: 2 * 160 * 100 }, (_, at) => {
      const i = Math.floor(at / 2);
      return at % 2 === 0 ? i % 160 : Math.floor(i / 160);
    });
    // 22 of 24 columns and all 15 rows reach into the fitted part.
    expect(groundShare(everywhere)).toBeCloseTo((22 * 15) / 360, 6);
    expect(groundShare(Float32Array.from([0, 0, 1, 0, 1, 1, 0, 1]))).toBeCloseTo(4 / 360, 6);
    expect(groundShare(new Float32Array(0))).toBe(0);
  });
});

describe('turning a map across', () => {
  it('lays the longer direction across and keeps all distances', () => {
    const upright = Float32Array.from({ length: 400 }, () => random()).map((value, at) => (at % 2 ? 5 * value : value));
    const turned = turnAcross(upright);
    const width = (axis: number) => {
      const values = Array.from(turned).filter((_, at) => at % 2 === axis);
      return Math.max(...values) - Math.min(...values);
    };
    expect(width(0)).toBeGreaterThan(4);
    expect(width(1)).toBeLessThan(1.5);
    for (let i = 1; i < 200; i++) expect(gap(turned, i, 0)).toBeCloseTo(gap(upright, i, 0), 5);
    // Equal papers have no direction.
    expect([...turnAcross(Float32Array.from([1, 2, 1, 2]))]).toEqual([1, 2, 1, 2]);
  });
});

describe('packing islands', () => {
  const places = Float64Array.from(FAR);
  const found = findIslands(places, 64, 16);

  it('moves each as a whole, lets none touch another, and fills more', () => {
    if (!found) throw new Error('expected islands');
    expect(found.islands).toHaveLength(12);
    const packed = packIslands(places, found);
    for (let i = 0; i < 1200; i++) {
      const first = Math.floor(i / 100) * 100;
      expect(gap(packed, i, first)).toBeCloseTo(gap(places, i, first), 9);
      for (let j = 0; j < first; j++) expect(gap(packed, i, j)).toBeGreaterThan(found.side);
    }
    expect(groundShare(packed)).toBeGreaterThan(2 * groundShare(places));
  });

  it('keeps most of the order from left to right and from bottom to top', () => {
    if (!found) throw new Error('expected islands');
    const packed = packIslands(places, found);
    const middle = (all: Float64Array, island: number, axis: number) =>
      all.subarray(island * 200, island * 200 + 200).reduce((sum, v, at) => sum + (at % 2 === axis ? v / 100 : 0), 0);
    let [kept, pairs] = [0, 0];
    for (let a = 0; a < 12; a++) {
      for (let b = 0; b < a; b++) {
        for (const axis of [0, 1]) {
          const before = middle(places, a, axis) - middle(places, b, axis);
          kept += before * (middle(packed, a, axis) - middle(packed, b, axis)) >= 0 ? 1 : 0;
          pairs++;
        }
      }
    }
    expect(kept / pairs).toBeGreaterThan(0.8);
  });

  it('takes stray papers along with the nearest island, and finds none in one piece', () => {
    const withStray = Float64Array.from([...FAR, 8, 0]);
    const strays = findIslands(withStray, 64, 16);
    expect(strays?.islands).toHaveLength(12);
    expect(strays?.islandOf[1200]).toBe(strays?.islandOf[0]);
    expect(findIslands(Float64Array.from(discs([[0, 0]], 500)), 16, 16)).toBeNull();
    expect(findIslands(new Float64Array(40), 16, 16)).toBeNull();
  });
});

describe('spreading a map out', () => {
  it('folds nothing, and fills more at each stage', () => {
    const side = 60;
    const lattice = new Float64Array(2 * side * side);
    for (let i = 0; i < side * side; i++) {
      // Dense to the lower left.
      lattice[2 * i] = ((i % side) / side) ** 2;
      lattice[2 * i + 1] = (Math.floor(i / side) / side) ** 2;
    }
    const spreading = spreadOut(lattice);
    let before = groundShare(lattice);
    for (let stage = 1; stage <= STAGES; stage++) {
      const now = spreading.at(stage);
      expect(groundShare(now)).toBeGreaterThanOrEqual(before);
      before = groundShare(now);
      for (let i = 0; i < side * (side - 1); i++) {
        if (i % side === side - 1) continue;
        const [ax, ay] = [now[2 * i + 2] - now[2 * i], now[2 * i + 3] - now[2 * i + 1]];
        const [bx, by] = [now[2 * (i + side)] - now[2 * i], now[2 * (i + side) + 1] - now[2 * i + 1]];
        expect(ax * by - ay * bx).toBeGreaterThan(0);
      }
    }
    expect(before).toBeGreaterThan(groundShare(lattice));
  });
});

describe('filling the ground', () => {
  const neighbors = neighborsOn(FAR, 15);

  it('fills three fifths of the canvas and keeps the neighbours', () => {
    const now = filled(FAR, neighbors);
    expect(groundShare(FAR)).toBeLessThan(0.2);
    expect(groundShare(now)).toBeGreaterThanOrEqual(0.6);
    const after = neighborsOn(Float32Array.from(now), 15);
    let kept = 0;
    for (let i = 0; i < 1200; i++) {
      const old = new Set(neighbors.indices.subarray(i * 15, i * 15 + 15));
      for (const j of after.indices.subarray(i * 15, i * 15 + 15)) kept += old.has(j) ? 1 : 0;
    }
    expect(kept / (1200 * 15)).toBeGreaterThan(0.9);
    expect(filled(FAR, neighbors)).toEqual(now);
  });

  it('does not stretch where densities are to be read', () => {
    const now = filled(FAR, neighbors, false);
    for (let i = 1; i < 100; i++) expect(gap(now, i, 0)).toBeCloseTo(gap(FAR, i, 0), 4);
  });

  it('leaves few papers, and a map that fills its ground, as they are', () => {
    const few = FAR.slice(0, 2 * 999);
    expect(filled(few, neighbors)).toBe(few);
    const even = Float32Array.from({ length: 2 * 1600 }, (_, at) => (at % 2 ? Math.floor(at / 100) : (at / 2) % 50));
    expect(filled(even, neighbors)).toBe(even);
  });

  it('takes equal papers, and papers in two places', () => {
    const same = new Float32Array(2 * 1200);
    const list = { k: 15, indices: new Int32Array(1200 * 15), distances: new Float32Array(1200 * 15) };
    expect([...filled(same, list)].every(Number.isFinite)).toBe(true);
    const two = same.map((_, at) => (at % 4 === 0 ? 1 : 0));
    expect([...filled(two, list)].every(Number.isFinite)).toBe(true);
  });
});

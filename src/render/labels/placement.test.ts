import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { type LabelCandidate, type LabelIntervals, levelFloors, solveLabels } from './placement.ts';

const GAP_PX = 8;
const coordinate = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-0.5, 0, 0.5));
const raw = fc.record({
  x: coordinate,
  y: coordinate,
  size: fc.integer({ min: 1, max: 500 }),
  widthPx: fc.oneof(fc.integer({ min: 0, max: 240 }), fc.constant(20_000)),
  heightPx: fc.integer({ min: 10, max: 40 }),
  parent: fc.nat(),
});

/** Forests of up to three levels: each label is at the top, or its parent is a label of the level above. */
const forests: fc.Arbitrary<LabelCandidate[]> = fc.array(raw, { maxLength: 40 }).map((items) =>
  items.map(({ x, y, size, widthPx, heightPx, parent }, i) => {
    const level = i < 4 ? 0 : i < 14 ? 1 : 2;
    const above = level === 1 ? 4 : 10;
    const first = level === 1 ? 0 : 4;
    const id = 100 + i;
    return {
      id,
      parent: level === 0 || parent % 7 === 0 ? -1 : 100 + first + (parent % above),
      level,
      size,
      anchor: { x, y },
      widthPx,
      heightPx,
    };
  }),
);

/** A map of topics nested three levels deep, each placed around its parent. */
function topicMap(tops: number, parts: number, seed: number): LabelCandidate[] {
  const random = makeRandom(seed);
  const labels: LabelCandidate[] = [];
  const add = (parent: number, level: number, x: number, y: number): number => {
    const id = labels.length;
    const widthPx = 60 + Math.floor(120 * random());
    const size = Math.ceil(1000 * random()) >> (2 * level);
    labels.push({ id, parent, level, size, anchor: { x, y }, widthPx, heightPx: 22 - 2 * level });
    return id;
  };
  const spread = (reach: number): number => reach * (2 * random() - 1);
  for (let a = 0; a < tops; a++) {
    const top = { x: spread(0.9), y: spread(0.9) };
    const topId = add(-1, 0, top.x, top.y);
    for (let b = 0; b < parts; b++) {
      const middle = { x: top.x + spread(0.5 / Math.sqrt(tops)), y: top.y + spread(0.5 / Math.sqrt(tops)) };
      const middleId = add(topId, 1, middle.x, middle.y);
      const reach = 0.5 / Math.sqrt(tops * parts);
      for (let c = 0; c < parts; c++) add(middleId, 2, middle.x + spread(reach), middle.y + spread(reach));
    }
  }
  return labels;
}

function isShown({ from, to }: LabelIntervals, i: number, scale: number): boolean {
  return from[i] <= scale && scale < to[i];
}

function overlap(a: LabelCandidate, b: LabelCandidate, scale: number): boolean {
  const reachX = (a.widthPx + b.widthPx) / 2 + GAP_PX;
  const reachY = (a.heightPx + b.heightPx) / 2 + GAP_PX;
  return scale * Math.abs(a.anchor.x - b.anchor.x) < reachX && scale * Math.abs(a.anchor.y - b.anchor.y) < reachY;
}

/** 200 zoom steps, and every scale at which something changes. */
function scalesOf({ from, to }: LabelIntervals): number[] {
  const steps = Array.from({ length: 200 }, (_, i) => 10 * 1.06 ** i);
  return [...new Set([0, ...steps, ...from, ...to])].filter(Number.isFinite).sort((a, b) => a - b);
}

function overlapsOf(intervals: LabelIntervals): string[] {
  const { candidates } = intervals;
  const found: string[] = [];
  for (const scale of scalesOf(intervals)) {
    const shown = candidates.map((_, i) => i).filter((i) => isShown(intervals, i, scale));
    for (const i of shown) {
      for (const j of shown) {
        if (i < j && overlap(candidates[i], candidates[j], scale)) found.push(`${i} and ${j} at ${scale}`);
      }
    }
  }
  return found;
}

const parentOf = (candidates: readonly LabelCandidate[], i: number): number =>
  candidates.findIndex(({ id }) => id === candidates[i].parent);

/** Labels whose parent is gone at a scale and which have not handed over themselves. */
function openAt({ candidates, to }: LabelIntervals, scale: number): number[] {
  return candidates
    .map((_, i) => i)
    .filter((i) => {
      const parent = parentOf(candidates, i);
      return (parent < 0 || to[parent] <= scale) && scale < to[i];
    });
}

describe('solveLabels', () => {
  it('shows no two boxes that overlap, at any scale', () => {
    fc.assert(
      fc.property(forests, (candidates) => {
        expect(overlapsOf(solveLabels(candidates))).toEqual([]);
      }),
    );
  });

  it('hands over to two parts or more at one scale, and shows no part before', () => {
    fc.assert(
      fc.property(forests, (candidates) => {
        const { from, to } = solveLabels(candidates);
        for (let i = 0; i < candidates.length; i++) {
          const parts = candidates.map((_, j) => j).filter((j) => parentOf(candidates, j) === i);
          expect(from[i]).toBeLessThanOrEqual(to[i]);
          for (const part of parts) expect(from[part]).toBeGreaterThanOrEqual(to[i]);
          if (to[i] < Infinity) {
            expect(parts.filter((part) => from[part] === to[i]).length).toBeGreaterThanOrEqual(2);
          }
        }
      }),
    );
  });

  it('keeps no label waiting, and no topic from handing over, that is free of everybody', () => {
    fc.assert(
      fc.property(forests, (candidates) => {
        const intervals = solveLabels(candidates);
        for (const scale of scalesOf(intervals)) {
          const open = openAt(intervals, scale);
          const isFree = (i: number, besides: number): boolean =>
            open.every((j) => j === i || j === besides || !overlap(candidates[i], candidates[j], scale * (1 - 1e-9)));
          for (const i of open) {
            if (!isShown(intervals, i, scale)) expect(isFree(i, -1), `${i} waits at ${scale}`).toBe(false);
            const parts = candidates.map((_, j) => j).filter((j) => parentOf(candidates, j) === i && isFree(j, i));
            const fits = parts.some((a) =>
              parts.some((b) => a !== b && !overlap(candidates[a], candidates[b], scale * (1 - 1e-9))),
            );
            expect(fits, `two parts of ${i} fit at ${scale}`).toBe(false);
          }
        }
      }),
    );
  });

  it('does not depend on the order of the candidates', () => {
    fc.assert(
      fc.property(forests, fc.integer(), (candidates, seed) => {
        const random = makeRandom(seed);
        const order = candidates.map((_, i) => ({ i, key: random() })).sort((a, b) => a.key - b.key);
        const shuffled = solveLabels(order.map(({ i }) => candidates[i]));
        const plain = solveLabels(candidates);
        order.forEach(({ i }, at) => {
          expect([shuffled.from[at], shuffled.to[at]]).toEqual([plain.from[i], plain.to[i]]);
        });
      }),
    );
  });

  it('computes the scale at which two labels part', () => {
    const label = { parent: -1, level: 0, widthPx: 92, heightPx: 12 };
    const { from, to } = solveLabels([
      { ...label, id: 1, size: 9, anchor: { x: 0, y: 0 } },
      { ...label, id: 2, size: 5, anchor: { x: 0.5, y: 0.01 } },
      { ...label, id: 3, size: 1, anchor: { x: 0, y: 0 } },
    ]);
    expect(from[0]).toBe(0);
    expect(from[1]).toBeCloseTo(200, 6);
    expect(from[2]).toBe(Infinity);
    expect(Array.from(to)).toEqual([Infinity, Infinity, Infinity]);
  });

  it('keeps a place free for a larger label that is about to come', () => {
    const label = { parent: -1, level: 0, widthPx: 92, heightPx: 92 };
    const { from } = solveLabels([
      { ...label, id: 1, size: 9, anchor: { x: 0, y: 0 } },
      { ...label, id: 2, size: 5, anchor: { x: 1, y: 0 } },
      { ...label, id: 3, size: 1, anchor: { x: 1.2, y: 0 } },
    ]);
    expect(from[1]).toBeCloseTo(100, 6);
    expect(from[2]).toBeCloseTo(500, 6);
  });

  it('holds levels back until their floor', () => {
    const { from, to } = solveLabels(topicMap(6, 4, 1), { floors: [0, 500, 900] });
    topicMap(6, 4, 1).forEach(({ level }, i) => {
      expect(from[i]).toBeGreaterThanOrEqual([0, 500, 900][level]);
      expect(to[i]).toBeGreaterThanOrEqual([500, 900, Infinity][level]);
    });
  });

  it('shows the coarsest level alone where the whole map fits, and the next ones a zoom later', () => {
    expect(levelFloors(400, 4)).toEqual([0, 600, 1200, 2400]);
    expect(levelFloors(400, 0)).toEqual([]);
    const candidates = topicMap(9, 4, 5);
    const intervals = solveLabels(candidates, { floors: levelFloors(400, 3) });
    const levelsAt = (scale: number): number[] => [
      ...new Set(candidates.filter((_, i) => isShown(intervals, i, scale)).map(({ level }) => level)),
    ];
    expect(levelsAt(400)).toEqual([0]);
    expect(levelsAt(700)).toContain(1);
    expect(levelsAt(700)).not.toContain(2);
    expect(overlapsOf(intervals)).toEqual([]);
  });

  it('shows every leaf of an ordinary map in the end', () => {
    const candidates = topicMap(8, 5, 2);
    const { from } = solveLabels(candidates);
    const leaves = candidates.map((_, i) => i).filter((i) => candidates[i].level === 2);
    expect(leaves.filter((i) => from[i] === Infinity)).toEqual([]);
  });

  it('takes none, one, equal ones, unplaced ones, and circles', () => {
    const one = { id: 4, parent: -1, level: 0, size: 1, anchor: { x: 0, y: 0 }, widthPx: 50, heightPx: 10 };
    expect(solveLabels([]).order.length).toBe(0);
    expect(Array.from(solveLabels([one]).from)).toEqual([0]);
    expect(Array.from(solveLabels([one, one, one]).from)).toEqual([0, Infinity, Infinity]);
    expect(Array.from(solveLabels([{ ...one, anchor: { x: Number.NaN, y: 0 } }, one]).from)).toEqual([Infinity, 0]);
    const circle = [
      { ...one, id: 1, parent: 2 },
      { ...one, id: 2, parent: 1 },
    ];
    expect(Array.from(solveLabels(circle).from)).toEqual([Infinity, Infinity]);
    expect(solveLabels([{ ...one, parent: 77 }]).order.length).toBe(1);
  });

  it('compares few pairs: not much more than in proportion', () => {
    const small = topicMap(10, 6, 3);
    const large = topicMap(40, 6, 3);
    const counts = [small, large].map((candidates) => solveLabels(candidates).comparisons);
    expect(large.length / small.length).toBe(4);
    expect(counts[1] / counts[0]).toBeLessThan(6);
    expect(counts[1]).toBeLessThan(large.length ** 2);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveWithEchoes } from './echoes.ts';
import { solveLabels } from './placement.ts';
import { makeLabelBoxes } from './placement-state.ts';

const coordinate = fc.integer({ min: -40, max: 40 });
const label = fc.record({
  anchor: fc.record({ x: coordinate, y: coordinate }),
  widthPx: fc.integer({ min: 20, max: 120 }),
  heightPx: fc.constantFrom(16, 32, 48),
  echoes: fc.array(fc.record({ x: coordinate, y: coordinate }), { maxLength: 2 }),
  isPart: fc.boolean(),
  size: fc.nat(99),
});

describe('names at several pieces of their topic', () => {
  it('change nothing about first names, overlap nothing, and are shown only while the first one is', () => {
    let shown = 0;
    fc.assert(
      fc.property(fc.array(label, { maxLength: 10 }), (given) => {
        const candidates = given.flatMap(({ anchor, echoes, isPart, ...rest }, id) =>
          [anchor, ...echoes].map((at, piece) => ({
            ...rest,
            ...{ id, parent: isPart && id > 0 ? 0 : -1, level: isPart && id > 0 ? 1 : 0 },
            ...{ anchor: at, isEcho: piece > 0, risePx: rest.heightPx / 2 + 4 },
          })),
        );
        const firsts = candidates.filter(({ isEcho }) => !isEcho);
        const alone = solveLabels(firsts);
        const { from, to, order } = solveWithEchoes(candidates, {});
        const boxes = makeLabelBoxes(candidates, 8);
        firsts.forEach((first, rank) => {
          const at = candidates.indexOf(first);
          expect([from[at], to[at]]).toEqual([alone.from[rank], alone.to[rank]]);
        });
        for (const i of order) {
          const first = candidates.findIndex(({ id }) => id === candidates[i].id);
          expect(from[i]).toBeGreaterThanOrEqual(from[first]);
          expect(to[i]).toBeLessThanOrEqual(to[first]);
          if (candidates[i].isEcho) shown++;
          for (const j of order) {
            if (i === j) continue;
            const both = Math.max(from[i], from[j]);
            if (both < Math.min(to[i], to[j])) expect(boxes.separation(i, j)).toBeLessThanOrEqual(both);
          }
        }
      }),
    );
    expect(shown).toBeGreaterThan(0);
  });
});

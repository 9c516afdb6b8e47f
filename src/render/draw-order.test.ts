import { describe, expect, it } from 'vitest';
import { drawOrder, fewSlots } from './draw-order.ts';
import { countLayers, DIMMED, HIT, NEIGHBOR } from './paper-marks.ts';

describe('draw order', () => {
  it('holds every paper once, and the way back', () => {
    for (const n of [0, 1, 2, 468, 70_000]) {
      const { order, slots } = drawOrder(n);
      expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      for (let slot = 0; slot < n; slot++) expect(slots[order[slot]]).toBe(slot);
    }
  });

  it('keeps which of two papers is on top when more are added', () => {
    const small = drawOrder(500).order;
    const large = drawOrder(2000).order.filter((index) => index < 500);
    expect(Array.from(large)).toEqual(Array.from(small));
  });

  it('makes any prefix a fair sample of the papers', () => {
    const prefix = drawOrder(100_000).order.subarray(0, 10_000);
    const late = prefix.filter((index) => index >= 50_000).length;
    expect(late).toBeGreaterThan(4800);
    expect(late).toBeLessThan(5200);
  });
});

describe('small highlighted layers', () => {
  it('know where in drawing order their papers stand', () => {
    const n = 1000;
    const draw = drawOrder(n);
    const states = new Uint8Array(n - 10).fill(DIMMED, 0, 5);
    for (const i of [3, 700, 20]) states[i] = NEIGHBOR;
    states.fill(HIT, 800, 900);
    const few = fewSlots(states, countLayers(states, n), draw);
    expect(few[2]).toEqual([3, 700, 20].map((i) => draw.slots[i]).sort((a, b) => a - b));
    // Few but not highlighted; plain; many; none.
    expect([few[0], few[1], few[3], few[4]]).toEqual([null, null, null, null]);
  });
});

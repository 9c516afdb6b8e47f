import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_SLOT, insertSlot, makeSlots } from './top-k.ts';

describe('slots', () => {
  it('keep the k nearest in order, equal ones by index, whatever the order they come in', () => {
    const distances = fc.array(fc.constantFrom(0, 0.25, 0.5, 1, 2), { maxLength: 40 });
    fc.assert(
      fc.property(distances, fc.integer({ min: 0, max: 8 }), fc.boolean(), (values, k, backwards) => {
        const slots = makeSlots(2, k);
        const order = Array.from(values.keys());
        for (const index of backwards ? order.reverse() : order) insertSlot(slots, 1, index, values[index]);
        const expected = Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
        const kept = Math.min(k, values.length);
        expect(Array.from(slots.indices.subarray(k, k + kept))).toEqual(expected.slice(0, kept));
        expect(Array.from(slots.indices.subarray(k + kept))).toEqual(new Array(k - kept).fill(EMPTY_SLOT));
        expect(Array.from(slots.indices.subarray(0, k))).toEqual(new Array(k).fill(EMPTY_SLOT));
      }),
    );
  });

  it('take no NaN', () => {
    const slots = makeSlots(1, 2);
    insertSlot(slots, 0, 3, Number.NaN);
    expect(Array.from(slots.indices)).toEqual([EMPTY_SLOT, EMPTY_SLOT]);
  });
});

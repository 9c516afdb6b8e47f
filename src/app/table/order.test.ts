import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inSlices, listed, orderSteps, type SortKey } from './order.ts';

function orderOf(keys: readonly SortKey[]) {
  const steps = orderSteps(keys.length, (paper) => keys[paper]);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const ALL = (n: number) => new Uint8Array(n).fill(1);

describe('orderSteps', () => {
  it('orders numbers as numbers and words as people do, equal ones in paper order, missing ones last', () => {
    expect([...orderOf([10, null, 9, 100, 9]).papers]).toEqual([2, 4, 0, 3, 1]);
    expect([...orderOf(['item 10', 'Éclair', null, 'item 9', 'zebra', 'eclair']).papers]).toEqual([5, 1, 3, 0, 4, 2]);
  });

  it('orders any numbers as a stable sort does', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: -50, max: 5000 })), { maxLength: 4000 }), (keys) => {
        const { papers, filled } = orderOf(keys);
        const expected = keys.map((_, i) => i).sort((a, b) => (keys[a] ?? 1e9) - (keys[b] ?? 1e9) || a - b);
        expect([...papers]).toEqual(expected);
        expect(filled).toBe(keys.filter((key) => key !== null).length);
      }),
      { numRuns: 30 },
    );
  });

  it('rests between steps, and ends when it is overtaken', async () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `title ${(i * 7919) % 20_000}`);
    const controller = new AbortController();
    const { papers } = await inSlices(
      orderSteps(keys.length, (i) => keys[i]),
      controller.signal,
    );
    expect(keys[papers[19_999]]).toBe('title 19999');
    controller.abort();
    const never = inSlices(
      orderSteps(2e6, (i) => i % 7919),
      controller.signal,
    );
    await expect(never).rejects.toThrow(/abort/iu);
  });
});

describe('listed', () => {
  it('lists a part in either direction', () => {
    const order = orderOf([3, null, 1, 3, 2]);
    expect([...listed(order, false, ALL(5))]).toEqual([2, 4, 0, 3, 1]);
    expect([...listed(order, true, ALL(5))]).toEqual([0, 3, 4, 2, 1]);
    expect([...listed(order, true, Uint8Array.of(0, 1, 1, 1, 0))]).toEqual([3, 2, 1]);
  });
});

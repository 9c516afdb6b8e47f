import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryFacet, keyOfValue, NO_VALUE_KEY } from './category-facet.ts';
import {
  chooseKey,
  type Filter,
  isolateKey,
  isolateRange,
  keepMissing,
  keepsKey,
  keepsRange,
  toggleKey,
  toggleRange,
  wholeRange,
  writeMask,
} from './filter.ts';
import { numberFacet } from './number-facet.ts';

const words = ['a', 'b', 'a', null, 'c'];
const facet = categoryFacet(words);
const numbers = [1, 5, null, 9, 5];
const histogram = numberFacet(numbers);

function passing(of: Parameters<typeof writeMask>[0], filter: Filter | null): number[] {
  const mask = new Uint8Array(of.bins.length);
  writeMask(of, filter, mask);
  return [...mask];
}

describe('writeMask', () => {
  it.each<[Filter | null, number[]]>([
    [null, [1, 1, 1, 1, 1]],
    [{ kind: 'only', keys: ['a'] }, [1, 0, 1, 0, 0]],
    [{ kind: 'only', keys: ['a', NO_VALUE_KEY] }, [1, 0, 1, 1, 0]],
    [{ kind: 'without', keys: ['a'] }, [0, 1, 0, 1, 1]],
    [{ kind: 'without', keys: [NO_VALUE_KEY, 'gone'] }, [1, 1, 1, 0, 1]],
    [{ kind: 'only', keys: ['gone'] }, [1, 1, 1, 1, 1]],
    [{ kind: 'ranges', ranges: [{ from: 0, to: 1 }], keepsMissing: false }, [1, 1, 1, 1, 1]],
  ])('%j of categories', (filter, expected) => {
    expect(passing(facet, filter)).toEqual(expected);
  });

  it.each<[Filter | null, number[]]>([
    [{ kind: 'ranges', ranges: [{ from: 1, to: 5 }], keepsMissing: false }, [1, 0, 0, 0, 0]],
    [{ kind: 'ranges', ranges: [{ from: 5, to: 9 }], keepsMissing: true }, [0, 1, 1, 0, 1]],
    [{ kind: 'ranges', ranges: [wholeRange(histogram)], keepsMissing: false }, [1, 1, 0, 1, 1]],
    [{ kind: 'only', keys: ['5'] }, [1, 1, 1, 1, 1]],
  ])('%j of numbers', (filter, expected) => {
    expect(passing(histogram, filter)).toEqual(expected);
  });

  it('lets through what keepsKey says, after any clicks', () => {
    const click = fc.record({
      act: fc.constantFrom(toggleKey, chooseKey, isolateKey),
      key: fc.constantFrom('a', 'b', 'c', ''),
    });
    fc.assert(
      fc.property(fc.array(click), (clicks) => {
        const filter = clicks.reduce<Filter | null>((before, { act, key }) => act(before, key), null);
        expect(passing(facet, filter)).toEqual(words.map((word) => (keepsKey(filter, keyOfValue(word)) ? 1 : 0)));
      }),
    );
  });
});

describe('clicks', () => {
  it('take a value away and give it back', () => {
    const without = toggleKey(null, 'a');
    expect(without).toEqual({ kind: 'without', keys: ['a'] });
    expect(toggleKey(without, 'a')).toBeNull();
  });

  it('choose values and let them go', () => {
    const both = chooseKey(chooseKey(null, 'a'), 'b');
    expect(both).toEqual({ kind: 'only', keys: ['a', 'b'] });
    expect(chooseKey(chooseKey(both, 'a'), 'b')).toBeNull();
  });

  it('isolate one value, and all again', () => {
    const one = isolateKey({ kind: 'only', keys: ['a', 'b'] }, 'a');
    expect(one).toEqual({ kind: 'only', keys: ['a'] });
    expect(isolateKey(one, 'a')).toBeNull();
  });

  it('take ranges away and give them back', () => {
    const all = [
      { from: 0, to: 4 },
      { from: 4, to: 8 },
    ];
    const second = toggleRange(null, all[0], all);
    expect(second).toEqual({ kind: 'ranges', ranges: [all[1]], keepsMissing: true });
    expect([keepsRange(second, all[0]), keepsRange(second, all[1])]).toEqual([false, true]);
    expect(toggleRange(second, all[0], all)).toBeNull();
    const alone = isolateRange(second, all[1]);
    expect(alone).toEqual({ kind: 'ranges', ranges: [all[1]], keepsMissing: false });
    expect(isolateRange(alone, all[1])).toBeNull();
    expect(isolateRange(isolateRange(alone, null), null)).toBeNull();
  });

  it('leave out papers without a value, and take them in', () => {
    const whole = wholeRange(histogram);
    const dated = keepMissing(null, false, whole);
    expect(dated).toEqual({ kind: 'ranges', ranges: [whole], keepsMissing: false });
    expect(keepMissing(dated, true, whole)).toBeNull();
  });
});

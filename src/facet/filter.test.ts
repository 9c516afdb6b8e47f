import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoryFacet, givenCategories, keyOfValue, NO_VALUE_KEY } from './category-facet.ts';
import type { Branch, CategoryFacet, CategoryTree } from './facet.ts';
import {
  branchState,
  chooseBranch,
  chooseKey,
  countBranch,
  type Filter,
  isolateKey,
  isolateRange,
  keepMissing,
  keepsKey,
  keepsRange,
  restOf,
  toggleBranch,
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

const branch = (own: number, parts: string[] = [], label = ''): Branch => ({ label, own, parts });

/** a has its own paper (leaf 0) and the parts b (1) and c, whose papers are all in its part d (2); e is leaf 3. */
const TREE: CategoryTree = {
  bins: Uint16Array.of(0, 1, 2, 3, 4, 2, 4),
  size: 4,
  tops: ['a', 'e'],
  branches: new Map([
    ['a', branch(0, ['b', 'c'])],
    ['b', branch(1)],
    ['c', branch(-1, ['d'])],
    ['d', branch(2)],
    ['e', branch(3)],
  ]),
};
const FACET: CategoryFacet = givenCategories(
  [
    { key: 'a', label: 'A' },
    { key: 'e', label: 'E' },
  ],
  Uint16Array.of(0, 0, 0, 1, 2, 0, 2),
  TREE,
);
const oneLeaf = (leaf: number) => Uint32Array.from({ length: TREE.size + 1 }, (_, i) => (i === leaf ? 1 : 0));
const KEYS = ['a', 'b', 'c', 'd', 'e', NO_VALUE_KEY];

describe('filters by a tree of values', () => {
  it.each<[Filter, number[]]>([
    [{ kind: 'only', keys: ['a'] }, [1, 1, 1, 0, 0, 1, 0]],
    [{ kind: 'only', keys: ['c'] }, [0, 0, 1, 0, 0, 1, 0]],
    [{ kind: 'only', keys: ['rest:a', NO_VALUE_KEY] }, [1, 0, 0, 0, 1, 0, 1]],
    [{ kind: 'without', keys: ['b', 'e'] }, [1, 0, 1, 0, 1, 1, 1]],
    [{ kind: 'without', keys: ['gone'] }, [1, 1, 1, 1, 1, 1, 1]],
  ])('%j', (filter, expected) => {
    expect(passing(FACET, filter)).toEqual(expected);
  });

  it('name the fewest values', () => {
    const withoutA = toggleBranch(TREE, null, 'a');
    expect(withoutA).toEqual({ kind: 'without', keys: ['a'] });
    expect(toggleBranch(TREE, withoutA, 'd')).toEqual({ kind: 'without', keys: ['rest:a', 'b'] });
    const b = chooseBranch(TREE, null, 'b');
    expect(b).toEqual({ kind: 'only', keys: ['b'] });
    expect(chooseBranch(TREE, b, 'c')).toEqual({ kind: 'only', keys: ['b', 'c'] });
    expect(chooseBranch(TREE, b, 'b')).toBeNull();
    expect(restOf('rest:a')).toBe('a');
    expect(restOf('a')).toBeNull();
  });

  it('count a value with all below it', () => {
    const counts = Uint32Array.of(10, 20, 30, 40, 50);
    expect(KEYS.map((key) => countBranch(TREE, counts, key))).toEqual([60, 20, 30, 30, 40, 50]);
    expect(countBranch(TREE, counts, 'gone')).toBe(0);
  });

  it('do as a click on each leaf would, whatever was clicked before', () => {
    const clicks = fc.array(fc.tuple(fc.constantFrom(toggleBranch, chooseBranch), fc.constantFrom(...KEYS)), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(clicks, (list) => {
        let filter: Filter | null = null;
        let kept = new Set([0, 1, 2, 3, 4]);
        for (const [act, key] of list) {
          const leaves = [0, 1, 2, 3, 4].filter((leaf) => countBranch(TREE, oneLeaf(leaf), key) > 0);
          if (filter === null && act === chooseBranch) kept = new Set();
          const isAll = leaves.every((leaf) => kept.has(leaf));
          expect(filter === null || branchState(TREE, filter, key) === 'all').toBe(filter === null || isAll);
          for (const leaf of leaves)
            if (isAll) kept.delete(leaf);
            else kept.add(leaf);
          filter = act(TREE, filter, key);
          // Removing the last value from those kept ends the filter; leaving out all values one by one does not.
          if (filter === null) kept = new Set([0, 1, 2, 3, 4]);
          expect(passing(FACET, filter)).toEqual(Array.from(TREE.bins, (leaf) => (kept.has(leaf) ? 1 : 0)));
        }
      }),
    );
  });
});

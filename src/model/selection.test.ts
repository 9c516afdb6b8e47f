import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HUES } from './hues.ts';
import {
  combineSelections,
  dropKept,
  editKept,
  invertSelection,
  isSameSelection,
  type KeptSelection,
  keepSelection,
  selectionOf,
} from './selection.ts';

const N = 40;
const papers = fc.array(fc.integer({ min: 0, max: N - 1 }));
const ascending = (values: Iterable<number>) => Int32Array.from([...new Set(values)].sort((a, b) => a - b));

describe('a selection', () => {
  it('is what sets say it is, in every mode', () => {
    fc.assert(
      fc.property(papers, papers, (first, second) => {
        const a = selectionOf(first);
        const b = selectionOf(second);
        const inB = new Set(second);
        expect(a).toEqual(ascending(first));
        expect(combineSelections(a, b, 'replace')).toEqual(b);
        expect(combineSelections(a, b, 'union')).toEqual(ascending([...first, ...second]));
        expect(combineSelections(a, b, 'difference')).toEqual(ascending(first.filter((paper) => !inB.has(paper))));
        expect(combineSelections(a, b, 'intersection')).toEqual(ascending(first.filter((paper) => inB.has(paper))));
        expect(isSameSelection(a, b)).toBe(String(a) === String(b));
      }),
    );
  });

  it('and its inverse are all papers, each once; twice inverted it is itself', () => {
    fc.assert(
      fc.property(papers, (picked) => {
        const selection = selectionOf(picked);
        const rest = invertSelection(selection, N);
        expect(combineSelections(selection, rest, 'union')).toEqual(ascending(Array(N).keys()));
        expect(combineSelections(selection, rest, 'intersection')).toHaveLength(0);
        expect(invertSelection(rest, N)).toEqual(selection);
      }),
    );
  });
});

describe('kept selections', () => {
  const kept = (count: number) =>
    Array.from({ length: count }).reduce<readonly KeptSelection[]>(
      (list, _, i) => keepSelection(list, Int32Array.of(i)),
      [],
    );

  it('get names, ids and hues that no other has, while there are enough hues', () => {
    const list = kept(HUES);
    for (const part of ['id', 'name', 'hue'] as const) expect(new Set(list.map((one) => one[part])).size).toBe(HUES);
    expect(keepSelection(list, Int32Array.of(3))[HUES].hue).toBe(0);
    expect(keepSelection(dropKept(list, 4), Int32Array.of(3)).at(-1)).toMatchObject({ id: HUES, hue: 4 });
  });

  it('are renamed and recoloured one at a time, and keep their name for an empty one', () => {
    const [first, second] = kept(2);
    const edited = editKept([first, second], second.id, { name: ' maps ', hue: 7 });
    expect(edited).toEqual([first, { ...second, name: 'maps', hue: 7 }]);
    expect(editKept(edited, second.id, { name: '  ' })).toEqual(edited);
  });
});

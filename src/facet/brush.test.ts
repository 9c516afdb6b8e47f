import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Brush, brushFilter, brushOf, dragBrush, type Grip, nextWindow, stepBrush } from './brush.ts';
import type { Filter } from './filter.ts';
import { numberFacet } from './number-facet.ts';

const SIZE = 10;
const brush = fc
  .tuple(fc.integer({ min: 0, max: SIZE - 1 }), fc.integer({ min: 1, max: SIZE }))
  .filter(([from, to]) => from < to)
  .map(([from, to]): Brush => ({ from, to }));

function expectSound({ from, to }: Brush): void {
  expect(from >= 0 && from < to && to <= SIZE).toBe(true);
  expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
}

describe('dragBrush', () => {
  it.each<[Grip, number, number, Brush]>([
    ['new', 2.3, 5.9, { from: 2, to: 6 }],
    ['new', 5.9, 2.3, { from: 2, to: 6 }],
    ['new', 4.2, 4.4, { from: 4, to: 5 }],
    ['whole', 4, 5.2, { from: 4, to: 7 }],
    ['whole', 4, 99, { from: 7, to: 10 }],
    ['from', 3, 1.1, { from: 1, to: 6 }],
    ['from', 3, 8.2, { from: 6, to: 8 }],
    ['to', 6, 4.1, { from: 3, to: 4 }],
    ['to', 6, 1.2, { from: 1, to: 3 }],
  ])('%s from %d to %d', (grip, anchor, now, expected) => {
    expect(dragBrush({ from: 3, to: 6 }, grip, anchor, now, SIZE)).toEqual(expected);
  });

  it('stays within the histogram and is never empty', () => {
    const grip = fc.constantFrom<Grip>('new', 'whole', 'from', 'to');
    const at = fc.double({ min: -5, max: 15, noNaN: true });
    fc.assert(fc.property(brush, grip, at, at, (start, what, a, b) => expectSound(dragBrush(start, what, a, b, SIZE))));
  });
});

describe('stepBrush', () => {
  it.each<['whole' | 'from' | 'to', string, Brush | null]>([
    ['from', 'ArrowLeft', { from: 2, to: 6 }],
    ['from', 'End', { from: 5, to: 6 }],
    ['to', 'Home', { from: 3, to: 4 }],
    ['to', 'PageUp', { from: 3, to: 10 }],
    ['whole', 'ArrowUp', { from: 4, to: 7 }],
    ['whole', 'Home', { from: 0, to: 3 }],
    ['whole', 'Enter', null],
  ])('%s by %s', (grip, key, expected) => {
    expect(stepBrush({ from: 3, to: 6 }, grip, key, SIZE)).toEqual(expected);
  });
});

describe('nextWindow', () => {
  it('runs along the line, keeps its width, and begins anew at the end', () => {
    expect(nextWindow(null, 16)).toEqual({ from: 0, to: 2 });
    expect(nextWindow({ from: 0, to: 16 }, 16)).toEqual({ from: 0, to: 2 });
    expect(nextWindow({ from: 7, to: 9 }, 16)).toEqual({ from: 8, to: 10 });
    expect(nextWindow({ from: 13, to: 15 }, 16, 2)).toEqual({ from: 14, to: 16 });
    expect(nextWindow({ from: 14, to: 16 }, 16)).toEqual({ from: 0, to: 2 });
    expect(nextWindow(null, 1)).toEqual({ from: 0, to: 1 });
  });
});

describe('brushFilter', () => {
  const facet = numberFacet([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, null]);
  const whole = { from: 0, to: 10 };
  const part = { from: 2, to: 5 };

  it('leaves out papers without a value, unless they were kept before', () => {
    expect(brushFilter(facet, part, null)).toEqual({ kind: 'ranges', ranges: [part], keepsMissing: false });
    const kept = brushFilter(facet, part, { kind: 'ranges', ranges: [whole], keepsMissing: true });
    expect(kept).toEqual({ kind: 'ranges', ranges: [part], keepsMissing: true });
  });

  it('is none over all bars, unless papers without a value alone were left out', () => {
    const left = brushFilter(facet, part, null);
    expect(brushFilter(facet, whole, left)).toBeNull();
    const dated: Filter = { kind: 'ranges', ranges: [whole], keepsMissing: false };
    expect(brushFilter(facet, whole, dated)).toEqual(dated);
  });
});

describe('brushOf', () => {
  it('gives back the brush that made a range, and all bars that another range touches', () => {
    const facet = numberFacet([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    fc.assert(
      fc.property(brush, (each) => {
        expect(brushOf(facet, { from: facet.edges[each.from], to: facet.edges[each.to] })).toEqual(each);
      }),
    );
    expect(brushOf(facet, { from: 2.5, to: 4.5 })).toEqual({ from: 2, to: 5 });
    expect(brushOf(facet, { from: -9, to: 99 })).toEqual({ from: 0, to: 10 });
    expect(brushOf(facet, { from: 10, to: 12 })).toBeNull();
    expect(dragBrush({ from: 1, to: 3 }, 'whole', 4, 0, SIZE)).toEqual({ from: 0, to: 2 });
  });
});

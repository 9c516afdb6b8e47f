import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatSpans,
  LINK_FACETS,
  type LinkFilter,
  parseSpans,
  type Span,
  selectionOfSpans,
  spansOf,
} from './link-parts.ts';
import { LINK_COLORS, readViewLink, type ViewLink, writeViewLink } from './view-link.ts';

/** The view that an empty link asks for. */
const PLAIN_VIEW: ViewLink = {
  camera: null,
  query: '',
  mode: 'hybrid',
  like: [],
  unlike: [],
  selected: -1,
  topic: -1,
  selection: [],
  filters: [],
  timeline: null,
  color: null,
  theme: null,
};

const RUNS = { numRuns: 1000 };
const tenThousandths = (min: number, max: number) =>
  fc.integer({ min: min * 1e4, max: max * 1e4 }).map((whole) => whole / 1e4);

const numbers = (max: number, maxLength: number) => fc.array(fc.integer({ min: 0, max }), { maxLength });

/** Spans from gaps and lengths; each gap is at least two. */
const spans = numbers(40, 60).map((steps) => {
  let next = 0;
  return steps.map((step): Span => {
    const first = next + Math.floor(step / 5);
    const last = first + (step % 5);
    next = last + 2;
    return [first, last];
  });
});

const facet = fc.oneof(fc.constantFrom(...LINK_FACETS), fc.integer({ min: 0, max: 9_999_999 }));
const bars = fc.array(fc.integer({ min: -1, max: 9_999_999 }), { minLength: 1, maxLength: 8 });
const limit = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const ranges = fc.array(
  fc
    .tuple(limit, limit)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
  { maxLength: 4 },
);
const filters: fc.Arbitrary<LinkFilter[]> = fc.uniqueArray(
  fc.oneof(
    fc.record({ facet, kind: fc.constantFrom('only' as const, 'without' as const), bars }),
    fc.record({ facet, kind: fc.constant('ranges' as const), ranges, keepsMissing: fc.boolean() }),
  ),
  { maxLength: 4, selector: (filter) => filter.facet },
);

const views: fc.Arbitrary<ViewLink> = fc.record({
  camera: fc.option(
    fc.record({ x: tenThousandths(-100, 100), y: tenThousandths(-100, 100), zoom: tenThousandths(0.01, 1000) }),
  ),
  query: fc.string({ unit: 'grapheme', maxLength: 60 }),
  mode: fc.constantFrom('hybrid', 'words', 'meaning'),
  like: numbers(9_999_999, 6),
  unlike: numbers(9_999_999, 6),
  selected: fc.integer({ min: -1, max: 9_999_999 }),
  topic: fc.integer({ min: -1, max: 9_999_999 }),
  selection: spans,
  filters,
  timeline: fc.option(facet),
  color: fc.option(fc.oneof(fc.constantFrom(...LINK_COLORS), fc.integer({ min: 0, max: 1999 }))),
  theme: fc.option(fc.constantFrom('light', 'dark')),
});

describe('links to a view', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(views, (view) => {
        const { hash, left } = writeViewLink('', view);
        if (left.length === 0) expect(readViewLink(hash)).toEqual(view);
      }),
      RUNS,
    );
  });

  it('are at most 2,000 characters long, whatever is searched for and whatever stood there', () => {
    fc.assert(
      fc.property(
        views,
        fc.string({ unit: 'binary', maxLength: 5000 }),
        fc.string({ maxLength: 3000 }),
        (view, query, hash) => {
          expect(writeViewLink(`#${hash}`, { ...view, query }).hash.length).toBeLessThanOrEqual(2000);
        },
      ),
      RUNS,
    );
  });

  it('are read without a throw and within their ranges, whatever they hold', () => {
    const known = ['at', 'q', 'mode', 'like', 'unlike', 'sel', 'topic', 'group', 'f', 'time', 'color', 'theme'];
    const keys = fc.constantFrom(...known, 'v', '__proto__', 'map');
    // Similar to valid values, so that parsing gets past the first character.
    const values = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789zx.-_*,/e+c', 'topic*', 'only*', 'in*', 'year') }),
    );
    const hashes = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.tuple(keys, values)).map((pairs) => pairs.map((pair) => pair.join('=')).join('&')),
    );
    fc.assert(
      fc.property(hashes, (hash) => {
        const view = readViewLink(`#${hash}`);
        const { camera, query, selected, topic, color, like, selection } = view;
        if (camera) expect([camera.x, camera.y, camera.zoom].every(Number.isFinite) && camera.zoom > 0).toBe(true);
        expect(query.length).toBeLessThanOrEqual(300);
        for (const number of [selected, topic, ...like]) expect(Number.isInteger(number) && number >= -1).toBe(true);
        for (const [i, [first, last]] of selection.entries()) {
          expect(first).toBeGreaterThan(i === 0 ? -1 : selection[i - 1][1] + 1);
          expect(last).toBeGreaterThanOrEqual(first);
        }
        expect(selectionOfSpans(selection, 50).length).toBeLessThanOrEqual(50);
        for (const filter of view.filters) {
          if (filter.kind === 'ranges') for (const { from, to } of filter.ranges) expect(from).toBeLessThan(to);
          else expect(filter.bars.every((bar) => Number.isInteger(bar) && bar >= -1)).toBe(true);
        }
        // What was understood must survive writing and reading.
        const { hash: written, left } = writeViewLink('', view);
        if (left.length === 0 && camera === null) expect(readViewLink(written)).toEqual(view);
        if (typeof color === 'number') expect(Number.isInteger(color) && color >= 0).toBe(true);
      }),
      RUNS,
    );
  });

  it('leave what they do not know where it stands', () => {
    const before = '#map=maps/a.parquet&seed=7&later=x&q=old&sel=3';
    expect(writeViewLink(before, { ...PLAIN_VIEW, query: 'new one' })).toEqual({
      hash: '#map=maps/a.parquet&seed=7&later=x&v=1&q=new+one',
      left: [],
    });
    expect(writeViewLink('#map=m&v=1&q=old', PLAIN_VIEW).hash).toBe('#map=m');
    expect(writeViewLink('', PLAIN_VIEW).hash).toBe('');
  });

  it('take what is malformed for absent, key by key', () => {
    for (const hash of [
      '#at=1,2',
      '#at=NaN,0,1',
      '#at=1e9,0,1',
      '#at=0,0,0',
      '#sel=-3',
      '#sel=1.5',
      '#color=title',
      '#theme=pink',
      '#mode=magic',
      '#topic=-1',
      '#like=1,x',
      '#group=0.-3',
      '#group=zzzzz.zzzzz',
      '#f=topic*only*',
      '#f=price*only*3',
      '#f=year*in*9/1',
      '#f=year*in*1/NaN',
      '#f=c1*only*3*4',
      '#time=title',
    ])
      expect(readViewLink(hash)).toEqual(PLAIN_VIEW);
    expect(readViewLink('#v=9&at=0.5,-0.25,3&sel=x')).toEqual({ ...PLAIN_VIEW, camera: { x: 0.5, y: -0.25, zoom: 3 } });
  });

  it('are read by people too', () => {
    const filters: LinkFilter[] = [
      { facet: 'topic', kind: 'only', bars: [3, 5, -1] },
      { facet: 'year', kind: 'ranges', ranges: [{ from: 2001, to: 2004 }], keepsMissing: true },
      { facet: 2, kind: 'without', bars: [0] },
    ];
    const selection = spansOf(Int32Array.of(3, 4, 5, 9, 11));
    const view: ViewLink = { ...PLAIN_VIEW, mode: 'words', like: [7], topic: 4, selection, filters, timeline: 'date' };
    expect(writeViewLink('', view).hash).toBe(
      '#v=1&mode=words&like=7&topic=4&group=3-2.2.0&f=topic*only*3_5_x,year*in*2001/2004_x,c2*without*0&time=date',
    );
  });

  it('leave out what has no room, the longest parts first, and say so', () => {
    const every = Int32Array.from({ length: 3000 }, (_, i) => 2 * i + (i % 7 === 0 ? 1 : 0)).sort();
    const selection = spansOf(every);
    const { hash, left } = writeViewLink('#map=m', { ...PLAIN_VIEW, query: 'kept', topic: 3, selection });
    expect(left).toEqual(['selection']);
    expect(hash).toBe('#map=m&v=1&q=kept&topic=3');
    const wide = writeViewLink('', { ...PLAIN_VIEW, query: '語'.repeat(300), selected: 5 });
    expect(wide).toEqual({ hash: '#v=1&sel=5', left: ['query'] });
  });
});

describe('spans', () => {
  it('hold any selection, and give it back as far as the map goes', () => {
    const selections = fc.uniqueArray(fc.integer({ min: 0, max: 500 })).map((list) => Int32Array.from(list).sort());
    fc.assert(
      fc.property(selections, fc.integer({ min: 0, max: 600 }), (selection, n) => {
        const spans = parseSpans(formatSpans(spansOf(selection)));
        expect(selectionOfSpans(spans, 501)).toEqual(selection);
        expect(selectionOfSpans(spans, n)).toEqual(selection.filter((paper) => paper < n));
      }),
      RUNS,
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINK_COLORS, PLAIN_VIEW, readViewLink, type ViewLink, writeViewLink } from './view-link.ts';

const RUNS = { numRuns: 1000 };
const tenThousandths = (min: number, max: number) =>
  fc.integer({ min: min * 1e4, max: max * 1e4 }).map((whole) => whole / 1e4);

const views: fc.Arbitrary<ViewLink> = fc.record({
  camera: fc.option(
    fc.record({ x: tenThousandths(-100, 100), y: tenThousandths(-100, 100), zoom: tenThousandths(0.01, 1000) }),
  ),
  query: fc.string({ unit: 'grapheme', maxLength: 60 }),
  selected: fc.integer({ min: -1, max: 9_999_999 }),
  color: fc.option(fc.oneof(fc.constantFrom(...LINK_COLORS), fc.integer({ min: 0, max: 1999 }))),
  theme: fc.option(fc.constantFrom('light', 'dark')),
});

describe('links to a view', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(views, (view) => {
        const hash = writeViewLink('', view);
        if (hash.length < 1900) expect(readViewLink(hash)).toEqual(view);
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
          expect(writeViewLink(`#${hash}`, { ...view, query }).length).toBeLessThanOrEqual(2000);
        },
      ),
      RUNS,
    );
  });

  it('are read without a throw and within their ranges, whatever they hold', () => {
    const keys = fc.constantFrom('at', 'q', 'sel', 'color', 'theme', 'v', '__proto__', 'map');
    const hashes = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.tuple(keys, fc.string({ unit: 'binary' })))
        .map((pairs) => pairs.map((pair) => pair.join('=')).join('&')),
    );
    fc.assert(
      fc.property(hashes, (hash) => {
        const { camera, query, selected, color } = readViewLink(`#${hash}`);
        if (camera) expect([camera.x, camera.y, camera.zoom].every(Number.isFinite) && camera.zoom > 0).toBe(true);
        expect(query.length).toBeLessThanOrEqual(300);
        expect(Number.isInteger(selected) && selected >= -1).toBe(true);
        if (typeof color === 'number') expect(Number.isInteger(color) && color >= 0).toBe(true);
      }),
      RUNS,
    );
  });

  it('leave what they do not know where it stands', () => {
    expect(writeViewLink('#map=maps/a.parquet&seed=7&later=x&q=old&sel=3', { ...PLAIN_VIEW, query: 'new one' })).toBe(
      '#map=maps/a.parquet&seed=7&later=x&v=1&q=new+one',
    );
    expect(writeViewLink('#map=m&v=1&q=old', PLAIN_VIEW)).toBe('#map=m');
    expect(writeViewLink('', PLAIN_VIEW)).toBe('');
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
    ])
      expect(readViewLink(hash)).toEqual(PLAIN_VIEW);
    expect(readViewLink('#v=9&at=0.5,-0.25,3&sel=x')).toEqual({ ...PLAIN_VIEW, camera: { x: 0.5, y: -0.25, zoom: 3 } });
  });
});

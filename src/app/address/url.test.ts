import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LAYOUT } from '../../pipeline/layout.ts';
import { urlOptions, withLayout } from './url.ts';

/** The options that an address has when it says nothing about reading texts or naming the map. */
const NOTHING_SAID = { budget: 'full', workers: null, device: 'auto', vectors: '', places: '', name: '', origin: '' };

describe('urlOptions', () => {
  it('reads what is there', () => {
    expect(urlOptions('#map=maps/mine.parquet&seed=7&limit=40&model=owner%2Fname')).toEqual({
      map: 'maps/mine.parquet',
      ...DEFAULT_LAYOUT,
      seed: 7,
      limit: 40,
      model: 'owner/name',
      ...NOTHING_SAID,
    });
  });

  it('knows two engines', () => {
    expect(urlOptions('#engine=umap-js').engine).toBe('umap-js');
    expect(urlOptions('#engine=other').engine).toBe('portolan');
  });

  it('knows three starts', () => {
    expect(urlOptions('#start=spectral').start).toBe('spectral');
    expect(urlOptions('#start=pca').start).toBe('pca');
    expect(urlOptions('#start=random').start).toBe('words');
  });

  it('keeps the layout within its ranges', () => {
    const { neighbors, minDist } = urlOptions('#neighbors=40&mindist=0.25');
    expect([neighbors, minDist]).toEqual([40, 0.25]);
    for (const hash of ['#neighbors=2&mindist=1.1', '#neighbors=201&mindist=-1', '#neighbors=x&mindist=.']) {
      expect(urlOptions(hash)).toMatchObject({ neighbors: 15, minDist: 0.1 });
    }
    expect(urlOptions('#densmap=on&centre=off')).toMatchObject({ densMap: true, centre: false });
  });

  it('writes a layout that it reads again, and leaves the rest alone', () => {
    const layout = fc.record({
      engine: fc.constantFrom('portolan' as const, 'umap-js' as const),
      start: fc.constantFrom('words' as const, 'pca' as const, 'spectral' as const),
      neighbors: fc.integer({ min: 3, max: 200 }),
      minDist: fc.integer({ min: 0, max: 100 }).map((hundredths) => hundredths / 100),
      densMap: fc.boolean(),
      centre: fc.boolean(),
      topics: fc.constantFrom('map' as const, 'umap5' as const),
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      threads: fc.option(fc.integer({ min: 1, max: 16 })),
    });
    fc.assert(
      fc.property(layout, (changed) => {
        const hash = withLayout('#map=maps/mine.parquet&at=0,0,1', changed);
        expect(urlOptions(hash)).toMatchObject(changed);
        expect(withLayout(hash, DEFAULT_LAYOUT)).toBe('#map=maps/mine.parquet&at=0,0,1');
      }),
    );
  });

  it('knows two budgets', () => {
    expect(urlOptions('#budget=fast').budget).toBe('fast');
    expect(urlOptions('#budget=other').budget).toBe('full');
  });

  it('takes 1 to 16 workers', () => {
    expect([1, 3, 16].map((count) => urlOptions(`#workers=${count}`).workers)).toEqual([1, 3, 16]);
    for (const hash of ['#workers=0', '#workers=17', '#workers=many']) expect(urlOptions(hash).workers).toBeNull();
  });

  it('takes what is malformed for absent', () => {
    for (const hash of ['', '#', '#seed=-1&limit=x', '#seed=4294967296&limit=1e3', '#seed=&limit=']) {
      expect(urlOptions(hash)).toEqual({
        map: '',
        ...DEFAULT_LAYOUT,
        limit: 0,
        model: '',
        ...NOTHING_SAID,
      });
    }
  });

  it('never throws and never leaves its ranges', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { seed, limit, map, model } = urlOptions(`#${text}`);
        expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
        expect(Number.isSafeInteger(limit) && limit >= 0).toBe(true);
        expect(map.length <= 300 && model.length <= 300).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

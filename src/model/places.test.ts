import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { farRows, fitPlaces, placeExtent, setBeside } from './places.ts';

/** A wide group of 100 places around (`x`, `y`). */
function group(x = 0, y = 0, size = 1): number[] {
  return Array.from({ length: 100 }, (_, i) => [
    x + (size * (i % 10)) / 10,
    y + (size * Math.floor(i / 10)) / 10,
  ]).flat();
}

describe('places in map units', () => {
  it('keep places apart that are doubles far from 0', () => {
    const rows = Array.from({ length: 300 }, (_, i) => [500_000 + i * 1e-6, 4_000_000 - i * 1e-6]).flat();
    const { positions } = fitPlaces(Float64Array.from(rows));
    expect(new Set(positions.filter((_, at) => at % 2 === 0)).size).toBe(300);
    expect([positions[0], positions[598]].map(Math.round)).toEqual([-1, 1]);
    expect([positions[1], positions[599]].map(Math.round)).toEqual([1, -1]);
  });

  it.each([1e-300, 1e-30, 1, 1e30, 1e307])('fit whatever their size: %s', (size) => {
    const { positions } = fitPlaces(Float64Array.from(group(0, 0, size)));
    expect(positions).toEqual(fitPlaces(Float64Array.from(group())).positions);
    expect([Math.min(...positions), Math.max(...positions)]).toEqual([-1, 1]);
  });

  it('are not crushed by those far outside, which stay where they are', () => {
    const rows = [...group(), 500, 500, -900, 2];
    const { positions, drawnNearer } = fitPlaces(Float64Array.from(rows));
    expect(Array.from(positions.subarray(0, 200))).toEqual(
      Array.from(fitPlaces(Float64Array.from(group())).positions, (value) => expect.closeTo(value, 5)),
    );
    expect(positions[200]).toBeGreaterThan(900);
    expect(positions[202]).toBe(-1000);
    expect(drawnNearer).toBe(2);
  });

  it('are none for a row without two finite numbers', () => {
    const { positions, without } = fitPlaces(Float64Array.of(0, 0, Number.NaN, 1, 3, Infinity, 2, 1));
    expect(without).toEqual([1, 2]);
    expect(Array.from(positions)).toEqual([-1, -0.5, NaN, NaN, NaN, NaN, 1, 0.5]);
  });

  it('are one point where all are equal, and nothing where there is none', () => {
    expect(Array.from(fitPlaces(Float64Array.of(7, 7, 7, 7, 7, 7)).positions)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(fitPlaces(Float64Array.of(NaN, NaN)).without).toEqual([0]);
    expect(placeExtent(new Float64Array(0))).toBeNull();
  });

  it('keep their order along both axes, and one scale for both, whatever the numbers', () => {
    const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -5, max: 5 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 30 }), (rows) => {
        const { positions, without } = fitPlaces(Float64Array.from(rows.flat()));
        expect(without).toEqual([]);
        for (let i = 1; i < rows.length; i++) {
          for (const axis of [0, 1]) {
            const [before, after] = [rows[i - 1][axis], rows[i][axis]];
            const moved = positions[i * 2 + axis] - positions[i * 2 - 2 + axis];
            expect(Number.isFinite(moved)).toBe(true);
            if (moved !== 0) expect(moved > 0).toBe(after > before);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what lies far outside', () => {
  it('is counted, and the extent is that of the others', () => {
    const rows = [...group(), 30, 0, 0, -40, 25, 25];
    expect(placeExtent(Float64Array.from(rows))).toEqual({ minX: 0, minY: 0, maxX: 0.9, maxY: 0.9, far: 3 });
    expect(farRows(Float64Array.from(rows))).toEqual([100, 101, 102]);
  });

  it('is nothing on an even map, on one with an island, and on one with a tail', () => {
    for (const rows of [group(), [...group(), ...group(8, 3)], [...group(), ...group(2, 0, 0.2)]]) {
      expect(placeExtent(Float64Array.from(rows))?.far).toBe(0);
    }
  });

  it('is nothing where a part of a few papers, or nearly all, stand elsewhere', () => {
    expect(placeExtent(Float64Array.of(0, 0, 1, 1, 100, 100))?.far).toBe(0);
    expect(placeExtent(Float64Array.from([...Array(40).fill(0), 5, 5]))?.far).toBe(0);
  });

  it('is found among many, of which a part is looked at', () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => [Math.sin(i), Math.cos(i * 7)]).flat();
    rows[77] = 1e9;
    rows[44_445] = -1e12;
    expect(placeExtent(Float64Array.from(rows))).toMatchObject({ far: 2, maxX: expect.closeTo(1, 3) });
  });
});

it('papers beside the map touch none of it', () => {
  const places = Float32Array.from([...fitPlaces(Float64Array.from(group())).positions, NaN, NaN, NaN, NaN]);
  const all = setBeside(places, [100, 101]);
  expect(all.subarray(0, 200)).toEqual(places.subarray(0, 200));
  for (const at of [200, 202]) expect(all[at]).toBeGreaterThan(1);
  expect(all[201] === all[203] && all[200] === all[202]).toBe(false);
});

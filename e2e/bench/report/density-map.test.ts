import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../../src/math/random.ts';
import { densityMap, openingView, placeOfPixel } from './density-map.ts';

const SIZE = 60;
const view = { centreX: 4, centreY: -2, scale: 0.5 };

describe('densityMap', () => {
  it('is the sum of Gaussians around the papers, to half precision and the blur of the grid', () => {
    const random = makeRandom(3);
    const positions = Float32Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? 4 : -2) + (random() - 0.5) * 2);
    const sigma = 4;
    const map = densityMap(positions, view, SIZE, sigma);
    const perPixel = 2 / view.scale / SIZE;
    let worst = 0;
    for (let row = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++) {
        const [x, y] = placeOfPixel(view, SIZE, column + 0.5, row + 0.5);
        let exact = 0;
        for (let at = 0; at < positions.length; at += 2) {
          const squared = ((positions[at] - x) / perPixel) ** 2 + ((positions[at + 1] - y) / perPixel) ** 2;
          exact += Math.exp(-squared / (2 * sigma ** 2)) / (2 * Math.PI * sigma ** 2);
        }
        worst = Math.max(worst, Math.abs(map[row * SIZE + column] - exact));
      }
    }
    const peak = map.reduce((a, b) => Math.max(a, b));
    expect(peak).toBeGreaterThan(0.02);
    expect(worst).toBeLessThan(0.02 * peak);
  });

  it('holds numbers of half precision alone, none below the normal ones', () => {
    const map = densityMap(Float32Array.of(4, -2, 4.3, -2.2), view, SIZE, 3);
    const bits = new Uint32Array(map.buffer);
    expect(bits.some((word) => word !== 0)).toBe(true);
    expect(bits.every((word) => (word & 0x1fff) === 0)).toBe(true);
    expect(map.every((value) => value === 0 || value >= 2 ** -14)).toBe(true);
  });

  it('leaves out papers beyond its view', () => {
    expect(densityMap(Float32Array.of(100, 0, 4, 50, -90, -2), view, SIZE, 3).some((value) => value > 0)).toBe(false);
  });
});

describe('openingView', () => {
  it('stands on the medians and shows three deviations of the wider axis', () => {
    const found = openingView(Float32Array.of(0, 0, 1, 10, 2, 20, 3, 30, 100, 40));
    expect([found.centreX, found.centreY]).toEqual([2, 20]);
    // Of 0, 1, 2, 3 and 100: the mean is 21.2, the squares sum up to 7,766.8.
    expect(found.scale).toBeCloseTo(0.95 / (3 * Math.sqrt(7766.8 / 4)), 9);
  });
});

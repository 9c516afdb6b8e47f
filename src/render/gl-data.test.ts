import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { LINE_FLOATS, packColors, packLines, packOrigins, packPositions, packStates } from './gl-data.ts';
import { makeScene, placePapers } from './scene.ts';
import { LIGHT_THEME } from './theme.ts';
import { limitsFor, WHOLE_MAP } from './viewport.ts';

function sceneOf(...positions: number[]) {
  const scene = makeScene(LIGHT_THEME);
  placePapers(scene, Float32Array.from(positions), false);
  return scene;
}

describe('what goes to the GPU', () => {
  it('is at most 12 bytes a paper, and 12 more while it glides', () => {
    const scene = sceneOf(...new Array(2000).fill(0.5));
    expect([packPositions, packColors, packStates].map((pack) => pack(scene).byteLength)).toEqual([8000, 3000, 1000]);
    placePapers(scene, new Float32Array(2000), true);
    expect(packOrigins(scene.origin ?? new Float32Array(0), scene.draw.order).byteLength).toBe(12 * 1000);
  });

  it('stands in drawing order, with papers not placed out of every view', () => {
    const scene = sceneOf(0.1, 0.2, NaN, NaN, 0.5, 0.6);
    scene.rgb = Uint8Array.of(1, 2, 3, 4, 5, 6);
    scene.states = Uint8Array.of(0, 2);
    const positions = packPositions(scene);
    const colors = packColors(scene);
    const slot = (paper: number) => scene.draw.slots[paper];
    expect(positions[2 * slot(0)]).toBeCloseTo(0.1);
    expect(positions[2 * slot(1)]).toBeGreaterThan(1e8);
    expect(positions[2 * slot(2) + 1]).toBeCloseTo(0.6);
    expect(Array.from(colors.subarray(3 * slot(1), 3 * slot(1) + 3))).toEqual([4, 5, 6]);
    const plain = LIGHT_THEME.point.map((share) => Math.round(share * 255));
    expect(Array.from(colors.subarray(3 * slot(2), 3 * slot(2) + 3))).toEqual(plain);
    expect([0, 1, 2].map((paper) => packStates(scene)[slot(paper)])).toEqual([0, 2, 0]);
  });

  it('says where papers stand to a tenth of a pixel at the deepest zoom, which 16 bits would not', () => {
    const sharp4k = { widthPx: 3840, heightPx: 2160 };
    const devicePxPerUnit = 3 * limitsFor({ bounds: WHOLE_MAP }, sharp4k).maxScale;
    const random = makeRandom(8);
    const errors = { float: 0, short: 0 };
    for (let round = 0; round < 10_000; round++) {
      // The place of a paper in the map file, a float, and the middle of a view that contains it.
      const place = Math.fround(random() * 2 - 1);
      const center = place + ((random() - 0.5) * 3 * sharp4k.widthPx) / devicePxPerUnit;
      const shown = Math.fround(Math.fround(place) - Math.fround(center));
      errors.float = Math.max(errors.float, Math.abs(shown - (place - center)) * devicePxPerUnit);
      const short = Math.round(((place + 1) / 2) * 65535) / 65535;
      errors.short = Math.max(errors.short, Math.abs(2 * short - 1 - place) * devicePxPerUnit);
    }
    expect(errors.float).toBeLessThan(0.1);
    expect(errors.short).toBeGreaterThan(10);
  });

  it('makes two triangles of a line, all knowing both ends', () => {
    const packed = packLines([1, 2, 3, 4]);
    expect(packed).toHaveLength(LINE_FLOATS);
    for (let vertex = 0; vertex < 6; vertex++) {
      expect(Array.from(packed.subarray(vertex * 6, vertex * 6 + 4))).toEqual([1, 2, 3, 4]);
    }
  });
});

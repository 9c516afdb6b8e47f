import { describe, expect, it } from 'vitest';
import { LINE_FLOATS, linkSegments, packInks, packLines, packOrigins, packPositions } from './gl-data.ts';
import { makeScene, placePapers } from './scene.ts';
import { LIGHT_THEME } from './theme.ts';

function sceneOf(...positions: number[]) {
  const scene = makeScene(LIGHT_THEME);
  placePapers(scene, Float32Array.from(positions), false);
  return scene;
}

describe('what goes to the GPU', () => {
  it('is at most 12 bytes a paper, and 12 more while it glides', () => {
    const scene = sceneOf(...new Array(2000).fill(0.5));
    expect(packPositions(scene).byteLength + packInks(scene).byteLength).toBe(12 * 1000);
    placePapers(scene, new Float32Array(2000), true);
    expect(packOrigins(scene.origin ?? new Float32Array(0), scene.draw.order).byteLength).toBe(12 * 1000);
  });

  it('stands in drawing order, with papers not placed out of every view', () => {
    const scene = sceneOf(0.1, 0.2, NaN, NaN, 0.5, 0.6);
    scene.rgb = Uint8Array.of(1, 2, 3, 4, 5, 6);
    scene.states = Uint8Array.of(0, 2);
    const positions = packPositions(scene);
    const inks = packInks(scene);
    const slot = (paper: number) => scene.draw.slots[paper];
    expect(positions[2 * slot(0)]).toBeCloseTo(0.1);
    expect(positions[2 * slot(1)]).toBeGreaterThan(1e8);
    expect(positions[2 * slot(2) + 1]).toBeCloseTo(0.6);
    expect(Array.from(inks.subarray(4 * slot(1), 4 * slot(1) + 4))).toEqual([4, 5, 6, 2]);
    const plain = LIGHT_THEME.point.map((share) => Math.round(share * 255));
    expect(Array.from(inks.subarray(4 * slot(2), 4 * slot(2) + 4))).toEqual([...plain, 0]);
  });

  it('makes two triangles of a line, all knowing both ends', () => {
    const packed = packLines([1, 2, 3, 4]);
    expect(packed).toHaveLength(LINE_FLOATS);
    for (let vertex = 0; vertex < 6; vertex++) {
      expect(Array.from(packed.subarray(vertex * 6, vertex * 6 + 4))).toEqual([1, 2, 3, 4]);
    }
  });

  it('links a paper to others that are placed, and to nothing else', () => {
    const scene = sceneOf(0, 0, 1, 0, NaN, NaN, 0, 1);
    const from = (paper: number) => ({ from: paper, to: [1, 2, 0, 3, 99, -1], isThin: false, isDashed: false });
    expect(linkSegments(scene, from(0))).toEqual([0, 0, 1, 0, 0, 0, 0, 1]);
    for (const nowhere of [2, -1, 4]) expect(linkSegments(scene, from(nowhere))).toEqual([]);
  });
});

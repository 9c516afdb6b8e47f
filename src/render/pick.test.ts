import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { MARK } from './paper-marks.ts';
import { makePicker } from './pick.ts';
import { makeScene, placePapers, type Scene } from './scene.ts';
import { LIGHT_THEME } from './theme.ts';
import type { MapPoint } from './viewport.ts';

function sceneOf(positions: Float32Array): Scene {
  const scene = makeScene(LIGHT_THEME);
  placePapers(scene, positions, false);
  return scene;
}

/** Compares every paper, as a picker does while papers glide. */
function pickByScan(scene: Scene, point: MapPoint, radius: number): number {
  const origin = new Float32Array(3 * scene.count);
  for (let i = 0; i < scene.count; i++) {
    const [x, y] = scene.target.subarray(2 * i, 2 * i + 2);
    if (Number.isFinite(x + y)) origin.set([x, y, 1], 3 * i);
  }
  return makePicker().pick({ ...scene, origin }, point, radius);
}

describe('pick', () => {
  it('agrees with looking at every paper, also with papers not placed and papers at one point', () => {
    const random = makeRandom(11);
    for (const n of [1, 3, 500, 5000]) {
      const positions = Float32Array.from({ length: n * 2 }, () => Math.round((random() * 2 - 1) * 200) / 200);
      for (let i = 0; i < n; i += 7) positions.fill(NaN, 2 * i, 2 * i + 2);
      const scene = sceneOf(positions);
      scene.states = Uint8Array.from({ length: n }, () => Math.floor(random() * 16));
      const picker = makePicker();
      for (let round = 0; round < 300; round++) {
        const point = { x: random() * 2.2 - 1.1, y: random() * 2.2 - 1.1 };
        const radius = random() * 0.1;
        expect(picker.pick(scene, point, radius)).toBe(pickByScan(scene, point, radius));
      }
      expect(picker.builds).toBe(1);
    }
  });

  it('finds nothing outside the radius, on an empty map, and where nothing is placed', () => {
    const picker = makePicker();
    expect(picker.pick(sceneOf(new Float32Array(0)), { x: 0, y: 0 }, 1)).toBe(-1);
    expect(picker.pick(sceneOf(Float32Array.of(NaN, NaN)), { x: 0, y: 0 }, 1)).toBe(-1);
    expect(picker.pick(sceneOf(Float32Array.of(1, 1)), { x: 0, y: 0 }, 1)).toBe(-1);
    expect(picker.pick(sceneOf(Float32Array.of(1, 0)), { x: 0, y: 0 }, 1)).toBe(0);
  });

  it('finds papers of a map that is a line or a heap, and from far away', () => {
    const random = makeRandom(12);
    const line = Float32Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? random() : 0.25));
    const heap = Float32Array.from({ length: 4000 }, (_, i) => (i < 3990 ? 0.5 + 1e-7 * random() : random()));
    for (const positions of [line, heap]) {
      const scene = sceneOf(positions);
      const picker = makePicker();
      for (let round = 0; round < 200; round++) {
        const far = 10 ** (4 * random() - 2);
        const point = { x: (random() - 0.5) * far, y: (random() - 0.5) * far };
        expect(picker.pick(scene, point, far)).toBe(pickByScan(scene, point, far));
      }
    }
  });

  it('takes the paper on top of others at the same point', () => {
    const scene = sceneOf(new Float32Array(20));
    const picker = makePicker();
    expect(picker.pick(scene, { x: 0, y: 0 }, 0.1)).toBe(scene.draw.order[9]);
    scene.states = new Uint8Array(10);
    scene.states[scene.draw.order[0]] = MARK.hit;
    expect(picker.pick(scene, { x: 0, y: 0 }, 0.1)).toBe(scene.draw.order[0]);
  });

  it('finds papers where they are drawn while they glide, without an index', () => {
    const scene = sceneOf(Float32Array.of(0, 0));
    const picker = makePicker();
    placePapers(scene, Float32Array.of(1, 0), true);
    scene.mixing = 0.5;
    expect(picker.pick(scene, { x: 0.5, y: 0 }, 0.01)).toBe(0);
    expect(picker.pick(scene, { x: 1, y: 0 }, 0.01)).toBe(-1);
    expect(picker.builds).toBe(0);
  });
});

describe('papers around one', () => {
  it('are those within the radius, as by looking at all of them; alone while papers glide', () => {
    const random = makeRandom(21);
    const positions = Float32Array.from({ length: 1000 }, (_, i) =>
      i % 14 < 2 ? NaN : Math.round(random() * 20) / 20,
    );
    const scene = sceneOf(positions);
    const picker = makePicker();
    for (let index = 1; index < 500; index++) {
      const away = (i: number): number =>
        Math.hypot(positions[2 * i] - positions[2 * index], positions[2 * i + 1] - positions[2 * index + 1]);
      const expected = Array.from({ length: 500 }, (_, i) => i).filter((i) => away(i) <= 0.06);
      expect(picker.around(scene, index, 0.06)).toEqual(expected.length > 0 ? expected : [index]);
    }
    expect(picker.builds).toBe(1);
    placePapers(scene, positions, true);
    expect(picker.around(scene, 9, 0.06)).toEqual([9]);
  });
});

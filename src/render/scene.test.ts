import { describe, expect, it } from 'vitest';
import { MARK } from './paper-marks.ts';
import { type Location, locate, makeScene, placePapers, settle } from './scene.ts';
import { LIGHT_THEME } from './theme.ts';

function place(scene: ReturnType<typeof makeScene>, index: number): Location {
  const out = { x: 0, y: 0, presence: 0 };
  locate(scene, index, out);
  return out;
}

describe('scene', () => {
  it('glides papers from where they are, again from the middle of a glide', () => {
    const scene = makeScene(LIGHT_THEME);
    placePapers(scene, Float32Array.of(0, 0), false);
    placePapers(scene, Float32Array.of(1, 0), true);
    expect(place(scene, 0)).toEqual({ x: 0, y: 0, presence: 1 });
    scene.mixing = 0.5;
    expect(place(scene, 0).x).toBeCloseTo(0.5);
    placePapers(scene, Float32Array.of(0.5, 1), true);
    expect(place(scene, 0)).toEqual({ x: 0.5, y: 0, presence: 1 });
    scene.mixing = 0.5;
    expect(place(scene, 0)).toEqual({ x: 0.5, y: 0.5, presence: 1 });
    settle(scene);
    expect(place(scene, 0)).toEqual({ x: 0.5, y: 1, presence: 1 });
  });

  it('lets new papers appear at their place and keeps what has appeared of them', () => {
    const scene = makeScene(LIGHT_THEME);
    placePapers(scene, Float32Array.of(0, 0, NaN, NaN), false);
    placePapers(scene, Float32Array.of(0, 0, 1, 1, 0.5, 0.5), true);
    scene.mixing = 0.25;
    expect(place(scene, 1)).toEqual({ x: 1, y: 1, presence: 0.25 });
    expect(place(scene, 2).presence).toBe(0.25);
    placePapers(scene, Float32Array.of(0, 0, 0, 0, 0.5, 0.5), true);
    expect(place(scene, 1)).toEqual({ x: 1, y: 1, presence: 0.25 });
    scene.mixing = 1;
    expect(place(scene, 1)).toEqual({ x: 0, y: 0, presence: 1 });
  });

  it('fades a paper that loses its place where it was', () => {
    const scene = makeScene(LIGHT_THEME);
    placePapers(scene, Float32Array.of(0.5, 0.25), false);
    placePapers(scene, Float32Array.of(NaN, NaN), true);
    scene.mixing = 0.75;
    expect(place(scene, 0)).toEqual({ x: 0.5, y: 0.25, presence: 0.25 });
    settle(scene);
    expect(place(scene, 0).presence).toBe(0);
  });

  it('jumps when there are fewer papers than before', () => {
    const scene = makeScene(LIGHT_THEME);
    placePapers(scene, Float32Array.of(0, 0, 1, 1), false);
    scene.hovered = 1;
    placePapers(scene, Float32Array.of(1, 0), true);
    expect(scene.origin).toBeNull();
    expect(scene.hovered).toBe(-1);
    expect(scene.bounds).toEqual({ minX: 1, minY: 0, maxX: 1, maxY: 0 });
  });

  it('counts layers anew when papers are added', () => {
    const scene = makeScene(LIGHT_THEME);
    scene.states = Uint8Array.of(0, MARK.hit);
    placePapers(scene, new Float32Array(6), false);
    expect(Array.from(scene.layers)).toEqual([0, 2, 0, 1, 0]);
  });

  it('keeps its own copy of the places', () => {
    const scene = makeScene(LIGHT_THEME);
    const positions = Float32Array.of(0.5, 0.5);
    placePapers(scene, positions, false);
    positions.fill(9);
    expect(place(scene, 0).x).toBe(0.5);
  });
});

import { describe, expect, it } from 'vitest';
import { linkSegments, rhumbLines } from './map-lines.ts';
import { makeScene, placePapers } from './scene.ts';
import { LIGHT_THEME } from './theme.ts';

describe('rhumb lines', () => {
  it('join each of sixteen roses to every other, around the whole map', () => {
    const lines = rhumbLines();
    expect(lines).toHaveLength(((16 * 15) / 2) * 4);
    for (let at = 0; at < lines.length; at += 2) {
      expect(Math.hypot(lines[at], lines[at + 1])).toBeGreaterThan(Math.SQRT2);
    }
  });
});

describe('links', () => {
  it('join a paper to others that are placed, and to nothing else', () => {
    const scene = makeScene(LIGHT_THEME);
    placePapers(scene, Float32Array.of(0, 0, 1, 0, NaN, NaN, 0, 1), false);
    const from = (paper: number) => ({ from: paper, to: [1, 2, 0, 3, 99, -1], isThin: false, isDashed: false });
    expect(linkSegments(scene, from(0))).toEqual([0, 0, 1, 0, 0, 0, 0, 1]);
    for (const nowhere of [2, -1, 4]) expect(linkSegments(scene, from(nowhere))).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contourTile } from './contour-tile.ts';

describe('contourTile', () => {
  const map = { minX: -1, minY: -0.6, maxX: 1, maxY: 0.6 };
  const views = fc
    .record({
      x: fc.double({ min: -1, max: 1, noNaN: true }),
      y: fc.double({ min: -1, max: 1, noNaN: true }),
      half: fc.double({ min: 0.001, max: 0.49, noNaN: true }),
    })
    .map(({ x, y, half }) => ({ minX: x - half, maxX: x + half, minY: y - half / 2, maxY: y + half / 2 }));

  it('holds the view with room around it, and not much more', () => {
    fc.assert(
      fc.property(views, (view) => {
        const tile = contourTile(view, map);
        const width = view.maxX - view.minX;
        expect(tile).not.toBeNull();
        if (!tile) return;
        expect(tile.box.minX).toBeLessThan(view.minX - width / 8 + (tile.octave === 8 ? width : 0));
        expect(tile.box.maxX).toBeGreaterThan(view.maxX);
        expect(tile.box.minY).toBeLessThan(view.minY);
        expect(tile.box.maxY).toBeGreaterThan(view.maxY);
        if (tile.octave < 8) expect(tile.box.maxX - tile.box.minX).toBeLessThan(4.5 * width);
      }),
    );
  });

  it('is the same for small moves, another one for others, and none for the whole map', () => {
    const view = { minX: 0.1, minY: 0.1, maxX: 0.3, maxY: 0.2 };
    const key = contourTile(view, map)?.key;
    expect(contourTile({ ...view, minX: 0.101, maxX: 0.301 }, map)?.key).toBe(key);
    expect(contourTile({ ...view, minX: -0.5, maxX: -0.3 }, map)?.key).not.toBe(key);
    expect(contourTile(map, map)).toBeNull();
  });
});

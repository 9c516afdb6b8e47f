import { contours } from 'd3-contour';
import type { DensityGrid } from './contour-grid.ts';

/**
 * Closed lines of equal density around all places denser than `density` (above 0): interleaved x, y in map units, the
 * first point again at the end. Marching squares with linear interpolation (Lorensen & Cline 1987, in the plane), by
 * d3-contour. Rings around holes run the other way round: fill them by the even-odd or the nonzero rule. O(nodes).
 */
export function ringsAt(
  { originX, originY, cell, columns, rows, values }: DensityGrid,
  density: number,
): Float32Array[] {
  const trace = contours().size([columns, rows]);
  // Its types ask for a plain array; it only reads elements.
  const { coordinates } = trace.contour(values as unknown as number[], density);
  const rings: Float32Array[] = [];
  for (const polygon of coordinates) {
    for (const ring of polygon) {
      const points = new Float32Array(2 * ring.length);
      for (let i = 0; i < ring.length; i++) {
        // Node (col, row) stands at (col + ½, row + ½) there.
        points[2 * i] = originX + (ring[i][0] - 0.5) * cell;
        points[2 * i + 1] = originY + (ring[i][1] - 0.5) * cell;
      }
      rings.push(points);
    }
  }
  return rings;
}

import type { ProjectionInput, ProjectionRun } from './engine.ts';

const COS_GOLDEN = -0.7373688780783197;
const SIN_GOLDEN = 0.6754902942615238;
/** Rounding leaves a few millionths between equal vectors. */
const EQUAL = 1e-6;

/** A layout without epochs where there is nothing to lay out: fewer than three papers, or all at one point; else null. */
export function restingRun({ n, neighbors, start }: ProjectionInput): ProjectionRun | null {
  if (n >= 3 && !isOnePoint(neighbors.distances, start)) return null;
  const places = sunflower(n);
  return { epochs: 0, epoch: 0, step: () => false, positions: (out) => out.set(places) };
}

/** Whether all papers are equal (within a few millionths), and the start, if there is one, is a single point. */
export function isOnePoint(distances: Float32Array, start: Float32Array | null): boolean {
  if (distances.some((distance) => distance > EQUAL)) return false;
  return start === null || start.every((value, i) => Math.abs(value - start[i % 2]) < EQUAL);
}

/**
 * n points spread evenly over a disc (Vogel 1979), since equal papers have no order to show. Two lie side by side. Turned
 * by multiplication: `Math.sin` may differ between machines.
 */
export function sunflower(n: number): Float32Array {
  const places = new Float32Array(n * 2);
  let [c, s] = [1, 0];
  for (let i = 0; i < n; i++) {
    const radius = Math.sqrt((i + 0.5) / n);
    places[i * 2] = radius * c;
    places[i * 2 + 1] = radius * s;
    [c, s] = n === 2 ? [-1, 0] : [c * COS_GOLDEN - s * SIN_GOLDEN, c * SIN_GOLDEN + s * COS_GOLDEN];
  }
  return places;
}

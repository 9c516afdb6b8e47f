import type { Scene } from './scene.ts';

/** Coordinate on the GPU of a paper that is not placed: the shaders leave out what is beyond 1e8. */
const ABSENT = 2e8;

/** Numbers of one line on the GPU: six corners of two triangles, each with both ends of the line and its own corner. */
export const LINE_FLOATS = 36;

/** Positions in drawing order, 8 bytes per paper. */
export function packPositions({ target, count, draw }: Scene): Float32Array {
  const { order } = draw;
  const packed = new Float32Array(count * 2);
  for (let slot = 0; slot < count; slot++) {
    const from = 2 * order[slot];
    const x = target[from];
    const y = target[from + 1];
    // `placed` is false for NaN and infinity.
    const placed = x - x === 0 && y - y === 0;
    packed[2 * slot] = placed ? x : ABSENT;
    packed[2 * slot + 1] = placed ? y : ABSENT;
  }
  return packed;
}

/** Where papers glide from and how far they had appeared, in drawing order, 12 bytes per paper. */
export function packOrigins(origin: Float32Array, order: Uint32Array): Float32Array {
  const packed = new Float32Array(order.length * 3);
  for (let slot = 0; slot < order.length; slot++) {
    const from = order[slot] * 3;
    packed[3 * slot] = origin[from];
    packed[3 * slot + 1] = origin[from + 1];
    packed[3 * slot + 2] = origin[from + 2];
  }
  return packed;
}

/** Colours in drawing order, 3 bytes per paper. */
export function packColors({ rgb, theme, count, draw }: Scene): Uint8Array {
  const { order } = draw;
  const packed = new Uint8Array(count * 3);
  const [plainR, plainG, plainB] = theme.point.map((share) => Math.round(share * 255));
  for (let slot = 0; slot < count; slot++) {
    const from = 3 * order[slot];
    const colored = from + 2 < rgb.length;
    packed[3 * slot] = colored ? rgb[from] : plainR;
    packed[3 * slot + 1] = colored ? rgb[from + 1] : plainG;
    packed[3 * slot + 2] = colored ? rgb[from + 2] : plainB;
  }
  return packed;
}

/** State bits in drawing order, a byte per paper. A filter or a selection changes and uploads nothing else. */
export function packStates({ states, count, draw }: Scene): Uint8Array {
  const { order } = draw;
  const packed = new Uint8Array(count);
  // Beyond the end of `states` a typed array gives undefined, which is stored as 0.
  for (let slot = 0; slot < count; slot++) packed[slot] = states[order[slot]];
  return packed;
}

/** Segments (4 numbers each: start x, y, end x, y) as triangles of 6 vertices with 6 numbers: both ends, corner. */
export function packLines(segments: ArrayLike<number>): Float32Array {
  const corners = [0, -1, 0, 1, 1, 1, 0, -1, 1, 1, 1, -1];
  const lines = segments.length / 4;
  const packed = new Float32Array(lines * LINE_FLOATS);
  for (let line = 0; line < lines; line++) {
    for (let vertex = 0; vertex < 6; vertex++) {
      const at = line * LINE_FLOATS + vertex * 6;
      for (let k = 0; k < 4; k++) packed[at + k] = segments[line * 4 + k];
      packed[at + 4] = corners[vertex * 2];
      packed[at + 5] = corners[vertex * 2 + 1];
    }
  }
  return packed;
}

/** Radius of the ring of roses around the map, map units: the data's corners lie just within it. */
const RING = 1.5;

/** Winds of a compass rose. */
const WINDS = 16;

/**
 * The net of rhumb lines that portolan charts are drawn on: sixteen hidden roses on a ring about the middle of the map,
 * each joined to all others. Segments of 4 numbers: start x, y, end x, y, map units. It moves with the map and so tells
 * where one is when no paper is in view.
 */
export function rhumbLines(): Float32Array {
  const segments = new Float32Array(((WINDS * (WINDS - 1)) / 2) * 4);
  let at = 0;
  for (let a = 0; a < WINDS; a++) {
    for (let b = a + 1; b < WINDS; b++) {
      for (const wind of [a, b]) {
        segments[at++] = RING * Math.cos((2 * Math.PI * wind) / WINDS);
        segments[at++] = RING * Math.sin((2 * Math.PI * wind) / WINDS);
      }
    }
  }
  return segments;
}

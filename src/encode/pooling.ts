/** Which token states make a window's vector: all, or that of its first or last piece, as the model was trained. */
export type Pooling = 'mean' | 'first' | 'last';

/** Sums of token states over all windows of one text: in whole, and for each of its segments. */
export interface StateSums {
  readonly dimensions: number;
  readonly whole: Float64Array;
  /** segments × dimensions */
  readonly bySegment: Float64Array;
  pieces: number;
}

/** A vector of unit length and, for each segment, the cosine of its own pooled states with that vector (−1…1). */
export interface Pooled {
  readonly vector: Float32Array;
  readonly salience: Float32Array;
}

/** Sums of nothing yet, for a text of so many segments. */
export function startPooling(dimensions: number, segments: number): StateSums {
  return {
    dimensions,
    whole: new Float64Array(dimensions),
    bySegment: new Float64Array(segments * dimensions),
    pieces: 0,
  };
}

/**
 * Adds one window's token states.
 * @param states length × dimensions, row-major; the first and last row are the special pieces
 * @param segmentOf for each row the segment it belongs to; −1 for special pieces, which count for the whole alone
 * @param pooling the first or last piece's state counts as often as the window has pieces
 */
export function addWindow(
  sums: StateSums,
  states: Float32Array,
  segmentOf: Int32Array,
  pooling: Pooling = 'mean',
): void {
  const d = sums.dimensions;
  const one = pooling === 'first' ? 0 : segmentOf.length - 1;
  for (let row = 0; row < segmentOf.length; row++) {
    const from = row * d;
    const target = segmentOf[row] * d;
    const whole = pooling === 'mean' ? from : one * d;
    for (let j = 0; j < d; j++) sums.whole[j] += states[whole + j];
    if (target >= 0) for (let j = 0; j < d; j++) sums.bySegment[target + j] += states[from + j];
  }
  sums.pieces += segmentOf.length;
}

/**
 * The text's vector: the mean over all pieces of all windows (or over windows, by their length), scaled to unit length (mean pooling as in Reimers &
 * Gurevych 2019, over every window, so that nothing of a long text is dropped). The saliences cost no further run of
 * the model: a segment's states are pooled from the same run, in the context of the whole text.
 */
export function finishPooling(sums: StateSums): Pooled {
  const d = sums.dimensions;
  const length = Math.hypot(...sums.whole);
  const vector = new Float32Array(d);
  // Not `> 0`: of states that are no numbers no vector of zeros is made, which would look like a text without words.
  if (length !== 0) for (let j = 0; j < d; j++) vector[j] = sums.whole[j] / length;
  const salience = new Float32Array(sums.bySegment.length / d);
  for (let s = 0; s < salience.length; s++) {
    let dot = 0;
    let square = 0;
    for (let j = 0; j < d; j++) {
      const value = sums.bySegment[s * d + j];
      dot += value * vector[j];
      square += value * value;
    }
    salience[s] = square > 0 ? dot / Math.sqrt(square) : 0;
  }
  return { vector, salience };
}

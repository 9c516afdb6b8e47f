/** The token states that make a window's vector: all, or only the first or last, as the model was trained. */
export type Pooling = 'mean' | 'first' | 'last';

/** Sums of token states over all windows of one text: in total, and for each of its segments. */
export interface StateSums {
  readonly dimensions: number;
  readonly whole: Float64Array;
  /** segments × dimensions */
  readonly bySegment: Float64Array;
  pieces: number;
}

/** A unit vector and, for each segment, the cosine (−1…1) between its own pooled states and that vector. */
export interface Pooled {
  readonly vector: Float32Array;
  readonly salience: Float32Array;
}

/** Zero sums for a text with this many segments. */
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
 * @param segmentOf each row's segment; −1 for special pieces, which count only for the whole
 * @param pooling for `first` and `last`, that piece's state counts as often as the window has pieces
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
 * The text's vector: the mean over all pieces of all windows (or over windows, weighted by length) at unit length (as
 * in Reimers & Gurevych 2019, but over every window of a long text). Saliences need no other run: a segment's states
 * are pooled from the same run, in the context of the whole text.
 */
export function finishPooling(sums: StateSums): Pooled {
  const d = sums.dimensions;
  const length = Math.hypot(...sums.whole);
  const vector = new Float32Array(d);
  // Not `> 0`: NaN must not become a vector of zeros, which would look like a text without words.
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

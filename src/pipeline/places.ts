/** A picture of a map in the making. */
export interface Places {
  /** n×2 in map units; NaN for a paper that has none yet. Owned by the receiver. */
  readonly positions: Float32Array;
  /** What brought the papers to where they stand: the words that they share, or (more and more) their meaning. */
  readonly by: 'words' | 'meaning';
  /** Papers whose vector has had a part in it. */
  readonly embedded: number;
  /** Share (0…1) of the nearest papers by meaning that are nearest in this picture; null while it is not measured. */
  readonly agreement: number | null;
}

/**
 * The way from one picture to the next: `share` 0 is `from`, 1 is `to`, n×2 each. A paper that has a place in one of them
 * alone stands there. O(n).
 */
export function between(from: Float32Array, to: Float32Array, share: number): Float32Array {
  const out = new Float32Array(to.length);
  for (let at = 0; at < to.length; at++) {
    if (Number.isNaN(from[at])) out[at] = to[at];
    else if (Number.isNaN(to[at])) out[at] = from[at];
    else out[at] = from[at] + (to[at] - from[at]) * share;
  }
  return out;
}

import Flatbush from 'flatbush';

/** A text box that stands on a point of the map, whatever the scale. */
export interface LabelBox {
  /** Its middle: map units, y up. */
  readonly anchor: { readonly x: number; readonly y: number };
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Boxes that keep their size on the screen while the map under them grows. Scales are CSS pixels per map unit. */
export interface LabelBoxes {
  readonly count: number;
  /** From here on hardly any two boxes overlap that ever stop to: where a search from fine to coarse begins. */
  readonly fineScale: number;
  /** Pairs that were looked at so far. */
  readonly comparisons: number;
  /** The scale from which on two boxes no longer overlap: 0 = they never do, Infinity = always. */
  separation(i: number, j: number): number;
  /** Boxes that may overlap box `i` at `scale`, itself among them: all that do, and some that do not. */
  near(i: number, scale: number): readonly number[];
}

/** Beyond rounding: at the very scale of their separation two boxes must not overlap by the last bit. */
const SLACK = 1 + 2 ** -40;

/**
 * Boxes over an R-tree of their anchors (flatbush, O(m log m) once). Two boxes centred on their anchors overlap at
 * scale s while s·|dx| < half their summed widths and s·|dy| < half their summed heights, `gapPx` added to both: one
 * division a side gives the scale at which that ends.
 */
export function makeLabelBoxes(labels: readonly LabelBox[], gapPx: number): LabelBoxes {
  const count = labels.length;
  const x = Float64Array.from(labels, ({ anchor }) => anchor.x);
  const y = Float64Array.from(labels, ({ anchor }) => anchor.y);
  const halfWidth = Float64Array.from(labels, ({ widthPx }) => (widthPx + gapPx) / 2);
  const halfHeight = Float64Array.from(labels, ({ heightPx }) => (heightPx + gapPx) / 2);
  const widest = largest(halfWidth);
  const tallest = largest(halfHeight);
  const tree = count > 0 ? new Flatbush(count) : null;
  for (let i = 0; i < count; i++) tree?.add(x[i], y[i], x[i], y[i]);
  tree?.finish();
  const extent = tree ? Math.max(tree.maxX - tree.minX, tree.maxY - tree.minY) : 0;
  let comparisons = 0;
  return {
    count,
    fineScale: extent > 0 ? (8 * Math.max(widest, tallest) * Math.sqrt(count)) / extent : 1,
    get comparisons() {
      return comparisons;
    },
    separation(i, j) {
      comparisons++;
      const across = endOfOverlap(Math.abs(x[i] - x[j]), halfWidth[i] + halfWidth[j]);
      const along = endOfOverlap(Math.abs(y[i] - y[j]), halfHeight[i] + halfHeight[j]);
      return Math.min(across, along);
    },
    near(i, scale) {
      if (!tree) return [];
      // A little wider, so that rounding leaves out no box that `separation` would find.
      const reachX = scale > 0 ? ((halfWidth[i] + widest) / scale) * 1.001 : Infinity;
      const reachY = scale > 0 ? ((halfHeight[i] + tallest) / scale) * 1.001 : Infinity;
      return tree.search(x[i] - reachX, y[i] - reachY, x[i] + reachX, y[i] + reachY);
    },
  };
}

function endOfOverlap(distance: number, reachPx: number): number {
  if (reachPx <= 0) return 0;
  return (reachPx / distance) * SLACK;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}

import type { Corpus } from '../../model/paper.ts';
import type { TopicView } from '../../model/topic-view.ts';
import type { LayoutComparison } from '../../project/measure/compare-layouts.ts';

/** The shown map beside another one, and how far the way from one to the other is gone. */
export interface Comparison extends LayoutComparison {
  /** What the shown map and the other one are called. */
  readonly names: readonly [string, string];
  /** n×2: where the shown map has its papers. */
  readonly home: Float32Array;
  /** Titles of the `strangers`, in their order. */
  readonly strangerTitles: readonly string[];
  /** The other map's own topics, of its own papers; null when it has none. */
  readonly otherTopics: TopicView | null;
  /** 0: the shown map; 1: the other. */
  readonly share: number;
  /** (n + m)×2: what is drawn, the strangers last. */
  readonly drawn: Float32Array;
  /** The colouring to go back to. */
  readonly colorBefore: string;
  /** The panel with the figures is open. */
  readonly isOpen: boolean;
  /** The stranger under the pointer, by its place among them; −1 for none. */
  readonly pointed: number;
}

/**
 * (n + m)×2: the papers at `share` (0…1) of the way from one map to the other, each on a straight line; then the strangers.
 * A paper of one map alone stands in the nearer half of the way and has no place (NaN) in the other; O(n + m).
 */
export function placesAt(
  { home, positions, strangerPositions }: Pick<Comparison, 'home' | 'positions' | 'strangerPositions'>,
  share: number,
): Float32Array {
  const drawn = new Float32Array(home.length + strangerPositions.length);
  const isNear = share < 0.5;
  for (let i = 0; i < home.length; i++) {
    const [from, to] = [home[i], positions[i]];
    if (Number.isNaN(to)) drawn[i] = isNear ? from : Number.NaN;
    else drawn[i] = share === 1 ? to : from + share * (to - from);
  }
  for (let i = 0; i < strangerPositions.length; i++)
    drawn[home.length + i] = isNear ? Number.NaN : strangerPositions[i];
  return drawn;
}

/** On the way between two maps: names and contours would be of neither. */
export function isBetween({ comparison }: { readonly comparison: Pick<Comparison, 'share'> | null }): boolean {
  return comparison !== null && comparison.share > 0 && comparison.share < 1;
}

/** Topics, and where the papers that they are of stand, n×2. */
export interface PlacedTopics {
  readonly view: TopicView;
  readonly positions: Float32Array;
}

/** The other map's topics where these are to be seen in place of the shown map's: at its end of the way. A new object a call. */
export function topicsThere({
  comparison,
}: {
  readonly comparison: Pick<Comparison, 'share' | 'otherTopics' | 'otherPositions'> | null;
}): PlacedTopics | null {
  if (comparison?.share !== 1 || !comparison.otherTopics) return null;
  return { view: comparison.otherTopics, positions: comparison.otherPositions };
}

/** The shared papers that stand farthest from where they were, the farthest first, at most `most`. O(n·log n). */
export function farthestMoved(drift: Float32Array, most: number): number[] {
  return Array.from(drift.keys())
    .filter((i) => !Number.isNaN(drift[i]))
    .sort((a, b) => drift[b] - drift[a] || a - b)
    .slice(0, most);
}

/** The point that is under the pointer, as the renderer counts: strangers behind the shown map's papers; −1 for none. */
export function hoveredPoint({
  comparison,
  hovered,
  shown,
}: {
  readonly comparison: Pick<Comparison, 'pointed'> | null;
  readonly hovered: number;
  readonly shown: { readonly corpus: Corpus } | null;
}): number {
  const pointed = comparison?.pointed ?? -1;
  return pointed < 0 ? hovered : (shown?.corpus.papers.length ?? 0) + pointed;
}

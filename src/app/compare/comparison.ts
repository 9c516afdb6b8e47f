import type { Corpus } from '../../model/paper.ts';
import type { TopicView } from '../../model/topic-view.ts';
import type { LayoutComparison } from '../../project/measure/compare-layouts.ts';

/** The shown map beside another one, and how far the transition from one to the other has come. */
export interface Comparison extends LayoutComparison {
  /** Names of the shown map and of the other one. */
  readonly names: readonly [string, string];
  /** n×2: the papers' positions on the shown map. */
  readonly home: Float32Array;
  /** Titles of the `strangers`, in their order. */
  readonly strangerTitles: readonly string[];
  /** The other map's own topics over its own papers; null when it has none. */
  readonly otherTopics: TopicView | null;
  /** 0: the shown map; 1: the other. */
  readonly share: number;
  /** (n + m)×2: the drawn positions, the strangers last. */
  readonly drawn: Float32Array;
  /** The colouring to return to. */
  readonly colorBefore: string;
  /** Whether the panel with the figures is open. */
  readonly isOpen: boolean;
  /** Index of the hovered stranger; −1 for none. */
  readonly pointed: number;
}

/**
 * (n + m)×2: the papers, moved linearly to `share` (0…1) of the way from one map to the other, then the strangers. A
 * paper that only one map has is shown in that map's half of the way and is NaN in the other half. O(n + m).
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

/** Whether the view is between the two maps, where the names and contours of neither apply. */
export function isBetween({ comparison }: { readonly comparison: Pick<Comparison, 'share'> | null }): boolean {
  return comparison !== null && comparison.share > 0 && comparison.share < 1;
}

/** Topics, and the positions of their papers, n×2. */
export interface PlacedTopics {
  readonly view: TopicView;
  readonly positions: Float32Array;
}

/** The other map's topics, to be shown when the transition has reached that map. Each call makes a new object. */
export function topicsThere({
  comparison,
}: {
  readonly comparison: Pick<Comparison, 'share' | 'otherTopics' | 'otherPositions'> | null;
}): PlacedTopics | null {
  if (comparison?.share !== 1 || !comparison.otherTopics) return null;
  return { view: comparison.otherTopics, positions: comparison.otherPositions };
}

/** The shared papers that have moved farthest, farthest first, at most `most`. O(n·log n). */
export function farthestMoved(drift: Float32Array, most: number): number[] {
  return Array.from(drift.keys())
    .filter((i) => !Number.isNaN(drift[i]))
    .sort((a, b) => drift[b] - drift[a] || a - b)
    .slice(0, most);
}

/** Index of the hovered point in the renderer's numbering: strangers follow the shown map's papers; −1 for none. */
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

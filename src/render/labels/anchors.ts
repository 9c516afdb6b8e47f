import type { LabelBox } from './placement-state.ts';

type Point = LabelBox['anchor'];

/** A label and the places that its topic offers for it. */
export interface AnchoredLabel {
  /** 0 = coarsest. */
  readonly level: number;
  /** Papers. */
  readonly size: number;
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Map units, y up; at least one, the best first. */
  readonly places: readonly Point[];
}

/** Most papers of a topic that are looked at: enough to find places. */
const MAX_MEMBERS = 512;

/**
 * Papers of a topic at which its name may be placed: the densest one, then others of the half nearest to it, each as
 * far as possible from those before (Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985). Up to
 * `count` papers, fewer where papers share a point. `positions` is n × 2; O(count × members), of at most 512 members.
 */
export function spreadPapers(
  positions: Float32Array,
  members: ArrayLike<number>,
  densest: number,
  count: number,
): number[] {
  const distance = (a: number, b: number): number =>
    Math.hypot(positions[2 * a] - positions[2 * b], positions[2 * a + 1] - positions[2 * b + 1]);
  const step = Math.max(1, Math.ceil(members.length / MAX_MEMBERS));
  const some = Array.from({ length: Math.ceil(members.length / step) }, (_, i) => members[i * step])
    .map((paper) => ({ paper, far: distance(paper, densest) }))
    .sort((a, b) => a.far - b.far || a.paper - b.paper);
  const around = some.slice(0, Math.ceil(some.length / 2));
  const chosen = [densest];
  while (chosen.length < count) {
    let next = null;
    for (const member of around) if (member.far > (next?.far ?? 0)) next = member;
    if (!next) break;
    chosen.push(next.paper);
    for (const member of around) member.far = Math.min(member.far, distance(member.paper, next.paper));
  }
  return chosen;
}

/**
 * A place for each label, in their order. Coarser labels choose before finer ones, then larger before smaller. Each
 * takes the first of its places whose box is free of the boxes of its level that have chosen, at `scaleOf(level)` CSS
 * pixels per map unit; if none is, the place that is free at the lowest scale. O(labels × places × labels of a level).
 */
export function chooseAnchors(
  labels: readonly AnchoredLabel[],
  scaleOf: (level: number) => number,
  gapPx: number,
): Point[] {
  const order = labels.map((_, i) => i);
  order.sort((i, j) => labels[i].level - labels[j].level || labels[j].size - labels[i].size || i - j);
  const anchors = labels.map(({ places }) => places[0]);
  const settled = new Map<number, number[]>();
  for (const i of order) {
    const { level, places } = labels[i];
    const others = settled.get(level) ?? [];
    const scale = scaleOf(level);
    let least = Infinity;
    for (const place of places) {
      const free = freeFrom(labels[i], place, others, { labels, anchors, gapPx });
      if (free < least) {
        least = free;
        anchors[i] = place;
      }
      if (free <= scale) break;
    }
    settled.set(level, [...others, i]);
  }
  return anchors;
}

interface Settled {
  readonly labels: readonly AnchoredLabel[];
  readonly anchors: readonly Point[];
  readonly gapPx: number;
}

/** The scale from which on a box at `place` overlaps none of `others`. */
function freeFrom(
  { widthPx, heightPx }: AnchoredLabel,
  place: Point,
  others: readonly number[],
  { labels, anchors, gapPx }: Settled,
): number {
  let free = 0;
  for (const j of others) {
    const reachX = (widthPx + labels[j].widthPx) / 2 + gapPx;
    const reachY = (heightPx + labels[j].heightPx) / 2 + gapPx;
    const across = reachX / Math.abs(place.x - anchors[j].x);
    const along = reachY / Math.abs(place.y - anchors[j].y);
    free = Math.max(free, Math.min(across, along));
  }
  return free;
}

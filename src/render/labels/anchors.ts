import { type PlaceGrid, papersInBox } from '../place-grid.ts';
import { piecesOf } from './pieces.ts';
import type { LabelBox } from './placement-state.ts';

type Point = LabelBox['anchor'];

/** Space between the paper that a name stands at, below it, and the name, CSS pixels: about the radius of a dot. */
const CLEAR_PX = 4;

/** How far the middle of a name of this height is above the paper that it stands at, CSS pixels. */
export function riseOf(heightPx: number): number {
  return heightPx / 2 + CLEAR_PX;
}

/** A topic's name, measured, and the view that it is placed for. */
interface NameToPlace {
  readonly members: ArrayLike<number>;
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** CSS pixels per map unit at which its level appears. */
  readonly scale: number;
  /** The paper at which it stood before; −1 for none. */
  readonly stood: number;
}

/** Places that a piece offers for its topic's name: more would add hardly any names to the map. */
const PLACES = 8;

/**
 * Papers at which a topic's name may stand, for each piece that holds a third of the topic, the largest first: see
 * {@link piecesOf}. In each piece first those of its middle half whose name would cover the fewest dots. A name that
 * stood in such a piece before, when the papers lay a little differently, keeps it, and its paper.
 */
export function papersForName(grid: PlaceGrid, name: NameToPlace): number[][] {
  const { positions } = grid;
  const pieces = piecesOf(positions, name.members, name.scale);
  const own = pieces.findIndex(({ members }) => members.includes(name.stood));
  if (own > 0) pieces.unshift(...pieces.splice(own, 1));
  return pieces.map(({ members, heart }) => {
    const papers = spreadPapers(positions, members, heart, 2 * PLACES);
    const covered = new Map(papers.map((paper) => [paper, coveredDots(grid, paper, name)]));
    papers.sort((a, b) => (covered.get(a) ?? 0) - (covered.get(b) ?? 0));
    if (!members.includes(name.stood)) return papers.slice(0, PLACES);
    return [name.stood, ...papers.filter((paper) => paper !== name.stood)].slice(0, PLACES);
  });
}

/** Number of papers under a name that stands at `paper`. */
function coveredDots(grid: PlaceGrid, paper: number, { widthPx, heightPx, scale }: NameToPlace): number {
  const [x, y] = [grid.positions[2 * paper], grid.positions[2 * paper + 1]];
  const half = widthPx / 2 / scale;
  const low = y + CLEAR_PX / scale;
  // The paper itself is below the box, even where rounding leaves no space.
  const under = papersInBox(grid, { minX: x - half, maxX: x + half, minY: low, maxY: low + heightPx / scale });
  return under.filter((other) => other !== paper).length;
}

/** A label and the places that its topic offers for it. */
export interface AnchoredLabel<Place extends Point = Point> {
  /** 0 = coarsest. */
  readonly level: number;
  /** Papers. */
  readonly size: number;
  /** CSS pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** As in `LabelBox`. Default 0. */
  readonly risePx?: number;
  /** Map units, y up; at least one, the best first. */
  readonly places: readonly Place[];
  /** Whether the topic has its name at a larger piece already. Default false. */
  readonly isEcho?: boolean;
}

/** Most papers of a piece that are looked at: enough to find places. */
const MAX_MEMBERS = 256;

/**
 * Papers of a piece: its heart, then others of the half nearest to it, each as
 * far as possible from those before (Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985). Up to
 * `count` papers, fewer where papers share a point. `positions` is n × 2; O(count × members), of at most 256 members.
 */
export function spreadPapers(
  positions: Float32Array,
  members: ArrayLike<number>,
  heart: number,
  count: number,
): number[] {
  const distance = (a: number, b: number): number =>
    Math.hypot(positions[2 * a] - positions[2 * b], positions[2 * a + 1] - positions[2 * b + 1]);
  const step = Math.max(1, Math.ceil(members.length / MAX_MEMBERS));
  const some = Array.from({ length: Math.ceil(members.length / step) }, (_, i) => members[i * step])
    .map((paper) => ({ paper, far: distance(paper, heart) }))
    .sort((a, b) => a.far - b.far || a.paper - b.paper);
  const around = some.slice(0, Math.ceil(some.length / 2));
  const chosen = [heart];
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
 * A place for each label, in their order. Coarser labels choose before finer ones, then first names of topics before their
 * others, then larger before smaller. Each
 * takes the first of its places whose box is free of the boxes of its level that have chosen, at `scaleOf(level)` CSS
 * pixels per map unit; if none is, the place that is free at the lowest scale. O(labels × places × labels of a level).
 */
export function chooseAnchors<Place extends Point>(
  labels: readonly AnchoredLabel<Place>[],
  scaleOf: (level: number) => number,
  gapPx: number,
): Place[] {
  const order = labels.map((_, i) => i);
  const echo = (i: number): number => Number(labels[i].isEcho ?? false);
  order.sort((i, j) => {
    return labels[i].level - labels[j].level || echo(i) - echo(j) || labels[j].size - labels[i].size || i - j;
  });
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
  { widthPx, heightPx, risePx = 0 }: AnchoredLabel,
  place: Point,
  others: readonly number[],
  { labels, anchors, gapPx }: Settled,
): number {
  let free = 0;
  for (const j of others) {
    const reachX = (widthPx + labels[j].widthPx) / 2 + gapPx;
    const reachY = (heightPx + labels[j].heightPx) / 2 + gapPx;
    const across = reachX / Math.abs(place.x - anchors[j].x);
    // The upper anchor's box may hang lower than the other's by what it rises less.
    const above = place.y - anchors[j].y;
    const lift = (risePx - (labels[j].risePx ?? 0)) * (above < 0 ? -1 : 1);
    const along = (reachY - lift) / Math.abs(above);
    free = Math.max(free, Math.min(across, along));
  }
  return free;
}

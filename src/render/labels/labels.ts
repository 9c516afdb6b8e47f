import { papersByTopic, type TopicView, UNNAMED } from '../../model/topic-view.ts';
import { makePlaceGrid } from '../place-grid.ts';
import { chooseAnchors, papersForName, riseOf } from './anchors.ts';
import { solveWithEchoes } from './echoes.ts';
import { type LabelText, labelStyle, setLabel } from './label-text.ts';
import { GAP_PX, type LabelIntervals, levelFloors } from './placement.ts';

/** The names of topics with the scales at which each is shown: solved once for a map, not while the view moves. */
export interface TopicLabels {
  readonly intervals: LabelIntervals;
  /** In the order of the candidates. */
  readonly texts: readonly LabelText[];
  /** For the next solution, when the papers have moved. */
  readonly papers: NamedPapers;
}

/** What the names are typeset for. */
interface LabelSetting {
  /** Scale at which the whole map is in view, CSS pixels per map unit. */
  readonly fitScale: number;
  /** On a phone, or in a frame of its size. */
  readonly isNarrow: boolean;
  /** Width of a text in a font as CSS writes it, CSS pixels. */
  readonly widthOf: (text: string, font: string) => number;
}

/**
 * Typesets the names of all topics that are not hidden. Each stands above a paper of its topic's largest piece, or of
 * the piece in which it stood `before`, where it covers few dots and, if its level has room, no other name. Its other
 * pieces that hold a third of it have the name too, for views without the first. Topics without a placed paper have
 * none. Cost: see {@link papersForName}, {@link chooseAnchors} and {@link solveLabels}.
 */
export function solveTopicLabels(
  view: TopicView,
  positions: Float32Array,
  setting: LabelSetting,
  before: NamedPapers | null = null,
): TopicLabels {
  const { fitScale, isNarrow, widthOf } = setting;
  const members = papersByTopic(view);
  const grid = makePlaceGrid(positions);
  const floors = levelFloors(fitScale, view.levels);
  const scaleOf = (level: number): number => Math.max(fitScale, floors[level]);
  const labels = [...view.nodes].flatMap(([id, { topic, name, size, isHidden }]) => {
    // A name that says nothing helps nobody.
    if (isHidden || name === UNNAMED) return [];
    const { level, parent } = topic;
    const style = labelStyle(level, isNarrow);
    const text = setLabel(name, style, (part) => widthOf(part, style.font));
    const { widthPx, heightPx } = text;
    const papers = members.get(id) ?? [];
    const stood = before?.get(id) ?? -1;
    const pieces = papersForName(grid, { members: papers, widthPx, heightPx, scale: scaleOf(level), stood });
    return pieces.map((places, piece) => ({
      ...{ id, parent, level, size, widthPx, heightPx, risePx: riseOf(heightPx), text, isEcho: piece > 0 },
      places: places.map((paper) => ({ paper, x: positions[2 * paper], y: positions[2 * paper + 1] })),
    }));
  });
  const anchors = chooseAnchors(labels, scaleOf, GAP_PX);
  const candidates = labels.map(({ places: _, text: __, ...label }, i) => ({ ...label, anchor: anchors[i] }));
  const papers = new Map(labels.flatMap(({ id, isEcho }, i) => (isEcho ? [] : [[id, anchors[i].paper] as const])));
  return { intervals: solveWithEchoes(candidates, { floors }), texts: labels.map(({ text }) => text), papers };
}

/** The paper at which each topic's name stands, by the topic's id. */
export type NamedPapers = ReadonlyMap<number, number>;

/** The visible part of the map: a viewport, and how much of it panels cover at each side, CSS pixels. */
export interface LabelView {
  /** The map point in the middle, y up. */
  readonly center: { readonly x: number; readonly y: number };
  /** CSS pixels per map unit. */
  readonly scale: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Default: nothing is covered. */
  readonly insets?: Part;
  /** Boxes of anything else over the map, CSS pixels from the upper left corner. Default: none. */
  readonly covers?: readonly Part[];
}

/** The sides of a box, or its distances from the sides of another. */
interface Part {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A label to draw. */
export interface VisibleLabel {
  /** Index in the list of candidates. */
  readonly index: number;
  /** Middle of its box: CSS pixels from the upper left corner, y down. */
  readonly px: number;
  readonly py: number;
}

/** 20 labels on 1440×900, 6 on 360×640; a power of the area interpolates between the two. */
const DESKTOP = { areaPx: 1440 * 900, labels: 20 };
const PHONE = { areaPx: 360 * 640, labels: 6 };
const POWER = Math.log(DESKTOP.labels / PHONE.labels) / Math.log(DESKTOP.areaPx / PHONE.areaPx);
const MAX_LABELS = 40;

/** Number of labels for an area (square CSS pixels): 0…40. */
export function labelBudget(areaPx: number): number {
  return Math.min(Math.round(DESKTOP.labels * (Math.max(areaPx, 0) / DESKTOP.areaPx) ** POWER), MAX_LABELS);
}

/**
 * The labels to draw in a view: at most `budget` of those whose interval holds the view's scale and whose anchor is in
 * the part that no panel covers. Labels that appeared at coarser scales go first, then larger ones. Labels that appear
 * later rank behind, so zooming in about a visible point removes no label whose box is in view and whose topic has not
 * handed over. Candidates (indices) in `keep` go before all others: with those of the picture before, panning removes none either. Give
 * none when the scale changes, else the result would depend on the path to the view.
 *
 * A topic is named once, at its largest piece in view: see {@link solveTopicLabels}. A box that an edge would cut is shifted inwards, one that would touch a cover the shortest way off it. It is left out
 * where it would then touch another, so it replaces no box at its anchor. No two boxes returned overlap, and none is
 * under a cover. O(m + budget²).
 */
export function visibleLabels(
  intervals: LabelIntervals,
  view: LabelView,
  budget: number,
  keep: ReadonlySet<number> = NONE,
): VisibleLabel[] {
  const free = freePart(view);
  const chosen: VisibleLabel[] = [];
  if (keep.size > 0) choose({ intervals, view, free, budget, chosen }, (index) => keep.has(index));
  choose({ intervals, view, free, budget, chosen }, (index) => !keep.has(index));
  return withinEdges(intervals, { free, covers: view.covers ?? [] }, chosen);
}

const NONE: ReadonlySet<number> = new Set();

interface Choice {
  readonly intervals: LabelIntervals;
  readonly view: LabelView;
  readonly free: Part;
  readonly budget: number;
  /** Added to. */
  readonly chosen: VisibleLabel[];
}

function freePart({ widthPx, heightPx, insets }: LabelView): Part {
  if (!insets) return { left: 0, top: 0, right: widthPx, bottom: heightPx };
  return { left: insets.left, top: insets.top, right: widthPx - insets.right, bottom: heightPx - insets.bottom };
}

function choose({ intervals, view, free, budget, chosen }: Choice, accepts: (id: number) => boolean): void {
  const { candidates, from, to, order } = intervals;
  for (const index of order) {
    // Candidates are in the order in which they appear: the rest appears later.
    if (chosen.length >= budget || from[index] > view.scale) return;
    const { anchor, id, risePx = 0 } = candidates[index];
    if (to[index] <= view.scale || !accepts(index) || chosen.some((other) => candidates[other.index].id === id))
      continue;
    const px = view.widthPx / 2 + (anchor.x - view.center.x) * view.scale;
    const py = view.heightPx / 2 - (anchor.y - view.center.y) * view.scale;
    if (px < free.left || px > free.right || py < free.top || py > free.bottom) continue;
    chosen.push({ index, px, py: py - risePx });
  }
}

interface Ground {
  readonly free: Part;
  readonly covers: readonly Part[];
}

/** Shifts boxes that the edge would cut or a cover would hide; leaves out those without room. */
function withinEdges(
  intervals: LabelIntervals,
  { free, covers }: Ground,
  chosen: readonly VisibleLabel[],
): VisibleLabel[] {
  const whole: VisibleLabel[] = [];
  const moved: VisibleLabel[] = [];
  for (const label of chosen) {
    const { widthPx, heightPx } = intervals.candidates[label.index];
    if (widthPx > free.right - free.left || heightPx > free.bottom - free.top) continue;
    const room = {
      left: free.left + widthPx / 2,
      right: free.right - widthPx / 2,
      top: free.top + heightPx / 2,
      bottom: free.bottom - heightPx / 2,
    };
    // The cover, enlarged by half the box: the middle of the box must be outside.
    const around = covers.map(({ left, top, right, bottom }) => ({
      left: left - widthPx / 2 - intervals.gapPx,
      right: right + widthPx / 2 + intervals.gapPx,
      top: top - heightPx / 2 - intervals.gapPx,
      bottom: bottom + heightPx / 2 + intervals.gapPx,
    }));
    const px = clamp(label.px, room.left, room.right);
    const py = clamp(label.py, room.top, room.bottom);
    const place = uncovered({ px, py }, around, room);
    if (place === null) continue;
    if (place.px === label.px && place.py === label.py) whole.push(label);
    else moved.push({ index: label.index, ...place });
  }
  for (const label of moved) {
    if (whole.every((other) => !touches(intervals, label, other))) whole.push(label);
  }
  return whole;
}

interface Place {
  readonly px: number;
  readonly py: number;
}

/** The place itself, or the nearest one straight beside the cover over it; null where there is none. */
function uncovered(place: Place, covers: readonly Part[], room: Part): Place | null {
  const cover = covers.find((one) => isInside(place, one));
  if (!cover) return place;
  const { px, py } = place;
  const beside = [
    { px, py: cover.bottom },
    { px, py: cover.top },
    { px: cover.left, py },
    { px: cover.right, py },
  ];
  const reach = (to: Place): number => Math.abs(to.px - px) + Math.abs(to.py - py);
  const left = beside.filter(
    (to) =>
      to.px === clamp(to.px, room.left, room.right) &&
      to.py === clamp(to.py, room.top, room.bottom) &&
      !covers.some((one) => isInside(to, one)),
  );
  return left.reduce<Place | null>((best, to) => (best === null || reach(to) < reach(best) ? to : best), null);
}

function isInside({ px, py }: Place, { left, top, right, bottom }: Part): boolean {
  return px > left && px < right && py > top && py < bottom;
}

function touches({ candidates, gapPx }: LabelIntervals, a: VisibleLabel, b: VisibleLabel): boolean {
  const first = candidates[a.index];
  const second = candidates[b.index];
  const reachX = (first.widthPx + second.widthPx) / 2 + gapPx;
  const reachY = (first.heightPx + second.heightPx) / 2 + gapPx;
  return Math.abs(a.px - b.px) < reachX && Math.abs(a.py - b.py) < reachY;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

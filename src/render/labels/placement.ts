import { type DueQueue, type LabelBox, type LabelBoxes, makeDueQueue, makeLabelBoxes } from './placement-state.ts';

/** A label that may be shown: a topic's name, measured. */
export interface LabelCandidate extends LabelBox {
  /** Where candidates share an id, `parent` means the first of them. */
  readonly id: number;
  /** Id of the topic that this one is part of; −1, or an id that is not a candidate, for a top-level topic. */
  readonly parent: number;
  /** 0 = coarsest. Coarser labels take precedence. */
  readonly level: number;
  /** Papers; within a level, larger labels take precedence. */
  readonly size: number;
}

/** The gap between labels, and the scale from which on each level is shown. */
export interface PlacementOptions {
  /** Space between two boxes, CSS pixels. Default 8. */
  readonly gapPx?: number;
  /** Minimum scale (CSS pixels per map unit) at which labels of a level are shown, by level; 0 beyond its end. */
  readonly floors?: readonly number[];
}

/** The interval of scales in which each label is shown. All arrays are in the order of the candidates. */
export interface LabelIntervals {
  readonly candidates: readonly LabelCandidate[];
  readonly gapPx: number;
  /** First scale at which a label is shown, CSS pixels per map unit; Infinity = it never is. */
  readonly from: Float64Array;
  /** First scale at which it is no longer shown. Equal to `from`: it gave way to its parts before it was ever shown. */
  readonly to: Float64Array;
  /** Candidates that are shown at some scale: by `from`, then coarser ones, then larger ones first. */
  readonly order: Int32Array;
  /** Pairs of boxes that were compared: for tests. */
  readonly comparisons: number;
}

/** Default of {@link PlacementOptions.gapPx}. */
export const GAP_PX = 8;

/**
 * Computes for every label the one interval of scales in which it is shown, such that no two shown boxes overlap at any
 * scale: a consistent labelling after Been, Daiches & Yap, "Dynamic map labeling", TVCG 2006, extended to a tree.
 *
 * One sweep goes from the coarsest scale to the finest. A label appears as soon as its parent is gone and its box is
 * free of all shown labels, and of labels with precedence (coarser, then larger) that would appear before the two boxes
 * part. Boxes only move apart, so the label stays until two of its parts are free of each other and of all others. At
 * that scale these two take over, the other parts follow as they fit, and the label never returns. A topic without two
 * parts stays for good. A label that still waits for its place hands over in the same way. The scale of every event is
 * computed from pairs of boxes, without a search over scales.
 *
 * Candidates without a finite anchor are never shown. The result does not depend on the order of the candidates as long
 * as no two are equal in level, size and id. About O(m log m) for m labels spread over a map and families of bounded
 * size; siblings cost their square.
 */
export function solveLabels(candidates: readonly LabelCandidate[], options: PlacementOptions = {}): LabelIntervals {
  const { gapPx = GAP_PX, floors = [] } = options;
  const placed = byPriority(candidates);
  const sweep = makeSweep(
    placed.map((i) => candidates[i]),
    { gapPx, floors },
  );
  run(sweep);
  const from = new Float64Array(candidates.length).fill(Infinity);
  const to = new Float64Array(candidates.length).fill(Infinity);
  placed.forEach((i, rank) => {
    from[i] = sweep.from[rank];
    to[i] = sweep.to[rank];
  });
  // The sort is stable: labels that appear at the same scale keep their order of priority.
  const order = Int32Array.from(placed.filter((i) => from[i] < to[i]).sort((a, b) => from[a] - from[b]));
  return { candidates, gapPx, from, to, order, comparisons: sweep.boxes.comparisons };
}

/** Zoom at which the second level may appear, and the factor by which each further level waits. */
const SECOND_LEVEL_ZOOM = 1.5;
const ZOOM_PER_LEVEL = 2;

/**
 * Floors for {@link PlacementOptions} such that the whole map shows its coarsest topics, and each finer level appears
 * at a higher zoom. Without floors a topic with room around it would hand over before the whole map is in view, and its
 * parts would use up the budget of topics that have no label yet. `fitScale`: where the whole map fits.
 */
export function levelFloors(fitScale: number, levels: number): number[] {
  return Array.from({ length: levels }, (_, level) =>
    level === 0 ? 0 : fitScale * SECOND_LEVEL_ZOOM * ZOOM_PER_LEVEL ** (level - 1),
  );
}

/** Its parent has not handed over yet. */
const CLOSED = 0;
/** Waits for its place. */
const OPEN = 1;
const SHOWN = 2;
/** Its parts have taken over. */
const GONE = 3;

/** State of the sweep. Labels are numbered by priority: a lower number takes precedence. */
interface Sweep {
  readonly boxes: LabelBoxes;
  /** Number of each label's parent, −1 at the top. */
  readonly parents: Int32Array;
  readonly children: readonly (readonly number[])[];
  /** Minimum scale of each label. */
  readonly floors: Float64Array;
  readonly states: Uint8Array;
  /** The two parts that would take over from each label: 2 × m. */
  readonly heirs: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Item i < m: label i appears. Item m + i: its parts take over. */
  readonly queue: DueQueue;
}

function byPriority(candidates: readonly LabelCandidate[]): number[] {
  const placed: number[] = [];
  candidates.forEach(({ anchor }, i) => {
    if (Number.isFinite(anchor.x) && Number.isFinite(anchor.y)) placed.push(i);
  });
  return placed.sort((i, j) => {
    const a = candidates[i];
    const b = candidates[j];
    return a.level - b.level || b.size - a.size || a.id - b.id || i - j;
  });
}

function makeSweep(labels: readonly LabelCandidate[], { gapPx, floors }: Required<PlacementOptions>): Sweep {
  const m = labels.length;
  const numbers = new Map<number, number>();
  labels.forEach(({ id }, i) => {
    if (!numbers.has(id)) numbers.set(id, i);
  });
  const parents = Int32Array.from(labels, ({ parent }) => (parent < 0 ? -1 : (numbers.get(parent) ?? -1)));
  const children: number[][] = labels.map(() => []);
  parents.forEach((parent, i) => {
    if (parent >= 0) children[parent].push(i);
  });
  return {
    boxes: makeLabelBoxes(labels, gapPx),
    parents,
    children,
    floors: Float64Array.from(labels, ({ level }) => floors[level] ?? 0),
    states: new Uint8Array(m),
    heirs: new Int32Array(2 * m),
    from: new Float64Array(m).fill(Infinity),
    to: new Float64Array(m).fill(Infinity),
    queue: makeDueQueue(Int32Array.from({ length: 2 * m }, (_, item) => item % m)),
  };
}

function run(sweep: Sweep): void {
  const { boxes, parents, queue } = sweep;
  const top: number[] = [];
  parents.forEach((parent, i) => {
    if (parent < 0) top.push(i);
  });
  open(sweep, top, 0);
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (next.item < boxes.count) come(sweep, next.item, next.scale);
    else takeOver(sweep, next.item - boxes.count, next.scale);
  }
}

/** Lets labels appear from `scale` on, in order of priority. */
function open(sweep: Sweep, labels: readonly number[], scale: number): void {
  const { boxes, children, queue, states } = sweep;
  for (const i of labels) {
    if (states[i] === CLOSED) states[i] = OPEN;
  }
  for (const i of labels) {
    if (states[i] === OPEN) queue.schedule(i, freeScale(sweep, i, scale, -1));
    if (children[i].length > 1) queue.schedule(boxes.count + i, takeOverScale(sweep, i, scale));
  }
}

function come(sweep: Sweep, i: number, scale: number): void {
  if (sweep.states[i] !== OPEN) return;
  const free = freeScale(sweep, i, scale, -1);
  if (free > scale) sweep.queue.schedule(i, free);
  else show(sweep, i, scale);
}

function show(sweep: Sweep, i: number, scale: number): void {
  sweep.states[i] = SHOWN;
  sweep.from[i] = scale;
}

function takeOver(sweep: Sweep, parent: number, scale: number): void {
  const { boxes, children, heirs, states, queue } = sweep;
  const first = heirs[2 * parent];
  const second = heirs[2 * parent + 1];
  // Other labels may have appeared since this scale was computed.
  const isFree = freeScale(sweep, first, scale, parent) <= scale && freeScale(sweep, second, scale, parent) <= scale;
  const agreed = isFree ? scale : takeOverScale(sweep, parent, scale);
  if (agreed > scale) {
    queue.schedule(boxes.count + parent, agreed);
    return;
  }
  if (states[parent] === OPEN) {
    sweep.from[parent] = scale;
    queue.schedule(parent, Infinity);
  }
  sweep.to[parent] = scale;
  states[parent] = GONE;
  show(sweep, heirs[2 * parent], scale);
  show(sweep, heirs[2 * parent + 1], scale);
  open(sweep, children[parent], scale);
  recheckAround(sweep, parent, scale);
}

/** Reschedules the labels that waited for the one that has just gone: they may be free earlier. */
function recheckAround(sweep: Sweep, gone: number, scale: number): void {
  const { boxes, parents, queue, states } = sweep;
  const families = new Set<number>();
  for (const i of boxes.near(gone, scale)) {
    if (boxes.separation(i, gone) <= scale) continue;
    if (states[i] === OPEN) queue.schedule(i, freeScale(sweep, i, scale, -1));
    else if (states[i] === CLOSED && states[parents[i]] !== CLOSED) families.add(parents[i]);
  }
  for (const parent of families) {
    if (sweep.children[parent].length > 1) {
      queue.schedule(boxes.count + parent, takeOverScale(sweep, parent, scale));
    }
  }
}

/**
 * The first scale from `now` on at which the box of `i` is free, with `ignored` taken as gone. Looks from fine scales,
 * where a box has few others near it, to coarse ones: the first overlap found is the last one to end.
 */
function freeScale(sweep: Sweep, i: number, now: number, ignored: number): number {
  const { boxes, floors } = sweep;
  const least = Math.max(now, floors[i]);
  for (let step = boxes.fineScale; ; step /= 4) {
    const scale = step > least && step > boxes.fineScale / 2 ** 20 ? step : least;
    let free = scale;
    for (const j of boxes.near(i, scale)) {
      if (j === i || j === ignored) continue;
      const state = sweep.states[j];
      if (state === CLOSED || state === GONE) continue;
      const apart = boxes.separation(i, j);
      if (apart > free && (state === SHOWN || goesBefore(sweep, j, i, apart))) free = apart;
    }
    if (free > scale || scale === least) return free;
  }
}

/** Whether a waiting label keeps its place free of `i`: it does if it will appear while the two would overlap. */
function goesBefore({ boxes, queue }: Sweep, waiting: number, i: number, apart: number): boolean {
  const comes = queue.due[waiting];
  return waiting < i && comes < apart && comes < queue.due[boxes.count + waiting];
}

/** The first scale from `now` on at which two parts of `parent` fit; they become its heirs. */
function takeOverScale(sweep: Sweep, parent: number, now: number): number {
  const { boxes, children, heirs } = sweep;
  const parts = children[parent].map((label) => ({ label, free: freeScale(sweep, label, now, parent) }));
  parts.sort((a, b) => a.free - b.free || a.label - b.label);
  let best = Infinity;
  for (let b = 1; b < parts.length && parts[b].free < best; b++) {
    for (let a = 0; a < b; a++) {
      const scale = Math.max(parts[b].free, boxes.separation(parts[a].label, parts[b].label));
      if (scale >= best) continue;
      best = scale;
      heirs[2 * parent] = parts[a].label;
      heirs[2 * parent + 1] = parts[b].label;
    }
  }
  return best;
}

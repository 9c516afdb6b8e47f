import { papersByTopic, type TopicView } from '../../../src/model/topic-view.ts';
import {
  type LabelView,
  labelBudget,
  solveTopicLabels,
  type TopicLabels,
  visibleLabels,
} from '../../../src/render/labels/labels.ts';
import { levelFloors } from '../../../src/render/labels/placement.ts';
import { fitBounds, nearBounds } from '../../../src/render/viewport.ts';

/** What is found about the names over a sweep of views. */
export interface NameFaults {
  readonly views: number;
  /** Names shown, over all views. */
  readonly names: number;
  /** Names whose nearest paper is more than 24 px away from their box. */
  readonly far: number;
  /** Names at a piece that holds less than a third of their topic, by places that can be told apart. */
  readonly onSpecks: number;
  /** Names of top topics at the overview, and dots that these cover. */
  readonly overviewNames: number;
  readonly overviewCovered: number;
  /** Names over at least one dot, and dots under names, over all views. */
  readonly covering: number;
  readonly covered: number;
  /** The faults in words, the first of each topic. */
  readonly lines: readonly string[];
}

/** A map as it is shown. */
export interface NamedMap {
  readonly view: TopicView;
  readonly positions: Float32Array;
}

/** A window's size, CSS pixels. */
export interface WindowSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

const FAR_PX = 24;
/** A paper that the eye connects with a name. */
const BESIDE_PX = 8;
const LEAST_SHARE = 1 / 3;
const ZOOMS = [1, 1.5, 2.2, 3.2, 5, 8, 13, 24, 60];
/** Middles of views along each side of the map. */
const PANS = 5;
/** Fonts are measured in a browser only; the mean width of a letter serves here. */
const EM = 0.52;

/** Counts the faults of a map's names at zooms from 1 to 60 and 25 middles each, by definitions of its own. */
export function nameFaults({ view, positions }: NamedMap, size: WindowSize): NameFaults {
  const fit = fitBounds(nearBounds(positions), size);
  const isNarrow = size.widthPx <= 640;
  const widthOf = (text: string, font: string): number => EM * Number(/([\d.]+)px/u.exec(font)?.[1]) * text.length;
  const labels = solveTopicLabels(view, positions, { fitScale: fit.scale, isNarrow, widthOf });
  const topics = topicsOf({ view, positions }, fit.scale);
  const counts = { views: 0, names: 0, far: 0, onSpecks: 0, covering: 0, covered: 0 };
  const overview = { overviewNames: 0, overviewCovered: 0 };
  const lines = new Map<string, string>();
  for (const zoom of ZOOMS) {
    for (const center of zoom === 1 ? [fit.center] : middles(positions)) {
      const seen = { center, scale: fit.scale * zoom, ...size };
      counts.views++;
      for (const name of shownNames(labels, seen)) {
        const topic = topics.get(name.id);
        if (!topic) continue;
        const { away, share } = piecesBy(positions, topic, seen, name);
        const covered = under(positions, seen, name);
        counts.names++;
        counts.covering += covered > 0 ? 1 : 0;
        counts.covered += covered;
        if (zoom === 1) overview.overviewNames++;
        if (zoom === 1) overview.overviewCovered += covered;
        const says = (what: string): void => {
          const title = view.nodes.get(name.id)?.name ?? '';
          if (!lines.has(title + what))
            lines.set(title + what, `${title} (${topic.members.length}): ${what}, zoom ${zoom}`);
        };
        if (away > FAR_PX) says(`${Math.round(away)} px away`);
        if (away > FAR_PX) counts.far++;
        if (share < LEAST_SHARE) says(`at ${Math.round(100 * share)} % of it`);
        if (share < LEAST_SHARE) counts.onSpecks++;
      }
    }
  }
  return { ...counts, ...overview, lines: [...lines.values()] };
}

interface ShownName {
  readonly id: number;
  readonly px: number;
  readonly py: number;
  readonly halfX: number;
  readonly halfY: number;
}

function shownNames({ intervals }: TopicLabels, seen: LabelView): ShownName[] {
  return visibleLabels(intervals, seen, labelBudget(seen.widthPx * seen.heightPx)).map(({ index, px, py }) => {
    const { id, widthPx, heightPx } = intervals.candidates[index];
    return { id, px, py, halfX: widthPx / 2, halfY: heightPx / 2 };
  });
}

function pixelOf(positions: Float32Array, paper: number, seen: LabelView): [number, number] {
  const px = seen.widthPx / 2 + (positions[2 * paper] - seen.center.x) * seen.scale;
  return [px, seen.heightPx / 2 - (positions[2 * paper + 1] - seen.center.y) * seen.scale];
}

/** How far the nearest member is from a name's box, and the largest share of a piece that is right beside the box. */
function piecesBy(positions: Float32Array, topic: MeasuredTopic, seen: LabelView, name: ShownName) {
  let [least, share] = [Infinity, 0];
  for (const paper of topic.members) {
    const [px, py] = pixelOf(positions, paper, seen);
    const away = Math.hypot(
      Math.max(Math.abs(px - name.px) - name.halfX, 0),
      Math.max(Math.abs(py - name.py) - name.halfY, 0),
    );
    least = Math.min(least, away);
    if (away <= BESIDE_PX) share = Math.max(share, topic.shares.get(paper) ?? 0);
  }
  return { away: least, share };
}

function under(positions: Float32Array, seen: LabelView, { px, py, halfX, halfY }: ShownName): number {
  let count = 0;
  for (let paper = 0; paper < positions.length / 2; paper++) {
    const [x, y] = pixelOf(positions, paper, seen);
    if (Math.abs(x - px) <= halfX && Math.abs(y - py) <= halfY) count++;
  }
  return count;
}

interface MeasuredTopic {
  readonly members: readonly number[];
  /** For each member, the share of the topic that its piece holds. */
  readonly shares: ReadonlyMap<number, number>;
}

function topicsOf({ view, positions }: NamedMap, fitScale: number): ReadonlyMap<number, MeasuredTopic> {
  const floors = levelFloors(fitScale, view.levels);
  const topics = new Map<number, MeasuredTopic>();
  for (const [id, all] of papersByTopic(view)) {
    const members = all.filter((paper) => Number.isFinite(positions[2 * paper] + positions[2 * paper + 1]));
    const scale = Math.max(fitScale, floors[view.nodes.get(id)?.topic.level ?? 0]);
    topics.set(id, { members, shares: sharesOf(positions, members, scale) });
  }
  return topics;
}

/** Papers within 2 px count once; those within 24 px of each other are one piece, or further where all are specks. */
function sharesOf(positions: Float32Array, members: readonly number[], scale: number): ReadonlyMap<number, number> {
  const spots = new Map<string, number[]>();
  for (const paper of members) {
    const key = [0, 1].map((axis) => Math.floor((positions[2 * paper + axis] * scale) / 2)).join('/');
    spots.set(key, [...(spots.get(key) ?? []), paper]);
  }
  const places = [...spots.values()];
  for (let reach = FAR_PX / scale; ; reach *= 1.5) {
    const pieces = linked(
      places.map(([paper]) => [positions[2 * paper], positions[2 * paper + 1]]),
      reach,
    );
    const sizes = new Map<number, number>();
    for (const piece of pieces) sizes.set(piece, (sizes.get(piece) ?? 0) + 1);
    if (Math.max(...sizes.values()) < LEAST_SHARE * places.length) continue;
    const shares = new Map<number, number>();
    places.forEach((papers, i) => {
      for (const paper of papers) shares.set(paper, (sizes.get(pieces[i]) ?? 0) / places.length);
    });
    return shares;
  }
}

/** The number of the piece that each point is in, by comparing all pairs. */
function linked(points: readonly (readonly number[])[], reach: number): readonly number[] {
  const pieces = points.map(() => -1);
  points.forEach((_, first) => {
    if (pieces[first] >= 0) return;
    const waiting = [first];
    pieces[first] = first;
    for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
      for (let j = 0; j < points.length; j++) {
        if (pieces[j] >= 0 || Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]) > reach) continue;
        pieces[j] = first;
        waiting.push(j);
      }
    }
  });
  return pieces;
}

function middles(positions: Float32Array): { x: number; y: number }[] {
  const { minX, minY, maxX, maxY } = nearBounds(positions);
  return Array.from({ length: PANS * PANS }, (_, i) => ({
    x: minX + ((maxX - minX) * ((i % PANS) + 0.5)) / PANS,
    y: minY + ((maxY - minY) * (Math.floor(i / PANS) + 0.5)) / PANS,
  }));
}

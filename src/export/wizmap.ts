import { strToU8, zipSync } from 'fflate';
import type { MapData } from '../model/map-data.ts';
import { placeExtent } from '../model/places.ts';
import type { TopicView } from '../model/topic-view.ts';

/** WizMap's sizes suit layouts some ten units wide, as UMAP makes them. */
const UNITS = 10;
/** Cells along each side of the density, as WizMap's Python package has by default. */
const CELLS = 200;
/** Share of the longer side that is left free at both of its ends. */
const MARGIN = 1 / 50;
/** Depths of the squares in which WizMap looks up names, for its window and zoom (`select_topic_levels`). */
const LEVELS = { min: 5, max: 10 };
/** Beyond so many standard deviations a kernel counts as 0. */
const REACH = 4;

/**
 * The map as WizMap (Wang, Hohman and Chau 2023) opens it: a ZIP of `data.ndjson`, a point on each line (x, y, text, no
 * time, the number of its top topic), and `grid.json`: the density of all points and of each top topic on a grid, and the
 * topics' names by depth. The density is a Gaussian kernel estimate of Silverman's bandwidth, as in `generate_contour_dict`
 * of its Python package, computed on the grid's counts (binned, Silverman 1982).
 * @param indices which papers, in this order
 */
export function wizmapZip(map: MapData, indices: readonly number[], topics: TopicView | null): Uint8Array<ArrayBuffer> {
  const groups = groupsOf(indices, topics);
  const points = indices.map((i, at) => {
    const place = [0, 1].map((axis) => round(map.positions[2 * i + axis] * UNITS));
    return [...place, textOf(map, i), ...(groups ? ['', groups.labels[at]] : [])];
  });
  const files = {
    'data.ndjson': strToU8(`${points.map((point) => JSON.stringify(point)).join('\n')}\n`),
    'grid.json': strToU8(JSON.stringify(gridOf(map, { indices, topics, groups }))),
  };
  return zipSync(files).slice();
}

interface Groups {
  readonly names: readonly string[];
  /** For each exported paper its group. */
  readonly labels: readonly number[];
}

/** The top topics, or the nearest ones for papers between them; null without topics. */
function groupsOf(indices: readonly number[], topics: TopicView | null): Groups | null {
  if (!topics || topics.tops.length === 0) return null;
  const used = topics.tops.filter((id) => indices.some((i) => topics.nearest[i] === id));
  const names = used.map((id) => topics.nodes.get(id)?.name ?? '');
  if (indices.some((i) => !used.includes(topics.nearest[i]))) return null;
  // Names are keys of an object.
  const distinct = names.map((name, at) => (names.indexOf(name) === at ? name : `${name} (${at + 1})`));
  return { names: distinct, labels: indices.map((i) => used.indexOf(topics.nearest[i])) };
}

function textOf({ corpus }: MapData, index: number): string {
  const { title, text } = corpus.papers[index];
  return [title, text].filter((part) => part !== '').join('\n\n');
}

interface Part {
  readonly indices: readonly number[];
  readonly topics: TopicView | null;
  readonly groups: Groups | null;
}

function gridOf(map: MapData, { indices, topics, groups }: Part) {
  const places = Float64Array.from(indices.flatMap((i) => [map.positions[2 * i], map.positions[2 * i + 1]]));
  for (let at = 0; at < places.length; at++) places[at] *= UNITS;
  const frame = frameOf(places);
  const { x, y, side } = frame;
  const { names = [], labels = [] } = groups ?? {};
  const members = names.map((_, group) => placesOf(places, (at) => labels[at] === group));
  const byName = <Value>(value: (member: Float64Array) => Value) =>
    Object.fromEntries(names.map((name, group) => [name, value(members[group])]));
  return {
    grid: densityOf(places, frame),
    xRange: [x, x + side],
    yRange: [y, y + side],
    padded: true,
    sampleSize: indices.length,
    totalPointSize: indices.length,
    ...(groups
      ? {
          groupGrids: byName((member) => densityOf(member, frame)),
          groupTotalPointSizes: byName((member) => member.length / 2),
          groupNames: names,
        }
      : {}),
    topic: namesOf(map, topics, frame),
    embeddingName: map.info.name || 'Portolan map',
  };
}

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** The square around the places that belong together. */
function frameOf(places: Float64Array): Frame {
  const { minX, minY, maxX, maxY } = placeExtent(places) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 };
  const side = Math.max(maxX - minX, maxY - minY, 1e-6) * (1 + 2 * MARGIN);
  return { x: round((minX + maxX - side) / 2), y: round((minY + maxY - side) / 2), side: round(side) };
}

function placesOf(places: Float64Array, isIn: (at: number) => boolean): Float64Array {
  return places.filter((_, at) => isIn(Math.floor(at / 2)));
}

/** Row r of the grid is the r-th from the lowest y, as NumPy's meshgrid has it. */
function densityOf(places: Float64Array, { x, y, side }: Frame): number[][] {
  const n = places.length / 2;
  const counts = new Float64Array(CELLS * CELLS);
  const perUnit = (CELLS - 1) / side;
  for (let at = 0; at < places.length; at += 2) {
    const [col, row] = [Math.round((places[at] - x) * perUnit), Math.round((places[at + 1] - y) * perUnit)];
    if (col >= 0 && col < CELLS && row >= 0 && row < CELLS) counts[row * CELLS + col]++;
  }
  // Silverman's rule for two dimensions: (n (d + 2) / 4)^(−1 / (d + 4)).
  const kernel = kernelOf(Math.max(1, n) ** (-1 / 6) * perUnit);
  const blurred = blur(blur(counts, kernel, 1, CELLS), kernel, CELLS, 1);
  const scale = perUnit ** 2 / Math.max(1, n);
  return Array.from({ length: CELLS }, (_, row) =>
    Array.from(blurred.subarray(row * CELLS, (row + 1) * CELLS), (value) => round(value * scale)),
  );
}

/** Half of a Gaussian of `deviation` cells, from its middle outwards, of sum 1 over both halves. */
function kernelOf(deviation: number): Float64Array {
  const reach = Math.min(CELLS, Math.max(1, Math.ceil(REACH * deviation)));
  const half = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-0.5 * (i / deviation) ** 2));
  const sum = half.reduce((all, value) => all + 2 * value, -half[0]);
  return half.map((value) => value / sum);
}

/** Convolves along one axis: `step` from cell to cell, `next` from line to line. */
function blur(cells: Float64Array, kernel: Float64Array, step: number, next: number): Float64Array {
  const out = new Float64Array(cells.length);
  for (let line = 0; line < CELLS; line++) {
    for (let i = 0; i < CELLS; i++) {
      const value = cells[line * next + i * step];
      if (value === 0) continue;
      const reach = kernel.length - 1;
      for (let j = Math.max(0, i - reach); j <= Math.min(CELLS - 1, i + reach); j++) {
        out[line * next + j * step] += value * kernel[Math.abs(i - j)];
      }
    }
  }
  return out;
}

/** Names by depth: those of the top at first, those of the parts as one looks closer. */
function namesOf({ positions }: MapData, topics: TopicView | null, { x, y, side }: Frame) {
  const data: Record<number, (string | number)[][]> = {};
  for (let depth = LEVELS.min; depth <= LEVELS.max; depth++) {
    const share = (depth - LEVELS.min) / (LEVELS.max - LEVELS.min);
    const level = Math.round(share * Math.max(0, (topics?.levels ?? 1) - 1));
    const shown = [...(topics?.nodes.values() ?? [])].filter(
      ({ topic, isHidden }) => !isHidden && topic.level === level,
    );
    data[depth] = shown.map(({ topic: { densest }, name }) => [
      round(positions[2 * densest] * UNITS),
      round(positions[2 * densest + 1] * UNITS),
      name,
    ]);
  }
  const extent = [
    [x, y],
    [x + side, y + side],
  ];
  return { extent, data, range: [x, y, x + side, y + side] };
}

/** Six digits, which float32 places have. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}

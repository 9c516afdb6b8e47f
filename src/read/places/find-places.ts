import type { Column, ColumnValue } from '../../model/paper.ts';
import { fitPlaces } from '../../model/places.ts';
import type { GivenPlaces } from '../../model/read-report.ts';
import { isGlobeName, isPlaceName, type PlaceNames, pairPlaceNames } from './place-names.ts';

/** Fewer papers with a place make no map. */
const MIN_PLACED = 3;
/** Values that say that there is no number, as programs write them. */
const NO_NUMBER = /^(?:[-+]?nan|[-+]?inf(?:inity)?|null|none|n\/?a|)$/iu;

/**
 * The pairs of columns that hold places, by their names and by their values: numbers in nearly all papers that have a
 * value, of which at least three differ. The likeliest pair comes first; a paper without a number in both (null, NaN,
 * infinite) is without a place. A column of lists of two numbers whose name says so holds places too; it is both `x` and
 * `y`. O(papers × columns).
 */
export function findPlaces(columns: readonly Column[]): GivenPlaces[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const pairs = pairPlaceNames(columns.map(({ name }) => name)).flatMap((names) => {
    const [x, y] = [byName.get(names.x), byName.get(names.y)];
    const found = x && y && placesIn(x, y, names);
    return found ? [found] : [];
  });
  const lists = columns.flatMap((column) => {
    const [x, y] = (isPlaceName(column.name) && splitLists(column)) || [];
    const names = { x: column.name, y: column.name, isGeographic: isGlobeName(column.name) };
    const found = x && y && placesIn(x, y, names);
    return found ? [found] : [];
  });
  return [...pairs, ...lists].sort((a, b) => Number(a.isGeographic) - Number(b.isGeographic));
}

/** `[0.5, -1]`, `0.5; -1`, `(0.5 -1)`, as a list of two numbers is written. */
const PAIR = /^\s*[[(]?\s*([-+.\deE]+|nan|null)\s*(?:[,;]\s*|\s)([-+.\deE]+|nan|null)\s*[\])]?\s*$/iu;

/** The first and second numbers of a column of lists of two; null when it holds anything else. */
function splitLists({ name, values }: Column): [x: Column, y: Column] | null {
  const xs: ColumnValue[] = [];
  const ys: ColumnValue[] = [];
  for (const value of values) {
    const pair = typeof value === 'string' && value.length < 100 ? PAIR.exec(value) : null;
    if (!pair && value !== null && value !== '') return null;
    xs.push(pair?.[1] ?? null);
    ys.push(pair?.[2] ?? null);
  }
  return [
    { name, values: xs },
    { name, values: ys },
  ];
}

function placesIn(xs: Column, ys: Column, { x, y, isGeographic }: PlaceNames): GivenPlaces | null {
  const n = xs.values.length;
  const places = new Float64Array(n * 2);
  let [words, placed] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [u, v] = [numberIn(xs.values[i]), numberIn(ys.values[i])];
    if (u === null || v === null) words++;
    places[i * 2] = u ?? Number.NaN;
    places[i * 2 + 1] = v ?? Number.NaN;
    if (Number.isFinite(places[i * 2]) && Number.isFinite(places[i * 2 + 1])) placed++;
  }
  // Words in more than one of twenty: not columns of numbers.
  if (placed < MIN_PLACED || words * 20 > n) return null;
  if (isGeographic && !onGlobe(places)) return null;
  const fitted = fitPlaces(places);
  if (countDistinct(fitted.positions, MIN_PLACED) < MIN_PLACED) return null;
  return { x, y, isGeographic, ...fitted };
}

/** A value as a number, NaN when it says that there is none; null when it is something else. */
function numberIn(value: ColumnValue): number | null {
  if (typeof value === 'number') return value;
  if (value === null) return Number.NaN;
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (NO_NUMBER.test(text)) return Number.NaN;
  // Where a semicolon divides cells, a comma usually stands for the point.
  const dotted = /^[-+]?\d+,\d+$/u.test(text) ? text.replace(',', '.') : text;
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/iu.test(dotted) ? Number(dotted) : null;
}

/**
 * Whether all are degrees of longitude and latitude. Then draws them as wide as the globe is at their middle latitude
 * (the equirectangular projection), in place.
 */
function onGlobe(places: Float64Array): boolean {
  let [low, high] = [90, -90];
  for (let at = 0; at < places.length; at += 2) {
    const [x, y] = [places[at], places[at + 1]];
    if (Math.abs(x) > 360 || Math.abs(y) > 90) return false;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const narrowing = Math.max(0.1, Math.cos((((low + high) / 2) * Math.PI) / 180));
  for (let at = 0; at < places.length; at += 2) places[at] *= narrowing;
  return true;
}

/** How many places differ, counted up to `enough`. */
function countDistinct(positions: Float32Array, enough: number): number {
  const seen = new Set<string>();
  for (let at = 0; at < positions.length && seen.size < enough; at += 2) {
    if (Number.isFinite(positions[at])) seen.add(`${positions[at]},${positions[at + 1]}`);
  }
  return seen.size;
}

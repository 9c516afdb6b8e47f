import { nearRange } from '../model/near-range.ts';
import type { ColumnValue } from '../model/paper.ts';
import type { NumberFacet } from './facet.ts';
import { binsOf } from './facet.ts';

/** Most bars of a histogram: enough to see a shape, few enough to point at one. */
const MAX_BARS = 40;
/** If the median is below this share of the maximum, bars of equal width would put nearly all papers in the first. */
const MAX_SKEWED_MEDIAN = 0.05;
/** Beyond it, a greater round border may be infinite. */
const MOST_SKEWED = 1e300;
/** Decades for which there are bars of growing width. */
const DECADES = 12;

/**
 * A histogram of numbers; anything but a finite number counts as no value. Bars are equally wide, with round borders
 * (1, 2 or 5 times a power of ten). Where values ≥ 0 are very skewed the borders grow instead: 0, 1, 2, 5, 10, 20 …
 * Where a few values are so far away that all others would fall into a few bars, they get one bar of their own at either
 * end. O(n log n).
 */
export function numberFacet(raw: readonly ColumnValue[]): NumberFacet {
  const values = Float64Array.from(raw, (value) => (typeof value === 'number' && Number.isFinite(value) ? value : NaN));
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const isWhole = sorted.every(Number.isInteger);
  const edges = edgesOf(sorted, isWhole);
  return { kind: 'number', isWhole, edges, values, size: edges.length - 1, bins: binsOf(values, edges) };
}

function edgesOf(sorted: Float64Array, isWhole: boolean): Float64Array {
  if (isSkewed(sorted)) return growingEdges(sorted);
  const [lowest, highest] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const near = nearRange(sorted);
  if (!near) return evenEdges(lowest, highest, isWhole);
  const [low, high] = near;
  const inner = sorted.filter((value) => value >= low && value <= high);
  const edges = isSkewed(inner) ? growingEdges(inner) : evenEdges(low, high, isWhole);
  const below = lowest < edges[0] ? [lowest] : [];
  const above = highest >= edges[edges.length - 1] ? [nextAfter(highest)] : [];
  return Float64Array.from([...below, ...edges, ...above]);
}

/** A border beyond `value`: one more, or the least that a floating-point number can tell; infinite beyond the last. */
function nextAfter(value: number): number {
  return value + 1 > value ? value + 1 : value + Math.abs(value) * 2 ** -52;
}

/** Round borders around low…high for at most {@link MAX_BARS} + 1 bars; whole numbers get whole borders. */
function evenEdges(low: number, high: number, isWhole: boolean): Float64Array {
  // Halved first, since the difference of two finite numbers may overflow.
  const least = 2 * (high / MAX_BARS / 2 - low / MAX_BARS / 2);
  const fallback = isWhole ? 1 : Math.max(Math.abs(high), Number.MIN_VALUE) / MAX_BARS;
  for (let { factor, power } = roundStep(least || fallback, isWhole); ; { factor, power } = nextStep(factor, power)) {
    const edgeAt = (k: number): number => (power < 0 ? (k * factor) / 10 ** -power : k * factor * 10 ** power);
    const width = edgeAt(1);
    const first = Math.floor(low / width);
    const last = Math.floor(high / width) + 1;
    if (last - first > MAX_BARS + 1) continue;
    const edges = Float64Array.from({ length: last - first + 1 }, (_, i) => edgeAt(first + i));
    if (areBorders(edges, low, high)) return edges;
    // One bar where floating-point numbers are too coarse for more.
    if (last - first <= 1 || power > 300) return Float64Array.of(low, Number.POSITIVE_INFINITY);
  }
}

/** Whether borders are valid: rounding may have moved one past a value, or made two of them equal. */
function areBorders(edges: Float64Array, low: number, high: number): boolean {
  const last = edges[edges.length - 1];
  return edges[0] <= low && last > high && Number.isFinite(last) && edges.every((edge, i) => !(edge <= edges[i - 1]));
}

interface Step {
  readonly factor: 1 | 2 | 5;
  readonly power: number;
}

/** The smallest round step of at least `width`, and at least 1 for whole numbers. */
function roundStep(width: number, isWhole: boolean): Step {
  const power = Math.max(Math.floor(Math.log10(width)), isWhole ? 0 : -300);
  let step: Step = { factor: 1, power };
  while (step.factor * 10 ** step.power < width) step = nextStep(step.factor, step.power);
  return step;
}

function nextStep(factor: number, power: number): Step {
  if (factor === 1) return { factor: 2, power };
  return factor === 2 ? { factor: 5, power } : { factor: 1, power: power + 1 };
}

function isSkewed(sorted: Float64Array): boolean {
  if (sorted.length < MAX_BARS || sorted[0] < 0) return false;
  const high = sorted[sorted.length - 1];
  const middle = sorted[sorted.length >> 1];
  return high > 20 && high < MOST_SKEWED && middle < MAX_SKEWED_MEDIAN * high && high <= (middle || 1) * 10 ** DECADES;
}

/** 0 and 1, 2, 5 times powers of ten, from the order of the smallest positive value to beyond the greatest value. */
function growingEdges(sorted: Float64Array): Float64Array {
  const high = sorted[sorted.length - 1];
  const positive = sorted[sorted.findIndex((value) => value > 0)];
  // Three borders a decade, so that MAX_BARS leaves room for about thirteen decades.
  const start = Math.max(Math.floor(Math.log10(positive)), Math.ceil(Math.log10(high)) - DECADES);
  const edges = [0];
  for (let step: Step = { factor: 1, power: start }; ; step = nextStep(step.factor, step.power)) {
    const edge = step.power < 0 ? step.factor / 10 ** -step.power : step.factor * 10 ** step.power;
    edges.push(edge);
    if (edge > high) return Float64Array.from(edges);
  }
}

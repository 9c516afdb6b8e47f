import type { CategoryFacet, Members, RangeFacet } from './facet.ts';

/** Live counts of one histogram; see {@link CrossFilter.watch}. */
export interface Watch {
  /** Papers in each bar and, last, in none, under all filters except that of its own slot. Changes in place. */
  readonly counts: Uint32Array;
  /** Stops counting. */
  end(): void;
}

/**
 * Which of n papers pass several filters at once, and how many each bar of each histogram would have without its own
 * filter. A filter is identified by its slot, a whole number ≥ 0. A change checks each paper once and then recounts
 * only those that it lets in or out (as Crossfilter does, Square 2012): moving a brush by one bar costs only that bar's
 * papers in each watched histogram.
 */
export interface CrossFilter {
  /** For each of n papers: 1 if it passes every filter, else 0. Changes in place. */
  readonly passing: Uint8Array;
  /** How many papers pass. */
  readonly kept: number;
  /** Papers recounted so far, over all histograms: for tests and benchmarks. */
  readonly counted: number;
  /** Sets a slot's filter: 1 for papers that pass (n, copied); null lets all pass. O(n + changed × watches). */
  setMask(slot: number, mask: Uint8Array | null): void;
  /**
   * Counts the papers of a histogram from now on: `bins[i]` ≤ `size` is the bar of paper i; with `members`, it is in all
   * of theirs, and in bar `size` if they are none. O(n + members) once.
   */
  watch(slot: number, bins: Uint16Array, size: number, members?: Members): Watch;
}

interface Histogram {
  readonly slot: number;
  readonly bins: Uint16Array;
  readonly counts: Uint32Array;
  readonly members: Members | null;
}

/** A cross-filter of n papers that all pass. */
export function makeCrossFilter(n: number): CrossFilter {
  const passing = new Uint8Array(n).fill(1);
  // How many filters each paper fails, and the sum of their slots: if a paper fails one filter, the sum is its slot.
  const fails = new Uint16Array(n);
  const slotSums = new Int32Array(n);
  const changed = new Uint32Array(n);
  const masks = new Map<number, Uint8Array>();
  const histograms = new Set<Histogram>();
  let kept = n;
  let counted = 0;
  return {
    passing,
    get kept() {
      return kept;
    },
    get counted() {
      return counted;
    },
    setMask(slot, mask) {
      const known = masks.get(slot);
      if (!known && !mask) return;
      const before = known ?? new Uint8Array(n).fill(1);
      masks.set(slot, before);
      const count = takeChanges(before, mask, changed);
      const papers = changed.subarray(0, count);
      for (const histogram of histograms) {
        if (histogram.slot === slot) continue;
        recount(histogram, papers, { before, fails, slotSums, slot });
        counted += count;
      }
      for (let c = 0; c < count; c++) {
        const i = papers[c];
        const step = before[i] ? 1 : -1;
        fails[i] += step;
        slotSums[i] += step * slot;
        before[i] ^= 1;
        const passes = fails[i] === 0 ? 1 : 0;
        kept += passes - passing[i];
        passing[i] = passes;
      }
      if (!mask) masks.delete(slot);
    },
    watch(slot, bins, size, members) {
      const counts = new Uint32Array(size + 1);
      const histogram: Histogram = { slot, bins, counts, members: members ?? null };
      countAll(histogram, fails, slotSums);
      counted += n;
      histograms.add(histogram);
      return { counts: histogram.counts, end: () => void histograms.delete(histogram) };
    },
  };
}

/** Writes the papers whose `mask` (null: all 1) differs from `before` into `changed`. Returns how many. */
function takeChanges(before: Uint8Array, mask: Uint8Array | null, changed: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < before.length; i++) {
    if (before[i] === (mask ? mask[i] : 1)) continue;
    changed[count++] = i;
  }
  return count;
}

interface Change {
  /** The mask of the slot before the change. */
  readonly before: Uint8Array;
  readonly fails: Uint16Array;
  readonly slotSums: Int32Array;
  readonly slot: number;
}

/** Corrects the counts: a histogram counts a paper that fails no filter except perhaps the histogram's own. */
function recount(histogram: Histogram, papers: Uint32Array, change: Change): void {
  const { slot: own } = histogram;
  const { before, fails, slotSums, slot } = change;
  for (let c = 0; c < papers.length; c++) {
    const i = papers[c];
    const wasIn = before[i];
    // How many other filters the paper fails. If it fails one that is not the histogram's own, its count stays.
    const others = wasIn ? fails[i] : fails[i] - 1;
    const sum = wasIn ? slotSums[i] : slotSums[i] - slot;
    if (others === 0 || (others === 1 && sum === own)) addTo(histogram, i, wasIn ? -1 : 1);
  }
}

function countAll(histogram: Histogram, fails: Uint16Array, slotSums: Int32Array): void {
  for (let i = 0; i < histogram.bins.length; i++) {
    if (fails[i] === 0 || (fails[i] === 1 && slotSums[i] === histogram.slot)) addTo(histogram, i, 1);
  }
}

function addTo({ bins, counts, members }: Histogram, i: number, step: number): void {
  if (!members || members.starts[i] === members.starts[i + 1]) {
    counts[bins[i]] += step;
    return;
  }
  for (let at = members.starts[i]; at < members.starts[i + 1]; at++) counts[members.bars[at]] += step;
}

/**
 * The bars of a histogram, each divided by a category: paper i is in bar `time.bins[i] × (parts.size + 1) +
 * parts.bins[i]`, so that one row of size + 1 counts is one bar of the histogram. Papers without a value in the
 * histogram are in the last row. O(n).
 */
export function pairBins(
  time: RangeFacet,
  parts: CategoryFacet,
): { readonly bins: Uint16Array; readonly size: number } {
  const width = parts.size + 1;
  const size = (time.size + 1) * width - 1;
  if (size > 65_535) throw new RangeError(`${time.size} bars of ${parts.size} parts are more than 65535`);
  return { bins: time.bins.map((bar, i) => bar * width + parts.bins[i]), size };
}

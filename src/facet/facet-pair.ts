import type { CategoryFacet, RangeFacet } from './facet.ts';

/**
 * The bars of a histogram, each divided by a category: paper i stands in bar `time.bins[i] × (parts.size + 1) +
 * parts.bins[i]`, so that one row of size + 1 counts is one bar of the histogram. Papers without a value of the
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

import type { LayoutComparison } from '../project/measure/compare-layouts.ts';
import type { PaperNames } from './match-papers.ts';

/** What is compared of a map: its places (n×2) and what its papers are recognised by. */
export interface ComparedMap extends PaperNames {
  readonly positions: Float32Array;
}

/** What the comparing worker offers. */
export interface CompareApi {
  /** Matches papers by `matchPapers` and compares by `compareLayouts`; null when too few are shared. */
  compare(own: ComparedMap, other: ComparedMap): Promise<LayoutComparison | null>;
}

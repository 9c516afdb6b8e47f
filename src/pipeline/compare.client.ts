import type { Corpus } from '../model/paper.ts';
import type { LayoutComparison } from '../project/measure/compare-layouts.ts';
import { makeWorkerSlot } from '../worker/worker-slot.ts';
import type { CompareApi, ComparedMap } from './compare.api.ts';

/** A map as far as it is compared. */
export interface PlacedPapers {
  readonly corpus: Corpus;
  readonly positions: Float32Array;
}

/** Compares two maps in a worker that lives as long as one call. */
export interface MapComparer {
  /** Null when fewer than three papers are shared. Everything is copied. Aborting rejects with `cancelled`. */
  compare(own: PlacedPapers, other: PlacedPapers, signal: AbortSignal): Promise<LayoutComparison | null>;
}

/** A comparer; its worker starts with each call. */
export function makeMapComparer(): MapComparer {
  const slot = makeWorkerSlot<CompareApi>(
    'compare',
    () => new Worker(new URL('./compare.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    async compare(own, other, signal) {
      const comparison = await slot.call((api) => api.compare(comparedOf(own), comparedOf(other)), { signal });
      slot.stop();
      return comparison;
    },
  };
}

function comparedOf({ corpus: { papers }, positions }: PlacedPapers): ComparedMap {
  return { ids: papers.map(({ id }) => id), titles: papers.map(({ title }) => title), positions };
}

import { proxy } from 'comlink';
import type { QuantizedMatrix } from '../../model/matrix.ts';
import { makeWorkerSlot } from '../../worker/worker-slot.ts';
import type { DimensionsApi, ReducedVectors, VectorsOfMap } from './dimensions.api.ts';
import type { KeptChoice } from './kept-dimensions.ts';

/** Shortens vectors in a worker that lives as long as one call. Everything is copied; aborting rejects with `cancelled`. */
export interface DimensionReducer {
  /** What each number of dimensions would keep, see `surveyDimensions`. */
  survey(
    embedding: QuantizedMatrix,
    call: { readonly signal: AbortSignal; readonly onDone: (done: number, total: number) => void },
  ): Promise<KeptChoice[]>;
  /** The vectors by a choice that `survey` has measured on them. */
  reduce(vectors: VectorsOfMap, choice: KeptChoice, signal: AbortSignal): Promise<ReducedVectors>;
}

/** A reducer; its worker starts with each call. */
export function makeDimensionReducer(): DimensionReducer {
  const slot = makeWorkerSlot<DimensionsApi>(
    'dimensions',
    () => new Worker(new URL('./dimensions.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    async survey(embedding, { signal, onDone }) {
      const choices = await slot.call((api) => api.survey(embedding, proxy(onDone)), { signal });
      slot.stop();
      return choices;
    },
    async reduce(vectors, choice, signal) {
      const reduced = await slot.call((api) => api.reduce(vectors, choice), { signal });
      slot.stop();
      return reduced;
    },
  };
}

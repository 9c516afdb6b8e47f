import { makeWorkerSlot } from '../../worker/worker-slot.ts';
import type { MapMeasures, MeasuredMap } from './measure-map.ts';
import type { MeasuresApi } from './measures.api.ts';

/** Measures maps in a worker that lives as long as one call. */
export interface MapMeasurer {
  /** See `measureMap`. Everything is copied. A newer call ends an older one, which rejects with `cancelled`. */
  measure(map: MeasuredMap): Promise<MapMeasures>;
}

/** A measurer; its worker starts with each call. */
export function makeMapMeasurer(): MapMeasurer {
  const slot = makeWorkerSlot<MeasuresApi>(
    'measures',
    () => new Worker(new URL('./measures.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    async measure({ positions, neighbors, embedding }) {
      slot.stop();
      const measures = await slot.call((api) => api.measure({ positions, neighbors, embedding }));
      // It measured what there is: no second call comes before another map is open.
      slot.stop();
      return measures;
    },
  };
}

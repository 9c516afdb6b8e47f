import { isCancelled } from '../../model/failure.ts';
import { makeWorkerSlot } from '../../worker/worker-slot.ts';
import type { ContoursApi } from './contours.api.ts';
import type { ContourRequest, Contours } from './contours.ts';

/** Density contours, computed in a worker. */
export interface ContourTracer {
  /**
   * The contours of each group of papers, in the order of the groups. Only the newest call counts: one overtaken by a
   * newer one, or cut off by `dispose` or `signal`, resolves to null. Positions and indices are copied.
   * Rejects with `worker-died` or `worker-silent` when the worker was lost; the next call starts a new one.
   */
  trace(
    request: ContourRequest,
    call?: { readonly signal?: AbortSignal | undefined },
  ): Promise<readonly Contours[] | null>;
  /** Ends the worker; the next call starts a new one. */
  dispose(): void;
}

/** A tracer whose worker starts with the first call. */
export function makeContourTracer(): ContourTracer {
  const slot = makeWorkerSlot<ContoursApi>(
    'contours',
    () => new Worker(new URL('./contours.worker.ts', import.meta.url), { type: 'module' }),
  );
  let newest = 0;
  return {
    async trace(request, { signal } = {}) {
      const ticket = ++newest;
      try {
        const traced = await slot.call((api) => api.trace(ticket, request), { signal });
        return ticket === newest ? traced : null;
      } catch (error) {
        if (ticket !== newest || isCancelled(error)) return null;
        throw error;
      }
    },
    dispose: () => slot.stop(),
  };
}

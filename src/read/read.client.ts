import { proxy } from 'comlink';
import type { OnProgress } from '../model/progress.ts';
import { makeWorkerSlot } from '../worker/worker-slot.ts';
import { makePartCollector } from './corpus-parts.ts';
import type { ReadApi, ReadInput, ReadOptions, ReadResult } from './read.api.ts';

interface ReadCallOptions {
  /** Aborting terminates the worker and rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the bytes read of all files. */
  readonly onProgress?: OnProgress | undefined;
}

/** The page's side of the read worker. */
export interface Reader {
  /** Reads all inputs, in the order given, into one corpus. Rejects with a StageError. */
  read(inputs: readonly ReadInput<Blob>[], options?: ReadOptions, call?: ReadCallOptions): Promise<ReadResult>;
  /** Terminates the worker; pending calls reject with `cancelled`. */
  dispose(): void;
}

/** A reader that starts its worker with the first call and terminates it after the last one to free its memory. */
export function makeReader(): Reader {
  const slot = makeWorkerSlot<ReadApi<Blob>>(
    'read',
    () => new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module' }),
  );
  let running = 0;
  return {
    async read(inputs, options = {}, { signal, onProgress } = {}) {
      const collector = makePartCollector();
      const began = performance.now();
      const progress = proxy<OnProgress>((step) => {
        const leftMs = step.done > 0 ? ((performance.now() - began) * (step.total - step.done)) / step.done : null;
        onProgress?.({ ...step, leftMs });
      });
      running++;
      try {
        const { noun, ...rest } = await slot.call(
          (api) => api.read(inputs, options, proxy(collector.receive), progress),
          {
            signal,
          },
        );
        return { corpus: { ...collector.corpus(), noun }, vectors: collector.vectors(), ...rest };
      } finally {
        if (--running === 0) slot.stop();
      }
    },
    dispose: slot.stop,
  };
}

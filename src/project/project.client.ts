import { proxy, transfer } from 'comlink';
import type { OnProgress } from '../model/progress.ts';
import { makeWorkerSlot } from '../worker/worker-slot.ts';
import type { ProjectOptions } from './layout/engine.ts';
import type { ExtendedMap, MapToExtend, OnPreview, ProjectApi, ProjectResult } from './project.api.ts';

/** Options of every call. */
interface ProjectCall {
  /** Aborting ends the worker at once, with all the vectors that it holds, and rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a call that reports its progress. */
interface ExtendCall extends ProjectCall {
  readonly onProgress?: OnProgress;
}

/** Options of a run. */
interface ProjectRunCall extends ExtendCall {
  /** Called at most ten times a second. */
  readonly onPreview?: OnPreview;
  /** Where the layout begins; see {@link ProjectApi.run}. Copied. */
  readonly start?: Float32Array | null;
}

/**
 * The projection worker as seen from the page. After `cancelled`, `worker-died` or `worker-silent` the vectors are
 * gone: call `begin` and `add` again.
 */
export interface Projector {
  begin(n: number, d: number, call?: ProjectCall): Promise<void>;
  /** Both arrays are transferred: they are empty afterwards. */
  add(indices: Int32Array, vectors: Float32Array, call?: ProjectCall): Promise<void>;
  preview(call?: ProjectCall): Promise<Float32Array>;
  run(options: ProjectOptions, call?: ProjectRunCall): Promise<ProjectResult>;
  /** Copies the map; see {@link ProjectApi.extend}. */
  extend(map: MapToExtend, call?: ExtendCall): Promise<ExtendedMap>;
  /** Pauses the layout until `resume` or the end of the run. Cancelling works meanwhile. */
  pause(call?: ProjectCall): Promise<void>;
  resume(call?: ProjectCall): Promise<void>;
  /** Ends the worker; pending calls reject with `cancelled`. */
  dispose(): void;
}

/** A projector whose worker starts with the first call. For each method see {@link ProjectApi}. */
export function makeProjector(): Projector {
  const slot = makeWorkerSlot<ProjectApi>(
    'project',
    () => new Worker(new URL('./project.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    begin: (n, d, { signal } = {}) => slot.call((api) => api.begin(n, d), { signal }),
    add: (indices, vectors, { signal } = {}) =>
      slot.call((api) => api.add(transfer(indices, [indices.buffer]), transfer(vectors, [vectors.buffer])), { signal }),
    preview: ({ signal } = {}) => slot.call((api) => api.preview(), { signal }),
    run: (options, { signal, onProgress = () => {}, onPreview = () => {}, start = null } = {}) =>
      slot.call((api) => api.run(options, proxy(onProgress), proxy(onPreview), start), { signal }),
    extend: (map, { signal, onProgress = () => {} } = {}) =>
      slot.call((api) => api.extend(map, proxy(onProgress)), { signal }),
    pause: ({ signal } = {}) => slot.call((api) => api.pause(), { signal }),
    resume: ({ signal } = {}) => slot.call((api) => api.resume(), { signal }),
    dispose: () => slot.stop(),
  };
}

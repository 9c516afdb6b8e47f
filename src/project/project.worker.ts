import { releaseProxy, transfer } from 'comlink';
import { installTrustedScripts } from '../offline/trusted-scripts.web.ts';
import { nextTask, serve } from '../worker/serve.web.ts';
import { loadKernels } from './kernels/kernels.web.ts';
import type { EngineName, ProjectionEngine } from './layout/engine.ts';
import { extendMap } from './layout/extend-map.ts';
import { makeUmapEngine } from './layout/umap-engine.ts';
import { makeKnnHelper } from './neighbors/knn.client.ts';
import type { ProjectApi } from './project.api.ts';
import { makeProjectSession } from './project-session.ts';
import { makeGate, makeReporter } from './reporter.ts';

// The scripts of its helpers are beside its own.
installTrustedScripts(new URL(/* @vite-ignore */ './', import.meta.url).href);
const kernels = loadKernels();
const clock = { now: () => performance.now(), breathe: nextTask };
const session = makeProjectSession({
  ...clock,
  engine: loadEngine,
  kernels,
  cores: navigator.hardwareConcurrency,
  // Some older browsers cannot start a worker from a worker.
  startHelper: typeof Worker === 'function' ? makeKnnHelper : null,
  rest: () => new Promise((resolve) => setTimeout(resolve, 2)),
});

async function loadEngine(name: EngineName): Promise<ProjectionEngine> {
  if (name === 'umap-js') return (await import('./layout/umap-js-engine.ts')).umapJsEngine;
  return makeUmapEngine(await kernels);
}

const api: ProjectApi = {
  async begin(n, d) {
    session.begin(n, d);
  },
  async add(indices, vectors) {
    session.add(indices, vectors);
  },
  async preview() {
    const positions = session.preview();
    return transfer(positions, [positions.buffer]);
  },
  async pause() {
    session.pause();
  },
  async resume() {
    session.resume();
  },
  async extend(map, onProgress) {
    try {
      const gate = makeGate();
      const reporter = makeReporter(clock, { onProgress, onPreview: () => {}, gate });
      return await extendMap(map, await kernels, reporter);
    } finally {
      release(onProgress);
    }
  },
  async run(options, onProgress, onPreview, start) {
    try {
      const show = (positions: Float32Array) => onPreview(transfer(positions, [positions.buffer]));
      const result = await session.run(options, onProgress, show, start);
      const { positions, neighbors, embedding } = result;
      const arrays = [positions, neighbors.indices, neighbors.distances, embedding.data, embedding.scales];
      const buffers = arrays.map((array) => array.buffer);
      if (result.preservation) buffers.push(result.preservation.buffer);
      return transfer(result, buffers);
    } finally {
      // Comlink keeps a port open for each callback until it is released.
      release(onProgress);
      release(onPreview);
    }
  },
};

function release(callback: object): void {
  const free: unknown = Reflect.get(callback, releaseProxy);
  if (typeof free === 'function') free();
}

serve(api);

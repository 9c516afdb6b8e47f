import { proxy } from 'comlink';
import type { DeviceChoice } from '../../src/encode/backends.web.ts';
import { makeEncoder, makeEncodeSlot } from '../../src/encode/encode.client.ts';
import { DEFAULT_MODEL, type Device, type ModelDtype, modelSpecOf } from '../../src/encode/model-spec.ts';
import { makeRandom } from '../../src/math/random.ts';
import { isCancelled } from '../../src/model/failure.ts';
import type { EncodeInfo } from '../../src/model/map-data.ts';
import { DEFAULT_PROJECT_OPTIONS } from '../../src/project/layout/engine.ts';
import { makeProjector } from '../../src/project/project.client.ts';

/** What the test asks of the page: the real workers, model and runtime, without the app around them. */
export interface ParityDoor {
  run(dtype: ModelDtype, texts: readonly string[], device?: Device): Promise<{ ids: number[][]; vectors: number[][] }>;
  /** Word piece ids of each text, specials included. */
  pieces(texts: readonly string[]): Promise<number[][]>;
  whole(dtype: ModelDtype, texts: readonly string[]): Promise<{ pieces: number[]; vectors: number[][] }>;
  /** The whole way of a run: cache, pool and all. */
  encode(workers: number, texts: readonly string[], options?: EncodeOptions): Promise<EncodedByPool>;
  /** Lays out rows at random in the real projection worker with this many threads. */
  project(order: ProjectOrder): Promise<ProjectReport>;
}

export interface EncodeOptions {
  /** Ends the newest worker after the first vectors. */
  readonly murder?: boolean;
  /** `owner/name` on the hub; default our own. */
  readonly model?: string;
  readonly device?: DeviceChoice;
}

export interface EncodedByPool {
  readonly vectors: number[][];
  /** Packed, of each text. */
  readonly sentences: number[][];
  readonly cached: number;
  readonly computed: number;
  /** Encode workers that were started. */
  readonly started: number;
  readonly info: EncodeInfo;
  /** What was said of a device that is not used. */
  readonly stepsDown: string[];
}

export interface ProjectOrder {
  readonly rows: number;
  readonly cols: number;
  readonly threads: number | null;
  readonly epochs: number;
  /** Milliseconds after its start at which the run is cancelled; null: never. */
  readonly cancelMs: number | null;
}

export interface ProjectReport {
  readonly threads: number;
  readonly positions: number[];
  readonly neighbors: number[];
  /** Wall time until the first epoch. */
  readonly neighborMs: number;
  /** From the cancelling to the rejection. */
  readonly cancelledMs: number | null;
}

const baseUrl = new URL('./', document.baseURI).href;

async function withWorker<T>(
  dtype: ModelDtype,
  use: (slot: ReturnType<typeof makeEncodeSlot>) => Promise<T>,
  device: Device = 'wasm',
): Promise<T> {
  const slot = makeEncodeSlot();
  try {
    await slot.call((api) => api.configure({ ...DEFAULT_MODEL, dtype, device }, baseUrl));
    await slot.call((api) => api.load(proxy(() => undefined)));
    return await use(slot);
  } finally {
    slot.stop();
  }
}

function rowsOf(vectors: Float32Array, count: number): number[][] {
  const d = vectors.length / count;
  return Array.from({ length: count }, (_, i) => Array.from(vectors.subarray(i * d, (i + 1) * d)));
}

async function project({ rows, cols, threads, epochs, cancelMs }: ProjectOrder): Promise<ProjectReport> {
  const projector = makeProjector();
  const random = makeRandom(rows);
  // A few directions a row share with many others: groups without an edge.
  const bases = Float32Array.from({ length: 64 * cols }, () => random() - 0.5);
  const vectors = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) {
    const base = Math.floor(random() * 64) * cols;
    for (let j = 0; j < cols; j++) vectors[i * cols + j] = bases[base + j] + random() - 0.5;
  }
  const controller = new AbortController();
  let [began, laidOut, cancelledMs] = [performance.now(), 0, 0];
  try {
    await projector.begin(rows, cols);
    await projector.add(
      Int32Array.from({ length: rows }, (_, i) => i),
      vectors,
    );
    if (cancelMs !== null) {
      setTimeout(() => {
        cancelledMs = performance.now();
        controller.abort();
      }, cancelMs);
    }
    began = performance.now();
    const result = await projector.run(
      { ...DEFAULT_PROJECT_OPTIONS, threads, epochs },
      {
        signal: controller.signal,
        onProgress: ({ stage }) => {
          if (stage === 'laying out' && laidOut === 0) laidOut = performance.now();
        },
      },
    );
    return {
      threads: result.threads,
      positions: Array.from(result.positions),
      neighbors: Array.from(result.neighbors.indices),
      neighborMs: laidOut - began,
      cancelledMs: null,
    };
  } catch (error) {
    if (!isCancelled(error)) throw error;
    return { threads: 0, positions: [], neighbors: [], neighborMs: 0, cancelledMs: performance.now() - cancelledMs };
  } finally {
    projector.dispose();
  }
}

const door: ParityDoor = {
  project,
  run: (dtype, texts, device) =>
    withWorker(
      dtype,
      async (slot) => {
        const ids: number[][] = [];
        for (const text of texts) ids.push(await slot.call((api) => api.pieceIds(text)));
        const cut = ids.map((row) => (row.length <= 256 ? row : [...row.slice(0, 255), ...row.slice(-1)]));
        const vectors = await slot.call((api) => api.encodeIds(cut));
        return { ids: cut, vectors: rowsOf(vectors, texts.length) };
      },
      device,
    ),
  pieces: (texts) =>
    withWorker('q8', async (slot) => {
      const ids: number[][] = [];
      for (const text of texts) ids.push(await slot.call((api) => api.pieceIds(text)));
      return ids;
    }),
  whole: (dtype, texts) =>
    withWorker(dtype, async (slot) => {
      const encoded = await slot.call((api) => api.encode(texts.map((text) => ({ segments: [text] }))));
      return { pieces: Array.from(encoded.pieces), vectors: rowsOf(encoded.vectors, texts.length) };
    }),
  async encode(workers, texts, { murder = false, model = '', device = 'auto' } = {}) {
    const stepsDown: string[] = [];
    const encoder = makeEncoder(modelSpecOf(model), {
      workers,
      device,
      onFallback: (failure) => stepsDown.push(failure.message),
    });
    const before = started;
    let victim = murder;
    const vectors: number[][] = [];
    const sentences: number[][] = [];
    try {
      const { cached, computed, info } = await encoder.encode(
        {
          count: texts.length,
          lengthOf: (index) => texts[index].length,
          inputOf: (index) => ({ segments: [texts[index]] }),
        },
        {
          onBatch: (batch) => {
            const rows = rowsOf(batch.vectors, batch.indices.length);
            batch.indices.forEach((index, i) => {
              vectors[index] = rows[i];
              sentences[index] = Array.from(batch.sentences[i]);
            });
            if (victim) newest?.terminate();
            victim = false;
          },
        },
      );
      return { vectors, sentences, cached, computed, started: started - before, info, stepsDown };
    } finally {
      encoder.dispose();
    }
  },
};

let started = 0;
let newest: Worker | null = null;
window.Worker = class extends Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    started++;
    newest = this;
  }
};

Object.assign(window, { parityDoor: door });

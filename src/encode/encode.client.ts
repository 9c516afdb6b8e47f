import { proxy } from 'comlink';
import { type Failure, isWorkerLost } from '../model/failure.ts';
import { makeWorkerSlot, type WorkerSlot } from '../worker/worker-slot.ts';
import { type DeviceChoice, makeBackends } from './backends.web.ts';
import type { EncodeApi, ModelFile, OnLoad } from './encode.api.ts';
import { type EncodePool, makeEncodePool } from './encode-pool.web.ts';
import { type EncodeOutcome, type EncodeRun, runEncoding, type TextSource } from './encode-run.web.ts';
import { findGpuAdapter, poolSize, recallDevice, rememberDevice, thisMachine } from './machine.client.ts';
import type { ModelSpec } from './model-spec.ts';
import type { EncodeInput } from './text-encoder.ts';

/** Encodes texts as unit vectors, in workers that start with the first call. */
export interface Encoder {
  /**
   * Passes each text's vector to `onBatch` once, except for texts set aside. Rejects at once when aborted; finished
   * vectors stay in the cache.
   */
  encode<Text extends EncodeInput>(texts: TextSource<Text>, run: EncodeRun<Text>): Promise<EncodeOutcome>;
  /**
   * The unit vector of a query, which is not stored. Loads the model if needed. A query cannot be cancelled, since that
   * would cost the worker its model. Rejects with model-missing, model-failed, or a worker's failure.
   */
  encodeQuery(text: string, onLoad: OnLoad): Promise<Float32Array>;
  dispose(): void;
}

/** What an encoder runs on. */
export interface EncoderOptions {
  /** Number of workers on the processor (1…16); null: see `poolSize`. */
  readonly workers: number | null;
  /** Default: the faster one. `webgpu` accepts any adapter with correct results. */
  readonly device?: DeviceChoice;
  /** The model's own files, for a model that is not fetched. */
  readonly files?: readonly ModelFile[];
  /** Called when the graphics device was tried or asked for but is not used. */
  readonly onFallback?: (failure: Failure) => void;
}

/** Makes an encoder for the model `spec`. */
export function makeEncoder(spec: ModelSpec, options: EncoderOptions): Encoder {
  const machine = thisMachine();
  const workers = poolSize(machine, options.workers);
  const backends = makeBackends({
    spec,
    // Tabs on iOS have little memory, and compiling the larger runtime takes much of it.
    choice: machine.isIos ? 'wasm' : (options.device ?? 'auto'),
    workers,
    makePool: (some) => poolOf(some, workers, options.files ?? []),
    findAdapter: findGpuAdapter,
    recall: (adapter) => recallDevice(adapter, spec.id, Date.now()),
    remember: (adapter, device) => rememberDevice(adapter, spec.id, device, Date.now()),
    onFallback: options.onFallback ?? (() => {}),
    now: () => performance.now(),
  });
  return {
    encode: (texts, run) => runEncoding(backends, texts, run),
    async encodeQuery(text, onLoad) {
      const ask = async (): Promise<Float32Array> => {
        const { pool } = backends.current;
        await pool.loadLead(onLoad);
        return pool.ask((api) => api.encodeQuery({ segments: [text] }));
      };
      // A worker that replaces a lost one has no model yet.
      return ask().catch((error: unknown) => (isWorkerLost(error) ? ask() : Promise.reject(error)));
    },
    dispose: () => backends.stop(),
  };
}

/** The worker slot alone, for tests that compare the worker with reference vectors. */
export function makeEncodeSlot(): WorkerSlot<EncodeApi> {
  return makeWorkerSlot<EncodeApi>(
    'encode',
    () => new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' }),
  );
}

/** The graphics device is given up after this many losses within a minute. */
const GPU_ENDS = 2;
const GPU_FIRST_TIMEOUT_MS = 120_000;

function poolOf(spec: ModelSpec, workers: number, given: readonly ModelFile[]): EncodePool {
  const baseUrl = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  const isGpu = spec.device === 'webgpu';
  return makeEncodePool({
    makeSlot: makeEncodeSlot,
    size: isGpu ? 1 : workers,
    configure: (slot) => slot.call((api) => api.configure(spec, baseUrl)),
    load: (slot, files, onLoad) => slot.call((api) => api.load(proxy(onLoad), files ?? given)),
    now: () => performance.now(),
    ...(isGpu ? { maxEnds: GPU_ENDS, firstTimeoutMs: GPU_FIRST_TIMEOUT_MS } : {}),
  });
}

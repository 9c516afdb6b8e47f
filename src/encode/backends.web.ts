import { type Failure, isCancelled, toFailure } from '../model/failure.ts';
import type { OnLoad } from './encode.api.ts';
import type { EncodePool } from './encode-pool.web.ts';
import { type Device, gpuSpecOf, type ModelSpec } from './model-spec.ts';
import type { EncodeInput } from './text-encoder.ts';

/** The device to run the model on; `auto` chooses the faster one on this machine. */
export type DeviceChoice = Device | 'auto';

/** A graphics adapter. */
export interface GpuAdapter {
  /** Identifies the browser and adapter. */
  readonly key: string;
  /** A software adapter, which is never faster than WebAssembly. */
  readonly isFallback: boolean;
  readonly hasF16: boolean;
}

/** A device for the model, and its workers. */
export interface Backend {
  readonly spec: ModelSpec;
  readonly pool: EncodePool;
}

/** What {@link makeBackends} needs; tests substitute their own. */
export interface BackendParts {
  /** The model in its best format for the processor. */
  readonly spec: ModelSpec;
  readonly choice: DeviceChoice;
  /** Number of workers on the processor. */
  readonly workers: number;
  readonly makePool: (spec: ModelSpec) => EncodePool;
  /** Resolves to null when no adapter may be used. */
  readonly findAdapter: () => Promise<GpuAdapter | null>;
  readonly recall: (adapter: GpuAdapter) => Device | null;
  readonly remember: (adapter: GpuAdapter, device: Device) => void;
  /** Called each time that the graphics device was tried or asked for but is not used. */
  readonly onFallback: (failure: Failure) => void;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
}

/** What the choice of a backend for a run depends on. */
export interface BackendWork {
  /** UTF-16 units of all texts. */
  readonly characters: number;
  /** Some of the texts, for looking up the cache and for a trial. */
  readonly sample: readonly EncodeInput[];
  readonly signal: AbortSignal | undefined;
  readonly onLoad: OnLoad;
}

/** Chooses the model's device: the graphics device if its results are right and it is faster, else WebAssembly. */
export interface Backends {
  /** Runs queries. */
  readonly current: Backend;
  /** The backend for a run, by what is known before any trial. */
  begin(work: BackendWork): Promise<Backend>;
  /**
   * Tries both devices on the sample if the faster one is unknown and a trial pays. Returns the faster one, or null
   * when nothing was tried. Rejects with `cancelled`.
   */
  decide(work: BackendWork): Promise<Backend | null>;
  /**
   * The replacement for the current backend after `error`; null when there is none.
   * @param hasVectors some texts of the run have their vectors, so the others must be made by the same model file
   */
  fallBack(error: unknown, hasVectors: boolean): Backend | null;
  stop(): void;
}

/** Fewer characters (some 230 abstracts) are encoded before the other runtime and model (30 MB) have loaded. */
const WORTH_A_TRIAL = 300_000;
/** Minimum number of characters for starting a device that has proved faster. */
const WORTH_A_GPU = 20_000;
/** A smaller speed-up is not worth the risk of the graphics device. */
const MIN_GAIN = 1.2;

/** Makes backends; nothing has been tried yet. */
export function makeBackends(parts: BackendParts): Backends {
  const { spec, choice } = parts;
  const make = (some: ModelSpec): Backend => ({ spec: some, pool: parts.makePool(some) });
  const base = make(spec);
  let current = base;
  let adapter: GpuAdapter | null = null;
  /** Whether the graphics device is ruled out for good. */
  let isRefused = choice === 'wasm';

  const use = (backend: Backend): Backend => {
    if (current !== backend && current !== base) current.pool.stop();
    current = backend;
    return backend;
  };
  const conclude = (found: GpuAdapter | null, verdict: Device | Failure): void => {
    const device = deviceToRemember(verdict);
    if (found && device) parts.remember(found, device);
    if (typeof verdict === 'string') return;
    isRefused = true;
    parts.onFallback(verdict);
  };
  async function findGpu(): Promise<{ found: GpuAdapter; start: () => Backend } | null> {
    adapter ??= await parts.findAdapter();
    const found = adapter && (choice === 'webgpu' || !adapter.isFallback) ? adapter : null;
    const gpuSpec = found && gpuSpecOf(spec, found.hasF16);
    if (!gpuSpec && choice === 'webgpu') conclude(null, found ? NO_FILE : NO_ADAPTER);
    return gpuSpec && { found, start: () => (current.spec.device === 'webgpu' ? current : make(gpuSpec)) };
  }

  return {
    get current() {
      return current;
    },
    async begin(work) {
      const gpu = isRefused ? null : await findGpu();
      return use(gpu && (await isGpuWorthIt(gpu.found, current, base, work, parts)) ? gpu.start() : base);
    },
    async decide(work) {
      if (isRefused || choice !== 'auto' || current !== base || work.characters < WORTH_A_TRIAL) return null;
      const gpu = await findGpu();
      if (!gpu || parts.recall(gpu.found) !== null) return null;
      const backend = gpu.start();
      const verdict = await tryBoth(backend, base, work, parts);
      conclude(gpu.found, verdict);
      if (verdict === 'webgpu') return use(backend);
      backend.pool.stop();
      return base;
    },
    fallBack(error, hasVectors) {
      if (current.spec.device !== 'webgpu' || isCancelled(error)) return null;
      conclude(adapter, toFailure(error, 'encode'));
      return use(hasVectors ? make({ ...current.spec, device: 'wasm' }) : base);
    },
    stop() {
      base.pool.stop();
      current.pool.stop();
    },
  };
}

const NO_ADAPTER: Failure = {
  code: 'device-wrong',
  stage: 'encode',
  message: 'this browser gives no graphics adapter',
};

const NO_FILE: Failure = {
  code: 'device-wrong',
  stage: 'encode',
  message: 'this model has no file in float arithmetic, as the graphics device needs it',
};

/** The device to remember; a file that could not be fetched says nothing about the device. */
function deviceToRemember(verdict: Device | Failure): Device | null {
  if (typeof verdict === 'string') return verdict;
  return verdict.code === 'model-missing' ? null : 'wasm';
}

/** Whether a run should begin on the graphics device, by what is known before any trial. */
async function isGpuWorthIt(
  adapter: GpuAdapter,
  current: Backend,
  base: Backend,
  { characters, sample, signal }: BackendWork,
  { choice, recall }: BackendParts,
): Promise<boolean> {
  if (choice === 'webgpu') return true;
  if (recall(adapter) !== 'webgpu') return false;
  if (current.spec.device === 'webgpu') return true;
  if (characters < WORTH_A_GPU) return false;
  // Reading stored vectors is faster still.
  const { rows } = await base.pool.ask((api) => api.recall(sample), signal);
  return rows.some((row) => row < 0);
}

/**
 * The graphics device if it is at least a fifth faster than all workers on the processor, estimated from one of them;
 * otherwise why it cannot be used. Rejects with `cancelled` after stopping its workers.
 */
async function tryBoth(
  gpu: Backend,
  base: Backend,
  work: BackendWork,
  { workers, now }: BackendParts,
): Promise<Device | Failure> {
  try {
    const wasmRate = await rateOf(base, work, now);
    return (await rateOf(gpu, work, now)) >= MIN_GAIN * wasmRate * workers ? 'webgpu' : 'wasm';
  } catch (error) {
    if (!isCancelled(error)) return toFailure(error, 'encode');
    gpu.pool.stop();
    throw error;
  }
}

/** Word pieces per millisecond of one warm worker. */
async function rateOf({ pool }: Backend, { sample, signal, onLoad }: BackendWork, now: () => number): Promise<number> {
  await pool.loadLead(onLoad);
  // The first run compiles; a graphics device compiles for each width.
  await pool.ask((api) => api.encode(sample), signal);
  await pool.ask((api) => api.settle());
  const began = now();
  const { pieces } = await pool.ask((api) => api.encode(sample), signal);
  return pieces.reduce((sum, count) => sum + count, 0) / Math.max(1, now() - began);
}

import { type Failure, isCancelled, toFailure } from '../model/failure.ts';
import type { OnLoad } from './encode.api.ts';
import type { EncodePool } from './encode-pool.web.ts';
import { type Device, gpuSpecOf, type ModelSpec } from './model-spec.ts';
import type { EncodeInput } from './text-encoder.ts';

/** What may run the model: one of the two, or whichever is faster on this machine. */
export type DeviceChoice = Device | 'auto';

/** What is known of a graphics adapter. */
export interface GpuAdapter {
  /** The same for the same browser and adapter. */
  readonly key: string;
  /** Software that plays a graphics device: never faster than WebAssembly. */
  readonly isFallback: boolean;
  readonly hasF16: boolean;
}

/** A way to run the model, and the workers that do. */
export interface Backend {
  readonly spec: ModelSpec;
  readonly pool: EncodePool;
}

/** What {@link makeBackends} needs; a test brings its own. */
export interface BackendParts {
  /** The model as the processor runs it best. */
  readonly spec: ModelSpec;
  readonly choice: DeviceChoice;
  /** Workers on the processor. */
  readonly workers: number;
  readonly makePool: (spec: ModelSpec) => EncodePool;
  /** Null where there is none that may be used. */
  readonly findAdapter: () => Promise<GpuAdapter | null>;
  readonly recall: (adapter: GpuAdapter) => Device | null;
  readonly remember: (adapter: GpuAdapter, device: Device) => void;
  /** Told once for each time that the graphics device was tried or asked for, and is not used. */
  readonly onFallback: (failure: Failure) => void;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
}

/** What has to be known of a run to choose its backend. */
export interface BackendWork {
  /** UTF-16 units of all its texts. */
  readonly characters: number;
  /** Some of its texts, for the cache and for a trial. */
  readonly sample: readonly EncodeInput[];
  readonly signal: AbortSignal | undefined;
  readonly onLoad: OnLoad;
}

/** Which device runs the model: the graphics device where it answers rightly and is faster, else WebAssembly. */
export interface Backends {
  /** Where single questions go. */
  readonly current: Backend;
  /** The backend for a run, by what is known before it. */
  begin(work: BackendWork): Promise<Backend>;
  /**
   * Tries both on the sample, where that is not known yet and pays, and returns the faster; null when it tried nothing.
   * Rejects with `cancelled`.
   */
  decide(work: BackendWork): Promise<Backend | null>;
  /**
   * What takes the place of the current backend after `error`; null when there is nothing to fall back on.
   * @param hasVectors some texts of the run have their vectors: the others are then made by the same file
   */
  fallBack(error: unknown, hasVectors: boolean): Backend | null;
  stop(): void;
}

/** Below so many characters the work is done before the other runtime and model (30 MB) are there: some 230 abstracts. */
const WORTH_A_TRIAL = 300_000;
/** What a device that has proved faster is started for. */
const WORTH_A_GPU = 20_000;
/** A device that is hardly faster is not worth what may go wrong with it. */
const MIN_GAIN = 1.2;

/** Backends of which none has been tried yet. */
export function makeBackends(parts: BackendParts): Backends {
  const { spec, choice } = parts;
  const make = (some: ModelSpec): Backend => ({ spec: some, pool: parts.makePool(some) });
  const base = make(spec);
  let current = base;
  let adapter: GpuAdapter | null = null;
  /** Whether the graphics device has been given up for good. */
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

/** A file that could not be fetched says nothing of the device. */
function deviceToRemember(verdict: Device | Failure): Device | null {
  if (typeof verdict === 'string') return verdict;
  return verdict.code === 'model-missing' ? null : 'wasm';
}

/** Whether a run is begun on the graphics device, by what is known of it before. */
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
  // What is in storage already is faster still.
  const { rows } = await base.pool.ask((api) => api.recall(sample), signal);
  return rows.some((row) => row < 0);
}

/**
 * The graphics device if it is faster, by at least a fifth, than all workers on the processor, taken as if each were as
 * fast as one alone; or why it cannot be used. Rejects with `cancelled`, and has then ended its workers.
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

/** Word pieces a millisecond of one worker, warm. */
async function rateOf({ pool }: Backend, { sample, signal, onLoad }: BackendWork, now: () => number): Promise<number> {
  await pool.loadLead(onLoad);
  // The first run compiles; on a graphics device for each width.
  await pool.ask((api) => api.encode(sample), signal);
  await pool.ask((api) => api.settle());
  const began = now();
  const { pieces } = await pool.ask((api) => api.encode(sample), signal);
  return pieces.reduce((sum, count) => sum + count, 0) / Math.max(1, now() - began);
}

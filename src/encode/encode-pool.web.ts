import type { Remote } from 'comlink';
import { isCancelled, isWorkerLost, StageError, toFailure } from '../model/failure.ts';
import type { WorkerSlot } from '../worker/worker-slot.ts';
import type { EncodeApi, EncodedTexts, ModelFile, OnLoad } from './encode.api.ts';
import type { EncodeInput } from './text-encoder.ts';
import type { WorkQueue } from './work-queue.ts';

/** What a pool is made from. */
export interface PoolParts {
  readonly makeSlot: () => WorkerSlot<EncodeApi>;
  /** Maximum number of workers. */
  readonly size: number;
  /** Configures a worker that has just started. */
  readonly configure: (slot: WorkerSlot<EncodeApi>) => Promise<void>;
  /** Loads the model into a worker; `files` are those that another worker has fetched, null for the first. */
  readonly load: (slot: WorkerSlot<EncodeApi>, files: readonly ModelFile[] | null, onLoad: OnLoad) => Promise<void>;
  /** A monotonic clock in milliseconds. */
  readonly now: () => number;
  /** Number of lost workers within a minute that fails the run, if there is another backend to continue with. */
  readonly maxEnds?: number;
  /** Milliseconds allowed for a worker's first batch. Default: unlimited while the worker shows signs of life. */
  readonly firstTimeoutMs?: number;
}

/** A job for the pool. */
export interface PoolJob {
  readonly queue: WorkQueue;
  readonly inputOf: (index: number) => EncodeInput;
  readonly charactersOf: (index: number) => number;
  readonly signal: AbortSignal | undefined;
  /** Reports bytes of the model, from the first worker to load it. */
  readonly onLoad: OnLoad;
  readonly onBatch: (batch: Int32Array, texts: EncodedTexts) => void;
}

/** Workers that share one queue. A text's vector does not depend on the worker that encodes it. */
export interface EncodePool {
  /**
   * Makes one call on the lead worker, which always exists, for the cache and for queries. It is configured, but has a
   * model only after `loadLead`. A failed or aborted call terminates it; a call lost with it is repeated once.
   */
  ask<Result>(call: (api: Remote<EncodeApi>) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Loads the model into the lead worker, once. */
  loadLead(onLoad: OnLoad): Promise<void>;
  /**
   * Encodes all texts of the queue. Replaces a lost worker and queues its texts again; after three losses within a
   * minute only one worker continues. Rejects with `cancelled`, with the error of loading the model, or with the last
   * failure when nothing gets done or too many texts are set aside.
   */
  run(job: PoolJob): Promise<void>;
  /** Resolves when no batch is running; never rejects. */
  idle(): Promise<void>;
  stop(): void;
}

/** With fewer characters waiting (five batches), another worker would be ready only when the work is almost done. */
const WORTH_A_WORKER = 20_000;
const CANCEL_GRACE_MS = 900;
/** A batch may take twenty times as long as recent ones, but at least ten seconds. */
const TIMEOUT_FACTOR = 20;
const MIN_TIMEOUT_MS = 10_000;
const TICK_MS = 1000;
/** More losses within a minute are not chance: the machine cannot hold that many workers. */
const MAX_ENDS_A_MINUTE = 3;
const MINUTE_MS = 60_000;
/** If more than this share of the texts are set aside, the model is at fault. */
const MAX_ASIDE_SHARE = 0.01;
const MAX_ASIDE = 3;

/** A pool that starts its first worker with the first call, and the others when there is enough to do. */
export function makeEncodePool(parts: PoolParts): EncodePool {
  const workers: PoolWorker[] = [];
  let files: ModelFile[] | null = null;
  let stopped = false;

  const workerAt = (at: number): PoolWorker => {
    workers[at] ??= { slot: parts.makeSlot(), configured: null, loaded: null, busy: Promise.resolve() };
    return workers[at];
  };
  const configured = (worker: PoolWorker): Promise<void> => {
    worker.configured ??= parts.configure(worker.slot).catch((error: unknown) => giveUp(worker, error));
    return worker.configured;
  };
  const loaded = (worker: PoolWorker, onLoad: OnLoad): Promise<void> => {
    worker.loaded ??= configured(worker)
      .then(() => parts.load(worker.slot, files, onLoad))
      .then(async () => {
        files ??= await worker.slot.call((api) => api.files());
      })
      .catch((error: unknown) => giveUp(worker, error));
    return worker.loaded;
  };
  const pool: PoolState = { parts, workerAt, loaded, isStopped: () => stopped };
  return {
    async ask(call, signal) {
      const once = async () => {
        const worker = workerAt(0);
        await configured(worker);
        return keepOrReset(worker, worker.slot.call(call, { signal }));
      };
      // The worker may have died since the last call.
      return once().catch((error: unknown) => {
        if (!isWorkerLost(error) || signal?.aborted || stopped) throw error;
        return once();
      });
    },
    loadLead: (onLoad) => loaded(workerAt(0), onLoad),
    async run(job) {
      await runJob(pool, job);
      await Promise.all(workers.map(({ slot, loaded }) => loaded && slot.call((api) => api.settle()))).catch(() => {});
      // Freeing their memory is worth more than the second that they take to start.
      for (const worker of workers.slice(1)) reset(worker);
    },
    async idle() {
      await Promise.all(workers.map(({ busy }) => busy));
    },
    stop() {
      stopped = true;
      for (const worker of workers) reset(worker);
    },
  };
}

/** The same promise, but it rejects at once when the signal aborts; the work itself may continue. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new StageError('cancelled', 'encode', 'encoding was cancelled'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

interface PoolWorker {
  readonly slot: WorkerSlot<EncodeApi>;
  /** Null until the worker is asked to configure itself. */
  configured: Promise<void> | null;
  loaded: Promise<void> | null;
  /** The current batch; never rejects. */
  busy: Promise<unknown>;
}

interface PoolState {
  readonly parts: PoolParts;
  readonly workerAt: (at: number) => PoolWorker;
  readonly loaded: (worker: PoolWorker, onLoad: OnLoad) => Promise<void>;
  readonly isStopped: () => boolean;
}

/** Stops the worker. A failed load or run leaves the library's module broken, so the next try needs a new worker. */
function reset(worker: PoolWorker): void {
  worker.slot.stop();
  worker.configured = null;
  worker.loaded = null;
}

/** The same promise; if it fails, stops the worker unless it has already been replaced. */
async function keepOrReset<Result>(worker: PoolWorker, answer: Promise<Result>): Promise<Result> {
  const { configured } = worker;
  try {
    return await answer;
  } catch (error) {
    if (worker.configured === configured) reset(worker);
    throw error;
  }
}

function giveUp(worker: PoolWorker, error: unknown): never {
  reset(worker);
  throw error;
}

interface Run extends PoolJob {
  readonly pool: PoolState;
  /** Number of workers that may continue; falls to 1 when they keep getting lost. */
  maxWorkers: number;
  active: number;
  failed: boolean;
  /** Times at which workers were lost. */
  readonly ends: number[];
  /** Measured speed, for the watchdog; null before the first batch. */
  msPerCharacter: number | null;
}

async function runJob(pool: PoolState, job: PoolJob): Promise<void> {
  const run: Run = {
    ...job,
    pool,
    maxWorkers: pool.parts.size,
    active: 0,
    failed: false,
    ends: [],
    msPerCharacter: null,
  };
  // The first worker fetches the model; its files are then passed to the others.
  await orAborted(pool.loaded(pool.workerAt(0), job.onLoad), job.signal);
  while (!job.queue.isDone) {
    run.active = Math.min(run.maxWorkers, 1 + Math.floor(job.queue.waiting / WORTH_A_WORKER));
    const working = Array.from({ length: run.active }, (_, at) =>
      workOff(run, pool.workerAt(at), at).catch((error: unknown) => {
        run.failed = true;
        throw error;
      }),
    );
    await Promise.all(working);
  }
}

/** Encodes batches until none waits, the run has failed, or there are too many workers. */
async function workOff(run: Run, worker: PoolWorker, at: number): Promise<void> {
  while (at < run.maxWorkers) {
    try {
      await orAborted(run.pool.loaded(worker, run.onLoad), run.signal);
    } catch (error) {
      // Losing a worker is not a failure while another one works.
      if (isStop(run, error) || --run.active === 0) throw error;
      return;
    }
    const batch = run.failed ? null : run.queue.take();
    if (!batch) return;
    try {
      await encodeBatch(run, worker, batch);
    } catch (error) {
      // A lost device is not the fault of the texts.
      if (toFailure(error, 'encode').code === 'device-lost') run.queue.giveBack(batch);
      else run.queue.lose(batch);
      if (isStop(run, error)) throw error;
      reset(worker);
      noteEnd(run, error);
    }
  }
  reset(worker);
}

async function encodeBatch(run: Run, worker: PoolWorker, batch: Int32Array): Promise<void> {
  const { now, firstTimeoutMs } = run.pool.parts;
  const inputs = Array.from(batch, run.inputOf);
  const characters = batch.reduce((sum, index) => sum + run.charactersOf(index), 1);
  const timeoutMs = run.msPerCharacter === null ? firstTimeoutMs : TIMEOUT_FACTOR * run.msPerCharacter * characters;
  const began = now();
  const options = { signal: run.signal, graceMs: CANCEL_GRACE_MS };
  // Also after cancelling: the worker may be lost when nobody awaits the batch any more.
  const answer = keepOrReset(
    worker,
    worker.slot.call((api) => api.encode(inputs), options),
  );
  worker.busy = answer.catch(() => undefined);
  const watched = timeoutMs === undefined ? answer : orOverdue(answer, Math.max(MIN_TIMEOUT_MS, timeoutMs));
  const texts = await orAborted(watched, run.signal);
  const rate = (now() - began) / characters;
  run.msPerCharacter = run.msPerCharacter === null ? rate : (run.msPerCharacter + rate) / 2;
  run.queue.finish(batch);
  if (!run.failed) run.onBatch(batch, texts);
}

/** Whether the work was ended on purpose, by the user or by disposing of the pool. */
function isStop(run: Run, error: unknown): boolean {
  return run.pool.isStopped() || (isCancelled(error) && run.signal?.aborted === true);
}

/** Records a lost worker. Throws `error` when it is pointless to continue. */
function noteEnd(run: Run, error: unknown): void {
  const { queue, ends } = run;
  const now = run.pool.parts.now();
  ends.push(now);
  const isHopeless = queue.done === 0 && ends.length >= MAX_ENDS_A_MINUTE;
  if (isHopeless || queue.setAside.length > Math.max(MAX_ASIDE, MAX_ASIDE_SHARE * queue.total)) throw error;
  const recent = ends.filter((end) => now - end < MINUTE_MS).length;
  if (recent >= (run.pool.parts.maxEnds ?? Number.POSITIVE_INFINITY)) throw error;
  if (recent >= MAX_ENDS_A_MINUTE) run.maxWorkers = 1;
}

/** Rejects for a batch that takes far too long: its worker hangs although its pulse continues. */
function orOverdue<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    // Counts ticks, not clock time, so that a laptop that slept does not look like a hanging worker.
    let ticks = Math.ceil(timeoutMs / TICK_MS);
    const timer = setInterval(() => {
      if (--ticks > 0) return;
      clearInterval(timer);
      reject(new StageError('worker-silent', 'encode', `no vectors after ${Math.ceil(timeoutMs / 1000)} s`));
    }, TICK_MS);
    promise.then(resolve, reject).finally(() => clearInterval(timer));
  });
}

import type { Remote } from 'comlink';
import { isCancelled, isWorkerLost, StageError, toFailure } from '../model/failure.ts';
import type { WorkerSlot } from '../worker/worker-slot.ts';
import type { EncodeApi, EncodedTexts, ModelFile, OnLoad } from './encode.api.ts';
import type { EncodeInput } from './text-encoder.ts';
import type { WorkQueue } from './work-queue.ts';

/** What a pool is made of. */
export interface PoolParts {
  readonly makeSlot: () => WorkerSlot<EncodeApi>;
  /** Workers at most. */
  readonly size: number;
  /** Configures a worker that has just started. */
  readonly configure: (slot: WorkerSlot<EncodeApi>) => Promise<void>;
  /** Makes it load the model; `files` are what another worker has fetched, null for the first. */
  readonly load: (slot: WorkerSlot<EncodeApi>, files: readonly ModelFile[] | null, onLoad: OnLoad) => Promise<void>;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  /** Ends of workers within a minute after which a run fails, where there is something else to go on with. */
  readonly maxEnds?: number;
  /** Milliseconds that the first batch of a worker may take; default as long as its pulse lasts. */
  readonly firstTimeoutMs?: number;
}

/** What a pool works off. */
export interface PoolJob {
  readonly queue: WorkQueue;
  readonly inputOf: (index: number) => EncodeInput;
  readonly charactersOf: (index: number) => number;
  readonly signal: AbortSignal | undefined;
  /** Bytes of the model, from the first worker to load it. */
  readonly onLoad: OnLoad;
  readonly onBatch: (batch: Int32Array, texts: EncodedTexts) => void;
}

/** Workers over one queue. Which of them encodes a text makes no difference to its vector. */
export interface EncodePool {
  /**
   * One call on the worker that is always there, for the cache and single questions: it is configured, but loaded only
   * after `loadLead`. A call that fails, or is aborted, costs it its life; one that is lost with it is made once more.
   */
  ask<Result>(call: (api: Remote<EncodeApi>) => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Loads the model into the lead, once. */
  loadLead(onLoad: OnLoad): Promise<void>;
  /**
   * Works the queue off. A worker that ends over a batch is replaced and its texts are given out again; after three ends
   * within a minute one worker alone goes on. Rejects with `cancelled`, with what the model's loading says, or with the
   * last failure when nothing gets done or too many texts are set aside.
   */
  run(job: PoolJob): Promise<void>;
  /** Resolves when no batch is under way; never rejects. */
  idle(): Promise<void>;
  stop(): void;
}

/** Below so many characters that wait, a further worker would be ready about when the work is done: five batches. */
const WORTH_A_WORKER = 20_000;
const CANCEL_GRACE_MS = 900;
/** A batch may take twenty times what the last ones took, and never less than ten seconds. */
const TIMEOUT_FACTOR = 20;
const MIN_TIMEOUT_MS = 10_000;
const TICK_MS = 1000;
/** So many ends within a minute are more than bad luck: the machine cannot hold that many workers. */
const MAX_ENDS_A_MINUTE = 3;
const MINUTE_MS = 60_000;
/** More than this share of texts that no worker survives means that the model is at fault. */
const MAX_ASIDE_SHARE = 0.01;
const MAX_ASIDE = 3;

/** A pool whose first worker starts with the first call, and the others when there is enough to do. */
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
      // It may have died since the last call.
      return once().catch((error: unknown) => {
        if (!isWorkerLost(error) || signal?.aborted || stopped) throw error;
        return once();
      });
    },
    loadLead: (onLoad) => loaded(workerAt(0), onLoad),
    async run(job) {
      await runJob(pool, job);
      await Promise.all(workers.map(({ slot, loaded }) => loaded && slot.call((api) => api.settle()))).catch(() => {});
      // Their memory is worth more than the second that they take to start.
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

/** The same promise, but rejecting the moment the signal fires; the work behind it may end on its own. */
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
  /** Null until its worker has been asked to. */
  configured: Promise<void> | null;
  loaded: Promise<void> | null;
  /** The batch that it is at; never rejects. */
  busy: Promise<unknown>;
}

interface PoolState {
  readonly parts: PoolParts;
  readonly workerAt: (at: number) => PoolWorker;
  readonly loaded: (worker: PoolWorker, onLoad: OnLoad) => Promise<void>;
  readonly isStopped: () => boolean;
}

/** After a failed load or run the library's module is poisoned for good: the next try needs a fresh worker. */
function reset(worker: PoolWorker): void {
  worker.slot.stop();
  worker.configured = null;
  worker.loaded = null;
}

/** The same promise; when it fails, the worker is gone or of no use, unless another one has taken its place already. */
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
  /** Workers that may go on; falls to 1 when they keep ending. */
  maxWorkers: number;
  active: number;
  failed: boolean;
  /** When workers have ended. */
  readonly ends: number[];
  /** What is known of the speed, for the watchdog; null before the first batch. */
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
  // The model first: its files are handed to the others.
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

/** Takes batches until none waits, the run has failed, or there are too many workers. */
async function workOff(run: Run, worker: PoolWorker, at: number): Promise<void> {
  while (at < run.maxWorkers) {
    try {
      await orAborted(run.pool.loaded(worker, run.onLoad), run.signal);
    } catch (error) {
      // One worker fewer is no failure while another one works.
      if (isStop(run, error) || --run.active === 0) throw error;
      return;
    }
    const batch = run.failed ? null : run.queue.take();
    if (!batch) return;
    try {
      await encodeBatch(run, worker, batch);
    } catch (error) {
      // A device that is gone is no fault of the texts.
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
  // After a cancelling too: the worker may end over it when nobody waits for the batch any more.
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

/** Whether it was the user, or whoever disposed of the pool, that ended the work. */
function isStop(run: Run, error: unknown): boolean {
  return run.pool.isStopped() || (isCancelled(error) && run.signal?.aborted === true);
}

/** Throws `error` when there is no sense in going on after it. */
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

/** Gives a batch up that takes far too long: its worker hangs in a way that its pulse does not show. */
function orOverdue<T>(promise: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    // Ticks, not clock time: a laptop that slept must not look like a hanging worker.
    let ticks = Math.ceil(timeoutMs / TICK_MS);
    const timer = setInterval(() => {
      if (--ticks > 0) return;
      clearInterval(timer);
      reject(new StageError('worker-silent', 'encode', `no vectors after ${Math.ceil(timeoutMs / 1000)} s`));
    }, TICK_MS);
    promise.then(resolve, reject).finally(() => clearInterval(timer));
  });
}

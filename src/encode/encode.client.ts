import { proxy } from 'comlink';
import { isCancelled, StageError } from '../model/failure.ts';
import type { EncodeInfo } from '../model/map-data.ts';
import type { OnProgress } from '../model/progress.ts';
import { makeWorkerSlot, type WorkerSlot } from '../worker/worker-slot.ts';
import type { EncodeApi, EncodedTexts, EncodeInput, OnLoad } from './encode.api.ts';
import { encodeInfo, type ModelSpec } from './model-spec.ts';
import { makePieceClock } from './piece-clock.ts';

/** Vectors of the papers `indices`, row for row. */
export interface EncodedBatch extends EncodedTexts {
  readonly indices: Int32Array;
  readonly dimensions: number;
}

export interface EncodeRun {
  /** Which text next; default: as they stand. */
  readonly order?: Int32Array;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Called as soon as vectors are there: cached ones first, at once. */
  readonly onBatch: (batch: EncodedBatch) => void;
}

export interface EncodeOutcome {
  readonly info: EncodeInfo;
  /** Texts whose vectors were in storage, and texts that the model ran on. */
  readonly cached: number;
  readonly computed: number;
}

/** The texts of one run, each made when it is needed: a large corpus is never held a second time. */
export interface TextSource {
  readonly count: number;
  /** UTF-16 units of a text, about: for the time left. */
  lengthOf(index: number): number;
  inputOf(index: number): EncodeInput;
}

export interface Encoder {
  /** Every text's vector by `onBatch`, each once. Rejects at once when aborted; what is done stays in the cache. */
  encode(texts: TextSource, run: EncodeRun): Promise<EncodeOutcome>;
  /**
   * The unit vector of a query, which is not stored. Loads the model when it is not there; a query cannot be cancelled,
   * since that would cost the worker its model. Rejects with model-missing, model-failed, or what befalls a worker.
   */
  encodeQuery(text: string, onLoad: OnLoad): Promise<Float32Array>;
  dispose(): void;
}

const RECALL_TEXTS = 200;
/** About four abstracts: a second of work, which is how long a cancelled worker may go on. */
const BATCH_CHARACTERS = 4000;
const CANCEL_GRACE_MS = 900;

/** An encoder on one worker, which stays warm between runs. */
export function makeEncoder(spec: ModelSpec): Encoder {
  const slot = makeEncodeSlot();
  // The last batch asked for. A cancelled run leaves it behind: it ends by itself, or with its worker, in a second.
  const queue: BatchQueue = { last: Promise.resolve() };
  const baseUrl = new URL(import.meta.env.BASE_URL, document.baseURI).href;
  return {
    async encode(texts, run) {
      const order = run.order ?? Int32Array.from({ length: texts.count }, (_, i) => i);
      await orAborted(queue.last, run.signal);
      await slot.call((api) => api.configure(spec, baseUrl), { signal: run.signal });
      const state: RunState = { slot, texts, run, queue, dimensions: 0 };
      const missing = await recallAll(state, order);
      if (missing.length > 0) {
        await loadModel(state)
          .then(() => encodeAll(state, missing))
          .catch((error: unknown) => endPoisoned(slot, error));
      }
      return {
        info: encodeInfo(spec, state.dimensions),
        cached: texts.count - missing.length,
        computed: missing.length,
      };
    },
    async encodeQuery(text, onLoad) {
      await slot.call((api) => api.configure(spec, baseUrl));
      const vector = slot
        .call((api) => api.load(proxy(onLoad)))
        .then(() => slot.call((api) => api.encodeQuery({ segments: [text] })));
      return vector.catch((error: unknown) => endPoisoned(slot, error));
    },
    dispose: () => slot.stop(),
  };
}

/** The slot alone: for a pool of such workers, and for tests that hold the worker against reference vectors. */
export function makeEncodeSlot(): WorkerSlot<EncodeApi> {
  return makeWorkerSlot<EncodeApi>(
    'encode',
    () => new Worker(new URL('./encode.worker.ts', import.meta.url), { type: 'module' }),
  );
}

/** After a failed load or run the library's module is poisoned for good: the next try needs a fresh worker. */
function endPoisoned(slot: WorkerSlot<EncodeApi>, error: unknown): never {
  if (!isCancelled(error)) slot.stop();
  throw error;
}

interface RunState {
  readonly slot: WorkerSlot<EncodeApi>;
  readonly texts: TextSource;
  readonly run: EncodeRun;
  readonly queue: BatchQueue;
  dimensions: number;
}

interface BatchQueue {
  last: Promise<unknown>;
}

/** Hands over what is in storage and returns the papers that are not, in the same order. */
async function recallAll(state: RunState, order: Int32Array): Promise<number[]> {
  const missing: number[] = [];
  for (let from = 0; from < order.length; from += RECALL_TEXTS) {
    const indices = order.subarray(from, from + RECALL_TEXTS);
    const asked = Array.from(indices, (i) => state.texts.inputOf(i));
    const { rows, texts } = await state.slot.call((api) => api.recall(asked), { signal: state.run.signal });
    indices.forEach((index, i) => {
      if (rows[i] < 0) missing.push(index);
    });
    deliver(
      state,
      indices.filter((_, i) => rows[i] >= 0),
      texts,
    );
  }
  return missing;
}

async function loadModel({ slot, run }: RunState): Promise<void> {
  const onLoad = (done: number, total: number): void =>
    run.onProgress?.({ stage: 'loading the model', done, total, unit: 'bytes', leftMs: null });
  onLoad(0, 0);
  await slot.call((api) => api.load(proxy(onLoad)), { signal: run.signal });
}

async function encodeAll(state: RunState, missing: readonly number[]): Promise<void> {
  const lengths = missing.map((index) => state.texts.lengthOf(index));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const clock = makePieceClock(total, () => performance.now());
  const report = (): void => state.run.onProgress?.(clock.progress());
  report();
  for (let from = 0; from < missing.length; ) {
    let to = from;
    let sum = 0;
    while (to < missing.length && (to === from || sum + lengths[to] <= BATCH_CHARACTERS)) sum += lengths[to++];
    const indices = Int32Array.from(missing.slice(from, to));
    const asked = Array.from(indices, (i) => state.texts.inputOf(i));
    const batch = state.slot.call((api) => api.encode(asked), { signal: state.run.signal, graceMs: CANCEL_GRACE_MS });
    state.queue.last = batch.catch(() => undefined);
    const texts = await orAborted(batch, state.run.signal);
    clock.add(
      sum,
      texts.pieces.reduce((total, count) => total + count, 0),
    );
    deliver(state, indices, texts);
    report();
    from = to;
  }
}

function deliver(state: RunState, indices: Int32Array, texts: EncodedTexts): void {
  if (indices.length === 0) return;
  state.dimensions = texts.vectors.length / indices.length;
  state.run.onBatch({ ...texts, indices, dimensions: state.dimensions });
}

/** The same promise, but rejecting the moment the signal fires; the work behind it may end on its own. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new StageError('cancelled', 'encode', 'encoding was cancelled'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

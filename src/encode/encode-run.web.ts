import { isCancelled, StageError } from '../model/failure.ts';
import type { EncodeInfo } from '../model/map-data.ts';
import type { OnProgress } from '../model/progress.ts';
import type { Backend, Backends, BackendWork } from './backends.web.ts';
import type { EncodedTexts } from './encode.api.ts';
import { orAborted } from './encode-pool.web.ts';
import { makeEncodeProgress } from './encode-progress.ts';
import { type Device, encodeInfo } from './model-spec.ts';
import type { EncodeInput } from './text-encoder.ts';
import { BATCH_CHARACTERS, makeWorkQueue } from './work-queue.ts';

/** The texts of one run, each made on demand, so that a large corpus is not held twice. */
export interface TextSource<Text extends EncodeInput = EncodeInput> {
  readonly count: number;
  /** Approximate UTF-16 units of a text, for the time left. */
  lengthOf(index: number): number;
  /** The text at `index`. Only its segments go to the worker; all of it comes back with the batch. */
  inputOf(index: number): Text;
}

/** Vectors of the texts `indices`, row by row. */
export interface EncodedBatch<Text extends EncodeInput = EncodeInput> extends EncodedTexts {
  readonly indices: Int32Array;
  readonly dimensions: number;
  /** The texts as the source made them. */
  readonly texts: readonly Text[];
}

/** How texts are encoded. */
export interface EncodeRun<Text extends EncodeInput = EncodeInput> {
  /** The order of the texts; default: by index. */
  readonly order?: Int32Array;
  /** Texts to encode before others (those in view); asked again after each batch. Does not affect vectors. */
  readonly first?: () => readonly number[];
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
  /** Called as soon as vectors are available, with cached ones first. */
  readonly onBatch: (batch: EncodedBatch<Text>) => void;
}

/** The result of a run. */
export interface EncodeOutcome {
  readonly info: EncodeInfo;
  /** How many texts had their vectors in storage, and how many the model ran on. */
  readonly cached: number;
  readonly computed: number;
  /** Texts without a vector because two workers were lost over each. Ascending. */
  readonly setAside: readonly number[];
}

const RECALL_TEXTS = 200;
/** About 64 abstracts: a graphics device is fast but slow to start. */
const GPU_BATCH_CHARACTERS = 64_000;
const SAMPLE_TEXTS = 12;
/** About 10 MB. Texts beyond this number are made twice: to look them up in storage and to encode them. */
const MAX_HELD = 5000;

/** A run of the encoder on `backends`: looks vectors up, then encodes the missing ones. See `Encoder.encode`. */
export async function runEncoding<Text extends EncodeInput>(
  backends: Backends,
  texts: TextSource<Text>,
  run: EncodeRun<Text>,
): Promise<EncodeOutcome> {
  const order = run.order ?? Int32Array.from({ length: texts.count }, (_, i) => i);
  // A cancelled run leaves a batch running, which ends by itself or with its worker within a second.
  await orAborted(backends.current.pool.idle(), run.signal);
  const state = await beginRun(backends, texts, run, order);
  const missing = await recallAll(state, order);
  const setAside = missing.length > 0 ? await encodeMissing(state, missing) : [];
  if (texts.count > 0 && state.dimensions === 0) {
    throw new StageError('model-failed', 'encode', `no worker survived any of the ${texts.count} texts`);
  }
  const { spec, pool } = state.backend;
  // The setting is in the model's files, so it is unknown if all vectors were in storage.
  const matryoshka = spec.matryoshka ?? (await pool.ask((api) => api.isMatryoshka()));
  return {
    info: { ...encodeInfo({ ...spec, matryoshka }, state.dimensions), device: [...state.devices].join('+') },
    cached: state.cached,
    computed: texts.count - state.cached - setAside.length,
    setAside,
  };
}

interface RunState<Text extends EncodeInput> {
  readonly backends: Backends;
  readonly texts: TextSource<Text>;
  readonly run: EncodeRun<Text>;
  readonly work: BackendWork;
  /** 1 for each text whose vector has been handed over. */
  readonly has: Uint8Array;
  /** Texts that have been made but have no vector yet. */
  readonly held: Map<number, Text>;
  /** Devices that have made vectors so far. */
  readonly devices: Set<Device>;
  backend: Backend;
  dimensions: number;
  cached: number;
}

async function beginRun<Text extends EncodeInput>(
  backends: Backends,
  texts: TextSource<Text>,
  run: EncodeRun<Text>,
  order: Int32Array,
): Promise<RunState<Text>> {
  const held = new Map<number, Text>();
  const sample = trialSample(order, (index) => texts.lengthOf(index));
  for (const index of sample) held.set(index, texts.inputOf(index));
  const work: BackendWork = {
    characters: order.reduce((sum, index) => sum + texts.lengthOf(index), 0),
    sample: Array.from(held.values(), inputOf),
    signal: run.signal,
    onLoad: (done, total) => run.onProgress?.({ stage: 'loading the model', done, total, unit: 'bytes', leftMs: null }),
  };
  const backend = await orAborted(backends.begin(work), run.signal);
  const has = new Uint8Array(texts.count);
  return { backends, texts, run, work, has, held, devices: new Set(), backend, dimensions: 0, cached: 0 };
}

/** At most 12 of `indices`, whose lengths are distributed as those of all. O(n·log n). */
function trialSample(indices: Int32Array, lengthOf: (index: number) => number): number[] {
  const sorted = Array.from(indices).sort((a, b) => lengthOf(a) - lengthOf(b) || a - b);
  const count = Math.min(SAMPLE_TEXTS, sorted.length);
  return Array.from({ length: count }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / count)]);
}

/** The part of a text that is sent to a worker. */
function inputOf({ segments }: EncodeInput): EncodeInput {
  return { segments };
}

function textAt<Text extends EncodeInput>({ held, texts }: RunState<Text>, index: number): Text {
  return held.get(index) ?? texts.inputOf(index);
}

/** Hands over what is in storage and returns the remaining texts in the same order. */
async function recallAll<Text extends EncodeInput>(state: RunState<Text>, order: Int32Array): Promise<number[]> {
  const { held } = state;
  const { signal } = state.run;
  const missing: number[] = [];
  for (let from = 0; from < order.length; from += RECALL_TEXTS) {
    const indices = order.subarray(from, from + RECALL_TEXTS);
    const asked = Array.from(indices, (index) => textAt(state, index));
    const { rows, texts } = await orAborted(
      state.backend.pool.ask((api) => api.recall(asked.map(inputOf)), signal),
      signal,
    );
    indices.forEach((index, i) => {
      if (rows[i] >= 0) return;
      missing.push(index);
      if (held.size < MAX_HELD) held.set(index, asked[i]);
    });
    const isFound = (_: unknown, i: number): boolean => rows[i] >= 0;
    const found = indices.filter(isFound);
    state.cached += found.length;
    deliver(state, found, asked.filter(isFound), texts);
  }
  return missing;
}

/** Encodes the missing texts, switching to another backend on failure. Returns those set aside, ascending. */
async function encodeMissing<Text extends EncodeInput>(
  state: RunState<Text>,
  missing: readonly number[],
): Promise<number[]> {
  const { backends, run, work } = state;
  let left = missing;
  // A corpus with some vectors in storage stays on the device that made them.
  const tried = missing.length === state.texts.count ? await orAborted(backends.decide(work), run.signal) : null;
  if (tried) {
    state.backend = tried;
    // The trial has left some vectors in storage.
    left = await recallAll(state, Int32Array.from(missing));
  }
  for (;;) {
    try {
      return await encodeAll(state, left);
    } catch (error) {
      const backend = isCancelled(error) ? null : backends.fallBack(error, state.dimensions > 0);
      if (!backend) throw error;
      state.backend = backend;
      const without = left.filter((index) => state.has[index] === 0);
      left = await recallAll(state, Int32Array.from(without));
    }
  }
}

/** Encodes the missing texts and returns those set aside, ascending. */
async function encodeAll<Text extends EncodeInput>(
  state: RunState<Text>,
  missing: readonly number[],
): Promise<number[]> {
  const { run, texts, backend, held } = state;
  const lengths = missing.map((index) => texts.lengthOf(index));
  const isGpu = backend.spec.device === 'webgpu';
  const queue = makeWorkQueue(missing, lengths, isGpu ? GPU_BATCH_CHARACTERS : BATCH_CHARACTERS);
  const prefer = (): void => queue.prefer(run.first?.() ?? []);
  prefer();
  const encoding = makeEncodeProgress(queue.waiting, () => performance.now());
  let isLoaded = false;
  const onLoad = (done: number, total: number): void => {
    if (!isLoaded) state.work.onLoad(done, total);
  };
  onLoad(0, 0);
  await orAborted(backend.pool.loadLead(onLoad), run.signal);
  isLoaded = true;
  const report = (): void => run.onProgress?.(encoding.progress());
  report();
  await backend.pool.run({
    queue,
    inputOf(index) {
      const text = textAt(state, index);
      held.set(index, text);
      return inputOf(text);
    },
    charactersOf: (index) => texts.lengthOf(index),
    signal: run.signal,
    onLoad,
    onBatch(batch, encoded) {
      const characters = batch.reduce((sum, index) => sum + texts.lengthOf(index), 0);
      const pieces = encoded.pieces.reduce((sum, count) => sum + count, 0);
      encoding.add(characters, pieces);
      deliver(
        state,
        batch,
        Array.from(batch, (index) => textAt(state, index)),
        encoded,
      );
      prefer();
      report();
    },
  });
  return queue.setAside.toSorted((a, b) => a - b);
}

function deliver<Text extends EncodeInput>(
  state: RunState<Text>,
  indices: Int32Array,
  texts: readonly Text[],
  encoded: EncodedTexts,
): void {
  if (indices.length === 0) return;
  state.dimensions = encoded.vectors.length / indices.length;
  state.devices.add(state.backend.spec.device);
  for (const index of indices) {
    state.has[index] = 1;
    state.held.delete(index);
  }
  state.run.onBatch({ ...encoded, indices, texts, dimensions: state.dimensions });
}

import {
  AutoModel,
  AutoTokenizer,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from '@huggingface/transformers';
import { StageError } from '../model/failure.ts';
import type { EncodeInput, ModelFile, OnLoad } from './encode.api.ts';
import { type ModelFiles, makeModelFiles } from './model-files.web.ts';
import { type ModelSpec, modelFileOf, modelFolder } from './model-spec.ts';
import { addWindow, finishPool, makePool, type Pooled } from './pooling.ts';
import { NO_PROMPTS, type Prompts, promptsOf } from './prompts.ts';
import { equalWindows } from './windows.ts';

/** A loaded encoder. One text at a time: dynamic int8 makes a vector depend on what else is in its batch. */
export interface Engine {
  /** What it was loaded from. */
  readonly files: ModelFile[];
  /** The text's vector and saliences; `pieces` counts special pieces of each window too. Default: a document. */
  encode(input: EncodeInput, kind?: keyof Prompts): Promise<Pooled & { readonly pieces: number }>;
  pieceIds(text: string): number[];
  encodeIds(ids: readonly number[]): Promise<Float32Array>;
}

/** What the model wants around the pieces of a window. */
interface SpecialIds {
  readonly first: number;
  readonly last: number;
}

export interface LoadOptions {
  /** The site's own folder, which holds `models/` and `ort/`; ends with a slash. */
  readonly baseUrl: string;
  /** Files that another worker has fetched already. */
  readonly files: readonly ModelFile[];
  readonly onLoad: OnLoad;
}

/**
 * Loads runtime, tokenizer and model, each file checked against what the page was built with.
 * transformers.js chains loads and runs on one module-level promise: after a failure this worker is of no use.
 */
export async function loadEngine(spec: ModelSpec, { baseUrl, files: given, onLoad }: LoadOptions): Promise<Engine> {
  pointAtOwnFiles(spec, baseUrl);
  const expectedBytes = spec.remote ? 0 : bytesOf(spec);
  const files = makeModelFiles({ baseUrl, known: MODEL_FILES, given, expectedBytes, onLoad });
  env.fetch = (input, init) => files.fetch(String(input), init);
  try {
    await provideRuntime(files, baseUrl);
    const tokenizer = await AutoTokenizer.from_pretrained(spec.id);
    const model = await AutoModel.from_pretrained(spec.id, { dtype: spec.dtype, device: 'wasm' });
    const prompts = spec.remote ? await fetchPrompts(spec, files) : NO_PROMPTS;
    return makeEngine({ tokenizer, model, spec, prompts, files: await files.all() });
  } catch (error) {
    throw files.failure ?? loadFailure(spec, error);
  } finally {
    env.fetch = (input, init) => fetch(new URL(String(input), baseUrl), init);
  }
}

/** What the model's own settings on the hub say; a model without such a file has none. */
async function fetchPrompts({ id }: ModelSpec, files: ModelFiles): Promise<Prompts> {
  const folder = env.remotePathTemplate.replace('{model}', id).replace('{revision}', 'main');
  const response = await files.fetch(new URL(`${folder}config_sentence_transformers.json`, env.remoteHost));
  return response.ok ? promptsOf(await response.json()) : NO_PROMPTS;
}

/** Not `.gz`: servers inflate files of that name on the way. */
const RUNTIME = 'ort/ort-wasm-simd-threaded.wasm.gzip';

/**
 * Hands the runtime its WASM, which ships compressed: many static servers compress no WASM, and the cache storage then
 * holds the small one.
 */
async function provideRuntime(files: ModelFiles, baseUrl: string): Promise<void> {
  const response = await files.fetch(new URL(RUNTIME, baseUrl));
  if (!response.ok) throw new StageError('model-missing', 'encode', `${RUNTIME}: HTTP status ${response.status}`);
  const plain = (await response.blob()).stream().pipeThrough(new DecompressionStream('gzip'));
  wasmSettings().wasmBinary = await new Response(plain).arrayBuffer();
}

/** Without this the library fetches WASM from a CDN and models from a hub, and imports its module from a blob. */
function pointAtOwnFiles(spec: ModelSpec, baseUrl: string): void {
  env.allowLocalModels = !spec.remote;
  env.allowRemoteModels = spec.remote;
  // A path, not an address: the library takes a local model at a full URL for missing.
  env.localModelPath = new URL('models/', baseUrl).pathname;
  env.useWasmCache = false;
  env.useBrowserCache = spec.remote;
  const wasm = wasmSettings();
  wasm.wasmPaths = new URL('ort/', baseUrl).href;
  wasm.numThreads = 1;
}

function wasmSettings(): NonNullable<typeof env.backends.onnx.wasm> {
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new StageError('model-failed', 'encode', 'this build of onnxruntime-web has no WASM backend');
  return wasm;
}

function bytesOf(spec: ModelSpec): number {
  const folder = modelFolder(spec);
  const paths = [RUNTIME, `${folder}tokenizer.json`, folder + modelFileOf(spec.dtype)];
  return paths.reduce((sum, path) => sum + (MODEL_FILES[path]?.bytes ?? 0), 0);
}

function loadFailure(spec: ModelSpec, error: unknown): StageError {
  if (error instanceof StageError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isMissing = /404|could not locate|failed to fetch|networkerror|not found locally/iu.test(message);
  return new StageError(isMissing ? 'model-missing' : 'model-failed', 'encode', `model ${spec.id}: ${message}`);
}

interface EngineParts {
  readonly tokenizer: PreTrainedTokenizer;
  readonly model: PreTrainedModel;
  readonly spec: ModelSpec;
  readonly prompts: Prompts;
  readonly files: ModelFile[];
}

function makeEngine({ tokenizer, model, spec: { maxPieces, budget }, prompts, files }: EngineParts): Engine {
  const specials = specialIdsOf(tokenizer);
  const promptIds = {
    query: piecesOf(tokenizer, prompts.query),
    document: piecesOf(tokenizer, prompts.document),
  };

  return {
    files,
    async encode(input, kind = 'document') {
      const { ids, segmentOf } = joinSegments(tokenizer, input);
      if (budget !== null) ids.length = Math.min(ids.length, budget - 2);
      // Each window is a text to the model, and begins with what it expects.
      const head = [specials.first, ...promptIds[kind]];
      const capacity = Math.max(1, maxPieces - head.length - 1);
      let pool: ReturnType<typeof makePool> | null = null;
      for (const { start, end } of equalWindows(ids.length, capacity)) {
        const states = await run(model, [...head, ...ids.slice(start, end), specials.last]);
        pool ??= makePool(states.dimensions, input.segments.length);
        addWindow(pool, states.data, Int32Array.from([...head.map(() => -1), ...segmentOf.slice(start, end), -1]));
      }
      if (!pool) throw new StageError('internal', 'encode', 'a text without any window');
      const pooled = finishPool(pool);
      checkVector(pooled.vector);
      return { ...pooled, pieces: pool.pieces };
    },
    pieceIds: (text) => [specials.first, ...piecesOf(tokenizer, text), specials.last],
    async encodeIds(ids) {
      const states = await run(model, ids);
      const pool = makePool(states.dimensions, 0);
      addWindow(pool, states.data, new Int32Array(ids.length).fill(-1));
      return finishPool(pool).vector;
    },
  };
}

function piecesOf(tokenizer: PreTrainedTokenizer, text: string): number[] {
  return tokenizer.encode(text, { add_special_tokens: false });
}

/** [CLS] and [SEP], read off an empty text, so that any model's own pair is found. */
function specialIdsOf(tokenizer: PreTrainedTokenizer): SpecialIds {
  const [first, last] = tokenizer.encode('');
  if (first === undefined || last === undefined) {
    throw new StageError('model-failed', 'encode', 'this model puts no special pieces around a text');
  }
  return { first, last };
}

/** Word pieces split at blanks and punctuation anyway, so the pieces of the segments are the pieces of the whole. */
function joinSegments(tokenizer: PreTrainedTokenizer, input: EncodeInput): { ids: number[]; segmentOf: number[] } {
  const ids: number[] = [];
  const segmentOf: number[] = [];
  input.segments.forEach((segment, s) => {
    for (const id of piecesOf(tokenizer, segment)) {
      ids.push(id);
      segmentOf.push(s);
    }
  });
  return { ids, segmentOf };
}

async function run(
  model: PreTrainedModel,
  ids: readonly number[],
): Promise<{ data: Float32Array; dimensions: number }> {
  const shape = [1, ids.length];
  const output = await model({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  });
  const states: unknown = output.last_hidden_state ?? output.token_embeddings;
  if (!(states instanceof Tensor) || !(states.data instanceof Float32Array)) {
    throw new StageError('model-failed', 'encode', 'the model gave no token states in float32');
  }
  const dimensions = states.data.length / ids.length;
  const data = states.data.slice();
  states.dispose();
  return { data, dimensions };
}

function checkVector(vector: Float32Array): void {
  for (const value of vector) {
    if (!Number.isFinite(value)) throw new StageError('model-failed', 'encode', 'the model gave a vector with NaN');
  }
}

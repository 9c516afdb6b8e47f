import {
  AutoModel,
  AutoTokenizer,
  env,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from '@huggingface/transformers';
import { StageError } from '../model/failure.ts';
import type { ModelFile, OnLoad } from './encode.api.ts';
import { type ModelFiles, makeModelFiles } from './model-files.web.ts';
import { isMatryoshka, promptsOf } from './model-settings.ts';
import { type Device, type ModelSpec, modelFileOf, modelFolder, type Prompts } from './model-spec.ts';
import { addWindow, finishPooling, startPooling } from './pooling.ts';
import {
  checkDevice,
  type EncodedText,
  type EncodeInput,
  type EncodeLimits,
  encodeTexts,
  type TextModel,
  type TokenStates,
} from './text-encoder.ts';

/** A loaded encoder. */
export interface Engine {
  /** What it was loaded from. */
  readonly files: ModelFile[];
  /** See `ModelSpec.matryoshka`. */
  readonly isMatryoshka: boolean;
  /**
   * Texts that are best given at once; 1 where each runs alone: dynamic int8 makes a vector depend on what else is in its
   * batch.
   */
  readonly atOnce: number;
  /** Default: documents. Rejects with `device-lost` when the graphics device goes. */
  encode(inputs: readonly EncodeInput[], kind?: keyof Prompts): Promise<EncodedText[]>;
  pieceIds(text: string): number[];
  encodeIds(ids: readonly number[]): Promise<Float32Array>;
}

/** Where an engine is loaded from. */
export interface LoadOptions {
  /** The site's own folder, which holds `models/` and `ort/`; ends with a slash. */
  readonly baseUrl: string;
  /** Files that another worker has fetched already. */
  readonly files: readonly ModelFile[];
  readonly onLoad: OnLoad;
}

/**
 * Loads runtime, tokenizer and model, each file checked against what the page was built with. On a graphics device the
 * model is then held against itself on the processor, and refused with `device-wrong` when the two differ.
 * transformers.js chains loads and runs on one module-level promise: after a failure this worker is of no use.
 */
export async function loadEngine(spec: ModelSpec, { baseUrl, files: given, onLoad }: LoadOptions): Promise<Engine> {
  pointAtOwnFiles(spec, baseUrl);
  const expectedBytes = spec.remote || spec.isLocal ? 0 : bytesOf(spec);
  const files = makeModelFiles({ baseUrl, known: MODEL_FILES, given, expectedBytes, onLoad });
  env.fetch = (input, init) => files.fetch(String(input), init);
  try {
    await provideRuntime(spec.device, files, baseUrl);
    const tokenizer = await AutoTokenizer.from_pretrained(spec.id);
    const model =
      spec.device === 'webgpu' ? await loadChecked(spec, tokenizer) : await loadModel(spec, 'wasm', tokenizer);
    const settings = await settingsOf(spec, files);
    return makeEngine(model, spec, { ...settings, files: await files.all() });
  } catch (error) {
    throw files.failure ?? loadFailure(spec, error);
  } finally {
    env.fetch = (input, init) => fetch(new URL(String(input), baseUrl), init);
  }
}

/** The model on the graphics device, after it has said there what it says on the processor, in the same arithmetic. */
async function loadChecked(spec: ModelSpec, tokenizer: PreTrainedTokenizer): Promise<TextModel> {
  const reference = await loadModel(spec, 'wasm', tokenizer);
  const model = await loadModel(spec, 'webgpu', tokenizer);
  await Promise.race([checkDevice(reference, model, limitsOf(spec)), overdue()]);
  await reference.dispose();
  return model;
}

/** Some drivers do not fail, they never answer. */
async function overdue(): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
  throw new StageError('device-wrong', 'encode', `the graphics device has not answered in ${CHECK_MS / 1000} s`);
}

interface Settings {
  readonly prompts: Prompts;
  readonly isMatryoshka: boolean;
}

/** What is known of the model, or what its own settings on the hub say; a model without such files has none. */
async function settingsOf({ id, prompts, matryoshka }: ModelSpec, files: ModelFiles): Promise<Settings> {
  if (prompts !== null && matryoshka !== null) return { prompts, isMatryoshka: matryoshka };
  const folder = env.remotePathTemplate.replace('{model}', id).replace('{revision}', 'main');
  const read = async (name: string): Promise<unknown> => {
    const response = await files.fetch(new URL(folder + name, env.remoteHost));
    return response.ok ? response.json() : {};
  };
  const sentences = await read('config_sentence_transformers.json');
  const said = matryoshka ?? isMatryoshka([sentences, await read('config.json')]);
  return { prompts: prompts ?? promptsOf(sentences), isMatryoshka: said };
}

/** Compiling included; a software device takes a third of it. */
const CHECK_MS = 120_000;

/** The one with WebGPU inside has 26.9 MB in place of 14.3, so it is fetched for nothing else. */
const RUNTIMES: Readonly<Record<Device, string>> = {
  wasm: 'ort/ort-wasm-simd-threaded',
  webgpu: 'ort/ort-wasm-simd-threaded.asyncify',
};

/** Not `.gz`: servers inflate files of that name on the way. */
const wasmOf = (device: Device): string => `${RUNTIMES[device]}.wasm.gzip`;

/**
 * Hands the runtime its WASM, which ships compressed: many static servers compress no WASM, and the cache storage then
 * holds the small one.
 */
async function provideRuntime(device: Device, files: ModelFiles, baseUrl: string): Promise<void> {
  const path = wasmOf(device);
  const response = await files.fetch(new URL(path, baseUrl));
  if (!response.ok) throw new StageError('model-missing', 'encode', `${path}: HTTP status ${response.status}`);
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
  wasm.wasmPaths = { mjs: new URL(`${RUNTIMES[spec.device]}.mjs`, baseUrl).href };
  wasm.numThreads = 1;
}

function wasmSettings(): NonNullable<typeof env.backends.onnx.wasm> {
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new StageError('model-failed', 'encode', 'this build of onnxruntime-web has no WASM backend');
  return wasm;
}

function bytesOf(spec: ModelSpec): number {
  const folder = modelFolder(spec);
  const paths = [wasmOf(spec.device), `${folder}tokenizer.json`, folder + modelFileOf(spec.dtype)];
  return paths.reduce((sum, path) => sum + (MODEL_FILES[path]?.bytes ?? 0), 0);
}

function loadFailure(spec: ModelSpec, error: unknown): StageError {
  if (error instanceof StageError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isMissing = /404|could not locate|failed to fetch|networkerror|not found locally/iu.test(message);
  return new StageError(isMissing ? 'model-missing' : 'model-failed', 'encode', `model ${spec.id}: ${message}`);
}

/** Word pieces that a graphics device runs at once, padding included. */
const GPU_BATCH_PIECES = 4096;
const GPU_TEXTS = 64;

function limitsOf({ maxPieces, budget, pooling, device }: ModelSpec): EncodeLimits {
  return { maxPieces, budget, pooling, batchPieces: device === 'webgpu' ? GPU_BATCH_PIECES : null };
}

type Loaded = Settings & Pick<Engine, 'files'>;

function makeEngine(model: TextModel, spec: ModelSpec, { files, prompts, isMatryoshka }: Loaded): Engine {
  const limits = limitsOf(spec);
  return {
    files,
    isMatryoshka,
    atOnce: spec.device === 'webgpu' ? GPU_TEXTS : 1,
    encode: (inputs, kind = 'document') => encodeTexts(model, inputs, limits, prompts, kind),
    pieceIds: (text) => [model.first, ...model.pieces(text), model.last],
    async encodeIds(ids) {
      const [{ data, dimensions }] = await model.run([ids], ids.length);
      const sums = startPooling(dimensions, 0);
      addWindow(sums, data, new Int32Array(ids.length).fill(-1));
      return finishPooling(sums).vector;
    },
  };
}

interface LoadedModel extends TextModel {
  dispose(): Promise<void>;
}

async function loadModel(spec: ModelSpec, device: Device, tokenizer: PreTrainedTokenizer): Promise<LoadedModel> {
  const model = await AutoModel.from_pretrained(spec.id, { dtype: spec.dtype, device });
  const lost = device === 'webgpu' ? deviceLoss() : null;
  const [first, last] = specialIdsOf(tokenizer);
  const padding = tokenizer.pad_token_id ?? 0;
  return {
    first,
    last,
    pieces: (text) => tokenizer.encode(text, { add_special_tokens: false }),
    run: (rows, width) => {
      const answer = runModel(model, rows, width, padding);
      return lost ? Promise.race([answer, lost]) : answer;
    },
    dispose: async () => {
      await model.dispose();
    },
  };
}

/** Rejects when the runtime's graphics device is lost: what waits for its answer would wait for ever. */
function deviceLoss(): Promise<never> {
  const device: unknown = env.backends.onnx.webgpu?.device;
  const loss = Promise.resolve(device).then(async (found) => {
    if (!(found instanceof GPUDevice)) return new Promise<never>(() => {});
    const { message } = await found.lost;
    throw new StageError('device-lost', 'encode', message || 'the graphics device was lost');
  });
  // Told to whoever waits for an answer then; nobody may.
  loss.catch(() => {});
  return loss;
}

/** [CLS] and [SEP], read off an empty text, so that any model's own pair is found. */
function specialIdsOf(tokenizer: PreTrainedTokenizer): readonly [number, number] {
  const [first, last] = tokenizer.encode('');
  if (first === undefined || last === undefined) {
    throw new StageError('model-failed', 'encode', 'this model puts no special pieces around a text');
  }
  return [first, last];
}

async function runModel(
  model: PreTrainedModel,
  rows: readonly (readonly number[])[],
  width: number,
  padding: number,
): Promise<TokenStates[]> {
  const shape = [rows.length, width];
  const ids = new BigInt64Array(rows.length * width).fill(BigInt(padding));
  const mask = new BigInt64Array(rows.length * width);
  rows.forEach((row, r) => {
    row.forEach((id, i) => {
      ids[r * width + i] = BigInt(id);
    });
    mask.fill(1n, r * width, r * width + row.length);
  });
  const output = await model({
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(rows.length * width), shape),
  });
  const states: unknown = output.last_hidden_state ?? output.token_embeddings;
  if (!(states instanceof Tensor) || !(states.data instanceof Float32Array)) {
    throw new StageError('model-failed', 'encode', 'the model gave no token states in float32');
  }
  const { data } = states;
  const dimensions = data.length / (rows.length * width);
  const cut = rows.map((row, r) => {
    const from = r * width * dimensions;
    return { data: data.slice(from, from + row.length * dimensions), dimensions };
  });
  states.dispose();
  return cut;
}

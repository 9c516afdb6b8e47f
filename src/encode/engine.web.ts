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
  /** The files it was loaded from. */
  readonly files: ModelFile[];
  /** See `ModelSpec.matryoshka`. */
  readonly isMatryoshka: boolean;
  /**
   * How many texts to encode in one call; 1 if each must run alone, because with dynamic int8 a vector depends on the
   * other texts of its batch.
   */
  readonly atOnce: number;
  /** Default kind: documents. Rejects with `device-lost` when the graphics device is lost. */
  encode(inputs: readonly EncodeInput[], kind?: keyof Prompts): Promise<EncodedText[]>;
  pieceIds(text: string): number[];
  encodeIds(ids: readonly number[]): Promise<Float32Array>;
}

/** Where an engine is loaded from. */
export interface LoadOptions {
  /** URL of the site's own folder, which holds `models/` and `ort/`; ends with a slash. */
  readonly baseUrl: string;
  /** Files that another worker has already fetched. */
  readonly files: readonly ModelFile[];
  readonly onLoad: OnLoad;
}

/**
 * Loads runtime, tokenizer and model, each file checked against the build's hash. On a graphics device, the model's
 * results are compared with the processor's, and a difference is refused with `device-wrong`. transformers.js chains
 * loads and runs on one module-level promise, so after a failure this worker is useless.
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

/** The model on the graphics device, once its results match those on the processor in the same arithmetic. */
async function loadChecked(spec: ModelSpec, tokenizer: PreTrainedTokenizer): Promise<TextModel> {
  const reference = await loadModel(spec, 'wasm', tokenizer);
  const model = await loadModel(spec, 'webgpu', tokenizer);
  await Promise.race([checkDevice(reference, model, limitsOf(spec)), overdue()]);
  await reference.dispose();
  return model;
}

/** Fails after a time limit, since some drivers never answer. */
async function overdue(): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, CHECK_MS));
  throw new StageError('device-wrong', 'encode', `the graphics device has not answered in ${CHECK_MS / 1000} s`);
}

interface Settings {
  readonly prompts: Prompts;
  readonly isMatryoshka: boolean;
}

/** The model's known settings, or those in its files on the hub; defaults for a model without such files. */
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

/** Includes compiling; a software device takes a third of it. */
const CHECK_MS = 120_000;

/** The runtime with WebGPU is 26.9 MB instead of 14.3, so it is fetched only for that. */
const RUNTIMES: Readonly<Record<Device, string>> = {
  wasm: 'ort/ort-wasm-simd-threaded',
  webgpu: 'ort/ort-wasm-simd-threaded.asyncify',
};

/** Not `.gz`, because servers decompress files with that extension. */
const wasmOf = (device: Device): string => `${RUNTIMES[device]}.wasm.gzip`;

/**
 * Gives the runtime its WASM, which ships compressed because many static servers do not compress WASM; the cache
 * storage also stays smaller.
 */
async function provideRuntime(device: Device, files: ModelFiles, baseUrl: string): Promise<void> {
  const path = wasmOf(device);
  const response = await files.fetch(new URL(path, baseUrl));
  if (!response.ok) throw new StageError('model-missing', 'encode', `${path}: HTTP status ${response.status}`);
  const plain = (await response.blob()).stream().pipeThrough(new DecompressionStream('gzip'));
  wasmSettings().wasmBinary = await new Response(plain).arrayBuffer();
}

/** Makes the library use our own files. By default it fetches from a CDN and a hub, and imports from a blob. */
function pointAtOwnFiles(spec: ModelSpec, baseUrl: string): void {
  env.allowLocalModels = !spec.remote;
  env.allowRemoteModels = spec.remote;
  // A path, not a URL: the library considers a local model at a full URL missing.
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

/** Word pieces that a graphics device runs at once, including padding. */
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

/** Rejects when the runtime's graphics device is lost, since its pending calls would never settle. */
function deviceLoss(): Promise<never> {
  const device: unknown = env.backends.onnx.webgpu?.device;
  const loss = Promise.resolve(device).then(async (found) => {
    if (!(found instanceof GPUDevice)) return new Promise<never>(() => {});
    const { message } = await found.lost;
    throw new StageError('device-lost', 'encode', message || 'the graphics device was lost');
  });
  // Avoids an unhandled rejection when nobody is awaiting it.
  loss.catch(() => {});
  return loss;
}

/** [CLS] and [SEP], taken from an encoded empty text, so that it works for any model. */
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

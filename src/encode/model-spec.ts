import type { EncodeInfo } from '../model/map-data.ts';
import type { Pooling } from './pooling.ts';

/** Number formats of a model's ONNX file, as named by transformers.js; they determine the file's suffix. */
export type ModelDtype = 'q8' | 'int8' | 'fp16' | 'fp32';

/** What runs the model: the processor, by WebAssembly, or the graphics device. */
export type Device = 'wasm' | 'webgpu';

/** The text that a model expects before its input; '' for none. */
export interface Prompts {
  readonly query: string;
  readonly document: string;
}

/** Prompts of a model that expects none. */
export const NO_PROMPTS: Prompts = { query: '', document: '' };

/** Which encoder to use. */
export interface ModelSpec {
  /** A folder in our own `models/`, or `owner/name` on a model hub. */
  readonly id: string;
  readonly dtype: ModelDtype;
  readonly device: Device;
  /** Float formats with a file available, which a graphics device can run, best first. */
  readonly floats: readonly ModelDtype[];
  /** True for a folder of this device, whose files are handed over and never fetched. */
  readonly isLocal: boolean;
  /** True when the files come from the model hub, which only happens after the user chose it. */
  readonly remote: boolean;
  /** Word pieces in one window, including [CLS] and [SEP]. */
  readonly maxPieces: number;
  /** Word pieces read of a text, including [CLS] and [SEP], in one window; null: all, in as many windows as needed. */
  readonly budget: number | null;
  readonly pooling: Pooling;
  /** Text before each window; null: as the hub's files say. */
  readonly prompts: Prompts | null;
  /** Whether a prefix of its vectors can be used as vectors, as its files say; null: as the hub's files say. */
  readonly matryoshka: boolean | null;
}

/** How much of a text is read: `full` all of it, `fast` the first 128 word pieces. */
export type TokenBudget = 'full' | 'fast';

const FAST_PIECES = 128;
/** Formats that most hub models have. */
const HUB_FLOATS: readonly ModelDtype[] = ['fp16', 'fp32'];

/** The encoder that ships with the page: dynamic int8 for WASM. sentence-transformers cuts this model at 256 pieces. */
export const DEFAULT_MODEL: ModelSpec = {
  id: 'all-MiniLM-L6-v2',
  dtype: 'q8',
  device: 'wasm',
  // Unlike dynamic int8, only its weights are int8.
  floats: ['int8'],
  isLocal: false,
  remote: false,
  maxPieces: 256,
  budget: null,
  pooling: 'mean',
  prompts: NO_PROMPTS,
  matryoshka: false,
};

/** Dimensions of {@link DEFAULT_MODEL}'s vectors. */
export const DEFAULT_DIMENSIONS = 384;

/** The model for a user's input: the default for its own name or '', otherwise `owner/name` on the hub. */
export function modelSpecOf(name: string, budget: TokenBudget = 'full'): ModelSpec {
  const id = name.trim();
  const own = id === '' || id === DEFAULT_MODEL.id;
  const hub = { ...DEFAULT_MODEL, id, remote: true, floats: HUB_FLOATS, prompts: null, matryoshka: null };
  return withBudget(own ? DEFAULT_MODEL : hub, budget);
}

/** The same model with another token budget. */
export function withBudget(spec: ModelSpec, budget: TokenBudget): ModelSpec {
  return budget === 'fast' ? { ...spec, budget: FAST_PIECES } : spec;
}

/** The folder of a model that ships with the page, relative to the page; ends with a slash. */
export function modelFolder({ id }: ModelSpec): string {
  return `models/${id}/`;
}

/** The model file's path within its folder, as named by transformers.js. */
export function modelFileOf(dtype: ModelDtype): string {
  return `onnx/model${{ q8: '_quantized', int8: '_int8', fp16: '_fp16', fp32: '' }[dtype]}.onnx`;
}

/** SHA-256 of model file and tokenizer, from the build's `known` files; '' for models of a hub or folder. */
export function filesHashOf(
  spec: ModelSpec,
  known: Readonly<Record<string, { readonly sha256: string } | undefined>>,
): string {
  if (spec.remote || spec.isLocal) return '';
  const folder = modelFolder(spec);
  const paths = [folder + modelFileOf(spec.dtype), `${folder}tokenizer.json`];
  return paths.map((path) => known[path]?.sha256 ?? '').join('+');
}

/**
 * What a stored vector depends on besides its text. Vectors of different namespaces are never mixed.
 * @param filesHash see {@link filesHashOf}
 */
export function vectorNamespace(spec: ModelSpec, filesHash: string): string {
  const parts = ['v3', spec.id, spec.dtype, `${spec.maxPieces} pieces`, `budget ${spec.budget}`, 'mean', filesHash];
  // The processor is not named, so that vectors stored before there was another device stay valid.
  return (spec.device === 'wasm' ? parts : [...parts, spec.device]).join('|');
}

/**
 * The same model for a graphics device, where float arithmetic is fast and dynamic int8 wrong or slow; null when it has
 * no suitable file.
 */
export function gpuSpecOf(spec: ModelSpec, hasF16: boolean): ModelSpec | null {
  const dtype = spec.floats.find((name) => name !== 'fp16' || hasF16);
  return dtype === undefined ? null : { ...spec, dtype, device: 'webgpu' };
}

/** How the vectors were made, for the map file. */
export function encodeInfo(spec: ModelSpec, dimensions: number): EncodeInfo {
  const { id, dtype, device, budget, maxPieces, matryoshka } = spec;
  const info = { model: id, dtype, device, dimensions, maxPieces: budget ?? maxPieces };
  return matryoshka ? { ...info, matryoshka } : info;
}

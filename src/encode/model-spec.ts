import type { EncodeInfo } from '../model/map-data.ts';
import type { Pooling } from './pooling.ts';

/** Number formats of a model's ONNX file, as transformers.js names them: the suffix of the file follows from it. */
export type ModelDtype = 'q8' | 'int8' | 'fp16' | 'fp32';

/** What runs the model: the processor, by WebAssembly, or the graphics device. */
export type Device = 'wasm' | 'webgpu';

/** What a model wants to stand before a text; '' for nothing. */
export interface Prompts {
  readonly query: string;
  readonly document: string;
}

/** Of a model that wants none. */
export const NO_PROMPTS: Prompts = { query: '', document: '' };

/** Which encoder to use. */
export interface ModelSpec {
  /** A folder of our own `models/`, or `owner/name` of a model hub. */
  readonly id: string;
  readonly dtype: ModelDtype;
  readonly device: Device;
  /** Number formats that a graphics device can take, best first: those of float arithmetic that there are files of. */
  readonly floats: readonly ModelDtype[];
  /** True for a folder of this device: its files are handed over, and never fetched. */
  readonly isLocal: boolean;
  /** True when the files come from the model hub: only ever after the user chose so. */
  readonly remote: boolean;
  /** Word pieces in one window, [CLS] and [SEP] included. */
  readonly maxPieces: number;
  /** Word pieces of a text that are read at all, [CLS] and [SEP] included, in one window; null: all, in as many as it takes. */
  readonly budget: number | null;
  readonly pooling: Pooling;
  /** What goes before each window; null: what the hub says of it. */
  readonly prompts: Prompts | null;
  /** Whether the first numbers of its vectors do as vectors, as its files say; null: what the hub says of it. */
  readonly matryoshka: boolean | null;
}

/** How much of a text is read: `full` all of it, `fast` its first 128 word pieces. */
export type TokenBudget = 'full' | 'fast';

const FAST_PIECES = 128;
/** Most models of the hub have both. */
const HUB_FLOATS: readonly ModelDtype[] = ['fp16', 'fp32'];

/** The encoder that ships with the page: dynamic int8 for WASM. sentence-transformers cuts this model at 256 pieces. */
export const DEFAULT_MODEL: ModelSpec = {
  id: 'all-MiniLM-L6-v2',
  dtype: 'q8',
  device: 'wasm',
  // Its weights alone are int8.
  floats: ['int8'],
  isLocal: false,
  remote: false,
  maxPieces: 256,
  budget: null,
  pooling: 'mean',
  prompts: NO_PROMPTS,
  matryoshka: false,
};

/** Numbers in a vector of {@link DEFAULT_MODEL}. */
export const DEFAULT_DIMENSIONS = 384;

/** The model that a user names: the default by its own name or '', otherwise `owner/name` on the hub. */
export function modelSpecOf(name: string, budget: TokenBudget = 'full'): ModelSpec {
  const id = name.trim();
  const own = id === '' || id === DEFAULT_MODEL.id;
  const hub = { ...DEFAULT_MODEL, id, remote: true, floats: HUB_FLOATS, prompts: null, matryoshka: null };
  return withBudget(own ? DEFAULT_MODEL : hub, budget);
}

/** The same model, reading as much of each text. */
export function withBudget(spec: ModelSpec, budget: TokenBudget): ModelSpec {
  return budget === 'fast' ? { ...spec, budget: FAST_PIECES } : spec;
}

/** The folder's path of a model that ships with the page, from the page; ends with a slash. */
export function modelFolder({ id }: ModelSpec): string {
  return `models/${id}/`;
}

/** The model file's path within the folder, as transformers.js names it. */
export function modelFileOf(dtype: ModelDtype): string {
  return `onnx/model${{ q8: '_quantized', int8: '_int8', fp16: '_fp16', fp32: '' }[dtype]}.onnx`;
}

/** SHA-256 of the model file and the tokenizer among the files `known` since the build; '' for a model of a hub, and of a folder, whose id says it. */
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
 * What a stored vector depends on besides its text. Vectors of another namespace are never mixed in.
 * @param filesHash see {@link filesHashOf}
 */
export function vectorNamespace(spec: ModelSpec, filesHash: string): string {
  const parts = ['v3', spec.id, spec.dtype, `${spec.maxPieces} pieces`, `budget ${spec.budget}`, 'mean', filesHash];
  // Named where it is not the processor: what was stored before there was another stays known.
  return (spec.device === 'wasm' ? parts : [...parts, spec.device]).join('|');
}

/**
 * The same model for a graphics device, where float arithmetic is fast and dynamic int8 is wrong or slow; null when it has
 * no file for that.
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

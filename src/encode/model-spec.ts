import type { EncodeInfo } from '../model/map-data.ts';

/** Number formats of a model's ONNX file, as transformers.js names them: the suffix of the file follows from it. */
export type ModelDtype = 'q8' | 'int8' | 'fp32';

/** Which encoder to use. */
export interface ModelSpec {
  /** A folder of our own `models/`, or `owner/name` of a model hub. */
  readonly id: string;
  readonly dtype: ModelDtype;
  /** True when the files come from the model hub: only ever after the user chose so. */
  readonly remote: boolean;
  /** Word pieces in one window, [CLS] and [SEP] included. */
  readonly maxPieces: number;
}

/** The encoder that ships with the page: dynamic int8 for WASM. sentence-transformers cuts this model at 256 pieces. */
export const DEFAULT_MODEL: ModelSpec = { id: 'all-MiniLM-L6-v2', dtype: 'q8', remote: false, maxPieces: 256 };

/** The model that a user names: the default by its own name or '', otherwise `owner/name` on the hub. */
export function modelSpecOf(name: string): ModelSpec {
  const id = name.trim();
  if (id === '' || id === DEFAULT_MODEL.id) return DEFAULT_MODEL;
  return { id, dtype: 'q8', remote: true, maxPieces: 256 };
}

/**
 * What a stored vector depends on besides its text. Vectors of another namespace are never mixed in.
 * @param fileHash SHA-256 of the model file in hex when it is known at build time, else ''
 */
export function vectorNamespace(spec: ModelSpec, fileHash: string): string {
  return ['v1', spec.id, spec.dtype, `${spec.maxPieces} pieces`, 'mean', fileHash].join('|');
}

/** How the vectors were made, for the map file. */
export function encodeInfo(spec: ModelSpec, dimensions: number): EncodeInfo {
  return { model: spec.id, dtype: spec.dtype, dimensions, maxPieces: spec.maxPieces };
}

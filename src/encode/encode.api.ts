import type { ModelSpec } from './model-spec.ts';
import type { EncodeInput } from './text-encoder.ts';

/** Vectors of some texts, in the order asked for. */
export interface EncodedTexts {
  /** texts × dimensions, row-major, unit length. */
  readonly vectors: Float32Array;
  /** For each text the cosine of each of its segments with its vector. */
  readonly salience: readonly Float32Array[];
  /** The packed vectors of each text's segments; see `EncodedText.sentences`. */
  readonly sentences: readonly Uint8Array[];
  /** Word pieces of each text, special ones included. */
  readonly pieces: Int32Array;
}

/** What the cache holds of the texts asked for: `rows[i]` is the row of text i in `texts`, or −1. */
export interface RecalledTexts {
  readonly rows: Int32Array;
  readonly texts: EncodedTexts;
}

/** One of a model's files. A blob crosses threads without a copy of its bytes. */
export interface ModelFile {
  /** Where it came from; absolute. */
  readonly url: string;
  readonly blob: Blob;
}

/** Bytes of the model's files that have arrived, of those known so far. */
export type OnLoad = (loadedBytes: number, totalBytes: number) => void;

/** The encode worker, as the page sees it. Any number of such workers may serve one queue. */
export interface EncodeApi {
  /** Sets the model for what follows; loads nothing yet. */
  configure(spec: ModelSpec, baseUrl: string): Promise<void>;
  /** Vectors from the browser's storage; never loads the model, never fails. */
  recall(inputs: readonly EncodeInput[]): Promise<RecalledTexts>;
  /**
   * Loads the model (once) from `files`, and what is not among them from our own site, or the hub for a remote spec. All of a local
   * one must be among them.
   * Fails with model-missing or model-failed.
   */
  load(onLoad: OnLoad, files?: readonly ModelFile[]): Promise<void>;
  /** Whether the files of the model say that it is a Matryoshka model; false while it is not loaded. */
  isMatryoshka(): Promise<boolean>;
  /** The files that the model was loaded from, checked, for other workers. */
  files(): Promise<ModelFile[]>;
  /** Encodes each text alone, at its exact length. The vectors are stored while the next texts are encoded. */
  encode(inputs: readonly EncodeInput[]): Promise<EncodedTexts>;
  /** Resolves when all vectors so far are stored, or could not be. */
  settle(): Promise<void>;
  /** The unit vector of a query, a text like any other to the model, but never stored. */
  encodeQuery(input: EncodeInput): Promise<Float32Array>;
  /** Word piece ids of a text with [CLS] and [SEP], uncut. */
  pieceIds(text: string): Promise<number[]>;
  /** Unit vectors of one window of ids each, specials included: the model alone, without our windows. */
  encodeIds(ids: readonly (readonly number[])[]): Promise<Float32Array>;
}

import type { ModelSpec } from './model-spec.ts';
import type { EncodeInput } from './text-encoder.ts';

/** Vectors of some texts, in the order asked for. */
export interface EncodedTexts {
  /** texts × dimensions, row-major, unit length. */
  readonly vectors: Float32Array;
  /** For each text the cosine between each of its segments and its vector. */
  readonly salience: readonly Float32Array[];
  /** The packed vectors of each text's segments; see `EncodedText.sentences`. */
  readonly sentences: readonly Uint8Array[];
  /** Number of word pieces of each text, including special ones. */
  readonly pieces: Int32Array;
}

/** Cached results for the texts asked for: `rows[i]` is the row of text i in `texts`, or −1. */
export interface RecalledTexts {
  readonly rows: Int32Array;
  readonly texts: EncodedTexts;
}

/** One of a model's files. A blob is sent between threads without copying its bytes. */
export interface ModelFile {
  /** Its absolute source URL. */
  readonly url: string;
  readonly blob: Blob;
}

/** Called with the bytes that have arrived of the model's files, and the total known so far. */
export type OnLoad = (loadedBytes: number, totalBytes: number) => void;

/** The encode worker, as the page sees it. Several of them may share one queue. */
export interface EncodeApi {
  /** Sets the model for later calls; loads nothing yet. */
  configure(spec: ModelSpec, baseUrl: string): Promise<void>;
  /** Looks vectors up in the browser's storage; never loads the model, never fails. */
  recall(inputs: readonly EncodeInput[]): Promise<RecalledTexts>;
  /**
   * Loads the model (once) from `files`, and missing files from our own site, or the hub for a remote spec. A local
   * model must have all its files there. Fails with model-missing or model-failed.
   */
  load(onLoad: OnLoad, files?: readonly ModelFile[]): Promise<void>;
  /** Whether the model's files say that it is a Matryoshka model; false until it is loaded. */
  isMatryoshka(): Promise<boolean>;
  /** The verified files that the model was loaded from, for other workers. */
  files(): Promise<ModelFile[]>;
  /** Encodes each text alone, at its exact length. Stores the vectors while the next texts are encoded. */
  encode(inputs: readonly EncodeInput[]): Promise<EncodedTexts>;
  /** Resolves when storing has ended for all vectors so far, successfully or not. */
  settle(): Promise<void>;
  /** The unit vector of a query, which is encoded like a text but never stored. */
  encodeQuery(input: EncodeInput): Promise<Float32Array>;
  /** Word piece ids of a text with [CLS] and [SEP], not truncated. */
  pieceIds(text: string): Promise<number[]>;
  /** Unit vectors of sequences of ids, specials included, one window each: the bare model, without our windowing. */
  encodeIds(ids: readonly (readonly number[])[]): Promise<Float32Array>;
}

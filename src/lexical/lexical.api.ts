/** Called with positions of all papers so far, n×2 in map units; NaN for a paper that shares no word with another. */
export type OnOutline = (positions: Float32Array) => void;

/** What is shown while vectors arrive. */
export interface Glide {
  /** n×2 in map units; NaN for a paper without a position yet. */
  readonly positions: Float32Array;
  /** Papers whose vector has been taken into account. */
  readonly arrived: number;
  /**
   * Share (0…1) of the 15 nearest papers by meaning that are also nearest on the shown map, among papers with a vector.
   * While vectors are missing the neighbourhood is smaller in proportion; null while it is below three.
   */
  readonly agreement: number | null;
}

/** The worker of the instant map: by shared words at once, by meaning as vectors arrive. Holds one corpus. */
export interface LexicalApi {
  /** Forgets what it holds. */
  begin(): Promise<void>;
  /** Takes the raw texts of the next papers, in order. */
  add(texts: readonly string[]): Promise<void>;
  /**
   * Lays out all papers by their words: n×2 in map units, NaN for papers that share none; null when almost no paper
   * shares any. The same texts and seed give the same bytes. Calls `onOutline` at most every 100 ms.
   */
  outline(seed: number, onOutline: OnOutline): Promise<Float32Array | null>;
  /** Takes the vectors of the papers `indices`: indices.length × d, row-major. Both are transferred. */
  arrive(indices: Int32Array, vectors: Float32Array): Promise<void>;
  /** Moves the papers on by the vectors received. Needs an outline. Depends on timing: use it for pictures only. */
  glide(): Promise<Glide>;
}

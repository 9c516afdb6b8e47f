/** Called with places of the papers so far, n×2 in map units; NaN for a paper without a word that another one has. */
export type OnOutline = (positions: Float32Array) => void;

/** What is shown while vectors arrive. */
export interface Glide {
  /** n×2 in map units; NaN for a paper that has no place yet. */
  readonly positions: Float32Array;
  /** Papers whose vector has had a part in it. */
  readonly arrived: number;
  /**
   * Share (0…1) of the nearest papers by meaning that are nearest on the shown map too, among the papers with a vector;
   * the neighbourhood is 15 papers, less in proportion while vectors are missing. Null while that is fewer than three.
   */
  readonly agreement: number | null;
}

/** The worker of the instant map: by shared words at once, and towards meaning as vectors arrive. Holds one corpus. */
export interface LexicalApi {
  /** Forgets what it holds. */
  begin(): Promise<void>;
  /** Takes the texts of the next papers, in order, raw. */
  add(texts: readonly string[]): Promise<void>;
  /**
   * Lays out all papers by their words; n×2 in map units, NaN for papers that share none; null when next to none does. The
   * same texts and seed give the same bytes. Shows where it is at most every 100 ms.
   */
  outline(seed: number, onOutline: OnOutline): Promise<Float32Array | null>;
  /** Takes the vectors of the papers `indices`: indices.length × d, row-major. Both are transferred. */
  arrive(indices: Int32Array, vectors: Float32Array): Promise<void>;
  /** Moves the papers on, by the vectors that are there. Needs an outline. Not deterministic in time: for pictures. */
  glide(): Promise<Glide>;
}

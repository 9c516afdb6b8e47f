/** One thing the reader noticed. `line` counts from 1; 0 means the file as a whole. */
export interface ReadNote {
  readonly file: string;
  readonly line: number;
  /** A sentence in words for the user: what was found and what was done. */
  readonly reason: string;
}

/** What was found in one file. */
export interface FileReport {
  readonly name: string;
  /** Its name in `src/read/detect.web.ts`: `listing`, `csv`, `json`, `jsonl`, … */
  readonly format: string;
  /** As detected: `utf-8`, `utf-16le`, `utf-16be`. */
  readonly encoding: string;
  readonly records: number;
  /** Bytes that were no valid text and stand as U+FFFD now. */
  readonly replacedBytes: number;
}

/** Records that became one paper, since their normalised titles are the same. */
export interface MergedGroup {
  /** Paper index of the group. */
  readonly paper: number;
  /** How many records became this paper: 2 or more. */
  readonly records: number;
}

/** What the reader found: `records = papers + merged`, and `skipped` records on top of that which are in no paper. */
export interface ReadReport {
  readonly records: number;
  readonly papers: number;
  /** Surplus records: each merged into an earlier one. */
  readonly merged: number;
  readonly groups: readonly MergedGroup[];
  /** Records left out, each with its reason. */
  readonly skipped: readonly ReadNote[];
  /** Records kept, but not as they stood. */
  readonly warnings: readonly ReadNote[];
  readonly files: readonly FileReport[];
}

/** Vectors that came with the papers, in a column of their file. */
export interface GivenVectors {
  /** The column's name. */
  readonly column: string;
  readonly dimensions: number;
  /** papers × dimensions, row-major, of unit length; zeros for a paper without a usable one. */
  readonly rows: Float32Array;
  /** Papers without a usable vector, ascending. */
  readonly without: readonly number[];
}

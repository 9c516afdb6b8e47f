/** One observation of the reader. `line` counts from 1; 0 means the whole file. */
export interface ReadNote {
  readonly file: string;
  readonly line: number;
  /** A sentence for the user: what was found and what was done. */
  readonly reason: string;
}

/** What was found in one file. */
export interface FileReport {
  readonly name: string;
  /** The name of its format in `src/read/detect.web.ts`: `listing`, `csv`, `json`, `jsonl`, … */
  readonly format: string;
  /** As chosen, detected or guessed: a name of the WHATWG Encoding Standard, such as `utf-8` or `windows-1252`. */
  readonly encoding: string;
  readonly records: number;
  /** Bytes that are no text in this encoding, which were replaced by U+FFFD. */
  readonly replacedBytes: number;
}

/**
 * Which records become one paper. `id`: those of one DOI or id; `same`: also equal rows, and those of one title that
 * agree in text, authors or year; `title`: all of one title, or of one text without a title; `none`: each is a paper.
 */
export type MergeRule = 'id' | 'same' | 'title' | 'none';

/** Records merged into one paper. */
export interface MergedGroup {
  /** Index of the paper. */
  readonly paper: number;
  /** Number of records in this paper, at least 2. */
  readonly records: number;
}

/** A language that texts are in. */
export interface LanguageShare {
  /** Its BCP 47 code: `de`. */
  readonly language: string;
  /** Share of the texts looked at, 0…1. */
  readonly share: number;
}

/** What the reader found: `records = papers + merged`; `skipped` records come on top and are in no paper. */
export interface ReadReport {
  readonly records: number;
  readonly papers: number;
  /** Records that were merged into an earlier one. */
  readonly merged: number;
  readonly groups: readonly MergedGroup[];
  /**
   * About how many records each rule would merge; exact for the rule in use and for `title`. What `title` merges beyond
   * the rule in use are near-copies. Absent in reports of older versions.
   */
  readonly nearCopies?: Readonly<Record<MergeRule, number>>;
  /** Records left out, each with its reason. */
  readonly skipped: readonly ReadNote[];
  /** Records that were kept with changes. */
  readonly warnings: readonly ReadNote[];
  readonly files: readonly FileReport[];
  /** The languages of at least 5 % of the texts, the commonest first; empty when they are too short to tell. */
  readonly languages?: readonly LanguageShare[];
}

/** Places that came with the papers, in two columns of their file. */
export interface GivenPlaces {
  /** The columns' names, which stay columns of the corpus too. */
  readonly x: string;
  readonly y: string;
  /** Degrees of longitude and latitude. */
  readonly isGeographic: boolean;
  /** n×2 in map units, as in `FittedPlaces`; NaN for a paper without a place. */
  readonly positions: Float32Array;
  /** Papers without a place, ascending. */
  readonly without: readonly number[];
  /** Papers so far outside that they are drawn nearer. */
  readonly drawnNearer: number;
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

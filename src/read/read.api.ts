import type { Failure } from '../model/failure.ts';
import type { Noun } from '../model/noun.ts';
import type { Column, Corpus, Paper, Source } from '../model/paper.ts';
import type { OnProgress } from '../model/progress.ts';
import type { GivenPlaces, GivenVectors, MergeRule, ReadReport } from '../model/read-report.ts';
import type { DayOrder, DayOrderGuess } from '../text/dates.ts';

/**
 * One file to read. `Bytes` is the platform's `Blob` (a `File` is one): the core project lacks that type, so the page
 * and the worker fill it in. Pasted text is a Blob with the name `pasted text`.
 */
export interface ReadInput<Bytes> {
  /** Shown to the user and kept as the papers' source; may include a folder. */
  readonly name: string;
  readonly blob: Bytes;
}

/** What a column of a table is used for. A column without a role is kept as it is. */
export type ColumnRole = 'id' | 'title' | 'text' | 'authors' | 'date' | 'url';

/** What a user may decide about one file instead of having it guessed. */
export interface FileOptions {
  /** The name of a format in `detect.web.ts`. */
  readonly format?: string;
  /** A label of the WHATWG Encoding Standard, such as `windows-1252`. */
  readonly encoding?: string;
  /** The character between the cells of a row. */
  readonly delimiter?: string;
  /** The character around cells; '' for none. */
  readonly quote?: string;
  /** Lines before the table or the texts, which are not read. */
  readonly skipLines?: number;
  /** The row that holds the names, counted from 1 after the skipped lines; rows before it are not read. 0: no row. */
  readonly headerRow?: number;
  /** Path of the list of records inside a JSON file, with points: `message.items`. */
  readonly list?: string;
  /** A workbook's sheet. */
  readonly sheet?: string;
  /** A column's name for each role, or null for no column. A role that is missing, or whose column is, is guessed. */
  readonly roles?: Partial<Record<ColumnRole, string | null>>;
  /** How dates such as 03/04/2023 are read. Default: guessed from all dates of their column. */
  readonly dayOrder?: DayOrder;
}

export type { MergeRule };

/** What a user may decide instead of having it guessed. */
export interface ReadOptions {
  /** Applies to every file. */
  readonly all?: FileOptions;
  /** By the file's name; each choice made here comes before that of `all`. */
  readonly files?: Readonly<Record<string, FileOptions>>;
  /** Maximum number of papers. Default: all, from at most 5,000,000 records. */
  readonly limit?: number;
  /** Default: `same`. */
  readonly merge?: MergeRule;
  /** What the texts are called. Default: guessed from the formats and the columns' names. */
  readonly noun?: Noun;
  /** Reads only the beginning of the files with these names, at most 50, and nothing of the others. */
  readonly beginnings?: readonly string[];
}

/** The beginning of a table, and how its columns are used. */
export interface TablePreview {
  readonly headers: readonly string[];
  readonly roles: Readonly<Record<ColumnRole, string | null>>;
  /** Why a column was given its role, in words: `its name`, `the longest texts`; absent for a user's choice. */
  readonly reasons?: Partial<Record<ColumnRole, string>>;
  /** The first 20 rows, each as long as `headers`; long cells are cut. */
  readonly rows: readonly (readonly string[])[];
  /** The character between the cells; null where there is none, as in JSON. */
  readonly delimiter: string | null;
  /** As in {@link FileOptions}; absent for formats that have none. */
  readonly quote?: string;
  readonly headerRow?: number;
  /** How ambiguous dates are read; absent when there are none. */
  readonly days?: DayOrderGuess;
}

/** The first papers of a file as they will stand on the map. Texts are cut. */
export type PreviewRecord = Pick<Paper, 'title' | 'text' | 'authors' | 'date' | 'url'> & Pick<Source, 'line'>;

/** How a file was read, and what else it could be read as. */
export interface FilePreview {
  readonly file: string;
  /** The format's name; null when nothing could be read. */
  readonly format: string | null;
  /** The formats that could be meant, the likeliest first. */
  readonly formats: readonly string[];
  /** All other formats that a user may choose; empty for binary files. */
  readonly otherFormats: readonly string[];
  /** Null for binary files. */
  readonly encoding: string | null;
  /** The file's first lines as they are, each cut; empty for binary files. */
  readonly lines: readonly string[];
  readonly records: readonly PreviewRecord[];
  readonly table: TablePreview | null;
  /** A workbook's sheets, and lists inside a JSON file; empty where there is no choice. */
  readonly sheets: readonly string[];
  readonly lists: readonly string[];
  /** The sheet or list that was read. */
  readonly part: string | null;
  /** Lines that were skipped at the beginning. */
  readonly skipLines: number;
  /** Why the file was not read, as a sentence; null when it was. */
  readonly problem: string | null;
}

/** Papers, what happened to every record, and how each file was read. */
export interface ReadResult {
  /** Empty when `failure` is not null. */
  readonly corpus: Corpus;
  readonly report: ReadReport;
  readonly previews: readonly FilePreview[];
  /** Columns of vectors, which are not in the corpus. */
  readonly vectors: readonly GivenVectors[];
  /** Pairs of columns that hold places, the likeliest first; the columns are in the corpus too. */
  readonly places: readonly GivenPlaces[];
  /** Why there is no paper at all; null when there is one. */
  readonly failure: Failure | null;
}

/** A part of the corpus for the page; parts arrive in order. */
export type CorpusPart =
  | { readonly kind: 'papers'; readonly papers: readonly Paper[] }
  | { readonly kind: 'column'; readonly name: string; readonly values: Column['values']; readonly isList?: true }
  | VectorsPart
  | VectorRowsPart;

/** Announces a column of vectors for so many papers; its rows follow, zeros unless they are sent. */
export interface VectorsPart extends Omit<GivenVectors, 'rows'> {
  readonly kind: 'vectors';
  readonly papers: number;
}

/** Vectors of successive papers, the first of them `from`. The buffer is the part's own, to be transferred. */
export interface VectorRowsPart {
  readonly kind: 'vector rows';
  readonly column: string;
  readonly from: number;
  readonly rows: Float32Array<ArrayBuffer>;
}

/** Everything but the corpus and the vectors, which were sent ahead in parts. */
type ReadRest = Omit<ReadResult, 'corpus' | 'vectors'> & { readonly noun: Noun };

/** What the read worker offers. */
export interface ReadApi<Bytes> {
  /** Sends the corpus part by part, each after the one before was received, then returns the rest. */
  read(
    inputs: readonly ReadInput<Bytes>[],
    options: ReadOptions,
    receive: (part: CorpusPart) => void,
    onProgress: OnProgress,
  ): Promise<ReadRest>;
}

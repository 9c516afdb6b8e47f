import type { Column, Corpus, Paper } from '../model/paper.ts';
import type { OnProgress } from '../model/progress.ts';
import type { GivenVectors, ReadReport } from '../model/read-report.ts';
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

/** What a user may decide instead of having it guessed. */
export interface ReadOptions {
  /** A column's name for each role, or null for no column. A role that is missing, or whose column is, is guessed. */
  readonly roles?: Partial<Record<ColumnRole, string | null>>;
  /** Maximum number of papers. Default: all, from at most 5,000,000 records. */
  readonly limit?: number;
  /** The character between the cells of a CSV row. Default: guessed. */
  readonly delimiter?: string;
  /** Whether the first row of a CSV holds names. Default: guessed. */
  readonly header?: boolean;
  /** How dates such as 03/04/2023 are read. Default: guessed from all dates of their column. */
  readonly dayOrder?: DayOrder;
  /** Whether records with the same normalised title become one paper (default), or only exact copies. */
  readonly mergeTitles?: boolean;
}

/** The beginning of a table, and how its columns are used, for an import dialog. */
export interface TablePreview {
  readonly file: string;
  readonly headers: readonly string[];
  readonly roles: Readonly<Record<ColumnRole, string | null>>;
  /** The first 20 rows, each as long as `headers`; long cells are cut. */
  readonly rows: readonly (readonly string[])[];
  /** A CSV's delimiter; null for JSON and for a CSV of one column. */
  readonly delimiter: string | null;
  /** How ambiguous dates are read; absent when there are none. */
  readonly days?: DayOrderGuess;
}

/** Papers, what happened to every record, and the tables found (at most one for each file). */
export interface ReadResult {
  readonly corpus: Corpus;
  readonly report: ReadReport;
  readonly tables: readonly TablePreview[];
  /** Columns of vectors, which are not in the corpus. */
  readonly vectors: readonly GivenVectors[];
}

/** A part of the corpus for the page; parts arrive in order. */
export type CorpusPart =
  | { readonly kind: 'papers'; readonly papers: readonly Paper[] }
  | { readonly kind: 'column'; readonly name: string; readonly values: Column['values'] };

/** Everything but the corpus, which was sent ahead in parts. */
type ReadRest = Omit<ReadResult, 'corpus'>;

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

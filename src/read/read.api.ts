import type { Column, Corpus, Paper } from '../model/paper.ts';
import type { OnProgress } from '../model/progress.ts';
import type { GivenVectors, ReadReport } from '../model/read-report.ts';
import type { DayOrder, DayOrderGuess } from '../text/dates.ts';

/**
 * One file to read. `Bytes` is the platform's `Blob` (a `File` is one): the core project has no such type, so the page
 * and the worker fill it in. Pasted text is a Blob of it under the name `pasted text`.
 */
export interface ReadInput<Bytes> {
  /** Shown to the user and kept as the papers' source; may hold a folder. */
  readonly name: string;
  readonly blob: Bytes;
}

/** What a column of a table is used for. A column that has no role is kept as it is. */
export type ColumnRole = 'id' | 'title' | 'text' | 'authors' | 'date' | 'url';

/** What a user may decide that is otherwise guessed. */
export interface ReadOptions {
  /** A column's name for a role, or null for none. A role or column that is not there is guessed. */
  readonly roles?: Partial<Record<ColumnRole, string | null>>;
  /** Reading stops before paper `limit + 1`. Default: all, at most 5,000,000 records. */
  readonly limit?: number;
  /** One character between the cells of a CSV row. Default: guessed. */
  readonly delimiter?: string;
  /** Whether the first row of a CSV holds names. Default: guessed. */
  readonly header?: boolean;
  /** How dates such as 03/04/2023 are read. Default: guessed from all dates of their column. */
  readonly dayOrder?: DayOrder;
  /** Whether records with the same normalised title become one paper (default), or exact copies only. */
  readonly mergeTitles?: boolean;
}

/** The beginning of a table, and how its columns are used: what an import dialog shows. */
export interface TablePreview {
  readonly file: string;
  readonly headers: readonly string[];
  readonly roles: Readonly<Record<ColumnRole, string | null>>;
  /** The first 20 rows, each as long as `headers`; long cells are cut. */
  readonly rows: readonly (readonly string[])[];
  /** Of a CSV; null for JSON and for a CSV of one column. */
  readonly delimiter: string | null;
  /** How dates that can be read in two ways are read; absent when there are none. */
  readonly days?: DayOrderGuess;
}

/** Papers, what became of every record, and the tables that were found (one a file at most). */
export interface ReadResult {
  readonly corpus: Corpus;
  readonly report: ReadReport;
  readonly tables: readonly TablePreview[];
  /** Columns of vectors; they are no columns of the corpus. */
  readonly vectors: readonly GivenVectors[];
}

/** A part of the corpus on its way to the page; parts arrive in order. */
export type CorpusPart =
  | { readonly kind: 'papers'; readonly papers: readonly Paper[] }
  | { readonly kind: 'column'; readonly name: string; readonly values: Column['values'] };

/** Everything but the corpus, which has gone ahead in parts. */
type ReadRest = Omit<ReadResult, 'corpus'>;

/** What the read worker offers. */
export interface ReadApi<Bytes> {
  /** Hands the corpus over part by part, each waiting for the one before, then returns the rest. */
  read(
    inputs: readonly ReadInput<Bytes>[],
    options: ReadOptions,
    receive: (part: CorpusPart) => void,
    onProgress: OnProgress,
  ): Promise<ReadRest>;
}

/** What the table leaves out besides what the filters do. */
export interface TableFollows {
  /** Rows that are not in view on the map. */
  readonly view: boolean;
  /** Rows that the search did not find, while there is one. */
  readonly hits: boolean;
  /** Rows that are not selected, while there is a selection. */
  readonly selection: boolean;
}

/** How the table of rows looks, which lasts as long as the page; the height is kept for later visits. */
export interface TableChoices {
  readonly isOpen: boolean;
  /** CSS pixels; the style sheet allows it a part of the window at most. */
  readonly heightPx: number;
  /** Column ids in order; null for those that suit the map. */
  readonly columns: readonly string[] | null;
  /** The id of the column that orders the rows; null for the search's own order, or that of the files. */
  readonly sortBy: string | null;
  /** Whether the largest or last value comes first. */
  readonly isFalling: boolean;
  readonly follows: TableFollows;
}

/** The rows listed now. */
export interface TableRows {
  /** Paper indexes in the listed order. */
  readonly papers: Uint32Array;
  /** What is listed, as a sentence without a full stop: `812 reviews in view, by Date, latest first`. */
  readonly says: string;
  /** Whether the order is still being found, so that these rows are in an earlier one. */
  readonly isOrdering: boolean;
}

/** The table before anyone has opened it. */
export const CLOSED_TABLE: TableChoices = {
  isOpen: false,
  heightPx: 280,
  columns: null,
  sortBy: null,
  isFalling: false,
  follows: { view: true, hits: true, selection: true },
};

/** The least and the greatest height that can be asked for, in CSS pixels. */
export const TABLE_HEIGHT = { least: 140, most: 1200 } as const;

/** Opens the table, or closes it. */
export function toggleTable({ table }: { readonly table: TableChoices }): { readonly table: TableChoices } {
  return { table: { ...table, isOpen: !table.isOpen } };
}

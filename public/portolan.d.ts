/** The view of a `<portolan-map>`, the element that portolan.js defines. Its calls reject with a PortolanError. */
export interface PortolanView {
  /** Centre of the view in map units. The longer side of the map spans −1…1. */
  readonly x: number;
  readonly y: number;
  /** At 1 the frame's shorter side is 2 map units, so that the whole map is in view. */
  readonly zoom: number;
}

export interface PortolanPaper {
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly authors: string | null;
  readonly date: string | null;
  readonly url: string | null;
  readonly x: number;
  readonly y: number;
}

export interface PortolanTopic {
  readonly id: number;
  /** Id of the topic above; −1 for a top topic. */
  readonly parent: number;
  /** 0 is the coarsest. */
  readonly level: number;
  readonly name: string;
  readonly size: number;
  /** `#rrggbb`, in the colours of the present theme. */
  readonly color: string;
}

export interface PortolanState {
  readonly papers: number;
  readonly name: string;
  /** Null while the whole map is shown. */
  readonly view: PortolanView | null;
  readonly query: string;
  /** Index of the open paper; −1: none. */
  readonly selected: number;
  /** Id of the highlighted topic; −1: none. */
  readonly topic: number;
  readonly filter: { readonly topics: readonly number[] } | null;
  /** `topic`, `nearest-topic`, `source`, `year`, `none`, or `column:` and its number. */
  readonly color: string;
  readonly theme: 'light' | 'dark' | 'auto';
}

/** `code` is `bad-call`, `gone` (no frame), `network`, `too-large`, `map-corrupt`, `map-invalid`, `map-newer`, … */
export interface PortolanError extends Error {
  readonly code: string;
}

export interface PortolanEvents {
  'portolan-ready': CustomEvent<null>;
  'portolan-loaded': CustomEvent<{ readonly papers: number; readonly name: string }>;
  'portolan-progress': CustomEvent<{ readonly loaded: number; readonly total: number }>;
  'portolan-error': CustomEvent<{ readonly code: string; readonly message: string }>;
  'portolan-view': CustomEvent<PortolanView>;
  'portolan-hover': CustomEvent<number>;
  'portolan-select': CustomEvent<number>;
  /** The user has chosen a topic; −1: has cleared the choice. */
  'portolan-topic': CustomEvent<number>;
  'portolan-resize': CustomEvent<{ readonly width: number; readonly height: number }>;
}

export interface PortolanMapElement extends HTMLElement {
  load(what: string | { readonly url: string } | { readonly bytes: ArrayBuffer }): Promise<{ papers: number; name: string }>;
  setView(view?: PortolanView | null): Promise<null>;
  search(query: string): Promise<{ total: number; indices: number[] }>;
  /** A paper by index or a topic by id; −1: none. */
  select(what: number | { readonly topic: number }): Promise<null>;
  highlight(indices: readonly number[]): Promise<null>;
  /** Colours and searches only papers of these topics; null: all papers. */
  filter(filter?: { readonly topics: readonly number[] } | null): Promise<null>;
  /** `topic`, `nearest-topic`, `source`, `year`, `none`, or a column by its index from 0 or its name. */
  setColor(color: string | number): Promise<null>;
  setTheme(theme: 'light' | 'dark' | 'auto'): Promise<null>;
  getState(): Promise<PortolanState>;
  getTopics(): Promise<PortolanTopic[]>;
  getPapers(from?: number, count?: number): Promise<PortolanPaper[]>;
  export(format: 'png' | 'csv' | 'jsonl'): Promise<Blob>;
  destroy(): Promise<void>;
  addEventListener<Name extends keyof PortolanEvents>(
    type: Name,
    listener: (event: PortolanEvents[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

/** What the texts of a map are called: `review` and `reviews`. */
export interface PortolanNoun {
  readonly one: string;
  readonly many: string;
}

/** How a picture looks. Texts that are null are the map's own. */
export interface PortolanPictureOptions {
  readonly shape?: 'wide' | 'square' | 'a4-landscape' | 'a4-portrait';
  readonly shows?: 'whole' | 'view';
  readonly names?: 'none' | 'top' | 'more';
  /** Null: where the names do not say already what the colours mean. */
  readonly hasLegend?: boolean | null;
  readonly hasContours?: boolean;
  readonly isTransparent?: boolean;
  readonly title?: string | null;
  readonly subtitle?: string | null;
  readonly source?: string | null;
}

/** The shown map. */
export interface PortolanMap {
  readonly name: string;
  readonly papers: number;
  /** What its texts are called. */
  readonly noun: PortolanNoun;
  /** Names of the source's columns that the map holds. */
  readonly columns: readonly string[];
  /** Number of topics on all levels. */
  readonly topics: number;
  /** Dimensions of the vectors; 0 if the map has none. */
  readonly dimensions: number;
  /** Name of the model that made the vectors; null if unknown. */
  readonly model: string | null;
  readonly seed: number | null;
}

/** How one file is read; what is left out is guessed. As the controls of the import dialog. */
export interface PortolanFileOptions {
  /** A name of docs/using.md, such as `csv`, `jsonl`, `ris`, `lines`. */
  readonly format?: string;
  /** A label of the WHATWG Encoding Standard, such as `windows-1252`. */
  readonly encoding?: string;
  /** One character. */
  readonly delimiter?: string;
  /** The character around cells; '' for none. */
  readonly quote?: string;
  /** Lines at the beginning that are not read. */
  readonly skipLines?: number;
  /** The row that holds the names, counted from 1 after the skipped lines; 0: no row. */
  readonly headerRow?: number;
  /** Path of a list inside JSON, such as `message.items`. */
  readonly list?: string;
  /** A workbook's sheet. */
  readonly sheet?: string;
  /** A column's name for each role, or null for no column. */
  readonly roles?: Partial<Record<PortolanRole, string | null>>;
  readonly dayOrder?: 'day-first' | 'month-first';
}

export type PortolanRole = 'id' | 'title' | 'text' | 'authors' | 'date' | 'url';

/** How files are read. */
export interface PortolanReadOptions {
  /** For every file. */
  readonly all?: PortolanFileOptions;
  /** By the file's name, in a folder its path; each option here comes before that of `all`. */
  readonly files?: Readonly<Record<string, PortolanFileOptions>>;
  /** Which records become one paper. Default: `same`. */
  readonly merge?: 'id' | 'same' | 'title' | 'none';
  /** What the texts are called: `review`, or `story/stories`. Default: guessed from the formats and columns. */
  readonly noun?: string;
}

/** How one file was read. */
export interface PortolanFileFound {
  readonly file: string;
  /** Null when nothing of it could be read. */
  readonly format: string | null;
  /** What else it could be read as, the likeliest first. */
  readonly formats: readonly string[];
  readonly encoding: string | null;
  readonly columns: readonly string[];
  /** The column of each role, and why it was given it; null: chosen by the caller. */
  readonly roles: Partial<Record<PortolanRole, { readonly column: string; readonly reason: string | null }>>;
  readonly delimiter: string | null;
  /** The list inside JSON or the sheet that was read, and those that could be. */
  readonly part: string | null;
  readonly parts: readonly string[];
  /** The first papers as they will stand on the map. */
  readonly records: readonly {
    readonly title: string;
    readonly text: string;
    readonly authors: string | null;
    readonly date: string | null;
    readonly url: string | null;
  }[];
  /** Why it was not read, as a sentence. */
  readonly problem: string | null;
}

/** Papers that were read and wait for `make` or `add`. `records = papers + merged`, without the skipped ones. */
export interface PortolanFound {
  readonly name: string;
  readonly noun: PortolanNoun;
  readonly records: number;
  readonly papers: number;
  readonly merged: number;
  /** Papers that others were merged into. */
  readonly groups: number;
  readonly skipped: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
  readonly columns: readonly string[];
  /** Columns that hold vectors. */
  readonly vectors: readonly { readonly column: string; readonly dimensions: number }[];
  /** Pairs of columns that hold places. */
  readonly places: readonly { readonly x: string; readonly y: string }[];
  /** The first papers. */
  readonly sample: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  /** Records that were kept with changes. */
  readonly warnings: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
  readonly files: readonly PortolanFileFound[];
  /** Why no map can be made of them, as a sentence; null when it can. */
  readonly problem: string | null;
}

/** The options under “Layout” in the import dialog. Omitted ones come from the page's address, else the defaults. */
export interface PortolanLayout {
  readonly engine?: 'portolan' | 'umap-js';
  readonly start?: 'words' | 'pca' | 'spectral';
  /** 3…200. */
  readonly neighbors?: number;
  /** 0…1. */
  readonly minDist?: number;
  readonly densMap?: boolean;
  readonly centre?: boolean;
  readonly topics?: 'map' | 'umap5';
  /** 0…2³² − 1. */
  readonly seed?: number;
}

/** A way to shorten the vectors, with its measured quality. */
export interface PortolanDimensions {
  /** `pca`: project on the principal components; `prefix`: keep the first numbers. */
  readonly kind: 'pca' | 'prefix';
  /** Dimensions kept of `from`. */
  readonly kept: number;
  readonly from: number;
  /** Mean share of the `neighbors` nearest papers that remain nearest, 0…1, over `sampled` papers. */
  readonly agreement: number;
  readonly neighbors: number;
  readonly sampled: number;
  /** Whether this way suits the model and keeps nearly all neighbours. */
  readonly isSuggested: boolean;
}

export interface PortolanHit {
  readonly id: string;
  readonly title: string;
  readonly score: number;
  readonly why: 'words' | 'meaning' | 'both';
}

/** Which papers pass: `only` those with one of the values, those `without` any of them, or those within the ranges. */
export type PortolanFilter =
  | { readonly kind: 'only' | 'without'; readonly keys: readonly string[] }
  | {
      readonly kind: 'ranges';
      readonly ranges: readonly { readonly from: number; readonly to: number }[];
      readonly keepsMissing: boolean;
    };

export interface PortolanFacet {
  readonly id: string;
  readonly name: string;
  readonly kind: 'category' | 'number' | 'date';
  /** Only for `category`. */
  readonly values?: readonly { readonly key: string; readonly label: string }[];
}

/** The state of the page. It can be written as JSON. */
export interface PortolanPageState {
  /** `asking`: papers were read and wait for `make` or `add`. */
  readonly phase: 'idle' | 'reading' | 'opening' | 'building' | 'asking';
  readonly progress: PortolanPageEvents['progress'] | null;
  readonly map: PortolanMap | null;
  readonly found: PortolanFound | null;
  /** Topics that have a name and a colour now, also while the map is still being made and `map` is null. */
  readonly topicsShown: number;
  /** Runs that others took the place of and that can go on, oldest first. */
  readonly replaced: readonly { readonly name: string; readonly papers: number; readonly embedded: number }[];
  /** Papers that pass all filters. */
  readonly papersShown: number;
  readonly query: string;
  /** Number of hits of the query. */
  readonly hits: number;
  /** Whether all papers are indexed for the search by words. */
  readonly isIndexed: boolean;
  /** Index of the open paper and, below, id of the open topic; −1: none. */
  readonly selected: number;
  readonly topic: number;
  /** The selected papers, ascending. */
  readonly selection: readonly number[];
  readonly color: string;
  readonly theme: 'auto' | 'light' | 'dark';
  /** How many maps were made since the page was opened. */
  readonly runs: number;
  /** Why the map cannot be searched by meaning, as a sentence; null when it can or was not asked to. */
  readonly meaning: string | null;
}

/** The events of the page and their details. */
export interface PortolanPageEvents {
  /** `stage` is a phrase. While unknown, `total` is 0 and `leftMs` (estimated time left) is null. */
  progress: {
    readonly stage: string;
    readonly done: number;
    readonly total: number;
    readonly unit: string;
    readonly leftMs: number | null;
  };
  /** A message that the page shows to the user. */
  notice: { readonly kind: 'failure' | 'warning' | 'done'; readonly title: string; readonly text: string };
  /** A new finished map is shown. */
  map: PortolanMap;
}

/**
 * `window.portolan` of index.html and hub.html. Each call does what a user could do, and the page shows it. Calls
 * reject with a PortolanError that has the page's own message. See docs/automation.md.
 */
export interface PortolanPage {
  /** Opens a map file, given as bytes or as an address relative to the page. */
  open(map: string | Blob | ArrayBuffer): Promise<PortolanMap>;
  /**
   * Reads papers from files, or from a text as if it were pasted, also while a map is being made. Rejects for a single
   * map file, but opens it. Rejects with the sentence where no map can be made; `state().found` then says what was read.
   */
  read(papers: string | File | readonly File[], options?: PortolanReadOptions): Promise<PortolanFound>;
  /** Makes a map of the waiting papers. Rejects while another is being made. */
  make(layout?: PortolanLayout): Promise<PortolanMap>;
  /** Adds the waiting papers to the shown map. */
  add(): Promise<PortolanMap>;
  /** Stops the running job, and discards waiting papers and what waits for the job's end. */
  cancel(): Promise<void>;
  /** Measures the ways to shorten the vectors of the shown map. */
  dimensions(): Promise<PortolanDimensions[]>;
  /** Shortens the vectors in one of those ways. */
  keepDimensions(choice: Pick<PortolanDimensions, 'kind' | 'kept'>): Promise<PortolanMap>;
  /** Default: `hybrid`, at most 10 hits. Rejects without a model for the meaning, unless `mode` is `words`. */
  search(
    query: string,
    options?: { readonly mode?: 'hybrid' | 'words' | 'meaning'; readonly limit?: number },
  ): Promise<PortolanHit[]>;
  /** Selects papers by index, or those of a topic. Resolves to their number. */
  select(what: readonly number[] | { readonly topic: number }): Promise<number>;
  /** Opens a paper by index; −1 closes it. */
  openPaper(paper: number): Promise<void>;
  /** Filters by a facet; null removes the filter. Resolves to the number of papers that pass all filters. */
  filter(facet: string, filter: PortolanFilter | null): Promise<number>;
  facets(): Promise<PortolanFacet[]>;
  /** `topic`, `nearest-topic`, `source`, `year`, `trust`, `none`, … or a column's name. */
  color(by: string): Promise<void>;
  topics(): Promise<Omit<PortolanTopic, 'color'>[]>;
  /** The shown map as a file. `scale` is the number of PNG pixels per CSS pixel. */
  export(
    format: 'parquet' | 'jsonl' | 'csv' | 'bibtex' | 'png' | 'svg' | 'html' | 'wizmap' | 'atlas',
    options?: {
      readonly onlyFound?: boolean;
      readonly scale?: number;
      readonly theme?: 'light' | 'dark';
      /** Of PNG and SVG. */
      readonly picture?: PortolanPictureOptions;
    },
  ): Promise<Blob>;
  state(): Promise<PortolanPageState>;
  /** Calls `listener` for each event. Resolves to a function that ends this. */
  on<Name extends keyof PortolanPageEvents>(
    event: Name,
    listener: (detail: PortolanPageEvents[Name]) => void,
  ): Promise<() => void>;
}

declare global {
  interface Window {
    portolan: PortolanPage;
  }
  interface HTMLElementTagNameMap {
    'portolan-map': PortolanMapElement;
  }
}

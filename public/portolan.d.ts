/** Types of the element that portolan.js defines. Calls reject with a PortolanError. */
export interface PortolanView {
  /** Middle of the frame in map units; the longer side of the map spans −1…1. */
  readonly x: number;
  readonly y: number;
  /** At 1 the frame's shorter side is 2 map units: a whole map. */
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
  /** −1: at the top. */
  readonly parent: number;
  /** 0: coarsest. */
  readonly level: number;
  readonly name: string;
  readonly size: number;
  /** `#rrggbb`, in the colours of the present theme. */
  readonly color: string;
}

export interface PortolanState {
  readonly papers: number;
  readonly name: string;
  /** Null: the whole map. */
  readonly view: PortolanView | null;
  readonly query: string;
  /** −1: none. */
  readonly selected: number;
  /** The topic that stands out; −1: none. */
  readonly topic: number;
  readonly filter: { readonly topics: readonly number[] } | null;
  /** `topic`, `nearest-topic`, `source`, `year`, `none`, or `column:` and its number. */
  readonly color: string;
  readonly theme: 'light' | 'dark' | 'auto';
}

/** `code`: `bad-call`, `gone`, or what failed: `network`, `too-large`, `map-corrupt`, `map-invalid`, `map-newer`, … */
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
  /** The reader has chosen a topic; −1: none any more. */
  'portolan-topic': CustomEvent<number>;
  'portolan-resize': CustomEvent<{ readonly width: number; readonly height: number }>;
}

export interface PortolanMapElement extends HTMLElement {
  load(what: string | { readonly url: string } | { readonly bytes: ArrayBuffer }): Promise<{ papers: number; name: string }>;
  setView(view?: PortolanView | null): Promise<null>;
  search(query: string): Promise<{ total: number; indices: number[] }>;
  /** A paper, or a topic, by its number; −1: none. */
  select(what: number | { readonly topic: number }): Promise<null>;
  highlight(indices: readonly number[]): Promise<null>;
  /** Only papers of these topics are coloured and searched; null: all. */
  filter(filter?: { readonly topics: readonly number[] } | null): Promise<null>;
  /** `topic`, `nearest-topic`, `source`, `year`, `none`, or a column by its number from 0 or by its name. */
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

/** A map that is shown. */
export interface PortolanMap {
  readonly name: string;
  readonly papers: number;
  /** Names of the source's columns that the map holds. */
  readonly columns: readonly string[];
  /** On all levels. */
  readonly topics: number;
  /** Of the vectors; 0: the map has none. */
  readonly dimensions: number;
  /** What made the vectors; null where the map does not say. */
  readonly model: string | null;
  readonly seed: number | null;
}

/** Papers that were read and wait for `make` or `add`. `records = papers + merged`; skipped ones come on top. */
export interface PortolanFound {
  readonly name: string;
  readonly records: number;
  readonly papers: number;
  readonly merged: number;
  /** Papers that others were merged into. */
  readonly groups: number;
  readonly skipped: readonly { readonly file: string; readonly line: number; readonly reason: string }[];
  readonly columns: readonly string[];
  /** Columns that hold vectors. */
  readonly vectors: readonly { readonly column: string; readonly dimensions: number }[];
  /** The first papers. */
  readonly sample: readonly { readonly id: string; readonly title: string; readonly text: string }[];
}

/** As “Layout” in the import dialog. What is left out is as the address has it, else the default. */
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

/** A way to make the vectors shorter, as it was measured. */
export interface PortolanDimensions {
  /** By principal directions, or to the first numbers. */
  readonly kind: 'pca' | 'prefix';
  readonly kept: number;
  readonly from: number;
  /** Mean share of the `neighbors` nearest that stay so, 0…1, among `sampled` papers. */
  readonly agreement: number;
  readonly neighbors: number;
  readonly sampled: number;
  /** What suits the model and keeps nearly all neighbours. */
  readonly isSuggested: boolean;
}

export interface PortolanHit {
  readonly id: string;
  readonly title: string;
  readonly score: number;
  readonly why: 'words' | 'meaning' | 'both';
}

/** Which papers of a facet pass: those with one of the values, without them, or within one of the ranges. */
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
  /** Of a category. */
  readonly values?: readonly { readonly key: string; readonly label: string }[];
}

/** What the page is at. JSON holds it as it is. */
export interface PortolanPageState {
  /** `asking`: papers were read and wait. */
  readonly phase: 'idle' | 'reading' | 'opening' | 'building' | 'asking';
  readonly progress: PortolanPageEvents['progress'] | null;
  readonly map: PortolanMap | null;
  readonly found: PortolanFound | null;
  /** Papers that pass all filters. */
  readonly papersShown: number;
  readonly query: string;
  /** How many papers are hits of the query. */
  readonly hits: number;
  /** Whether words are looked up in all papers yet. */
  readonly isIndexed: boolean;
  /** The open paper and topic; −1: none. */
  readonly selected: number;
  readonly topic: number;
  /** The selected papers, ascending. */
  readonly selection: readonly number[];
  readonly color: string;
  readonly theme: 'auto' | 'light' | 'dark';
  /** Runs that have ended in a map since the page was opened. */
  readonly runs: number;
  /** Why the map cannot be searched by meaning, as a sentence; null when it can, or nobody has asked. */
  readonly meaning: string | null;
}

/** What listeners are told. */
export interface PortolanPageEvents {
  /** `stage` in words; `total` 0: not known yet. */
  progress: {
    readonly stage: string;
    readonly done: number;
    readonly total: number;
    readonly unit: string;
    readonly leftMs: number | null;
  };
  /** What the page says to its reader. */
  notice: { readonly kind: 'failure' | 'warning' | 'done'; readonly title: string; readonly text: string };
  /** Another finished map is shown. */
  map: PortolanMap;
}

/**
 * `window.portolan` of index.html and hub.html. Calls do what a person could do, show it, and reject with a PortolanError
 * whose message is the page's own sentence. See docs/automation.md.
 */
export interface PortolanPage {
  /** Opens a map file: its bytes, or its address beside the page. */
  open(map: string | Blob | ArrayBuffer): Promise<PortolanMap>;
  /** Reads papers of files, or of text as if it were pasted. A single Parquet file that is a map is opened and rejects. */
  read(papers: string | File | readonly File[]): Promise<PortolanFound>;
  /** Makes the map of the papers that wait. */
  make(layout?: PortolanLayout): Promise<PortolanMap>;
  /** Adds the papers that wait to the map that is shown. */
  add(): Promise<PortolanMap>;
  /** Stops what is under way and puts away papers that wait. */
  cancel(): Promise<void>;
  /** Measures in which ways the vectors of the shown map can be made shorter. */
  dimensions(): Promise<PortolanDimensions[]>;
  /** Makes them shorter in one of those ways. */
  keepDimensions(choice: Pick<PortolanDimensions, 'kind' | 'kept'>): Promise<PortolanMap>;
  /** Rejects where meaning is asked for and cannot be had. 10 hits unless told. */
  search(
    query: string,
    options?: { readonly mode?: 'hybrid' | 'words' | 'meaning'; readonly limit?: number },
  ): Promise<PortolanHit[]>;
  /** Selects papers by number, or a topic's. Resolves to how many. */
  select(what: readonly number[] | { readonly topic: number }): Promise<number>;
  /** Opens a paper by number; −1 closes it. */
  openPaper(paper: number): Promise<void>;
  /** Filters by a facet, or for null no longer. Resolves to how many papers pass all filters. */
  filter(facet: string, filter: PortolanFilter | null): Promise<number>;
  facets(): Promise<PortolanFacet[]>;
  /** `topic`, `nearest-topic`, `source`, `year`, `trust`, `none`, … or a column's name. */
  color(by: string): Promise<void>;
  topics(): Promise<Omit<PortolanTopic, 'color'>[]>;
  /** The shown map as a file; `scale`: pixels of a PNG per CSS pixel. */
  export(
    format: 'parquet' | 'jsonl' | 'csv' | 'bibtex' | 'png' | 'svg' | 'html',
    options?: { readonly onlyFound?: boolean; readonly scale?: number; readonly theme?: 'light' | 'dark' },
  ): Promise<Blob>;
  state(): Promise<PortolanPageState>;
  /** Calls `listener` until the function that this resolves to is called. */
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

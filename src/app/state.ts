import type { LocalModel } from '../encode/local-model.client.ts';
import type { TokenBudget } from '../encode/model-spec.ts';
import type { Filter } from '../facet/filter.ts';
import type { KeptMap, UnfinishedRun } from '../library/database.web.ts';
import type { Failure } from '../model/failure.ts';
import type { MapData } from '../model/map-data.ts';
import type { Corpus } from '../model/paper.ts';
import type { GivenPlaces, GivenVectors, ReadReport } from '../model/read-report.ts';
import { type KeptSelection, NO_SELECTION, type Selection, type SelectMode } from '../model/selection.ts';
import { NO_EDITS, type TopicEdits } from '../model/topics.ts';
import type { Draft } from '../pipeline/draft-topics.ts';
import type { MapMeasures } from '../project/measure/measure-map.ts';
import type { FilePreview, ReadOptions } from '../read/read.api.ts';
import type { AreaTool } from '../render/area-line.ts';
import type { SearchHits, SearchMode } from '../search/search.api.ts';
import type { DayOrder } from '../text/dates.ts';
import type { Comparison } from './compare/comparison.ts';
import type { Interruption, WaitingOrder } from './maps/waiting-order.ts';
import type { Sentence } from './messages.ts';
import type { Telling } from './page.ts';
import type { Job, ReplacedRun } from './runs.ts';
import { CLOSED_TABLE, type TableChoices, type TableRows } from './table/choices.ts';

/** `auto` follows the system. */
export type ThemeChoice = 'auto' | 'light' | 'dark';

/** What the map window shows: a map that is finished or being made. */
export interface Shown {
  readonly corpus: Corpus;
  /** n×2 in map units; NaN for papers without a position yet. */
  readonly positions: Float32Array;
  /** Null while the map is being made. */
  readonly map: MapData | null;
  /** The topics of a map in the making, and where its names and contours are drawn; null until some are found. */
  readonly draft?: Draft | null;
  /** The papers before some were added; their positions have not changed. */
  readonly grownFrom?: Corpus;
}

/** What is shown, without positions, which change with every preview of a map in the making. */
export type ShownPapers = Pick<Shown, 'corpus' | 'map'>;

/** Papers that were read and wait for the user's decision. */
export interface ImportPlan {
  readonly name: string;
  /** Empty while the files are being counted, as are `report` and `vectors`. */
  readonly corpus: Corpus;
  readonly report: ReadReport;
  readonly previews: readonly FilePreview[];
  /** What the user has decided about the reading. */
  readonly choices: ReadOptions;
  /** Whether the files were read whole; before that, only their beginnings are known. */
  readonly isCounted: boolean;
  /** Why no map can be made of them; null when it can. */
  readonly failure: Failure | null;
  readonly vectors: readonly GivenVectors[];
  /** The column of vectors to use; '' to have a model make them; null while it is not known which there are. */
  readonly vectorsFrom: string | null;
  /** The model that made the vectors, according to the user; '' when unknown. */
  readonly vectorsModel: string;
  readonly places: readonly GivenPlaces[];
  /** The places to use, by `placesKey`; '' to lay out the papers here; null while it is not known which there are. */
  readonly placesFrom: string | null;
}

/** A message to the user. `failure`: the work ended; `warning`: it went on; `done` disappears after a few seconds. */
export interface Notice extends Sentence {
  readonly id: number;
  readonly kind: 'failure' | 'warning' | 'done';
  /** The technical failure, for a bug report; never contains the user's texts. */
  readonly details: string | null;
  readonly action: NoticeAction | null;
  /** Stays until dismissed, even when `done`. */
  readonly stays: boolean;
  /** How often it has been said while it was shown; equal messages are shown once. */
  readonly times: number;
}

/** A button of a notice. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** Filters by facet id, which is as in `colorBy`, or `date`. Papers must pass all of them. */
export type Filters = Readonly<Record<string, Filter>>;

/** The shared object for no filters. */
export const NO_FILTERS: Filters = {};

/** State of search by meaning. */
export type MeaningStatus =
  | { readonly kind: 'idle' }
  /** The query's vector is being made; `loaded` of `total` bytes of the model, 0 of 0 when it is in memory. */
  | { readonly kind: 'reading'; readonly loaded: number; readonly total: number }
  /** Unavailable for this map or at this time; `reason` is a sentence. */
  | { readonly kind: 'off'; readonly reason: string };

/** Whether all files that embedding needs are stored for offline use; `done` and `total` are bytes of these. */
export interface Offline {
  /** `none`: there is no service worker, so nothing is stored. */
  readonly state: 'none' | 'stopped' | 'fetching' | 'ready';
  readonly done: number;
  readonly total: number;
}

/** Everything that the page shows and remembers, except what the GPU or a worker holds. */
export interface State {
  readonly shown: Shown | null;
  readonly job: Job | null;
  /** Files that are being read or opened, which may go on beside `job`. */
  readonly reading: Job | null;
  /** In the order in which they will be done. */
  readonly waiting: readonly WaitingOrder[];
  readonly interruption: Interruption | null;
  readonly plan: ImportPlan | null;
  readonly pasting: boolean;
  readonly exporting: boolean;
  /** The maps kept in this browser while their list is open, else null. */
  readonly keptMaps: readonly KeptMap[] | null;
  readonly query: string;
  /** Null when there is no search. */
  readonly hits: SearchHits | null;
  readonly searchMode: SearchMode;
  /** Indices of example papers: more like these, less like those. */
  readonly like: readonly number[];
  readonly unlike: readonly number[];
  /** Papers that fail these are grey on the map and are not searched. Can be undone. */
  readonly filters: Filters;
  /** The facet of dates shown in the timeline; null for none. */
  readonly timeline: string | null;
  /** The order chosen by the user for reading ambiguous dates (03/04/2023), by facet id. */
  readonly dayOrders: Readonly<Record<string, DayOrder>>;
  readonly meaning: MeaningStatus;
  /** The question that `hits` answer fully, see `questionKey`; '' while the answer is missing or by words alone. */
  readonly answered: string;
  /** Whether the word index of the shown papers is complete. */
  readonly isIndexed: boolean;
  /** Paper index, or −1. */
  readonly hovered: number;
  readonly selected: number;
  /** The papers at one place of the map, while the list of them is open; else empty. */
  readonly stack: readonly number[];
  /** The topic whose panel is open and whose papers stand out, or −1. */
  readonly topic: number;
  /** The topic of the empty ground under the pointer, or −1. */
  readonly ground: number;
  /** The user's edits of the shown map's topics. Can be undone. */
  readonly topicEdits: TopicEdits;
  /** The current selection and the kept ones. Both can be undone. */
  readonly selection: Selection;
  readonly kept: readonly KeptSelection[];
  /** How a pick without modifier keys changes the selection. */
  readonly selectMode: SelectMode;
  /** The tool with which a pointer draws areas on the map; null if it moves the map. */
  readonly areaTool: AreaTool | null;
  /** The area being drawn, as a ring in map units. */
  readonly draft: Float32Array | null;
  /** Whether the panel of selections is open. */
  readonly selectionOpen: boolean;
  /** Whether the card about the map is unfolded. */
  readonly cardOpen: boolean;
  /** Whether the list of hits is folded, so that a small window shows them on the map. */
  readonly hitsFolded: boolean;
  /** Whether density contours are drawn. */
  readonly contours: boolean;
  /** Measures of the map with these positions and vectors. */
  readonly measured: (Pick<MapData, 'positions' | 'embedding'> & { readonly measures: MapMeasures }) | null;
  /** The comparison with another map; meanwhile `shown.positions` lie between the two maps. */
  readonly comparison: Comparison | null;
  /** The table of rows. */
  readonly table: TableChoices;
  /** The rows it lists; null while it is closed. */
  readonly listed: TableRows | null;
  /** The open dialog. */
  readonly dialog: 'own-texts' | 'palette' | 'shortcuts' | 'compare' | 'dimensions' | null;
  /** Whether single letters and signs are shortcuts. */
  readonly singleKeys: boolean;
  /** `topic`, `nearest-topic`, `kept`, `trust`, `drift`, `source`, `year`, `none`, or `column:` and a name. */
  readonly colorBy: string;
  readonly theme: ThemeChoice;
  /** An encoder read from a folder; null when there is none. */
  readonly folderModel: LocalModel | null;
  /** Whether the next map uses it. */
  readonly usesFolderModel: boolean;
  /** How much of each text the next map reads. */
  readonly budget: TokenBudget;
  readonly notices: readonly Notice[];
  /** Number of runs that have produced a map since the page was opened, for scripts that drive the page. */
  readonly runs: number;
  /** The address of the shown map's file, as after `#map=`; '' for a map made here or opened from a disk. */
  readonly mapAt: string;
  readonly offline: Offline;
  /** An interrupted run while it is offered to the user; `unknown` until storage has been checked. */
  readonly unfinished: UnfinishedRun | 'unknown' | null;
  /** Runs that others took the place of, oldest first, while they are offered to the user. */
  readonly replaced: readonly ReplacedRun[];
  /** Whether the user is told of the end of a run while the page is in the background; `unasked` can be asked for. */
  readonly telling: Telling;
  /** A newer version of the program waits for the user's consent. */
  readonly hasUpdate: boolean;
}

/** Search, selection, filters and edits at the start of a new map. */
export const FRESH_VIEW = {
  query: '',
  hits: null,
  like: [],
  unlike: [],
  answered: '',
  filters: NO_FILTERS,
  timeline: null,
  dayOrders: {},
  hovered: -1,
  stack: [],
  selected: -1,
  topic: -1,
  ground: -1,
  topicEdits: NO_EDITS,
  selection: NO_SELECTION,
  kept: [],
  draft: null,
  selectionOpen: false,
  comparison: null,
  mapAt: '',
  // An open Share dialog is about the map before.
  exporting: false,
} satisfies Partial<State>;

/** The state before anything is opened. */
export const START: State = {
  ...FRESH_VIEW,
  shown: null,
  job: null,
  reading: null,
  waiting: [],
  interruption: null,
  plan: null,
  pasting: false,
  exporting: false,
  keptMaps: null,
  searchMode: 'hybrid',
  meaning: { kind: 'idle' },
  isIndexed: false,
  selectMode: 'replace',
  areaTool: null,
  cardOpen: false,
  hitsFolded: false,
  contours: true,
  measured: null,
  table: CLOSED_TABLE,
  listed: null,
  dialog: null,
  singleKeys: true,
  colorBy: 'source',
  theme: 'auto',
  folderModel: null,
  usesFolderModel: false,
  budget: 'full',
  notices: [],
  runs: 0,
  offline: { state: 'none', done: 0, total: 0 },
  unfinished: 'unknown',
  replaced: [],
  telling: 'impossible',
  hasUpdate: false,
};

/** Whether a panel of a paper, a topic, the selection or a comparison covers part of the map. */
export function hasOpenPanel({ selected, topic, selectionOpen, comparison }: State): boolean {
  return selected >= 0 || topic >= 0 || selectionOpen || comparison?.isOpen === true;
}

/** Whether the list of hits covers part of the map. */
export function hasOpenHits({ hits, hitsFolded }: State): boolean {
  return hits !== null && !hitsFolded;
}

/** What the page is doing: the run, a reading, or waiting for the user's decision about papers. */
export function phaseOf({ job, reading, plan }: State): Job['kind'] | 'asking' | 'idle' {
  return job?.kind ?? reading?.kind ?? (plan ? 'asking' : 'idle');
}

/** Whether the page works at something that shows its progress. */
export function isBusy({ job, reading }: State): boolean {
  return job !== null || reading !== null;
}

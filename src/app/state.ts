import type { LocalModel } from '../encode/local-model.client.ts';
import type { TokenBudget } from '../encode/model-spec.ts';
import type { Filter } from '../facet/filter.ts';
import type { KeptMap, UnfinishedRun } from '../library/database.web.ts';
import type { MapData } from '../model/map-data.ts';
import type { Corpus } from '../model/paper.ts';
import type { Progress } from '../model/progress.ts';
import type { GivenVectors, ReadReport } from '../model/read-report.ts';
import { type KeptSelection, NO_SELECTION, type Selection, type SelectMode } from '../model/selection.ts';
import { NO_EDITS, type TopicEdits } from '../model/topics.ts';
import type { Places } from '../pipeline/first-map.ts';
import type { MapMeasures } from '../project/measure/measure-map.ts';
import type { TablePreview } from '../read/read.api.ts';
import type { AreaTool } from '../render/area-line.ts';
import type { SearchHits, SearchMode } from '../search/search.api.ts';
import type { DayOrder } from '../text/dates.ts';
import type { Comparison } from './compare/comparison.ts';
import type { Sentence } from './messages.ts';

/** `auto`: as the system has it. */
export type ThemeChoice = 'auto' | 'light' | 'dark';

/** What the map window shows: a finished map, or one that is being made. */
export interface Shown {
  readonly corpus: Corpus;
  /** n×2 in map units; NaN where a paper has no place yet. */
  readonly positions: Float32Array;
  /** Null while the map is being made. */
  readonly map: MapData | null;
  /** The papers before some were added: these stand where they stood. */
  readonly grownFrom?: Corpus;
}

/** What is shown, wherever its papers stand: another one for each picture of a map in the making would be too many. */
export type ShownPapers = Pick<Shown, 'corpus' | 'map'>;

/** Papers that were read and wait for the user's word. */
export interface ImportPlan {
  readonly name: string;
  readonly corpus: Corpus;
  readonly report: ReadReport;
  readonly tables: readonly TablePreview[];
  readonly vectors: readonly GivenVectors[];
  /** The column of vectors that the map is made of; '' to have a model make them. */
  readonly vectorsFrom: string;
  /** The model that made them, as the user says; '' when not known. */
  readonly vectorsModel: string;
}

/** Work under way. */
export interface Job {
  readonly kind: 'reading' | 'building' | 'opening';
  readonly name: string;
  readonly progress: Progress | null;
  /** Papers of the map being made; 0 for other work. */
  readonly total: number;
  /** Held up by the user: while laying out. */
  readonly paused: boolean;
  /** What the shown picture of that map is made of; null before the first one. */
  readonly places: Omit<Places, 'positions'> | null;
}

/** Something said to the user: a failure ended the work, a warning did not. `done` goes by itself after a few seconds. */
export interface Notice extends Sentence {
  readonly id: number;
  readonly kind: 'failure' | 'warning' | 'done';
  /** The bare failure, for a report; never the user's texts. */
  readonly details: string | null;
  readonly action: NoticeAction | null;
  /** Stays until dismissed, good news or not. */
  readonly stays: boolean;
}

/** What can be done about it, on a button. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** What is filtered by, by the facet's id: as `colorBy`, and `date`. Papers must pass all of them. */
export type Filters = Readonly<Record<string, Filter>>;

/** The same object whenever nothing is filtered. */
export const NO_FILTERS: Filters = {};

/** What search by meaning is about. */
export type MeaningStatus =
  | { readonly kind: 'idle' }
  /** The query's vector is on its way; `loaded` of `total` bytes of the model, 0 of 0 when it is there already. */
  | { readonly kind: 'reading'; readonly loaded: number; readonly total: number }
  /** Not for this map, or not now; `reason` is a sentence. */
  | { readonly kind: 'off'; readonly reason: string };

/** Whether everything that embedding needs is kept for use without a network. Bytes, of the files to be kept. */
export interface Offline {
  /** `none`: there is no service worker, so nothing is kept. */
  readonly state: 'none' | 'stopped' | 'fetching' | 'ready';
  readonly done: number;
  readonly total: number;
}

/** All that the page shows and remembers, but for what the GPU or a worker holds. */
export interface State {
  readonly shown: Shown | null;
  readonly job: Job | null;
  readonly plan: ImportPlan | null;
  readonly pasting: boolean;
  readonly exporting: boolean;
  /** The list of maps kept in this browser while it is open, else null. */
  readonly keptMaps: readonly KeptMap[] | null;
  readonly query: string;
  /** Null while nothing is searched for. */
  readonly hits: SearchHits | null;
  readonly searchMode: SearchMode;
  /** Papers chosen as examples, by index: more like these, less like those. */
  readonly like: readonly number[];
  readonly unlike: readonly number[];
  /** Papers that these leave out are grey on the map and are not searched. Can be undone. */
  readonly filters: Filters;
  /** The facet of dates along which time is shown at the foot of the map; null for none. */
  readonly timeline: string | null;
  /** How a facet's dates such as 03/04/2023 are read where a person has said so, by the facet's id. */
  readonly dayOrders: Readonly<Record<string, DayOrder>>;
  readonly meaning: MeaningStatus;
  /** The question that `hits` answer in full, see `questionKey`; '' while the answer is missing or by words alone. */
  readonly answered: string;
  /** Whether the word index of the papers shown is complete. */
  readonly isIndexed: boolean;
  /** Paper index, or −1. */
  readonly hovered: number;
  readonly selected: number;
  /** The topic whose panel is open and whose papers stand out, or −1. */
  readonly topic: number;
  /** The topic of the empty ground under the pointer, or −1. */
  readonly ground: number;
  /** What a person has changed of the shown map's topics. Can be undone. */
  readonly topicEdits: TopicEdits;
  /** The papers selected as a group, and the groups that were kept. Both can be undone. */
  readonly selection: Selection;
  readonly kept: readonly KeptSelection[];
  /** What becomes of the selection when more is picked without a modifier key. */
  readonly selectMode: SelectMode;
  /** What a pointer on the map draws areas with; null = it moves the map. */
  readonly areaTool: AreaTool | null;
  /** The area that is being drawn, as a ring in map units. */
  readonly draft: Float32Array | null;
  /** The panel of selections is open. */
  readonly selectionOpen: boolean;
  /** Are density contours drawn? */
  readonly contours: boolean;
  /** What was measured of the map with these positions and vectors. */
  readonly measured: (Pick<MapData, 'positions' | 'embedding'> & { readonly measures: MapMeasures }) | null;
  /** Another map beside the shown one, while the two are compared: `shown.positions` are then somewhere between. */
  readonly comparison: Comparison | null;
  /** What lies over the page, opened by a key or from the menu. */
  readonly dialog: 'palette' | 'shortcuts' | 'compare' | 'dimensions' | null;
  /** Do single letters and signs act as shortcuts? */
  readonly singleKeys: boolean;
  /** `topic`, `kept`, `trust`, `drift`, `source`, `none`, or the name of a column. */
  readonly colorBy: string;
  readonly theme: ThemeChoice;
  /** An encoder that was given as a folder; null when none was. */
  readonly folderModel: LocalModel | null;
  /** Is the next map made by it? */
  readonly usesFolderModel: boolean;
  /** How much of each text the next map is made of. */
  readonly budget: TokenBudget;
  readonly notices: readonly Notice[];
  /** How many runs have ended in a map since the page was opened: for whoever drives the page. */
  readonly runs: number;
  /** The address of the shown map's file, as after `#map=`; '' for one that was made here or opened from a disk. */
  readonly mapAt: string;
  readonly offline: Offline;
  /** A map that was being made when its tab died, while it is offered to go on; `unknown` before anybody has looked. */
  readonly unfinished: UnfinishedRun | 'unknown' | null;
  /** A newer version of the program waits for the user's word. */
  readonly hasUpdate: boolean;
}

/** What is searched for, chosen, filtered and edited where a new map begins. */
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
} satisfies Partial<State>;

/** The page before anything is opened. */
export const START: State = {
  ...FRESH_VIEW,
  shown: null,
  job: null,
  plan: null,
  pasting: false,
  exporting: false,
  keptMaps: null,
  searchMode: 'hybrid',
  meaning: { kind: 'idle' },
  isIndexed: false,
  selectMode: 'replace',
  areaTool: null,
  contours: true,
  measured: null,
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
  hasUpdate: false,
};

/** A panel of a paper, a topic, the selection or a comparison covers a part of the map. */
export function hasOpenPanel({ selected, topic, selectionOpen, comparison }: State): boolean {
  return selected >= 0 || topic >= 0 || selectionOpen || comparison?.isOpen === true;
}

import { temporal } from 'zundo';
import { createStore } from 'zustand/vanilla';
import type { MapData } from '../model/map-data.ts';
import type { ColumnValue, Corpus } from '../model/paper.ts';
import type { Progress } from '../model/progress.ts';
import type { ReadReport } from '../model/read-report.ts';
import { NO_EDITS, type TopicEdits } from '../model/topics.ts';
import type { MapMeasures } from '../project/measure-map.ts';
import type { TablePreview } from '../read/read.api.ts';
import type { SearchHits, SearchMode } from '../search/search.api.ts';
import type { Sentence } from './messages.ts';

export type ThemeChoice = 'auto' | 'light' | 'dark';

/** What the map window shows: a finished map, or one that is being made. */
export interface Shown {
  readonly corpus: Corpus;
  /** n×2 in map units; NaN where a paper has no place yet. */
  readonly positions: Float32Array;
  /** Null while the map is being made. */
  readonly map: MapData | null;
}

/** Papers that were read and wait for the user's word. */
export interface ImportPlan {
  readonly name: string;
  readonly corpus: Corpus;
  readonly report: ReadReport;
  readonly tables: readonly TablePreview[];
}

/** Work under way. */
export interface Job {
  readonly kind: 'reading' | 'building' | 'opening';
  readonly name: string;
  readonly progress: Progress | null;
  /** Papers with a place, of all: while building. */
  readonly placed: number;
  readonly total: number;
  /** Held up by the user: while laying out. */
  readonly paused: boolean;
}

/** Something said to the user; stays until dismissed, or a few seconds when it is no failure. */
export interface Notice extends Sentence {
  readonly id: number;
  readonly kind: 'failure' | 'done';
  /** The bare failure, for a report; never the user's texts. */
  readonly details: string | null;
  readonly action: NoticeAction | null;
}

/** What can be done about it, on a button. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

/** Search among the papers of one value. */
export interface Facet {
  /** As `colorBy`. */
  readonly by: string;
  readonly value: ColumnValue;
}

/** What search by meaning is about. */
export type MeaningStatus =
  | { readonly kind: 'idle' }
  /** The query's vector is on its way; `loaded` of `total` bytes of the model, 0 of 0 when it is there already. */
  | { readonly kind: 'reading'; readonly loaded: number; readonly total: number }
  /** Not for this map, or not now; `reason` is a sentence. */
  | { readonly kind: 'off'; readonly reason: string };

export interface State {
  readonly shown: Shown | null;
  readonly job: Job | null;
  readonly plan: ImportPlan | null;
  readonly pasting: boolean;
  readonly query: string;
  /** Null while nothing is searched for. */
  readonly hits: SearchHits | null;
  readonly searchMode: SearchMode;
  /** Papers chosen as examples, by index: more like these, less like those. */
  readonly like: readonly number[];
  readonly unlike: readonly number[];
  /** The hits are only those papers of the present colouring that have this value; null for all. */
  readonly facet: Facet | null;
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
  /** Are density contours drawn? */
  readonly contours: boolean;
  /** What was measured of the map with these positions. */
  readonly measured: { readonly positions: Float32Array; readonly measures: MapMeasures } | null;
  /** What lies over the page, opened by a key or from the menu. */
  readonly dialog: 'palette' | 'shortcuts' | null;
  /** Do single letters and signs act as shortcuts? */
  readonly singleKeys: boolean;
  /** `topic`, `trust`, `source`, `none`, or the name of a column. */
  readonly colorBy: string;
  readonly theme: ThemeChoice;
  readonly notices: readonly Notice[];
  /** How many runs have ended in a map since the page was opened: for whoever drives the page. */
  readonly runs: number;
}

const START: State = {
  shown: null,
  job: null,
  plan: null,
  pasting: false,
  query: '',
  hits: null,
  searchMode: 'hybrid',
  like: [],
  unlike: [],
  facet: null,
  meaning: { kind: 'idle' },
  answered: '',
  isIndexed: false,
  hovered: -1,
  selected: -1,
  topic: -1,
  ground: -1,
  topicEdits: NO_EDITS,
  contours: true,
  measured: null,
  dialog: null,
  singleKeys: true,
  colorBy: 'source',
  theme: 'auto',
  notices: [],
  runs: 0,
};

/** The one store. View state only: what the GPU or a worker holds stays there. */
export const store = createStore<State>()(
  temporal(() => START, {
    partialize: ({ topicEdits }) => ({ topicEdits }),
    equality: (before, now) => before.topicEdits === now.topicEdits,
  }),
);

export const setState = store.setState;
export const getState = store.getState;

/** A paper's or a topic's panel covers a part of the map. */
export function hasOpenPanel({ selected, topic }: State): boolean {
  return selected >= 0 || topic >= 0;
}

/** Takes back the last edit. Says whether there was one. */
export function undo(): boolean {
  const { pastStates, undo: takeBack } = store.temporal.getState();
  takeBack();
  return pastStates.length > 0;
}

/** Does again what was taken back. Says whether there was anything. */
export function redo(): boolean {
  const { futureStates, redo: again } = store.temporal.getState();
  again();
  return futureStates.length > 0;
}

/** Another map: what was edited before is no part of it. */
export function forgetEdits(): void {
  store.temporal.getState().clear();
}

let lastNotice = 0;

type Said = Sentence & Partial<Pick<Notice, 'details' | 'action'>>;

/** Adds a notice and returns its id. */
export function notify(kind: Notice['kind'], said: Said): number {
  const notice: Notice = { details: null, action: null, ...said, id: ++lastNotice, kind };
  // Three at most: more than that is a wall, and the newest say what matters.
  setState(({ notices }) => ({ notices: [...notices.slice(-2), notice] }));
  return notice.id;
}

export function dismissNotice(id: number): void {
  setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

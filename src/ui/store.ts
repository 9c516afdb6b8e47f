import { createStore } from 'zustand/vanilla';
import type { TokenBudget } from '../encode/model-spec.ts';
import type { MapData } from '../model/map-data.ts';
import type { Corpus } from '../model/paper.ts';
import type { Progress } from '../model/progress.ts';
import type { ReadReport } from '../model/read-report.ts';
import type { Places } from '../pipeline/places.ts';
import type { TablePreview } from '../read/read.api.ts';
import type { WordHits } from '../search/search.api.ts';
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
  /** Papers of the map being made; 0 for other work. */
  readonly total: number;
  /** What the shown picture of that map is made of; null before the first one. */
  readonly places: Omit<Places, 'positions'> | null;
}

/** Something said to the user: a failure ended the work, a warning did not. `done` goes by itself after a few seconds. */
export interface Notice extends Sentence {
  readonly id: number;
  readonly kind: 'failure' | 'warning' | 'done';
  /** The bare failure, for a report; never the user's texts. */
  readonly details: string | null;
}

export interface State {
  readonly shown: Shown | null;
  readonly job: Job | null;
  readonly plan: ImportPlan | null;
  readonly pasting: boolean;
  readonly query: string;
  /** Null while nothing is searched for. */
  readonly hits: WordHits | null;
  /** Paper index, or −1. */
  readonly hovered: number;
  readonly selected: number;
  /** `source`, `none`, or the name of a column. */
  readonly colorBy: string;
  readonly theme: ThemeChoice;
  /** How much of each text the next map is made of. */
  readonly budget: TokenBudget;
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
  hovered: -1,
  selected: -1,
  colorBy: 'source',
  theme: 'auto',
  budget: 'full',
  notices: [],
  runs: 0,
};

/** The one store. View state only: what the GPU or a worker holds stays there. */
export const store = createStore<State>(() => START);

export const setState = store.setState;
export const getState = store.getState;

let lastNotice = 0;

/** Adds a notice and returns its id. */
export function notify(kind: Notice['kind'], sentence: Sentence, details: string | null = null): number {
  const notice: Notice = { ...sentence, id: ++lastNotice, kind, details };
  // Three at most: more than that is a wall, and the newest say what matters.
  setState(({ notices }) => ({ notices: [...notices.slice(-2), notice] }));
  return notice.id;
}

export function dismissNotice(id: number): void {
  setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

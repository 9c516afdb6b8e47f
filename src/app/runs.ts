import type { Noun } from '../model/noun.ts';
import type { Progress } from '../model/progress.ts';
import type { Places } from '../pipeline/first-map.ts';

/** A run that another took the place of. */
export interface ReplacedRun {
  readonly id: string;
  readonly name: string;
  readonly noun: Noun;
  /** How many texts it is of, and how many of them had a vector when it was ended. */
  readonly papers: number;
  readonly embedded: number;
  /** Goes on with it, at once or after the run. */
  readonly goOn: () => void;
  readonly discard: () => void;
}

/** Work under way. */
export interface Job {
  readonly kind: 'reading' | 'building' | 'opening';
  readonly name: string;
  readonly progress: Progress | null;
  /** Number of papers in the map being made; 0 for other work. */
  readonly total: number;
  /** What they are called; absent where that is not known. */
  readonly noun?: Noun;
  /** The user has paused the layout. */
  readonly paused: boolean;
  /** What the preview on display is based on; null before the first one. */
  readonly places: Omit<Places, 'positions'> | null;
}

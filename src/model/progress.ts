/** How far a stage is. `done` and `total` are in `unit`; `total` 0 means unknown. */
export interface Progress {
  readonly stage: ProgressStage;
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'word pieces' | 'papers' | 'epochs' | 'phrases';
  /** Estimated milliseconds until this stage is done; null while there is no estimate. */
  readonly leftMs: number | null;
}

/** The current activity, in words for the user. */
export type ProgressStage =
  | 'reading'
  | 'loading the model'
  | 'encoding'
  | 'finding neighbours'
  | 'finding the start'
  | 'laying out'
  | 'measuring'
  | 'finding topics'
  | 'naming topics';

/** Called with every step; must return quickly. */
export type OnProgress = (progress: Progress) => void;

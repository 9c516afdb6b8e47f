/** How far a stage is. `done` and `total` are in `unit`; `total` 0 means not known yet. */
export interface Progress {
  readonly stage: ProgressStage;
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'word pieces' | 'papers' | 'epochs' | 'phrases';
  /** Estimated milliseconds until this stage is done; null while there is nothing to estimate from. */
  readonly leftMs: number | null;
}

/** What is being done, in words for the user. */
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

/** Called with every step; must return at once. */
export type OnProgress = (progress: Progress) => void;

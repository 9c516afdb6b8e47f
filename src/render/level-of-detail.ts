/** Decides how many papers a picture draws while the map moves, by how long animation frames take. */
export interface LevelOfDetail {
  /** Share of `count` papers that the next picture in motion draws, 0…1. */
  shareOf(count: number): number;
  /** Reports how long the last picture in motion delayed the next animation frame. */
  tell(frameMs: number): void;
  /** Reports that the motion has ended. */
  rest(): void;
}

/** The fewest papers that a picture draws. */
export const MIN_DRAWN = 20_000;

/** Longer animation frames are seen as stutter; a cut aims at the second length. */
const SLOW_MS = 40;
const AIM_MS = 30;

/** Shorter frames leave room for more papers. */
const FAST_MS = 21;

/**
 * Slow or fast animation frames in a row until the share changes. Frame times lag pictures by up to two frames: with
 * fewer in a row, one slow picture would cause two cuts.
 */
const SLOW_FRAMES = 3;
const FAST_FRAMES = 20;
const MAX_FAST_FRAMES = 320;

/** Limits of the factor by which one cut multiplies the share. */
const MIN_FACTOR = 0.25;
const MAX_FACTOR = 0.8;
const GROWTH = 1.25;

/** A cut helps if the animation frames take at most this share of their former time. */
const USEFUL = 0.9;

/**
 * Starts with all papers, and keeps what it has learnt for the next motion. If drawing fewer papers does not shorten
 * animation frames, something else is slow, and all papers are drawn until the motion ends. If papers that were added
 * back make frames slow again, the next addition waits twice as long.
 */
export function makeLevelOfDetail(): LevelOfDetail {
  const state: State = { share: 1, minShare: 0, slow: 0, fast: 0, patience: FAST_FRAMES, uncutMs: 0, isUseless: false };
  return {
    shareOf(count) {
      state.minShare = Math.min(1, MIN_DRAWN / Math.max(count, 1));
      return Math.max(state.share, state.minShare);
    },
    tell(frameMs) {
      state.slow = frameMs > SLOW_MS ? state.slow + 1 : 0;
      state.fast = frameMs < FAST_MS ? state.fast + 1 : 0;
      if (state.slow === SLOW_FRAMES) cut(state, frameMs);
      if (state.fast >= state.patience && state.share < 1) grow(state);
    },
    rest() {
      state.slow = state.fast = state.uncutMs = 0;
      state.isUseless = false;
    },
  };
}

interface State {
  share: number;
  /** The share is never below this. */
  minShare: number;
  /** Slow frames in a row, and fast ones. */
  slow: number;
  fast: number;
  /** Fast animation frames until more papers are drawn. */
  patience: number;
  /** Frame time before this motion's first cut; 0 = no cut yet, −1 = papers have been added back since. */
  uncutMs: number;
  isUseless: boolean;
}

function cut(state: State, frameMs: number): void {
  state.slow = 0;
  if (state.isUseless) return;
  if (state.uncutMs > 0 && frameMs > USEFUL * state.uncutMs) {
    state.isUseless = true;
    state.share = 1;
    return;
  }
  if (state.uncutMs < 0) state.patience = Math.min(2 * state.patience, MAX_FAST_FRAMES);
  if (state.uncutMs <= 0) state.uncutMs = frameMs;
  state.share = Math.max(state.share * Math.min(Math.max(AIM_MS / frameMs, MIN_FACTOR), MAX_FACTOR), state.minShare);
}

function grow(state: State): void {
  state.fast = 0;
  state.share = Math.min(1, state.share * GROWTH);
  state.uncutMs = -1;
}

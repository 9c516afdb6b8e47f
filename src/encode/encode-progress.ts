import type { Progress } from '../model/progress.ts';

/** Progress in word pieces, and the time left. */
export interface EncodeProgress {
  /** Records that texts of `characters` characters had `pieces` word pieces. */
  add(characters: number, pieces: number): void;
  progress(): Progress;
}

/** For English abstracts; used only until the first batch. */
const CHARACTERS_A_PIECE = 5;
/** No time left is told before this much of the run was measured: the first seconds are slower than those that follow. */
const MEASURED_MS = 2000;
/** Weight of a batch in the measured speed, relative to the next newer one. */
const FADING = 0.8;

/**
 * Estimates the total from the characters left and the pieces per character so far, since a text's number of pieces is
 * known only once it is tokenised. The speed is that since the first batch, which the model takes its start-up time for.
 * @param now a monotonic clock in milliseconds
 */
export function makeEncodeProgress(totalCharacters: number, now: () => number): EncodeProgress {
  let doneCharacters = 0;
  let donePieces = 0;
  // Time and pieces decay separately, so that two answers at the same moment do not look infinitely fast.
  let recentMs = 0;
  let recentPieces = 0;
  let last = now();
  let firstMs: number | null = null;
  return {
    add(characters, pieces) {
      const at = now();
      doneCharacters += characters;
      donePieces += pieces;
      if (firstMs === null) firstMs = at;
      else {
        recentMs = FADING * recentMs + (at - last);
        recentPieces = FADING * recentPieces + pieces;
      }
      last = at;
    },
    progress() {
      const ratio = doneCharacters > 0 ? donePieces / doneCharacters : 1 / CHARACTERS_A_PIECE;
      const left = Math.max(0, Math.round((totalCharacters - doneCharacters) * ratio));
      const isMeasured = recentPieces > 0 && firstMs !== null && last - firstMs >= MEASURED_MS;
      return {
        stage: 'encoding',
        done: donePieces,
        total: donePieces + left,
        unit: 'word pieces',
        leftMs: left === 0 && firstMs !== null ? 0 : isMeasured ? (left * recentMs) / recentPieces : null,
      };
    },
  };
}

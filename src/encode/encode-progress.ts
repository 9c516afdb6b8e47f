import type { Progress } from '../model/progress.ts';

/** Progress in word pieces, and the time left. */
export interface EncodeProgress {
  /** Records that texts of `characters` characters had `pieces` word pieces. */
  add(characters: number, pieces: number): void;
  progress(): Progress;
}

/** For English abstracts; used only until the first batch. */
const CHARACTERS_A_PIECE = 5;
/** Weight of a batch in the measured speed, relative to the next newer one. */
const FADING = 0.8;

/**
 * Estimates the total from the characters left and the pieces per character so far, since a text's number of pieces is
 * known only once it is tokenised.
 * @param now a monotonic clock in milliseconds
 */
export function makeEncodeProgress(totalCharacters: number, now: () => number): EncodeProgress {
  let doneCharacters = 0;
  let donePieces = 0;
  // Time and pieces decay separately, so that two answers at the same moment do not look infinitely fast.
  let recentMs = 0;
  let recentPieces = 0;
  let last = now();
  return {
    add(characters, pieces) {
      const at = now();
      doneCharacters += characters;
      donePieces += pieces;
      recentMs = FADING * recentMs + (at - last);
      recentPieces = FADING * recentPieces + pieces;
      last = at;
    },
    progress() {
      const ratio = doneCharacters > 0 ? donePieces / doneCharacters : 1 / CHARACTERS_A_PIECE;
      const left = Math.max(0, Math.round((totalCharacters - doneCharacters) * ratio));
      return {
        stage: 'encoding',
        done: donePieces,
        total: donePieces + left,
        unit: 'word pieces',
        leftMs: recentPieces === 0 ? null : (left * recentMs) / recentPieces,
      };
    },
  };
}

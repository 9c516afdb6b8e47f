import type { Progress } from '../model/progress.ts';

/** Progress in word pieces, and the time left. */
export interface EncodeProgress {
  /** Texts of `characters` characters turned out to be `pieces` word pieces. */
  add(characters: number, pieces: number): void;
  progress(): Progress;
}

/** English abstracts; only until the first batch has told better. */
const CHARACTERS_A_PIECE = 5;
/** What is left of a batch's weight in the speed with each newer one. */
const FADING = 0.8;

/**
 * How many pieces a text has is known only once it is tokenised, so the total is estimated by the characters still to
 * come, at the ratio seen so far.
 * @param now a clock in milliseconds that never goes back
 */
export function makeEncodeProgress(totalCharacters: number, now: () => number): EncodeProgress {
  let doneCharacters = 0;
  let donePieces = 0;
  // Time and pieces fade apart: two workers that answer at the same moment must not look infinitely fast.
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

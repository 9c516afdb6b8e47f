import type { Progress } from '../model/progress.ts';

/** Progress in word pieces, and the time left. */
export interface PieceClock {
  /** Texts of `characters` characters turned out to be `pieces` word pieces. */
  add(characters: number, pieces: number): void;
  progress(): Progress;
}

/** English abstracts; only until the first batch has told better. */
const CHARACTERS_A_PIECE = 5;
/** Weight of the newest batch in the moving average of the speed. */
const NEWEST_WEIGHT = 0.2;

/**
 * How many pieces a text has is known only once it is tokenised, so the total is estimated by the characters still to
 * come, at the ratio seen so far.
 * @param now a clock in milliseconds that never goes back
 */
export function makePieceClock(totalCharacters: number, now: () => number): PieceClock {
  let doneCharacters = 0;
  let donePieces = 0;
  let msPerPiece: number | null = null;
  let last = now();
  return {
    add(characters, pieces) {
      const at = now();
      doneCharacters += characters;
      donePieces += pieces;
      const rate = (at - last) / Math.max(1, pieces);
      msPerPiece = msPerPiece === null ? rate : msPerPiece + NEWEST_WEIGHT * (rate - msPerPiece);
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
        leftMs: msPerPiece === null ? null : left * msPerPiece,
      };
    },
  };
}

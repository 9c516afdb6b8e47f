/**
 * Calls `visit` for each word of a text, in lower case: runs of letters and digits of at least two characters; of scripts
 * that put no blanks between words, each pair of neighbouring characters. O(n).
 */
export function forEachWord(text: string, visit: (word: string) => void): void {
  const lower = text.toLowerCase();
  for (const [run] of lower.matchAll(NON_ASCII.test(lower) ? RUN : ASCII_RUN)) {
    if (!NON_ASCII.test(run) || !UNSPACED.test(run)) {
      if (run.length > 1) visit(run.length > MAX_WORD ? run.slice(0, MAX_WORD) : run);
      continue;
    }
    let before = '';
    for (const character of run) {
      if (before !== '') visit(before + character);
      before = character;
    }
  }
}

const NON_ASCII = /[\u0080-\uffff]/;
const ASCII_RUN = /[a-z0-9]+/g;
const RUN = /[\p{L}\p{M}\p{N}]+/gu;
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const MAX_WORD = 64;

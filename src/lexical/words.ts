import { COMPARED_BY_PAIRS } from '../text/scripts.ts';

/**
 * Calls `visit` for each word of a text, in lower case: runs of at least two letters and digits or, in scripts without
 * blanks between words, each pair of neighbouring characters. O(n).
 */
export function forEachWord(text: string, visit: (word: string) => void): void {
  const lower = text.toLowerCase();
  for (const [run] of lower.matchAll(NON_ASCII.test(lower) ? RUN : ASCII_RUN)) {
    if (!NON_ASCII.test(run) || !COMPARED_BY_PAIRS.some.test(run)) {
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
const MAX_WORD = 64;

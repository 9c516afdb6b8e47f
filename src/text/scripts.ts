/** Scripts without blanks between words: Chinese, Japanese (ー belongs to no script), Thai, Lao, Khmer, Burmese. */
const UNSPACED_SCRIPTS =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\u30fc';

/** A class of letters: a test for them, and the runs that they divide a text into. */
interface ScriptClass {
  /** Matches a text that holds such a letter. Not global: safe to share. */
  readonly some: RegExp;
  /** Matches runs of such letters and runs of others. Global: only for `matchAll`. */
  readonly runs: RegExp;
}

/**
 * Letters whose words only a dictionary can find. Korean is not among them: its blanks separate words, and topic names
 * need only the particles cut off.
 */
export const UNSPACED: ScriptClass = classOf(UNSPACED_SCRIPTS);

/**
 * Letters that are compared by pairs, since whole words seldom agree: those of {@link UNSPACED}, Bopomofo, and Hangul,
 * whose words carry particles.
 */
export const COMPARED_BY_PAIRS: ScriptClass = classOf(`${UNSPACED_SCRIPTS}\\p{sc=Bopomofo}\\p{sc=Hangul}`);

/** A word of only Korean letters. */
export const HANGUL_WORD = /^\p{sc=Hangul}+$/u;

function classOf(letters: string): ScriptClass {
  return { some: new RegExp(`[${letters}]`, 'u'), runs: new RegExp(`[${letters}]+|[^${letters}]+`, 'gu') };
}

/** Scripts without blanks between words: Chinese, Japanese (with ー, which is of no one script), Thai, Lao, Khmer, Burmese. */
const UNSPACED_SCRIPTS =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\u30fc';

/** Letters that are told by a test, and the runs that a text falls into between them and all others. */
interface ScriptClass {
  /** Whether a text holds such a letter. Not global: safe to share. */
  readonly some: RegExp;
  /** Runs of such letters, and of others. Global: for `matchAll` alone. */
  readonly runs: RegExp;
}

/**
 * Letters whose words only a dictionary finds. Korean is not among them: names of topics are made of words, which its
 * blanks tell, with particles cut off.
 */
export const UNSPACED: ScriptClass = classOf(UNSPACED_SCRIPTS);

/**
 * Letters that are compared by pairs, since words as they are written seldom agree: those of {@link UNSPACED}, Bopomofo,
 * and Hangul, whose words carry particles.
 */
export const COMPARED_BY_PAIRS: ScriptClass = classOf(`${UNSPACED_SCRIPTS}\\p{sc=Bopomofo}\\p{sc=Hangul}`);

/** A word of Korean letters alone. */
export const HANGUL_WORD = /^\p{sc=Hangul}+$/u;

function classOf(letters: string): ScriptClass {
  return { some: new RegExp(`[${letters}]`, 'u'), runs: new RegExp(`[${letters}]+|[^${letters}]+`, 'gu') };
}

import { HANGUL_WORD, UNSPACED } from '../../text/scripts.ts';
import { ENGLISH_WEAK, stopBits } from './stop-words.ts';
import { baseForms, foldWord } from './word-fold.ts';

/** The possible texts between a word and the one before it in the same phrase. */
export const GLUE = ['', ' ', '’'] as const;

/** Receives the parts of a text: words as they are written, and walls, which no phrase crosses. */
interface TokenSink {
  /** A word; `glue` is the index in {@link GLUE} of the text before it. */
  word(written: string, glue: number): void;
  /** Punctuation, or something that cannot be in a name: a number, an address, a formula, a mark-up tag. */
  wall(): void;
}

/**
 * Passes the words of a cleaned text to `sink` in order. Words joined by hyphens are one; Chinese, Japanese, Thai, Lao,
 * Khmer and Burmese are cut by Intl.Segmenter. Tokens that are never names become walls: those that begin with a digit,
 * are longer than 40 units, touch a sign of formulas, mark-up or addresses, remain from LaTeX, or look like a citation
 * key. O(n).
 */
export function readTokens(text: string, sink: TokenSink): void {
  const plain = MARKUP.test(text) ? text.replace(TAG, ' \n ') : text;
  const pattern = NON_ASCII.test(plain) ? TOKEN : ASCII_TOKEN;
  let end = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(plain); match; match = pattern.exec(plain)) {
    const token = match[0];
    const glue = glueBetween(plain, end, match.index);
    if (glue < 0) sink.wall();
    const touched = isTouched(plain, match.index, match.index + token.length);
    end = match.index + token.length;
    if (touched || isRefuse(token)) {
      sink.wall();
      // Skips the path of an address without `https://`.
      if (plain[end] === '/') end = skipToBlank(plain, end);
      pattern.lastIndex = end;
    } else if (UNSPACED.some.test(token)) readUnspaced(token, Math.max(0, glue), sink);
    else readSpaced(token, Math.max(0, glue), sink);
  }
  sink.wall();
}

const LETTERS = '\\p{L}\\p{M}\\p{N}';
const TOKEN = new RegExp(`[${LETTERS}_]+(?:[-\\u2010\\u2011][${LETTERS}_]+)*(?:\\+\\+)?`, 'gu');
const ASCII_TOKEN = /[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*(?:\+\+)?/g;
const NON_ASCII = /[\u0080-\uffff]/;
const MARKUP = /[<&]/;
const TAG = /<\/?[a-z][^<>]{0,200}>|&(?:[a-z]{2,8}|#\d{1,6});/giu;
const MAX_LENGTH = 40;
const WORDS = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Signs that touch a word in formulas, mark-up, code and addresses. */
const SIGNS = '^=\\{}$|<>@#~*+&%';
const MACROS =
  'math(?:bb|cal|bf|rm|sf|scr|frak|it|tt)|text(?:bf|it|tt|rm|sc|sf)|emph|frac|sqrt|cdots?|ldots|leq|geq|neq|infty|rightarrow|leftarrow|mapsto|wide(?:tilde|hat)|overline|operatorname|boldsymbol|displaystyle|varepsilon|otimes|oplus|odot|subseteq|bigcup|bigcap|lfloor|rfloor|lceil|rceil|langle|rangle|nabla|forall|mathop|varphi|vartheta';
const LATEX = new RegExp(`^\\p{L}?(?:${MACROS})\\p{L}{0,2}$|^\\p{L}(?:times|circ)\\p{L}?$`, 'u');
/** Words of up to four such letters are kept without the other tests, which saves time. */
const LETTERS_ALONE = /^[A-Za-z]+$/;
const CITATION_KEY = /^\p{L}+[-:]?(?:19|20)\d\d/u;
const STARTS_WITH_DIGIT = /^\p{N}/u;

function skipToBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] > ' ') at++;
  return at;
}

/** The index in GLUE of the text [from, to), −1 for a wall. */
function glueBetween(text: string, from: number, to: number): number {
  if (from === to) return 0;
  if (to - from > 1 || from === 0) return -1;
  const between = text[from];
  if (between === ' ' || between === '\u00a0') return 1;
  return between === "'" || between === '’' ? 2 : -1;
}

/** Whether [start, end) touches a sign that words of a sentence do not touch, or a full stop within an address. */
function isTouched(text: string, start: number, end: number): boolean {
  if (start > 0 && text[start - 1] === ' ' && text[end] === ' ') return false;
  if (start > 0 && SIGNS.includes(text[start - 1])) return true;
  if (end >= text.length) return false;
  if (text[end] !== '%' && SIGNS.includes(text[end])) return true;
  if (text[end] === '(' && end - start === 1) return true;
  if (text.startsWith('://', end)) return true;
  return isInnerStop(text, start - 1) || isInnerStop(text, end);
}

/** Whether a full stop is between two word characters, unless a blank is missing, as in `retrieval.Furthermore`. */
function isInnerStop(text: string, at: number): boolean {
  if (text[at] !== '.' || at === 0) return false;
  return /^[\p{L}\p{N}]\.(?!\p{Lu}\p{Ll})[\p{L}\p{N}]/u.test(text.slice(at - 1, at + 3));
}

function isRefuse(token: string): boolean {
  if (token.length < 5 && LETTERS_ALONE.test(token)) return false;
  if (token.length > MAX_LENGTH && !UNSPACED.some.test(token)) return true;
  return token.includes('_') || STARTS_WITH_DIGIT.test(token) || LATEX.test(token) || CITATION_KEY.test(token);
}

/** English endings after an apostrophe, which are not separate words. */
const ENDINGS = /^(?:s|t|re|ve|ll|m|d)$/iu;

function readSpaced(token: string, glue: number, sink: TokenSink): void {
  if (glue !== 2 || !ENDINGS.test(token)) sink.word(token, glue);
}

/** Cuts a token that mixes scripts (`gpu加速`) where the script changes, and the unspaced parts into words. */
function readUnspaced(token: string, glue: number, sink: TokenSink): void {
  let before = glue;
  for (const [run] of token.matchAll(UNSPACED.runs)) {
    if (!UNSPACED.some.test(run)) {
      if (isRefuse(run)) sink.wall();
      else sink.word(run, before);
    } else {
      for (const { segment, isWordLike } of WORDS.segment(run)) {
        if (isWordLike && segment.length <= MAX_LENGTH && !STARTS_WITH_DIGIT.test(segment)) sink.word(segment, before);
        else sink.wall();
        before = 0;
      }
    }
    before = 0;
  }
}

/** Bits of {@link Vocabulary.traits}. */
export const TRAITS = {
  /** Not at the edge of a phrase: a single letter of a script whose words have more. */
  noEdge: 1,
  /** Not the last word of a phrase. */
  noEnd: 2,
  /** Not a phrase alone. */
  notAlone: 4,
  /** May stand inside a phrase of three although it is a stop word: `mixture of experts`. */
  link: 8,
} as const;

/** The words of a corpus. A *writing* is a word as it is written; writings of one *word* differ in case or number. */
export interface Vocabulary {
  /** By writing. */
  readonly written: readonly string[];
  /** By writing: its word. */
  readonly wordOf: Int32Array;
  /** By writing: the languages it is a stop word of, see stop-words.ts. */
  readonly stops: Int32Array;
  /** By writing: bits of {@link TRAITS}. */
  readonly traits: Uint8Array;
  /** By word: what it is counted as. */
  readonly folded: readonly string[];
}

/** Numbers writings in the order they are added. */
interface VocabularyBuilder {
  /** The number of a writing, the same each time. */
  add(written: string): number;
  /** The stop word languages of a writing. */
  stopsOf(writing: number): number;
  finish(): Vocabulary;
}

/** An empty builder. Stores each writing once; O(1) for each word except for a new writing. */
export function makeVocabularyBuilder(): VocabularyBuilder {
  const ids = new Map<string, number>();
  const stops: number[] = [];
  return {
    add(written) {
      const known = ids.get(written);
      if (known !== undefined) return known;
      const id = ids.size;
      ids.set(written, id);
      stops.push(stopBits(written.normalize('NFKC').toLowerCase()));
      return id;
    },
    stopsOf: (writing) => stops[writing],
    finish: () => makeVocabulary([...ids.keys()], Int32Array.from(stops)),
  };
}

const LINKS = new Set('of to in for de du des del della di da do dos das von para par pour zur'.split(' '));
/** Past forms, which describe a following word, but not nouns that end like one. */
const PAST = /^(?!embed|feed|need|seed|speed|breed|weed|deed|bed)[a-z-]{3,}ed$/u;
const LOWER_LATIN = /^[\p{sc=Latin}-]+$/u;

function makeVocabulary(written: readonly string[], stops: Int32Array): Vocabulary {
  const folds = written.map(foldWord);
  const known = new Set(folds);
  const forms = new Map<string, number>();
  for (const fold of known) for (const base of baseForms(fold)) forms.set(base, (forms.get(base) ?? 0) + 1);
  // Korean words rarely occur without a particle, so that two forms with one prove the word.
  const isBase = (base: string) => known.has(base) || (HANGUL_WORD.test(base) && (forms.get(base) ?? 0) > 1);
  const ids = new Map<string, number>();
  const bases = folds.map((fold) => baseForms(fold).find(isBase) ?? fold);
  for (const base of bases) if (!ids.has(base)) ids.set(base, ids.size);
  const wordOf = Int32Array.from(bases, (base) => ids.get(base) ?? 0);
  const traits = Uint8Array.from(written, (text, i) => traitsOf(text, bases[i]));
  return { written, wordOf, stops, traits, folded: [...ids.keys()] };
}

function traitsOf(written: string, base: string): number {
  const lower = written.toLowerCase();
  let traits = 0;
  if (LINKS.has(lower)) traits |= TRAITS.link;
  if (PAST.test(lower)) traits |= TRAITS.noEnd;
  const isShortLatin = LOWER_LATIN.test(written) && written.length < 3 && written === lower;
  const isWeak = ENGLISH_WEAK.has(base) || baseForms(base).some((form) => ENGLISH_WEAK.has(form));
  if (isWeak || isShortLatin || [...written].length < 2) traits |= TRAITS.notAlone;
  if ([...written].length < 2 && !UNSPACED.some.test(written)) traits |= TRAITS.noEdge;
  return traits;
}

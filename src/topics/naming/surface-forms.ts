import { HANGUL_WORD } from '../../text/scripts.ts';
import type { Phrases } from './phrases.ts';
import { ENGLISH_WEAK } from './stop-words.ts';
import { WALL } from './token-stream.ts';
import { GLUE } from './tokens.ts';
import { baseForms } from './word-fold.ts';

/** A phrase as it is shown, and its words. */
export interface Writing {
  readonly text: string;
  /** All ways in which it is written, `text` first, each with the papers that write it so, ascending. */
  readonly forms: readonly Form[];
  /** The folded words of all its forms, without stop words, with the parts of compounds and the initials of phrases. */
  readonly words: readonly string[];
  /** By form, the long one first: its folded words in order, each between blanks. */
  readonly spelled: readonly string[];
  /** Those of the words that are too weak to be a name alone. */
  readonly general: readonly string[];
}

/** One way to write a phrase. */
export interface Form {
  readonly text: string;
  readonly papers: readonly number[];
  /** Whether it is a short form of the others, such as `LLM`. */
  readonly isShort: boolean;
}

/** Weight of a writing whose capital may have another reason: in a title or at the start of a sentence. */
const WEAK_PLACE = 1;
const PLAIN_PLACE = 8;

/**
 * How the corpus most often writes each of the `wanted` phrases; running text counts more than titles and the start of
 * a sentence. O(entries of the stream).
 */
export function writingsOf(phrases: Phrases, wanted: ReadonlySet<number>): ReadonlyMap<number, Writing> {
  const { stream, scan, index } = phrases;
  const counts = new Map<number, Map<string, Tally>>();
  for (const phrase of wanted) counts.set(phrase, new Map());
  let paper = 0;
  const visitor = {
    ...index.makeVisitor(),
    body: 0,
    visit() {
      const form = index.findForm(this.low, this.high);
      const phrase = form < 0 ? form : index.conceptOf[form];
      const own = counts.get(phrase);
      if (!own) return;
      const text = textOf(phrases, this.from, this.to);
      const isPlain = this.from >= this.body && stream.entries[this.from - 1] !== WALL;
      const tally = own.get(text) ?? { weight: 0, papers: [], isShort: form !== phrase };
      own.set(text, tally);
      tally.weight += isPlain ? PLAIN_PLACE : WEAK_PLACE;
      if (tally.papers.at(-1) !== paper) tally.papers.push(paper);
    },
  };
  for (; paper < phrases.n; paper++) {
    visitor.body = stream.bodies[paper];
    scan(stream.starts[paper], stream.starts[paper + 1], visitor);
  }
  const writings = new Map<number, Writing>();
  for (const [phrase, own] of counts) {
    const { words, spelled } = wordsOf(phrases, phrase);
    const general = words.filter((word) => [word, ...baseForms(word)].some((form) => ENGLISH_WEAK.has(form)));
    const forms = formsOf(own);
    writings.set(phrase, { text: forms[0]?.text ?? '', forms, words, spelled, general });
  }
  return writings;
}

/** The text of a phrase in the stream; a Korean last word loses its particle. */
function textOf({ stream }: Phrases, from: number, to: number): string {
  const { written, wordOf, folded } = stream.vocabulary;
  let text = '';
  for (let at = from; at < to; at++) {
    const entry = stream.entries[at];
    const word = written[entry >> 3];
    const isBare = at === to - 1 && HANGUL_WORD.test(word);
    text += (at === from ? '' : GLUE[(entry >> 1) & 3]) + (isBare ? folded[wordOf[entry >> 3]] : word);
  }
  return text;
}

/** The weight of one writing of a phrase, and the papers that use it. */
interface Tally {
  weight: number;
  readonly papers: number[];
  readonly isShort: boolean;
}

/** Forms by falling frequency, ties in alphabetical order. */
function formsOf(tallies: ReadonlyMap<string, Tally>): readonly Form[] {
  return [...tallies]
    .sort(([one, a], [other, b]) => b.weight - a.weight || (one < other ? -1 : 1))
    .map(([text, { papers, isShort }]) => ({ text, papers, isShort }));
}

/** Whether a form of `spelled` (see {@link Writing.spelled}) is part of a form of `longer`. O(forms × letters). */
export function isWithin(spelled: Writing['spelled'], longer: Writing['spelled']): boolean {
  return spelled.some((text) => longer.some((other) => other.length > text.length && other.includes(text)));
}

/**
 * Whether one phrase is a part of another, or both share two consecutive words, as `large language model` and
 * `pre-trained language model` do. O(forms × letters).
 */
export function isAkin(a: Writing['spelled'], b: Writing['spelled']): boolean {
  return (
    isWithin(a, b) ||
    isWithin(b, a) ||
    a.some((one) => b.some((other) => pairsOf(one).some((pair) => other.includes(pair))))
  );
}

function pairsOf(spelled: string): readonly string[] {
  const words = spelled.trim().split(' ');
  return words.slice(1).map((word, w) => ` ${words[w]} ${word} `);
}

/** A short form is shown if this share of the papers use it and the long one is {@link MUCH_LONGER} times as long. */
const KNOWN_SHARE = 0.75;
const MUCH_LONGER = 2;

/**
 * How the papers that `isOwn` marks write a phrase: as the corpus does, unless more of them use another number or
 * spelling, such as `CNN` for `CNNs`; case does not count. The short form is returned if three in four use it and it is
 * at most half as long, or if more papers use it than the long one. O(papers that hold the phrase).
 */
export function textAmong(forms: readonly Form[], isOwn: Uint8Array): string {
  const short = mostHeld(
    forms.filter(({ isShort }) => isShort),
    isOwn,
  );
  const long = mostHeld(
    forms.filter(({ isShort }) => !isShort),
    isOwn,
  );
  if (short.papers.size === 0) return long.text;
  const all = new Set([...short.papers, ...long.papers]).size;
  const isKnown = short.papers.size >= KNOWN_SHARE * all && long.text.length >= MUCH_LONGER * short.text.length;
  return isKnown || short.papers.size > long.papers.size ? short.text : long.text;
}

/** The text that most of the marked papers use, and all marked papers that use any of `forms`. */
function mostHeld(forms: readonly Form[], isOwn: Uint8Array): { text: string; papers: ReadonlySet<number> } {
  const held = new Map<string, { readonly text: string; readonly papers: Set<number> }>();
  const all = new Set<number>();
  for (const { text, papers } of forms) {
    const key = text.toLowerCase();
    const form = held.get(key) ?? { text, papers: new Set<number>() };
    held.set(key, form);
    for (const paper of papers) {
      if (isOwn[paper] !== 1) continue;
      form.papers.add(paper);
      all.add(paper);
    }
  }
  let best = '';
  let most = -1;
  for (const { text, papers } of held.values()) if (papers.size > most) [best, most] = [text, papers.size];
  return { text: best, papers: all };
}

const HYPHEN = /[-\u2010\u2011]/u;

function wordsOf(phrases: Phrases, phrase: number): Pick<Writing, 'words' | 'spelled'> {
  const forms = [phrase, ...(phrases.index.shortForms.get(phrase) ?? [])].map((form) => wordsOfForm(phrases, form));
  return { words: [...new Set(forms.flatMap(({ words }) => words))], spelled: forms.map(({ spelled }) => spelled) };
}

function wordsOfForm({ stream, from, to }: Phrases, form: number): { words: readonly string[]; spelled: string } {
  const { written, wordOf, folded } = stream.vocabulary;
  const entries = stream.entries.subarray(from[form], to[form]).filter((entry) => (entry & 1) === 0);
  const row = Array.from(entries, (entry) => folded[wordOf[entry >> 3]]);
  const parts = Array.from(entries, (entry) => written[entry >> 3].toLowerCase().split(HYPHEN)).flat();
  const words = new Set([...row, ...parts.filter((part) => part.length > 2), ...initialsOf(parts)]);
  return { words: [...words], spelled: ` ${row.join(' ')} ` };
}

/** `crp`, `ctr`…: the initials of a phrase and of any three or more consecutive words of it. */
function initialsOf(parts: readonly string[]): readonly string[] {
  if (parts.length < 2) return [];
  const all = parts.map((part) => part.slice(0, 1)).join('');
  const found = [all];
  for (let from = 0; from + 3 <= all.length; from++) {
    for (let to = from + 3; to <= all.length; to++) found.push(all.slice(from, to));
  }
  return found;
}

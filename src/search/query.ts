import { foldText } from './fold.ts';
import { forEachPiece, joinedOf, type PieceKind, partsOf, segmentsOf } from './words.ts';

/** The parts of a paper that are searched. */
export const FIELDS = ['title', 'text', 'authors'] as const;
/** One of {@link FIELDS}. */
export type Field = (typeof FIELDS)[number];

/** A word of a phrase. `glued`: the query joined it to the word before (`t-sne`), so blanks between are optional. */
export interface PhraseWord {
  readonly text: string;
  readonly glued: boolean;
}

interface AtomScope {
  /** The only field to search; null for all. */
  readonly field: Field | null;
  /** Whether papers that match are left out. */
  readonly excluded: boolean;
}

/** `prefix`: still being typed, so longer words match too. `fuzzy`: may match with one typo if nothing else does. */
export interface WordAtom extends AtomScope {
  readonly kind: 'word';
  readonly word: string;
  readonly prefix: boolean;
  readonly fuzzy: boolean;
}

/** Two or more words, one right after the other. `prefix`: the last one is still being typed. */
export interface PhraseAtom extends AtomScope {
  readonly kind: 'phrase';
  readonly words: readonly PhraseWord[];
  readonly prefix: boolean;
}

/**
 * Folded text to be found exactly, even within words: for unspaced scripts, and for signs alone. `parts`: its words; a
 * text that has all of them, but not together, matches less well. Empty when only the whole counts.
 */
export interface LiteralAtom extends AtomScope {
  readonly kind: 'literal';
  readonly text: string;
  readonly parts: readonly string[];
}

/** One thing that a query asks for. */
export type Atom = WordAtom | PhraseAtom | LiteralAtom;

/**
 * Reads what a user typed: words, "phrases" (an open quote is closed by the end), `title:` `text:` `abstract:`
 * `author:` `authors:` before a word or phrase, `-` before what must not occur. The last word counts as unfinished
 * unless a blank or a closing quote follows. Any string is a query; a query of signs alone is searched literally; an
 * empty one gives no atoms. Only the first 1,000 units and 32 atoms count, which bounds the cost of a pasted text.
 */
export function parseQuery(query: string): readonly Atom[] {
  const typed = query.slice(0, MAX_QUERY).replaceAll('\0', ' ');
  const atoms: Atom[] = [];
  for (const match of typed.matchAll(CHUNK)) {
    const [whole, minus, fieldName, quoted, plain] = match;
    const typing = match.index + whole.length === typed.length && !(quoted !== undefined && QUOTE_END.test(whole));
    const scope: AtomScope = {
      field: fieldName === undefined ? null : fieldNamed(fieldName),
      excluded: minus !== undefined,
    };
    if (quoted === undefined) addChunk(atoms, plain, typing, scope);
    else addPhrase(atoms, quoted, typing, scope);
  }
  if (atoms.length > 0) return unique(atoms).slice(0, MAX_ATOMS);
  const signs = foldText(typed.replace(QUOTES, '').trim() || typed.trim());
  return signs === '' ? [] : [{ kind: 'literal', text: signs, parts: [], field: null, excluded: false }];
}

/**
 * The text of a query for the language model: its words as typed, without quotes, field names and excluded words. ''
 * when nothing is left. Only the first 1,000 units count.
 */
export function meaningText(query: string): string {
  const parts: string[] = [];
  for (const { 1: minus, 3: quoted, 4: plain } of query.slice(0, MAX_QUERY).matchAll(CHUNK)) {
    if (minus === undefined) parts.push((quoted ?? plain).trim());
  }
  const text = parts.filter((part) => part !== '').join(' ');
  return HAS_WORD.test(text) ? text : '';
}

/** A query for papers with these words in their titles; quotes, fields and minus signs in them have no effect. */
export function titleQuery(words: string): string {
  return words.replace(TITLE_WORD, (_, blank: string, word: string) => `${blank}title:${word}`);
}

/** Whether a query has a quoted phrase or a field, so that only papers that match by words are wanted. */
export function requiresWords(query: string): boolean {
  for (const { 1: minus, 2: field, 3: quoted } of query.slice(0, MAX_QUERY).matchAll(CHUNK)) {
    if (minus === undefined && (field !== undefined || (quoted !== undefined && quoted.trim() !== ''))) return true;
  }
  return false;
}

/** A word, captured without the signs that a query would read as quotes, exclusion or a field. */
const TITLE_WORD = /(^|\s)[-:"“”„]*(?:\p{L}+:)*[-:"“”„]*([^\s"“”„]+)["“”„]*/gu;
const MAX_QUERY = 1000;
const HAS_WORD = /[\p{L}\p{N}]/u;
const MAX_ATOMS = 32;
/** Shorter unfinished words would match nearly everything. */
const MIN_PREFIX = 2;
const MIN_FUZZY = 5;

const QUOTES = /["“”„]/g;
const QUOTE_END = /["“”„].*["“”„]$/s;
/** Minus, field, then either a quoted text (perhaps not closed), or anything up to a blank or a quote. */
const CHUNK = /(-)?(?:(titles?|texts?|abstracts?|authors?):)?(?:["“”„]([^"“”„]*)(?:["“”„]|$)|([^\s"“”„]+))/gi;

function fieldNamed(name: string): Field {
  const first = name.toLowerCase();
  if (first.startsWith('title')) return 'title';
  return first.startsWith('author') ? 'authors' : 'text';
}

interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
}

/** Adds a chunk without blanks: one word, or several that belong together as in the query. */
function addChunk(atoms: Atom[], chunk: string, typing: boolean, scope: AtomScope): void {
  const pieces = piecesOf(foldText(chunk));
  let from = 0;
  for (let i = 0; i <= pieces.length; i++) {
    if (i < pieces.length && pieces[i].kind !== 'unspaced') continue;
    addWords(atoms, pieces.slice(from, i), { raw: chunk, typing: typing && i === pieces.length, scope });
    if (i < pieces.length)
      atoms.push({ kind: 'literal', text: pieces[i].text, parts: contentWords(pieces[i].text), ...scope });
    from = i + 1;
  }
}

function addPhrase(atoms: Atom[], quoted: string, typing: boolean, scope: AtomScope): void {
  const folded = foldText(quoted);
  const pieces = piecesOf(folded);
  if (pieces.some((piece) => piece.kind === 'unspaced')) {
    atoms.push({ kind: 'literal', text: folded.trim(), parts: [], ...scope });
    return;
  }
  addWords(atoms, pieces, { raw: null, typing, scope });
}

function piecesOf(folded: string): Piece[] {
  const pieces: Piece[] = [];
  forEachPiece(folded, (kind, start, end) => pieces.push({ kind, text: folded.slice(start, end) }));
  return pieces;
}

/** `raw`: the words as typed, for their case; null in quotes, where no typo is forgiven. */
function addWords(
  atoms: Atom[],
  pieces: readonly Piece[],
  typed: { raw: string | null; typing: boolean; scope: AtomScope },
): void {
  const words = pieces.flatMap(phraseWords);
  if (words.length === 0) return;
  const last = words[words.length - 1].text;
  const prefix = typed.typing && last.length >= MIN_PREFIX && pieces[pieces.length - 1].kind !== 'symbol';
  if (words.length > 1) {
    atoms.push({ kind: 'phrase', words, prefix, ...typed.scope });
    return;
  }
  const fuzzy = typed.raw !== null && !typed.scope.excluded && forgivesTypo(last, typed.raw);
  atoms.push({ kind: 'word', word: last, prefix: prefix && !typed.scope.excluded, fuzzy, ...typed.scope });
}

function phraseWords(piece: Piece): PhraseWord[] {
  if (piece.kind !== 'compound') return [{ text: piece.text, glued: false }];
  return partsOf(piece.text).map((part, i) => ({ text: part.text, glued: i > 0 }));
}

/** Not for abbreviations and names with digits, where another letter means another thing: CNN is not RNN. */
function forgivesTypo(word: string, raw: string): boolean {
  return word.length >= MIN_FUZZY && /^\p{L}+$/u.test(word) && raw !== raw.toUpperCase();
}

/** Words of an unspaced run, without single letters that are not ideographs. Empty for a run of one word. */
function contentWords(run: string): string[] {
  const words = segmentsOf(run)
    .map((segment) => segment.text)
    .filter((text) => text.length > 1 || /\p{sc=Han}/u.test(text));
  return words.length > 1 ? words : [];
}

function unique(atoms: readonly Atom[]): Atom[] {
  return [...new Map(atoms.map((atom) => [JSON.stringify(atom), atom])).values()];
}

/** The compound, without joiners, that the query made of a phrase's words from `index` on; null if none. */
export function gluedWord(words: readonly PhraseWord[], index: number): string | null {
  let from = index;
  while (from > 0 && words[from].glued) from--;
  let to = index + 1;
  while (to < words.length && words[to].glued) to++;
  if (to - from < 2) return null;
  return joinedOf(
    words
      .slice(from, to)
      .map((word) => word.text)
      .join('-'),
  );
}

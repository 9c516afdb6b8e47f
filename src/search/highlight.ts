import { foldWithOffsets } from './fold.ts';
import { phrasePattern, phraseRanges } from './match-text.ts';
import type { Atom, Field, PhraseWord, WordAtom } from './query.ts';
import { forEachWord, numberVariants } from './words.ts';

/** Folded text to mark on the screen, only in `field` unless that is null. Plain data, so that it can cross threads. */
export type HighlightTerm =
  /** A whole word, or with `prefix` all words that begin so. */
  | { readonly kind: 'word'; readonly field: Field | null; readonly text: string; readonly prefix: boolean }
  | {
      readonly kind: 'phrase';
      readonly field: Field | null;
      readonly words: readonly PhraseWord[];
      readonly prefix: boolean;
    }
  /** Exactly these characters, even within words; in a text without them, each of the parts. */
  | {
      readonly kind: 'literal';
      readonly field: Field | null;
      readonly text: string;
      readonly parts: readonly string[];
    };

/** A half-open range `[start, end)` in UTF-16 units of a text. */
export type TextRange = readonly [start: number, end: number];

/** A part of a longer text, with its highlights. */
export interface Snippet {
  readonly text: string;
  /** In offsets of `text`, ascending, disjoint. */
  readonly ranges: readonly TextRange[];
  /** Whether text was left out before it. */
  readonly leading: boolean;
  /** Whether text was left out after it. */
  readonly trailing: boolean;
}

/** What to mark in the hits of a query: its terms, their plurals and singulars, and corrected typos. */
export function highlightTerms(
  atoms: readonly Atom[],
  corrections: (atom: WordAtom) => readonly string[],
): HighlightTerm[] {
  return atoms.filter((atom) => !atom.excluded).flatMap((atom) => termsOfAtom(atom, corrections));
}

/**
 * Where `terms` occur in `raw`, the text as the user sees it (LaTeX accents included): ranges in raw offsets,
 * ascending, disjoint, never splitting a grapheme. `field` says which field `raw` is, for terms bound to one; null
 * takes terms of all fields. O(length × terms); meant for the texts on the screen.
 */
export function highlightRanges(raw: string, terms: readonly HighlightTerm[], field: Field | null = null): TextRange[] {
  const wanted = terms.filter((term) => term.field === null || field === null || term.field === field);
  if (wanted.length === 0 || raw === '') return [];
  const folded = foldWithOffsets(raw);
  const found: TextRange[] = [...wordRanges(folded.text, wanted), ...stretchRanges(folded.text, wanted)];
  const snap = makeSnap(raw);
  const inRaw = found.map(([start, end]) => snap(folded.starts[start], endInRaw(folded.starts, start, end)));
  return mergeRanges(inRaw);
}

/**
 * The first part of `raw` of at most `maxLength` UTF-16 units that shows most of `ranges` (ascending, as
 * highlightRanges gives them), with some words around; cut between words where there are blanks, never within a
 * grapheme. Without ranges, the beginning of `raw`. O(length).
 */
export function snippet(raw: string, ranges: readonly TextRange[], maxLength: number): Snippet {
  if (raw.length <= maxLength) return { text: raw, ranges, leading: false, trailing: false };
  const [from, to] = bestCluster(ranges, maxLength);
  const before = Math.max(0, Math.floor((maxLength - (to - from)) * SHARE_BEFORE));
  let start = Math.max(0, Math.min(from - before, raw.length - maxLength));
  if (start > 0) start = nextWord(raw, start, from);
  let end = Math.min(raw.length, start + maxLength);
  if (end < raw.length) end = lastWordEnd(raw, Math.max(start, Math.min(to, end)), end);
  start = graphemeStart(raw, start, true);
  end = graphemeStart(raw, end, false);
  if (end < start) end = start;
  const inside = ranges
    .filter(([a, b]) => a < end && b > start)
    .map(([a, b]): TextRange => [Math.max(a, start) - start, Math.min(b, end) - start]);
  return { text: raw.slice(start, end), ranges: inside, leading: start > 0, trailing: end < raw.length };
}

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** In ASCII text every unit is a grapheme, except `\r\n`, in which no range begins or ends. */
const NON_ASCII = /[\u0080-\uffff]/;
/** Share of the spare room that goes before the first match: the reader needs more of what follows. */
const SHARE_BEFORE = 0.3;
const BLANK = /\s/u;
/** Graphemes in use are shorter: a flag of a region takes 14 units, a family 11. */
const GRAPHEME_REACH = 64;

function wordRanges(folded: string, terms: readonly HighlightTerm[]): TextRange[] {
  const whole = new Set<string>();
  const prefixes: string[] = [];
  for (const term of terms) {
    if (term.kind !== 'word') continue;
    whole.add(term.text);
    if (term.prefix) prefixes.push(term.text);
  }
  const ranges: TextRange[] = [];
  if (whole.size === 0) return ranges;
  forEachWord(folded, (word, start, end) => {
    if (whole.has(word) || prefixes.some((prefix) => word.startsWith(prefix))) ranges.push([start, end]);
  });
  return ranges;
}

function stretchRanges(folded: string, terms: readonly HighlightTerm[]): TextRange[] {
  const ranges: TextRange[] = [];
  for (const term of terms) {
    if (term.kind === 'phrase') ranges.push(...phraseRanges(folded, phrasePattern(term)));
    if (term.kind !== 'literal') continue;
    const whole = literalRanges(folded, term.text);
    ranges.push(...(whole.length > 0 ? whole : term.parts.flatMap((part) => literalRanges(folded, part))));
  }
  return ranges;
}

function literalRanges(folded: string, literal: string): TextRange[] {
  const ranges: TextRange[] = [];
  if (literal === '') return ranges;
  for (let at = folded.indexOf(literal); at >= 0; at = folded.indexOf(literal, at + literal.length)) {
    ranges.push([at, at + literal.length]);
  }
  return ranges;
}

/** The raw end of a folded range. If one raw unit was folded to several, the range includes all of them. */
function endInRaw(starts: Int32Array, start: number, end: number): number {
  let next = end;
  while (next < starts.length - 1 && starts[next] === starts[end - 1]) next++;
  return Math.max(starts[next], starts[start]);
}

function makeSnap(raw: string): (start: number, end: number) => TextRange {
  if (!NON_ASCII.test(raw)) return (start, end) => [start, end];
  const graphemes = GRAPHEMES.segment(raw);
  return (start, end) => {
    const first = graphemes.containing(start);
    const last = graphemes.containing(end - 1);
    return [first?.index ?? start, last ? last.index + last.segment.length : end];
  };
}

/** Ranges in ascending order, merged where they overlap or touch. Sorts `ranges` in place. O(n log n). */
function mergeRanges(ranges: TextRange[]): TextRange[] {
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: [number, number][] = [];
  for (const [start, end] of ranges) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (end > start) merged.push([start, end]);
  }
  return merged;
}

/** The bounds of the largest group of ranges that fits into `maxLength` units. */
function bestCluster(ranges: readonly TextRange[], maxLength: number): [number, number] {
  if (ranges.length === 0) return [0, 0];
  let best = 0;
  let bestCount = 0;
  let last = 0;
  for (let first = 0; first < ranges.length; first++) {
    last = Math.max(last, first);
    while (last + 1 < ranges.length && ranges[last + 1][1] - ranges[first][0] <= maxLength) last++;
    if (last - first + 1 > bestCount) {
      bestCount = last - first + 1;
      best = first;
    }
  }
  return [ranges[best][0], ranges[best + bestCount - 1][1]];
}

/** The first word start in `[at, before]`, or `at` if there is none. */
function nextWord(raw: string, at: number, before: number): number {
  for (let i = at; i <= before; i++) if (BLANK.test(raw[i - 1]) && !BLANK.test(raw[i])) return i;
  return at;
}

/** The last word end in `[after, at]`, or `at` if there is none. */
function lastWordEnd(raw: string, after: number, at: number): number {
  for (let i = at; i >= after && i > 0; i--) if (BLANK.test(raw[i]) && !BLANK.test(raw[i - 1])) return i;
  return at;
}

/** The grapheme border at `at`, or the next one after (`up`) or before it. */
function graphemeStart(raw: string, at: number, up: boolean): number {
  if (at <= 0 || at >= raw.length) return at;
  // Segmenting the whole text would be slow; a window wider than any grapheme finds the same border.
  const from = Math.max(0, at - GRAPHEME_REACH);
  const found = GRAPHEMES.segment(raw.slice(from, at + GRAPHEME_REACH)).containing(at - from);
  if (!found || found.index === at - from) return at;
  return from + found.index + (up ? found.segment.length : 0);
}

function termsOfAtom(atom: Atom, corrections: (atom: WordAtom) => readonly string[]): HighlightTerm[] {
  const { field } = atom;
  if (atom.kind === 'phrase') return [{ kind: 'phrase', field, words: atom.words, prefix: atom.prefix }];
  if (atom.kind === 'literal') return [{ kind: 'literal', field, text: atom.text, parts: atom.parts }];
  const others = [...numberVariants(atom.word), ...corrections(atom)];
  return [
    { kind: 'word', field, text: atom.word, prefix: atom.prefix },
    ...others.map((text) => ({ kind: 'word' as const, field, text, prefix: false })), // Literal type for the union.
  ];
}

import { stopBits } from '../../../src/topics/naming/stop-words.ts';
import { foldWord } from '../../../src/topics/naming/word-fold.ts';
import type { Grouping } from './grouping.ts';

/** What the names of a grouping are worth. */
export interface NameFigures {
  /** By group: its papers that its name covers. */
  readonly covered: readonly number[];
  /** Share of the groups whose names cover at least {@link ENOUGH} of their papers, 0…1. */
  readonly enough: number;
  /** Median over the groups of the share of their papers that their names cover, 0…1. */
  readonly medianCoverage: number;
  /**
   * Median over the groups of a name's F1 as a query for its papers, 0…1: the harmonic mean of the share of them that it
   * covers and the share of all papers it covers that are among them. Low for general words and for rare ones.
   */
  readonly medianF1: number;
  /** Pairs of named groups with the same parent, and those of them whose names share no content word. */
  readonly siblingPairs: number;
  readonly apartPairs: number;
  /** Names with a word that is none: one that begins with a digit, or is left over from LaTeX, mark-up or an address. */
  readonly residue: number;
}

/** Papers that a name has to cover to stand for a topic. */
export const ENOUGH = 5;

/**
 * Figures of the names in `grouping`. A name covers a paper of its group when one of its phrases stands in the paper's
 * text in whole words, in any case, as it is written. A content word is a word that is no English stop word; words that
 * differ in case or hyphens alone are one. `texts`: titles and texts in paper order. O(phrases × length of all texts + pairs
 * of siblings).
 */
export function nameFigures(grouping: Grouping, texts: readonly string[]): NameFigures {
  const { groups, groupOf } = grouping;
  const counts = groups.map(({ phrases }, group) => countCovered(phrases, texts, (paper) => groupOf[paper] === group));
  const covered = counts.map(({ own }) => own);
  return {
    covered,
    enough: covered.filter((count) => count >= ENOUGH).length / Math.max(1, groups.length),
    medianCoverage: median(covered.map((count, group) => count / Math.max(1, groups[group].size))),
    // 2PR / (P + R) with P = own / all and R = own / size.
    medianF1: median(counts.map(({ own, all }, group) => (2 * own) / Math.max(1, all + groups[group].size))),
    ...countPairs(grouping),
    residue: groups.filter(({ phrases }) => phrases.some(hasResidue)).length,
  };
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:[-\u2010\u2011'’][\p{L}\p{M}\p{N}]+)*/gu;
const ENGLISH = 1;
const SIGNS = /[\\${}^_<>]|:\/\//u;
const REFUSE =
  /^(?:\p{N}.*|https?|www|url|href|br|nbsp|quot|amp|(?:math|text)(?:bb|cal|bf|rm|sf|frak|it|tt)|emph|frac|sqrt|cdots?|ldots|leq|geq|infty|rightarrow|leftarrow)$/iu;

/** Matches a text in which one of `phrases` stands in whole words; null for none. */
function patternOf(phrases: readonly string[]): RegExp | null {
  if (phrases.length === 0) return null;
  const any = phrases.map((phrase) => phrase.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'iu');
}

/** How many of all papers `phrases` cover, and of its own. */
function countCovered(
  phrases: readonly string[],
  texts: readonly string[],
  isOwn: (paper: number) => boolean,
): { own: number; all: number } {
  const pattern = patternOf(phrases);
  const papers = pattern ? [...texts.keys()].filter((paper) => pattern.test(texts[paper])) : [];
  return { own: papers.filter(isOwn).length, all: papers.length };
}

function countPairs({ groups }: Grouping): Pick<NameFigures, 'siblingPairs' | 'apartPairs'> {
  const named = groups
    .filter(({ phrases }) => phrases.length > 0)
    .map(({ parent, phrases }) => ({ parent, words: contentWords(phrases) }));
  let siblingPairs = 0;
  let apartPairs = 0;
  named.forEach((one, at) => {
    for (const other of named.slice(at + 1)) {
      if (other.parent !== one.parent) continue;
      siblingPairs++;
      if (![...one.words].some((word) => other.words.has(word))) apartPairs++;
    }
  });
  return { siblingPairs, apartPairs };
}

function contentWords(phrases: readonly string[]): ReadonlySet<string> {
  const words = phrases.flatMap((phrase) => phrase.match(WORD) ?? []);
  return new Set(words.filter((word) => (stopBits(word.toLowerCase()) & ENGLISH) === 0).map(foldWord));
}

function hasResidue(phrase: string): boolean {
  return SIGNS.test(phrase) || (phrase.match(WORD) ?? []).some((word) => REFUSE.test(word));
}

/** The mean of the middle two of an even number; 0 for none. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

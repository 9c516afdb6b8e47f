import type { Candidate } from './candidates.ts';
import type { Phrases } from './phrases.ts';

/** Whether a text is one word in small letters, of a script that has others: often too general to be a name alone. */
export function isPlainWord(text: string): boolean {
  return !text.includes(' ') && text === text.toLowerCase() && text !== text.toUpperCase();
}

/**
 * Whether a phrase, written `text`, has too little on its side to be in the name of a topic of `size` papers while there
 * is another. Too few of them hold it; or no title of theirs has it and other papers say it nearly as often; or it is a
 * plain word that is mostly followed by a noun, or that neither two of their titles nor many of the papers have. Where
 * the corpus has no titles, less will do, as with one title. O(1).
 */
export function isDoubtful(
  text: string,
  { phrase, papers, titles }: Candidate,
  phrases: Phrases,
  size: number,
): boolean {
  const isPlain = isPlainWord(text);
  const isRepeated = text.includes(' ') && phrases.index.occurrences[phrase] >= REPEATED * phrases.papers[phrase];
  const marks = papers + titles + (isRepeated ? 1 : 0);
  if (marks < Math.min(size, ENOUGH) || papers < LEAST_SHARE * size) return true;
  if (isPlain && tailShare(phrases, phrase) < LEAST_TAIL) return true;
  if (titles >= LEAST) return false;
  const isTitled = titles > 0 || phrases.titled[phrase] === 1;
  const rate = papers / size;
  const outside = (phrases.papers[phrase] - papers) / Math.max(1, phrases.n - size);
  if (outside > (isTitled ? TITLED_OUTSIDE : OUTSIDE) * rate) return true;
  if (!isPlain) return false;
  return papers < Math.min(ENOUGH, size) || rate < (isTitled ? TITLED_RATE : RATE);
}

/** Papers of a topic of `size` that its name should hold at least: five, or three in ten where this is less. O(1). */
export function leastBacking(size: number): number {
  return Math.max(1, Math.min(5, Math.ceil(0.3 * size)));
}

/** Titles of a topic that settle all but the number of its papers. */
const LEAST = 2;
/**
 * Papers of a topic that should hold a phrase of its name, and more of a large one: two may share any words by chance. One with it
 * in the title counts twice, and one more is counted where papers say several words in a row so many times each.
 */
const ENOUGH = 3;
const LEAST_SHARE = 1 / 12;
const REPEATED = 1.5;
/** How often other papers may hold it, of how often those of the topic do; more with a title among these. */
const OUTSIDE = 0.15;
const TITLED_OUTSIDE = 0.3;
/** Share of a topic's papers that hold a plain word it is about, when no title has it, and when one has. */
const RATE = 0.5;
const TITLED_RATE = 0.3;
/** A plain word that is followed by no noun less often than this is an adjective or the like. */
const LEAST_TAIL = 0.35;

/** Share of its occurrences that have no word behind them that could belong to it; few prove little. */
function tailShare({ index }: Phrases, phrase: number): number {
  return (index.freeAfter[phrase] + 1) / (index.occurrences[phrase] + 2);
}

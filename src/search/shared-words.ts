import { TEXT_END } from './match-text.ts';
import { forEachWord, numberVariants } from './words.ts';

/** A word that two papers share. */
export interface SharedWord {
  /** As the first paper writes it, folded: `t-sne`, `embeddings`. */
  readonly text: string;
  /** Share (0…1) of the total weight of the shared words. */
  readonly share: number;
}

/** How many papers there are, and how many hold a word. */
export interface WordCounts {
  readonly papers: number;
  papersWith(word: string): number;
}

/** Words in more than this share of the papers do not tell what two of them have in common. */
const MAX_DOCUMENT_SHARE = 0.5;

/**
 * The words of two searchable texts (see match-text.ts) that contribute most to their similarity, heaviest first, at
 * most `limit`. A word's weight is its term in the dot product under lnc.ltc weighting: (1 + ln tf) of each text, times
 * idf = ln(papers / papers with it) once (Manning, Raghavan & Schütze 2008, section 6.4.3). With idf twice, a rare
 * chance word would come before what both papers are about. Singular and plural count as one word, and a compound gives
 * only its heaviest. O(words of both).
 */
export function sharedWords(a: string, b: string, counts: WordCounts, limit: number): SharedWord[] {
  const others = countWords(b);
  const shared: WeightedWord[] = [];
  for (const [word, found] of countWords(a)) {
    const times = timesIn(others, word);
    const papers = Math.max(1, counts.papersWith(word));
    if (times === 0 || papers > MAX_DOCUMENT_SHARE * counts.papers) continue;
    const idf = Math.log(counts.papers / papers);
    shared.push({ ...found, weight: (1 + Math.log(found.times)) * (1 + Math.log(times)) * idf });
  }
  shared.sort((x, y) => y.weight - x.weight || x.start - y.start);
  const kept = withoutOverlaps(shared);
  const sum = kept.reduce((total, { weight }) => total + weight, 0);
  return kept.slice(0, limit).map(({ start, end, weight }) => ({ text: a.slice(start, end), share: weight / sum }));
}

interface WordCount {
  times: number;
  /** Its first occurrence in the text. */
  readonly start: number;
  readonly end: number;
}

interface WeightedWord extends WordCount {
  readonly weight: number;
}

function countWords(searchable: string): Map<string, WordCount> {
  const end = searchable.indexOf(TEXT_END);
  const counts = new Map<string, WordCount>();
  forEachWord(end < 0 ? searchable : searchable.slice(0, end), (word, start, stop) => {
    // Skips single letters and signs, such as the t of t-SNE.
    if (stop - start < 2) return;
    const known = counts.get(word);
    if (known) known.times++;
    else counts.set(word, { times: 1, start, end: stop });
  });
  return counts;
}

function timesIn(words: ReadonlyMap<string, WordCount>, word: string): number {
  let times = words.get(word)?.times ?? 0;
  for (const other of numberVariants(word)) times += words.get(other)?.times ?? 0;
  return times;
}

/** Drops words that overlap a heavier one in the text, as the parts of a compound do. `words`: heaviest first. */
function withoutOverlaps(words: readonly WeightedWord[]): WeightedWord[] {
  const kept: WeightedWord[] = [];
  for (const word of words) {
    if (kept.every(({ start, end }) => word.end <= start || word.start >= end)) kept.push(word);
  }
  return kept;
}

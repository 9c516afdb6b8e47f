/// <reference path="../../../src/topics/naming/stopword.d.ts" />
import { eng } from 'stopword';
import type { Group } from './grouping.ts';

/** Tiles along one side: 31 px on a canvas of 1,000, the depth of a quadtree that is nearest to WizMap's 35 px. */
const SIDE = 32;
/** Words in a name. */
const WORDS = 4;

/**
 * WizMap's topics at its coarsest level, after its description and not its code: the tiles of a quadtree over the
 * square that holds all papers, and of each tile the four words that score highest by TF-IDF with tiles for documents
 * (scikit-learn's smooth idf, ln((1 + tiles) / (1 + tiles with the word)) + 1), words of two characters and more, stop
 * words left out, ties by the word. The stop words are those of the package `stopword` where WizMap has scikit-learn's.
 * `positions`: n×2, finite. Tiles are in the order of their first papers and all siblings. O(words).
 */
export function tileTopics(
  positions: Float32Array,
  texts: readonly string[],
): { readonly groups: readonly Group[]; readonly groupOf: Int32Array } {
  const groupOf = tilesOf(positions);
  const counts: Map<string, number>[] = [];
  const sizes: number[] = [];
  groupOf.forEach((tile, paper) => {
    counts[tile] ??= new Map();
    sizes[tile] = (sizes[tile] ?? 0) + 1;
    for (const [word] of texts[paper].toLowerCase().matchAll(WORD)) {
      if (!STOP_WORDS.has(word)) counts[tile].set(word, (counts[tile].get(word) ?? 0) + 1);
    }
  });
  const tilesWith = new Map<string, number>();
  for (const words of counts) for (const word of words.keys()) tilesWith.set(word, (tilesWith.get(word) ?? 0) + 1);
  const groups = counts.map((words, tile) => ({
    id: tile,
    phrases: bestWords(words, (word) => Math.log((1 + counts.length) / (1 + (tilesWith.get(word) ?? 0))) + 1),
    parent: -1,
    size: sizes[tile],
  }));
  return { groups, groupOf };
}

const WORD = /[\p{L}\p{M}\p{N}_]{2,}/gu;
const STOP_WORDS: ReadonlySet<string> = new Set(eng);

/** By paper: its tile, numbered as they come. */
function tilesOf(positions: Float32Array): Int32Array {
  const xs = positions.filter((_, at) => at % 2 === 0);
  const ys = positions.filter((_, at) => at % 2 === 1);
  const [left, bottom] = [least(xs), least(ys)];
  const length = Math.max(-least(xs.map((x) => -x)) - left, -least(ys.map((y) => -y)) - bottom);
  const cellOf = (at: number): number => (length === 0 ? 0 : Math.min(SIDE - 1, Math.floor((at / length) * SIDE)));
  const numbers = new Map<number, number>();
  return Int32Array.from(xs, (x, paper) => {
    const cell = cellOf(ys[paper] - bottom) * SIDE + cellOf(x - left);
    if (!numbers.has(cell)) numbers.set(cell, numbers.size);
    return numbers.get(cell) ?? -1;
  });
}

function least(values: Float32Array): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function bestWords(counts: ReadonlyMap<string, number>, idf: (word: string) => number): string[] {
  const scored = Array.from(counts, ([word, count]) => ({ word, score: count * idf(word) }));
  scored.sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
  return scored.slice(0, WORDS).map(({ word }) => word);
}

import type { Paper } from '../model/paper.ts';
import { splitSentences } from '../text/sentences.ts';

const FIRST_SENTENCES = 2;

/**
 * A paper's most representative sentences, quoted: those nearest to its vector if `ranges` (flat [start, end) pairs)
 * gives them, else the first two. An ellipsis marks text left out between them.
 */
export function summaryText(paper: Paper, ranges: readonly number[] | undefined): string {
  const pairs = ranges && ranges.length >= 2 ? pairsOf(ranges) : splitSentences(paper.text).slice(0, FIRST_SENTENCES);
  let text = '';
  let end = -1;
  for (const [from, to] of pairs) {
    const gap = end < 0 ? '' : paper.text.slice(end, from).trim() === '' ? ' ' : ' … ';
    text += gap + paper.text.slice(from, to).trim();
    end = to;
  }
  return text;
}

function pairsOf(flat: readonly number[]): [number, number][] {
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

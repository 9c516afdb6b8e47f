import type { Paper } from '../model/paper.ts';
import { readableText, writingOf } from '../text/readable.ts';
import { splitSentences } from '../text/sentences.ts';

const FIRST_SENTENCES = 2;

/**
 * A paper's most representative sentences, quoted: those nearest to its vector if `ranges` (flat [start, end) pairs)
 * gives them, else the first two, as they are read. An ellipsis marks text left out between them.
 */
export function summaryText(paper: Paper, ranges: readonly number[] | undefined): string {
  const pairs = ranges && ranges.length >= 2 ? pairsOf(ranges) : splitSentences(paper.text).slice(0, FIRST_SENTENCES);
  const writing = writingOf(paper.text);
  let text = '';
  let end = -1;
  for (const [from, to] of pairs) {
    const isNext = end >= 0 && readableText(paper.text.slice(end, from), writing).trim() === '';
    text += (end < 0 ? '' : isNext ? ' ' : ' … ') + readableText(paper.text.slice(from, to), writing).trim();
    end = to;
  }
  return text;
}

function pairsOf(flat: readonly number[]): [number, number][] {
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

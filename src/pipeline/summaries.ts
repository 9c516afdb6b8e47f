import type { PaperSegments } from './segments.ts';

const SENTENCES = 2;
/** Shorter ones ("Code is available.") are near everything and say nothing. */
const MIN_CHARACTERS = 40;

/**
 * The sentences nearest to the paper's own vector, as flat [start, end) pairs in the raw text, in reading order.
 * @param salience cosine of each segment with the paper's vector, as the encoder gives it
 */
export function pickSummary(segments: PaperSegments, salience: Float32Array): number[] {
  const candidates = segments.ranges.map(([start, end], i) => ({
    start,
    end,
    score: salience[segments.titleSegments + i],
  }));
  const long = candidates.filter(({ start, end }) => end - start >= MIN_CHARACTERS);
  return (long.length >= SENTENCES ? long : candidates)
    .sort((a, b) => b.score - a.score || a.start - b.start)
    .slice(0, SENTENCES)
    .sort((a, b) => a.start - b.start)
    .flatMap(({ start, end }) => [start, end]);
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../model/paper.ts';
import { cleanText } from '../text/clean.ts';
import { paperSegments } from './segments.ts';
import { pickSummary } from './summaries.ts';

const paper = (title: string, text: string): Paper => ({
  id: 'x',
  title,
  text,
  authors: null,
  date: null,
  url: null,
  sources: [{ file: 'f', line: 1 }],
});

describe('paperSegments', () => {
  it('ends a title with a full stop, unless it ends itself or stands alone', () => {
    expect(paperSegments(paper('On maps', 'They help.')).input.segments).toEqual(['On maps.', 'They help.']);
    expect(paperSegments(paper('Do maps help?', 'They do.')).input.segments[0]).toBe('Do maps help?');
    expect(paperSegments(paper('On maps', '')).input.segments).toEqual(['On maps']);
  });

  it('gives a text without a title, and nothing at all, their segments', () => {
    expect(paperSegments(paper('', 'One. Two.')).titleSegments).toBe(0);
    expect(paperSegments(paper('', '')).input.segments).toEqual([]);
  });

  it('points at the raw sentences that the cleaned ones come from', () => {
    const text = 'A na\\"{\\i}ve model. It beats Pok{\\\'e}mon at https://a.example/b.';
    const { input, ranges } = paperSegments(paper('T', text));
    expect(input.segments.slice(1)).toEqual(['A naïve model.', 'It beats Pokémon at.']);
    expect(ranges.map(([start, end]) => text.slice(start, end).trim())).toEqual([
      'A na\\"{\\i}ve model.',
      "It beats Pok{\\'e}mon at https://a.example/b.",
    ]);
  });

  it('drops no word of a seed page: the segments hold the words of the cleaned whole', () => {
    const file = new URL('../../public/data/002_e65a1b6765f2fc0b.txt', import.meta.url);
    const texts = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.length > 200);
    expect(texts.length).toBeGreaterThan(100);
    const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];
    for (const text of texts) {
      expect(words(paperSegments(paper('', text)).input.segments.join(' '))).toEqual(words(cleanText(text)));
    }
  });
});

describe('pickSummary', () => {
  const long = 'This first sentence is long enough to say something. ';
  const text = `${long}Code is out. ${long.replace('first', 'second')}${long.replace('first', 'third')}`;
  const segments = paperSegments(paper('T', text));

  it('takes the two sentences nearest to the vector, in reading order, and no short one', () => {
    const flat = pickSummary(segments, Float32Array.from([1, 0.2, 0.99, 0.5, 0.9]));
    const picked = [text.slice(flat[0], flat[1]), text.slice(flat[2], flat[3])];
    expect(picked[0]).toContain('second');
    expect(picked[1]).toContain('third');
  });

  it('takes what there is of a short text', () => {
    const short = paperSegments(paper('T', 'Short. Too.'));
    expect(pickSummary(short, Float32Array.from([1, 0.1, 0.2]))).toHaveLength(4);
    expect(pickSummary(paperSegments(paper('T', '')), Float32Array.from([1]))).toEqual([]);
  });
});

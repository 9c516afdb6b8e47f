import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Encoder } from '../encode/encode.client.ts';
import type { Paper } from '../model/paper.ts';
import { cleanText } from '../text/clean.ts';
import { copyRows, encodePapers, encodeTexts, paperSegments } from './encode-papers.ts';
import { paper } from './fixtures/build-lab.ts';

describe('paperSegments', () => {
  it('ends a title with a full stop, unless it ends itself or stands alone', () => {
    expect(paperSegments(paper('On maps', 'They help.')).segments).toEqual(['On maps.', 'They help.']);
    expect(paperSegments(paper('Do maps help?', 'They do.')).segments[0]).toBe('Do maps help?');
    expect(paperSegments(paper('On maps', '')).segments).toEqual(['On maps']);
  });

  it('gives a text without a title, and nothing at all, their segments', () => {
    expect(paperSegments(paper('', 'One. Two.')).titleSegments).toBe(0);
    expect(paperSegments(paper('', '')).segments).toEqual([]);
  });

  it('points at the raw sentences that the cleaned ones come from', () => {
    const text = 'A na\\"{\\i}ve model. It beats Pok{\\\'e}mon at https://a.example/b.';
    const { segments, ranges } = paperSegments(paper('T', text));
    expect(segments.slice(1)).toEqual(['A naïve model.', 'It beats Pokémon at.']);
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
      expect(words(paperSegments(paper('', text)).segments.join(' '))).toEqual(words(cleanText(text)));
    }
  });
});

/** An encoder that gives each text's segments the saliences from `salienceOf`, last text first. */
function fakeEncoder(salienceOf: (index: number) => number[], seen: number[] = []): Pick<Encoder, 'encode'> {
  return {
    async encode(source, { onBatch }) {
      for (let i = source.count - 1; i >= 0; i--) {
        seen.push(i);
        onBatch({
          ...{ indices: Int32Array.of(i), texts: [source.inputOf(i)], vectors: Float32Array.of(i, 1), dimensions: 2 },
          ...{ salience: [Float32Array.from(salienceOf(i))], sentences: [Uint8Array.of(i)], pieces: Int32Array.of(1) },
        });
      }
      const info = { model: 'm', dtype: 'q8', dimensions: 2, maxPieces: 256 };
      return { info, cached: 0, computed: source.count, setAside: [] };
    },
  };
}

const watch = { signal: new AbortController().signal, onProgress: () => undefined };

describe('encodePapers', () => {
  const long = 'This first sentence is long enough to say something. ';
  const text = `${long}Code is out. ${long.replace('first', 'second')}${long.replace('first', 'third')}`;
  const summaryOf = async (one: Paper, salience: number[]): Promise<number[]> => {
    const { summaries } = await encodePapers(
      [one],
      fakeEncoder(() => salience),
      watch,
      () => undefined,
    );
    return summaries[0];
  };

  it('takes the two sentences nearest to the vector, in reading order, and no short one', async () => {
    const flat = await summaryOf(paper('T', text), [1, 0.2, 0.99, 0.5, 0.9]);
    const picked = [text.slice(flat[0], flat[1]), text.slice(flat[2], flat[3])];
    expect(picked[0]).toContain('second');
    expect(picked[1]).toContain('third');
  });

  it('takes what there is of a short text', async () => {
    expect(await summaryOf(paper('T', 'Short. Too.'), [1, 0.1, 0.2])).toHaveLength(4);
    expect(await summaryOf(paper('T', ''), [1])).toEqual([]);
  });

  it('collects by paper in whichever order they come, also when the arrays of a batch are taken away', async () => {
    const papers = [paper('A', 'One.'), paper('B', 'Two.'), paper('C', 'Three.')];
    const counts: number[] = [];
    const onEmbedded = (count: number) => counts.push(count);
    const rows = new Float32Array(6);
    const encoder = fakeEncoder(() => [1, 1]);
    const { summaries, sentences } = await encodePapers(papers, encoder, { ...watch, onEmbedded }, (batch) => {
      copyRows(batch, rows);
      structuredClone(batch.indices, { transfer: [batch.indices.buffer] });
    });
    expect(Array.from(rows)).toEqual([0, 1, 1, 1, 2, 1]);
    expect(summaries).toEqual([
      [0, 4],
      [0, 4],
      [0, 6],
    ]);
    expect(sentences.map(([first]) => first)).toEqual([0, 1, 2]);
    expect(counts).toEqual([1, 2, 3]);
  });
});

describe('encodeTexts', () => {
  it('gives the vectors in the order of the texts, and says how many are there', async () => {
    const counts: number[] = [];
    const texts = ['a', 'b', 'c'].map((segment) => ({ segments: [segment] }));
    const seen: number[] = [];
    const { data, rows, cols } = await encodeTexts(
      texts,
      fakeEncoder(() => [1], seen),
      watch,
      (n) => counts.push(n),
    );
    expect(seen).toEqual([2, 1, 0]);
    expect([rows, cols, ...data]).toEqual([3, 2, 0, 1, 1, 1, 2, 1]);
    expect(counts).toEqual([1, 2, 3]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Encoder } from '../encode/encode.client.ts';
import type { EncodeInput } from '../encode/text-encoder.ts';
import { StageError } from '../model/failure.ts';
import { paper } from './fixtures/build-lab.ts';
import { type ShareProgress, sentenceShares } from './sentence-shares.ts';

const WORDS = ['maps', 'vectors', 'wind', 'ships', 'moons'];

/** Counts five words, so that cosines can be worked out by hand. */
function countingEncoder(seen: EncodeInput[] = []): Encoder {
  const vectorOf = ({ segments }: EncodeInput): number[] => {
    const text = segments.join(' ').toLowerCase();
    const counts = WORDS.map((word) => text.split(word).length - 1);
    const length = Math.hypot(...counts) || 1;
    return counts.map((count) => count / length);
  };
  return {
    async encode(texts, { onBatch, signal, onProgress }) {
      if (signal?.aborted) throw new StageError('cancelled', 'encode', 'test');
      onProgress?.({ stage: 'loading the model', done: 1, total: 2, unit: 'bytes', leftMs: null });
      for (let i = texts.count - 1; i >= 0; i--) {
        seen.push(texts.inputOf(i));
        const vectors = Float32Array.from(vectorOf(texts.inputOf(i)));
        onBatch({
          indices: Int32Array.of(i),
          texts: [texts.inputOf(i)],
          vectors,
          dimensions: 5,
          salience: [],
          sentences: [],
          pieces: new Int32Array(1),
        });
      }
      const info = { model: 'counts', dtype: 'f64', dimensions: 5, maxPieces: 256 };
      return { info, cached: 0, computed: texts.count, setAside: [] };
    },
    encodeQuery: async () => new Float32Array(5),
    dispose: () => undefined,
  };
}

const watch = (onProgress: (progress: ShareProgress) => void = () => undefined) => ({
  signal: new AbortController().signal,
  onProgress,
});

describe('what carries the nearness of two papers', () => {
  it('is the sentence without which they are far apart', async () => {
    const text = 'Ships sail. We draw maps of vectors. Moons rise.';
    const pair = [paper('On ships', text), paper('', 'Maps show vectors. Wind blows.')] as const;
    const { cosine, sentences } = await sentenceShares(countingEncoder(), pair, watch());
    // (1,1,0,2,1) · (1,1,1,0,0): 2 / √7 √3.
    expect(cosine).toBeCloseTo(2 / Math.sqrt(21));
    expect(sentences).toHaveLength(6);
    const [first, second] = sentences;
    expect([first, second].map(({ drop }) => drop)).toEqual([cosine, cosine].map((c) => expect.closeTo(c, 6)));
    const cut = ({ paper: p, range }: (typeof sentences)[number]) => range && pair[p].text.slice(...range);
    expect([first, second].map(cut).sort()).toEqual(['Maps show vectors.', 'We draw maps of vectors.']);
    // Without the wind, which the other does not mention, they are nearer: √2 / √7.
    const wind = sentences.find((sentence) => cut(sentence) === 'Wind blows.');
    expect(wind?.drop).toBeCloseTo(cosine - Math.sqrt(2 / 7));
    expect(sentences.find(({ range }) => range === null)).toMatchObject({ paper: 0 });
  });

  it('asks for the whole texts and each without one sentence, and leaves a lone sentence whole', async () => {
    const seen: EncodeInput[] = [];
    const pair = [paper('', 'Maps.'), paper('T', 'Wind. Ships.')] as const;
    const { sentences } = await sentenceShares(countingEncoder(seen), pair, watch());
    expect(seen.map(({ segments }) => segments.join('|')).sort()).toEqual(
      ['Maps.', 'T.|Wind.|Ships.', 'Wind.|Ships.', 'T.|Ships.', 'T.|Wind.'].sort(),
    );
    expect(sentences.every(({ paper: p }) => p === 1)).toBe(true);
  });

  it('says how far it is, and can be cancelled', async () => {
    const told: ShareProgress[] = [];
    const pair = [paper('', 'Maps. Wind.'), paper('', 'Maps.')] as const;
    await sentenceShares(
      countingEncoder(),
      pair,
      watch((progress) => told.push(progress)),
    );
    expect(told[0]).toEqual({ unit: 'bytes', done: 1, total: 2 });
    expect(told.at(-1)).toEqual({ unit: 'texts', done: 4, total: 4 });
    const cancelled = sentenceShares(countingEncoder(), pair, { signal: AbortSignal.abort(), onProgress: () => {} });
    await expect(cancelled).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });
});

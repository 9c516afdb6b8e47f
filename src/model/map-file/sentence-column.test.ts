import { describe, expect, it } from 'vitest';
import type { MapData } from '../map-data.ts';
import { joinSentences, packSentences, type SentenceVectors } from '../sentence-vectors.ts';
import { decodeMapFile } from './decode-map-file.ts';
import { encodeMapFile } from './encode-map-file.ts';
import { v1Map } from './fixtures/v1-map.ts';

const map = v1Map();
const { cols = 0 } = map.embedding ?? {};
const row = (length: number): Uint8Array =>
  packSentences(
    Float32Array.from({ length }, (_, j) => Math.cos(j)),
    length,
  );
const sound = joinSentences(
  map.corpus.papers.map((_, i) => (i === 1 ? row(cols) : new Uint8Array())),
  cols,
);
const read = (sentences: SentenceVectors): Promise<MapData> => decodeMapFile(encodeMapFile({ ...map, sentences }));

describe('vectors of sentences in a map file', () => {
  it('come back, and change nothing else', async () => {
    expect(await read(sound)).toEqual({ ...map, sentences: sound });
  });

  it('are refused with a sentence where they are no whole vectors', async () => {
    const odd = joinSentences(
      map.corpus.papers.map((_, i) => (i === 1 ? row(cols + 1) : new Uint8Array())),
      cols + 1,
    );
    await expect(read({ ...odd, cols })).rejects.toMatchObject({
      failure: {
        code: 'map-invalid',
        message: `sentences of paper 1: expected vectors of ${cols} numbers, got ${cols + 1} numbers`,
      },
    });
    await expect(read({ ...sound, packed: sound.packed.slice().fill(255) })).rejects.toMatchObject({
      failure: { code: 'map-invalid', message: 'expected codes of −3…3, got seven ones in a row' },
    });
  });

  it('are not written where they do not fit the papers', () => {
    const write = (sentences: SentenceVectors, more: Partial<MapData> = {}) =>
      encodeMapFile({ ...map, ...more, sentences });
    expect(() => write({ ...sound, cols: cols + 1 })).toThrow(`sentence vectors: expected ${cols} values`);
    expect(() => write({ ...sound, starts: sound.starts.slice(1) })).toThrow(RangeError);
    expect(() => write({ ...sound, packed: sound.packed.slice(1) })).toThrow('bytes of sentences');
    expect(() => write(sound, { embedding: null })).toThrow(RangeError);
  });

  it('leave a column of that name to whom it belongs', async () => {
    const values = map.corpus.papers.map((_, i) => (i % 2 ? 'mine' : null));
    const corpus = { ...map.corpus, columns: [{ name: 'sentence_vectors', values }] };
    const again = await decodeMapFile(encodeMapFile({ ...map, corpus }));
    expect(again.corpus.columns).toEqual(corpus.columns);
    expect('sentences' in again).toBe(false);
    expect((await decodeMapFile(encodeMapFile({ ...map, corpus, sentences: sound }))).sentences).toEqual(sound);
  });
});

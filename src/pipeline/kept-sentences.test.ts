import { describe, expect, it } from 'vitest';
import type { Encoder } from '../encode/encode.client.ts';
import { decodeMapFile } from '../model/map-file/decode-map-file.ts';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import { packSentences, sentenceParts } from '../model/sentence-vectors.ts';
import { build, D, fakeEncoder, N, vectorOf } from './fixtures/build-lab.ts';

describe('vectors of sentences in buildMap', () => {
  it('keeps the vectors of sentences by paper, where the encoder gives any, and reads them from a file again', async () => {
    const { map } = await build(fakeEncoder(3, true, [7]));
    const parts = map.sentences ? sentenceParts(map.sentences) : [];
    expect(parts).toHaveLength(N);
    parts.forEach((part, i) => {
      const expected = packSentences(Float32Array.from([...vectorOf(i), ...vectorOf(i + 1)]), D);
      expect(part).toEqual(i === 7 ? new Uint8Array() : expected);
    });
    expect((await decodeMapFile(encodeMapFile(map))).sentences).toEqual(map.sentences);
    const encoder = fakeEncoder(3, false, []);
    const without: Encoder = {
      ...encoder,
      encode: (texts, run) =>
        encoder.encode(texts, {
          ...run,
          onBatch: (batch) => run.onBatch({ ...batch, sentences: batch.sentences.map(() => new Uint8Array()) }),
        }),
    };
    expect('sentences' in (await build(without)).map).toBe(false);
  });

  it('takes no vectors of sentences that are not as long as those of the papers', async () => {
    const encoder = fakeEncoder(3, false, []);
    const odd = packSentences(
      Float32Array.from({ length: D + 1 }, () => 1),
      D + 1,
    );
    const broken: Encoder = {
      ...encoder,
      encode: (texts, run) =>
        encoder.encode(texts, {
          ...run,
          onBatch: (batch) => run.onBatch({ ...batch, sentences: batch.sentences.map(() => odd) }),
        }),
    };
    await expect(build(broken)).rejects.toThrow(`sentences of paper 0: expected vectors of ${D} numbers, got ${D + 1}`);
  });
});

import { expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { encodeMapFile } from '../../model/map-file/encode-map-file.ts';
import { defaultInfo } from '../../model/map-file/info.ts';
import { matrix, quantizeRows } from '../../model/matrix.ts';
import { joinSentences, packSentences, reduceSentences } from '../../model/sentence-vectors.ts';
import { reduceEmbedding, reductionOf } from '../../project/measure/kept-dimensions.ts';
import { reducedFileBytes } from './reducing.ts';

it('is about what the file then has', () => {
  const random = makeRandom(1);
  const n = 300;
  const embedding = quantizeRows(
    matrix(
      Float32Array.from({ length: n * 96 }, () => random() - 0.5),
      n,
      96,
    ),
  );
  const papers = Array.from({ length: n }, (_, i) => ({
    ...{ id: `${i}`, title: `Paper ${i}`, text: '', authors: null, date: null, url: null, sources: [] },
  }));
  const parts = papers.map(() =>
    packSentences(
      Float32Array.from({ length: 4 * 96 }, () => random() + random() + random() - 1.5),
      96,
    ),
  );
  const map = {
    ...{ sentences: joinSentences(parts, 96) },
    ...{ corpus: { papers, columns: [] }, positions: new Float32Array(2 * n), neighbors: null, preservation: null },
    ...{ summaries: null, topics: null, info: defaultInfo(n), embedding },
  };
  const fileBytes = encodeMapFile(map).byteLength;
  const sentenceBytes = map.sentences.packed.length;
  expect(sentenceBytes).toBeGreaterThan(fileBytes / 2);
  for (const kind of ['pca', 'prefix'] as const) {
    const choice = { kind, kept: 32, agreement: { k: 15, share: 1, sampled: n } };
    const reduction = reductionOf(embedding, choice, 1);
    const sentences = joinSentences(
      parts.map((part) => reduceSentences(part, reduction)),
      32,
    );
    const file = encodeMapFile({ ...map, embedding: reduceEmbedding(embedding, reduction), sentences, reduction });
    const told = reducedFileBytes({ fileBytes, sentenceBytes }, embedding, choice);
    expect(Math.abs(told - file.byteLength)).toBeLessThan(fileBytes * 0.02);
  }
});

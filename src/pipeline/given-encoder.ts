import type { Encoder } from '../encode/encode.client.ts';
import type { Corpus } from '../model/paper.ts';
import type { GivenVectors } from '../model/read-report.ts';
import { paperSegments } from './segments.ts';

/** The number format that a map file names for vectors that were not made here. */
export const GIVEN_DTYPE = 'given';

const BATCH = 2000;

/**
 * An encoder that runs no model: it hands over the vectors that came with the papers. A paper's sentences are not told
 * apart by them, so its first ones stand for it; papers without a vector are set aside.
 * @param model what made the vectors; '' when that is not known
 */
export function givenEncoder({ papers }: Corpus, given: GivenVectors, model: string): Pick<Encoder, 'encode'> {
  const { column, dimensions, rows, without } = given;
  return {
    async encode(texts, { onBatch }) {
      const aside = new Set(without);
      const indices = Int32Array.from({ length: texts.count }, (_, i) => i).filter((index) => !aside.has(index));
      for (let from = 0; from < indices.length; from += BATCH) {
        const batch = indices.slice(from, from + BATCH);
        const vectors = new Float32Array(batch.length * dimensions);
        batch.forEach((index, i) => {
          vectors.set(rows.subarray(index * dimensions, (index + 1) * dimensions), i * dimensions);
        });
        const salience = Array.from(
          batch,
          (index) => new Float32Array(paperSegments(papers[index]).input.segments.length),
        );
        const sentences = Array.from(batch, () => new Uint8Array());
        onBatch({ indices: batch, vectors, dimensions, salience, sentences, pieces: new Int32Array(batch.length) });
      }
      const info = { model: model || `column “${column}”`, dtype: GIVEN_DTYPE, dimensions, maxPieces: 0 };
      return { info, cached: indices.length, computed: 0, setAside: without };
    },
  };
}

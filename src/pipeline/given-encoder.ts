import type { Encoder } from '../encode/encode.client.ts';
import type { GivenVectors } from '../model/read-report.ts';

/** The number format in a map file for vectors that were not made here. */
export const GIVEN_DTYPE = 'given';

const BATCH = 2000;

/**
 * An encoder without a model, which returns the vectors that came with the papers. They say nothing about sentences, so
 * a paper's first ones become its summary. Papers without a vector are set aside.
 * @param model what made the vectors; '' when unknown
 */
export function givenEncoder(given: GivenVectors, model: string): Pick<Encoder, 'encode'> {
  const { column, dimensions, rows, without } = given;
  return {
    async encode(source, { onBatch }) {
      const aside = new Set(without);
      const all = Int32Array.from({ length: source.count }, (_, i) => i).filter((index) => !aside.has(index));
      for (let from = 0; from < all.length; from += BATCH) {
        const indices = all.slice(from, from + BATCH);
        const vectors = new Float32Array(indices.length * dimensions);
        indices.forEach((index, i) => {
          vectors.set(rows.subarray(index * dimensions, (index + 1) * dimensions), i * dimensions);
        });
        const texts = Array.from(indices, (index) => source.inputOf(index));
        const salience = texts.map(({ segments }) => new Float32Array(segments.length));
        const sentences = texts.map(() => new Uint8Array());
        onBatch({ indices, texts, vectors, dimensions, salience, sentences, pieces: new Int32Array(texts.length) });
      }
      const info = { model: model || `column “${column}”`, dtype: GIVEN_DTYPE, dimensions, maxPieces: 0 };
      return { info, cached: all.length, computed: 0, setAside: without };
    },
  };
}

import { reduceVector } from '../../model/reduction.ts';
import type { Searcher } from '../../search/search.client.ts';
import type { Encoders } from '../encoders.ts';
import type { Store } from '../store.ts';

/** See {@link makeChanceLearning}. */
export type ChanceLearning = ReturnType<typeof makeChanceLearning>;

interface Parts {
  readonly store: Store;
  readonly searcher: Pick<Searcher, 'learnChance'>;
  readonly encoders: Pick<Encoders, 'currentModel' | 'currentEncoder'>;
}

/** Tells the searcher how near texts without sense come to its papers, once for each set of vectors. */
export function makeChanceLearning({ store, searcher, encoders }: Parts) {
  let read: { readonly model: string; readonly vectors: Promise<readonly Float32Array[]> } | null = null;
  let learned: Promise<void> | null = null;

  async function readTexts(): Promise<readonly Float32Array[]> {
    const { randomTexts } = await import('../../search/chance.ts');
    const encoder = encoders.currentEncoder();
    const vectors: Float32Array[] = [];
    // One after the other, so that a query that is typed meanwhile waits for one of them at most.
    for (const text of randomTexts()) vectors.push(await encoder.encodeQuery(text, () => undefined));
    return vectors;
  }

  async function learn(): Promise<void> {
    const { id, dtype } = encoders.currentModel();
    const model = `${id}/${dtype}`;
    if (read?.model !== model) read = { model, vectors: readTexts() };
    const vectors = await read.vectors;
    const { shown } = store.get();
    await searcher.learnChance(vectors.map((vector) => reduceVector(vector, shown?.map?.reduction)));
  }

  return {
    /** Resolves when the searcher knows, or cannot: then hits by meaning have no floor until the next try. */
    learn(): Promise<void> {
      learned ??= learn().catch(() => {
        read = null;
        learned = null;
      });
      return learned;
    },
    /** The searcher has other vectors. */
    forget(): void {
      learned = null;
    },
  };
}

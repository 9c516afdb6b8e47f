import { releaseProxy, transfer } from 'comlink';
import type { Reduction } from '../../model/reduction.ts';
import { joinSentences, reduceSentences, type SentenceVectors, sentenceParts } from '../../model/sentence-vectors.ts';
import { nextTask, serve } from '../../worker/serve.web.ts';
import { loadKernels } from '../kernels/kernels.web.ts';
import type { DimensionsApi } from './dimensions.api.ts';
import { reduceEmbedding, reductionOf, surveyDimensions } from './kept-dimensions.ts';

/** Of the sample that is measured and of the one that directions are found on: one map, one reduction. */
const SEED = 42;
const PAPERS_AT_ONCE = 500;

const api: DimensionsApi = {
  async survey(embedding, onDone) {
    try {
      return await surveyDimensions(embedding, {
        makeKernels: await loadKernels(),
        seed: SEED,
        onDone: async (done, total) => {
          onDone(done, total);
          await nextTask();
        },
      });
    } finally {
      // Comlink keeps a port open for each callback until it is released.
      const free: unknown = Reflect.get(onDone, releaseProxy);
      if (typeof free === 'function') free();
    }
  },
  async reduce({ embedding, sentences }, choice) {
    const reduction = reductionOf(embedding, choice, SEED);
    const reduced = reduceEmbedding(embedding, reduction);
    const shorter = sentences ? { sentences: await reduceAll(sentences, reduction) } : {};
    return transfer({ embedding: reduced, ...shorter, reduction }, [reduced.data.buffer, reduced.scales.buffer]);
  },
};

/** Nine times as many as papers: a worker that did them at a stretch would pass for dead. */
async function reduceAll(sentences: SentenceVectors, reduction: Reduction): Promise<SentenceVectors> {
  const parts: Uint8Array[] = [];
  for (const part of sentenceParts(sentences)) {
    parts.push(reduceSentences(part, reduction));
    if (parts.length % PAPERS_AT_ONCE === 0) await nextTask();
  }
  return joinSentences(parts, reduction.kept);
}

serve(api);

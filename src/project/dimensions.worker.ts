import { releaseProxy, transfer } from 'comlink';
import { joinSentences, reduceSentences, sentenceParts } from '../model/sentence-vectors.ts';
import { nextTask } from '../worker/next-task.web.ts';
import { serve } from '../worker/serve.web.ts';
import type { DimensionsApi } from './dimensions.api.ts';
import { reduceEmbedding, reductionOf, surveyDimensions } from './kept-dimensions.ts';
import { loadKernels } from './kernels.web.ts';

/** Of the sample that is measured and of the one that directions are found on: one map, one reduction. */
const SEED = 42;

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
    const parts = sentences && sentenceParts(sentences).map((part) => reduceSentences(part, reduction));
    const shorter = parts ? { sentences: joinSentences(parts, reduction.kept) } : {};
    return transfer({ embedding: reduced, ...shorter, reduction }, [reduced.data.buffer, reduced.scales.buffer]);
  },
};

serve(api);

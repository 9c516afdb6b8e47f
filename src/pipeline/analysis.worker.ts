import { releaseProxy, transfer } from 'comlink';
import type { Reduction } from '../model/reduction.ts';
import { joinSentences, reduceSentences, type SentenceVectors, sentenceParts } from '../model/sentence-vectors.ts';
import { loadKernels } from '../project/kernels/kernels.web.ts';
import { compareLayouts } from '../project/measure/compare-layouts.ts';
import { reduceEmbedding, reductionOf, surveyDimensions } from '../project/measure/kept-dimensions.ts';
import { measureMap } from '../project/measure/measure-map.ts';
import { makeDraftSession } from '../topics/draft-session.ts';
import { makeContrastSession } from '../topics/naming/contrast.ts';
import { makeTopicSession } from '../topics/topic-session.ts';
import { nextTask, serve } from '../worker/serve.web.ts';
import type { AnalysisApi } from './analysis.api.ts';
import { matchPapers } from './match-papers.ts';

/** Fixed, so that a map always has the same reduction: for the measured sample and the one for finding directions. */
const SEED = 42;
const PAPERS_AT_ONCE = 500;

const topics = makeTopicSession();
const draft = makeDraftSession();
const contrast = makeContrastSession();

const api: AnalysisApi = {
  async findTopics(input) {
    return topics.find(input);
  },
  async nameTopics(vectors) {
    const tree = topics.name(vectors);
    return transfer(tree, [tree.paths.buffer, tree.confidence.buffer, tree.nearest.buffer]);
  },
  async addDraftTexts(texts) {
    draft.add(texts);
  },
  async readDraft() {
    draft.read();
  },
  // Copied, since the session keeps it for the next call.
  draftTopics: async (positions) => draft.find(positions),
  async readPhrases(texts) {
    contrast.read(texts);
  },
  async tellApart(request) {
    return contrast.tellApart(request);
  },
  async compare(own, other) {
    return compareLayouts(own.positions, other.positions, matchPapers(own, other));
  },
  async measure(map) {
    const measures = measureMap(map);
    return transfer(measures, measures.preservation ? [measures.preservation.buffer] : []);
  },
  async surveyDimensions(embedding, onDone) {
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
  async reduceVectors({ embedding, sentences }, choice) {
    const reduction = reductionOf(embedding, choice, SEED);
    const reduced = reduceEmbedding(embedding, reduction);
    const shorter = sentences ? { sentences: await reduceAll(sentences, reduction) } : {};
    return transfer({ embedding: reduced, ...shorter, reduction }, [reduced.data.buffer, reduced.scales.buffer]);
  },
};

/** Yields between papers: there are about nine sentences a paper, and without a pause the worker would seem dead. */
async function reduceAll(sentences: SentenceVectors, reduction: Reduction): Promise<SentenceVectors> {
  const parts: Uint8Array[] = [];
  for (const part of sentenceParts(sentences)) {
    parts.push(reduceSentences(part, reduction));
    if (parts.length % PAPERS_AT_ONCE === 0) await nextTask();
  }
  return joinSentences(parts, reduction.kept);
}

serve(api);

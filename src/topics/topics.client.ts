import { transfer } from 'comlink';
import type { MapData } from '../model/map-data.ts';
import type { TopicTree } from '../model/topics.ts';
import { makeWorkerSlot } from '../worker/worker-slot.ts';
import type { TopicsApi, TopicsInput } from './topics.api.ts';

/** Vectors of phrases, phrases × d, row-major; null where there is no model to make them. */
export type EncodePhrases = (phrases: readonly string[]) => Promise<Float32Array | null>;

/** Finds and names the topics of maps, in a worker of its own. */
export interface TopicFinder {
  /** Without `encodePhrases` names are chosen by the words alone. Aborting ends the worker at once. */
  find(
    map: Pick<MapData, 'corpus' | 'positions' | 'neighbors' | 'embedding'> & Pick<TopicsInput, 'space'>,
    options?: { readonly encodePhrases?: EncodePhrases; readonly signal?: AbortSignal | undefined },
  ): Promise<TopicTree>;
  dispose(): void;
}

/** A finder whose worker starts with the first call. */
export function makeTopicFinder(): TopicFinder {
  const slot = makeWorkerSlot<TopicsApi>(
    'topics',
    () => new Worker(new URL('./topics.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    async find({ corpus, positions, space = null, neighbors, embedding }, { encodePhrases, signal } = {}) {
      const input: TopicsInput = {
        titles: corpus.papers.map(({ title }) => title),
        texts: corpus.papers.map(({ text }) => text),
        positions,
        space,
        neighbors,
        embedding,
      };
      const phrases = await slot.call((api) => api.find(input), { signal });
      const vectors = encodePhrases && phrases.length > 0 ? await encodePhrases(phrases) : null;
      return slot.call((api) => api.name(vectors && transfer(vectors, [vectors.buffer])), { signal });
    },
    dispose: () => slot.stop(),
  };
}

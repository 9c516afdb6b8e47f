import type { Encoder } from '../encode/encode.client.ts';
import type { MapData } from '../model/map-data.ts';
import type { Progress } from '../model/progress.ts';
import type { TopicTree } from '../model/topics.ts';
import type { TopicsInput } from '../topics/topic-session.ts';
import type { EncodePhrases, TopicFinder } from './analysis.client.ts';
import { encodeTexts } from './encode-papers.ts';
import { retryIfLost } from './retry-if-lost.ts';

interface Tools {
  readonly topicFinder: TopicFinder;
  /** Embeds the phrases that could be names; null to name the topics by the words alone. */
  readonly encoder: Pick<Encoder, 'encode'> | null;
}

interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * The topics of a map, named by its papers' words and, with an encoder, by these words' vectors. A lost worker is tried
 * once more. Rejects with `cancelled` or the stage's failure.
 */
export function findMapTopics(
  {
    corpus,
    positions,
    space,
    neighbors,
    embedding,
  }: Pick<MapData, 'corpus' | 'positions' | 'neighbors' | 'embedding'> & Pick<TopicsInput, 'space'>,
  { topicFinder, encoder }: Tools,
  { signal, onProgress }: Watch,
): Promise<TopicTree> {
  const say = (stage: 'finding topics' | 'naming topics', done: number, total: number): void =>
    onProgress({ stage, done, total, unit: 'phrases', leftMs: null });
  say('finding topics', 0, 0);
  const encodeBy =
    (by: Pick<Encoder, 'encode'>): EncodePhrases =>
    async (phrases) => {
      const onDone = (done: number): void => say('naming topics', done, phrases.length);
      onDone(0);
      const texts = phrases.map((phrase) => ({ segments: [phrase] }));
      // Cached as papers are, so that naming the topics of a map again costs nothing.
      return (await encodeTexts(texts, by, { signal, onProgress: () => undefined }, onDone)).data;
    };
  const map = { corpus, positions, space: space ?? null, neighbors, embedding };
  const reading = { signal, ...(encoder ? { encodePhrases: encodeBy(encoder) } : {}) };
  return retryIfLost(() => topicFinder.findTopics(map, reading), signal);
}

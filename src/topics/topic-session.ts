import { withHues } from '../math/topic-hues.ts';
import { StageError } from '../model/failure.ts';
import { type ClusterTree, NO_EDITS, type TopicTree } from '../model/topics.ts';
import { type ClusterInput, clusterPapers } from './clusters/cluster-papers.ts';
import { findChoices, phraseCandidates, type TopicChoices } from './naming/choices.ts';
import { nameTopics, rerankChoices } from './naming/name-topics.ts';
import { extractPhrases } from './naming/phrases.ts';
import type { Texts } from './naming/token-stream.ts';

/** The data in which topics are found; titles and texts are raw. */
export interface TopicsInput extends ClusterInput, Texts {}

/** Finds clusters, then names. Keeps one map between both; see `findTopics` and `nameTopics` of `AnalysisApi`. */
export interface TopicSession {
  find(input: TopicsInput): readonly string[];
  name(vectors: Float32Array | null): TopicTree;
}

/** A session without a map. */
export function makeTopicSession(): TopicSession {
  let found: Clustered | null = null;
  return {
    find(input) {
      const tree = clusterPapers(input);
      const choices = findChoices(extractPhrases(input), tree);
      const { positions, embedding } = input;
      found = { positions, embedding, tree, choices, phrases: phraseCandidates(choices) };
      return found.phrases;
    },
    name(vectors) {
      // The worker that found the clusters is gone, and this is another one.
      if (!found) throw new StageError('worker-died', 'topics', 'name was called before find');
      const { clusters: _, ...rest } = found.tree;
      const topics = nameTopics(found.tree, choicesBy(found, vectors));
      return { ...rest, topics: withHues(topics, { ...rest, positions: found.positions }), edits: NO_EDITS };
    },
  };
}

interface Clustered extends Pick<TopicsInput, 'positions' | 'embedding'> {
  readonly tree: ClusterTree;
  readonly choices: TopicChoices;
  readonly phrases: readonly string[];
}

/** The choices reranked by vectors; by words alone if there are none to compare, or if they are another model's. */
function choicesBy({ tree, choices, embedding, phrases }: Clustered, rows: Float32Array | null): TopicChoices {
  if (!rows || !embedding || rows.length !== phrases.length * embedding.cols) return choices;
  const { cols } = embedding;
  const vectors = new Map(phrases.map((phrase, i) => [phrase, rows.subarray(i * cols, (i + 1) * cols)]));
  return rerankChoices({ tree, choices, embedding, vectors });
}

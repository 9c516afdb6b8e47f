import { clusterPapers } from '../cluster/cluster-papers.ts';
import { findChoices, phraseCandidates, type TopicChoices } from '../label/choices.ts';
import { nameTopics } from '../label/name-topics.ts';
import { extractPhrases } from '../label/phrases.ts';
import { StageError } from '../model/failure.ts';
import type { ClusterTree, TopicTree } from '../model/topics.ts';
import { NO_EDITS } from '../model/topics.ts';
import type { TopicsInput } from './topics.api.ts';

/** Clusters, then names: what the topics worker does, without the worker. See {@link TopicsInput}. */
export interface TopicSession {
  find(input: TopicsInput): readonly string[];
  name(vectors: Float32Array | null): TopicTree;
}

/** A session that holds nothing yet. */
export function makeTopicSession(): TopicSession {
  let found: { readonly tree: ClusterTree; readonly choices: TopicChoices } | null = null;
  return {
    find(input) {
      const tree = clusterPapers(input);
      const choices = findChoices(extractPhrases(input), tree);
      found = { tree, choices };
      return phraseCandidates(choices);
    },
    name() {
      if (!found) throw new StageError('internal', 'topics', 'name was called before find');
      const { tree, choices } = found;
      const { clusters: _, ...rest } = tree;
      return { ...rest, topics: nameTopics(tree, choices), edits: NO_EDITS };
    },
  };
}

import { withHues } from '../math/topic-hues.ts';
import { StageError } from '../model/failure.ts';
import { NO_EDITS, type TopicTree } from '../model/topics.ts';
import { clusterPlaces } from './clusters/cluster-papers.ts';
import { followTopics } from './follow-topics.ts';
import { findChoices } from './naming/choices.ts';
import { nameTopics } from './naming/name-topics.ts';
import { extractPhrases, type Phrases } from './naming/phrases.ts';
import type { Texts } from './naming/token-stream.ts';

/**
 * Finds the topics of a map in the making, again and again as its papers move. Holds one corpus, whose phrases are read
 * once, and the topics found last, which the next ones follow.
 */
export interface DraftSession {
  /** Takes the next raw titles and texts, in order. */
  add(texts: Texts): void;
  /** Reads the phrases of the texts, which takes most of the time. */
  read(): void;
  /**
   * Topics of the papers at `positions` (n×2, NaN without a place), by their places and words alone. Null while there
   * are none.
   */
  find(positions: Float32Array): TopicTree | null;
}

/** A session without texts. */
export function makeDraftSession(): DraftSession {
  const titles: string[] = [];
  const texts: string[] = [];
  let phrases: Phrases | null = null;
  let last: TopicTree | null = null;
  return {
    add(more) {
      titles.push(...more.titles);
      texts.push(...more.texts);
    },
    read() {
      phrases = extractPhrases({ titles: titles.splice(0), texts: texts.splice(0) });
    },
    find(positions) {
      if (!phrases) throw new StageError('worker-died', 'topics', 'topics were asked for before the texts were read');
      const tree = clusterPlaces(positions);
      if (tree.clusters.length === 0) return last;
      const { clusters: _, ...rest } = tree;
      const named = nameTopics(tree, findChoices(phrases, tree));
      const found: TopicTree = { ...rest, topics: withHues(named, { ...rest, positions }), edits: NO_EDITS };
      last = last ? followTopics(last, found) : found;
      return last;
    },
  };
}

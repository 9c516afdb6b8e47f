import type { QuantizedMatrix } from '../../model/matrix.ts';
import type { ClusterTree, Topic } from '../../model/topics.ts';
import { familiesOf, membersOf } from './candidates.ts';
import type { Choice, TopicChoices } from './choices.ts';
import { chooseNames, type NameOptions } from './choose-names.ts';

/** A topic with its name, but not yet its colour. */
export type NamedCluster = Omit<Topic, 'hue'>;

/** Number of candidates that a topic keeps as the reasons for its name. */
const TERMS = 12;

/**
 * The clusters of `tree` with their names. Siblings are named together, after their parents. No phrase is in two names,
 * siblings do not share a word if there is another choice, and a child repeats a word of a name above it only if the
 * word is general or its name has another of its own. A cluster whose papers share no phrase gets no name.
 */
export function nameTopics(
  tree: ClusterTree,
  choices: TopicChoices,
  options: NameOptions = {},
): readonly NamedCluster[] {
  const { clusters } = tree;
  const names: (readonly Choice[])[] = clusters.map(() => []);
  const taken = new Set<string>();
  for (const [parent, children] of familiesOf(tree)) {
    const barred = wordsAbove(tree, names, parent);
    const siblings = children.map((id) => ({ choices: choices[id], barred, size: clusters[id].size }));
    chooseNames(siblings, taken, options).forEach((name, s) => {
      names[children[s]] = name;
    });
  }
  return clusters.map((cluster, id) => ({
    ...cluster,
    phrases: names[id].map(({ text }) => text),
    terms: termsOf(choices[id], names[id]),
  }));
}

function wordsAbove(tree: ClusterTree, names: readonly (readonly Choice[])[], parent: number): readonly string[] {
  const words: string[] = [];
  for (let id = parent; id >= 0; id = tree.clusters[id].parent)
    words.push(...names[id].flatMap((choice) => choice.words));
  return words;
}

function termsOf(choices: readonly Choice[], name: readonly Choice[]): Topic['terms'] {
  const best = choices.slice(0, TERMS);
  const all = [...best, ...name.filter((choice) => !best.includes(choice))];
  return all
    .map(({ text, score, holders, corpusPapers }) => ({ term: text, score, papers: holders.length, corpusPapers }))
    .sort((a, b) => b.score - a.score);
}

interface RerankInput {
  readonly tree: ClusterTree;
  readonly choices: TopicChoices;
  /** The papers' vectors. */
  readonly embedding: QuantizedMatrix;
  /** Vectors, by the same model, of the phrases of phraseCandidates or some of them, as they are written. */
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/** Ratio of the factor for the phrase nearest to the centroid to that for the farthest one. */
const STRENGTH = 2;

/**
 * The choices with scores that include how near in meaning a phrase is to its cluster: the cosine of its vector to the
 * centroid of the cluster's papers, less the mean centroid of it and its siblings, which is what they have in common.
 * The factor is 1/√2 for the farthest phrase of a cluster to √2 for the nearest; factors above 1 are reduced for
 * phrases that fewer papers hold than the best one by words, so that no rare phrase wins by nearness alone. Phrases
 * without a vector keep their score. Sorted again, best first. O(papers × columns × levels + phrases × columns). Throws
 * a RangeError when a vector has another length than the papers'.
 */
export function rerankChoices({ tree, choices, embedding, vectors }: RerankInput): TopicChoices {
  const centroids = centroidsOf(tree, embedding);
  const reranked = choices.map((list) => list);
  for (const children of familiesOf(tree).values()) {
    const middle = meanOf(
      children.map((id) => centroids[id]),
      embedding.cols,
    );
    for (const id of children) {
      const aim = children.length === 1 ? centroids[id] : centroids[id].map((value, j) => value - middle[j]);
      const cosines = choices[id].map(({ text }) => cosine(vectors.get(text), aim));
      const known = cosines.filter((value) => value !== null);
      const low = Math.min(...known);
      const span = Math.max(...known) - low;
      reranked[id] = choices[id]
        .map((choice, c) => {
          const value = cosines[c];
          if (value === null || span === 0) return choice;
          const nearness = (value - low) / span - 0.5;
          const held = Math.min(1, choice.holders.length / choices[id][0].holders.length);
          return { ...choice, score: choice.score * STRENGTH ** (nearness > 0 ? nearness * held : nearness) };
        })
        .sort((a, b) => b.score - a.score);
    }
  }
  return reranked;
}

/** The mean vector of each cluster's papers. */
function centroidsOf(tree: ClusterTree, { data, scales, cols }: QuantizedMatrix): readonly Float32Array[] {
  return membersOf(tree).map((members) => {
    const sum = new Float32Array(cols);
    for (const i of members) for (let j = 0; j < cols; j++) sum[j] += data[i * cols + j] * scales[i];
    return sum.map((value) => value / Math.max(1, members.length));
  });
}

function meanOf(rows: readonly Float32Array[], cols: number): Float32Array {
  const mean = new Float32Array(cols);
  for (const row of rows) for (let j = 0; j < cols; j++) mean[j] += row[j] / rows.length;
  return mean;
}

/** The cosine; null if a vector is missing or zero. */
function cosine(a: Float32Array | undefined, b: Float32Array): number | null {
  if (a === undefined) return null;
  if (a.length !== b.length) throw new RangeError(`expected ${b.length} values, got ${a.length}`);
  let [dot, ownA, ownB] = [0, 0, 0];
  for (let j = 0; j < a.length; j++) {
    dot += a[j] * b[j];
    ownA += a[j] * a[j];
    ownB += b[j] * b[j];
  }
  return ownA > 0 && ownB > 0 ? dot / Math.sqrt(ownA * ownB) : null;
}

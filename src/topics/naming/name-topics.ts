import type { ClusterTree, Topic } from '../../model/topics.ts';
import { familiesOf } from './candidates.ts';
import type { TopicChoices } from './choices.ts';
import { type Choice, chooseNames, type NameOptions } from './choose-names.ts';

/** A topic as far as words make it: its colour is another's business. */
export type NamedCluster = Omit<Topic, 'hue'>;

/** Candidates that a topic keeps as the reasons of its name. */
const TERMS = 12;

/**
 * The clusters of `tree` with their names. Siblings are named together and their parents before them; no phrase stands
 * in two names, siblings share no word as long as there is another choice, and no child has a word of a name above it but
 * general ones, or beside one of its own. A cluster whose papers share no phrase gets none.
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

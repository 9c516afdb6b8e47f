import type { ClusterTree } from '../model/topics.ts';
import { classTfIdf } from './class-tf-idf.ts';
import type { Phrases } from './phrases.ts';

/** A phrase that may name a cluster. */
export interface Candidate {
  readonly phrase: number;
  readonly score: number;
  /** Papers of the cluster that hold it. */
  readonly papers: number;
  /** Whether it stands in so many papers of the corpus that alone it tells nothing. */
  readonly common: boolean;
}

/** How many candidates a cluster keeps. */
const KEPT = 60;
/** What an occurrence in a title counts, one in a text being 1: titles are made to tell what a paper is about. */
const TITLE_WEIGHT = 3;
/** Share of the papers from which a phrase of one word tells nothing alone. */
const COMMON_SHARE = 0.25;

/** Papers from which on such a phrase is no name at all; with fewer it is the last resort. */
const ENOUGH = 30;
/** Papers at which a phrase counts half of what it would with many: a few may share one by chance. */
const DOUBT = 3;
/** What a phrase of several words counts against a single one, which is often too general. */
const LONGER = 1.6;

/** The papers of each cluster, in index order, by cluster id. O(papers × levels). */
export function membersOf(tree: ClusterTree): readonly Int32Array[] {
  const { clusters, levels, paths } = tree;
  const members = clusters.map(({ size }) => new Int32Array(size));
  const filled = new Int32Array(clusters.length);
  for (let at = 0; at < paths.length; at++) {
    const id = paths[at];
    if (id >= 0 && clusters[id].level === at % levels) members[id][filled[id]++] = Math.floor(at / levels);
  }
  return members;
}

/**
 * The best candidates of each cluster, by id, best first. What counts is c-TF-IDF (its mean, by logarithms, of that
 * among the siblings and that in the corpus) with papers instead of occurrences, those with the phrase in the title
 * threefold; times how much more often than the rest of the parent the cluster has the phrase; times its wholeness.
 * O(phrases held by all papers × levels).
 */
export function findCandidates(phrases: Phrases, tree: ClusterTree): readonly (readonly Candidate[])[] {
  const members = membersOf(tree);
  const all = Int32Array.from({ length: phrases.n }, (_, i) => i);
  const found: (readonly Candidate[])[] = tree.clusters.map(() => []);
  const corpus = countWeights(phrases, all);
  const tops = tree.clusters.filter(({ parent }) => parent < 0).length;
  for (const [parent, children] of familiesOf(tree)) {
    const scope = parent < 0 ? corpus : countWeights(phrases, members[parent]);
    for (const id of children) {
      const own = countWeights(phrases, members[id]);
      found[id] = best(phrases, { own, scope, corpus, siblings: children.length, tops });
    }
  }
  return found;
}

/** The children of each cluster by its id, and the top clusters by −1; parents before their children. */
export function familiesOf(tree: ClusterTree): ReadonlyMap<number, readonly number[]> {
  const families = new Map<number, number[]>();
  for (const { id, parent } of tree.clusters) families.set(parent, [...(families.get(parent) ?? []), id]);
  return families;
}

/** What a set of papers holds, by phrase. */
interface Counts {
  readonly size: number;
  readonly papers: Int32Array;
  readonly weights: Int32Array;
  readonly total: number;
}

function countWeights({ count, starts, held }: Phrases, of: Int32Array): Counts {
  const papers = new Int32Array(count);
  const weights = new Int32Array(count);
  let total = 0;
  for (const i of of) {
    for (let at = starts[i]; at < starts[i + 1]; at++) {
      const weight = (held[at] & 1) === 1 ? TITLE_WEIGHT : 1;
      papers[held[at] >> 1]++;
      weights[held[at] >> 1] += weight;
      total += weight;
    }
  }
  return { size: of.length, papers, weights, total };
}

interface Comparison {
  readonly own: Counts;
  readonly scope: Counts;
  readonly corpus: Counts;
  readonly siblings: number;
  readonly tops: number;
}

function best(phrases: Phrases, comparison: Comparison): readonly Candidate[] {
  const { own, corpus } = comparison;
  const found: Candidate[] = [];
  const least = own.size > 1 ? 2 : 1;
  for (let phrase = 0; phrase < phrases.count; phrase++) {
    const papers = own.papers[phrase];
    if (papers < least) continue;
    const isOneWord = phrases.to[phrase] - phrases.from[phrase] === 1;
    const common = isOneWord && corpus.papers[phrase] > Math.max(COMMON_SHARE * corpus.size, least);
    if (common && corpus.size >= ENOUGH) continue;
    found.push({ phrase, score: scoreOf(phrases, comparison, phrase), papers, common });
  }
  found.sort((a, b) => b.score - a.score || a.phrase - b.phrase);
  return found.slice(0, KEPT);
}

function scoreOf(phrases: Phrases, { own, scope, corpus, siblings, tops }: Comparison, phrase: number): number {
  const among = classTfIdf(own.weights[phrase], scope.weights[phrase], scope.total / siblings);
  const overall = classTfIdf(own.weights[phrase], corpus.weights[phrase], corpus.total / tops);
  const rate = own.papers[phrase] / own.size;
  const others = scope.papers[phrase] - own.papers[phrase];
  const rest = (others + 0.25) / (scope.size - own.size + 1);
  const contrast = Math.max(0.02, (rate - rest) / (rate + rest));
  const length = phrases.to[phrase] - phrases.from[phrase] > 1 ? LONGER : 1;
  const sure = own.papers[phrase] / (own.papers[phrase] + DOUBT);
  const title = Math.sqrt(phrases.titled[phrase]);
  const shape = phrases.wholeness[phrase] * Math.sqrt(Math.log1p(phrases.repeated[phrase])) * title * length;
  return (Math.sqrt(among * overall) / own.size) * contrast * sure * rate ** 0.35 * shape;
}

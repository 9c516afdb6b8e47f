import type { Cluster, ClusterTree } from '../../model/topics.ts';
import type { Phrases } from './phrases.ts';
import { classTfIdf } from './term-statistics.ts';

/** A phrase that may name a cluster. */
export interface Candidate {
  readonly phrase: number;
  readonly score: number;
  /** Papers of the cluster that hold it. */
  readonly papers: number;
  /** Those that hold it in their title. */
  readonly titles: number;
  /** Whether it stands in so many papers of the corpus that alone it tells nothing. */
  readonly common: boolean;
}

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

/** How many candidates a cluster keeps. */
const KEPT = 60;

/**
 * The best candidates of each cluster, by id, best first. What counts is c-TF-IDF (its mean, by logarithms, of that
 * among the siblings and that in the corpus) with papers instead of occurrences, those with the phrase in the title
 * threefold; times how much more often than the rest of the parent the cluster has the phrase; times its wholeness;
 * and in small clusters more for what stands in their titles, above all those of their centroid and exemplars.
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
      const heart = countWeights(phrases, heartOf(tree.clusters[id]));
      found[id] = best(phrases, { own, heart, scope, corpus, siblings: children.length, tops });
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

function heartOf({ centroid, exemplars }: Cluster): Int32Array {
  return Int32Array.from(new Set([centroid, ...exemplars]));
}

/** What a set of papers holds, by phrase. */
interface Counts {
  readonly size: number;
  readonly papers: Int32Array;
  readonly titles: Int32Array;
  readonly weights: Int32Array;
  readonly total: number;
}

/** What an occurrence in a title counts, one in a text being 1: titles are made to tell what a paper is about. */
const TITLE_WEIGHT = 3;

function countWeights({ count, starts, held }: Phrases, of: Int32Array): Counts {
  const papers = new Int32Array(count);
  const titles = new Int32Array(count);
  const weights = new Int32Array(count);
  let total = 0;
  for (const i of of) {
    for (let at = starts[i]; at < starts[i + 1]; at++) {
      const weight = (held[at] & 1) === 1 ? TITLE_WEIGHT : 1;
      papers[held[at] >> 1]++;
      titles[held[at] >> 1] += held[at] & 1;
      weights[held[at] >> 1] += weight;
      total += weight;
    }
  }
  return { size: of.length, papers, titles, weights, total };
}

interface Comparison {
  readonly own: Counts;
  /** Of the papers that stand for the cluster. */
  readonly heart: Counts;
  readonly scope: Counts;
  readonly corpus: Counts;
  readonly siblings: number;
  readonly tops: number;
}

/** Share of the papers from which a phrase of one word tells nothing alone. */
const COMMON_SHARE = 0.25;
/** Papers from which on such a phrase is no name at all; with fewer it is the last resort. */
const MIN_PAPERS_WITHOUT_COMMON = 30;

function best(phrases: Phrases, comparison: Comparison): readonly Candidate[] {
  const { own, corpus } = comparison;
  const found: Candidate[] = [];
  const least = own.size > 1 ? 2 : 1;
  for (let phrase = 0; phrase < phrases.count; phrase++) {
    const papers = own.papers[phrase];
    if (papers < least) continue;
    const isOneWord = phrases.to[phrase] - phrases.from[phrase] === 1;
    const common = isOneWord && corpus.papers[phrase] > Math.max(COMMON_SHARE * corpus.size, least);
    if (common && corpus.size >= MIN_PAPERS_WITHOUT_COMMON) continue;
    const score = scoreOf(phrases, comparison, phrase) * titleFactor(comparison, phrase);
    found.push({ phrase, score, papers, titles: own.titles[phrase], common });
  }
  found.sort((a, b) => b.score - a.score || a.phrase - b.phrase);
  return found.slice(0, KEPT);
}

/** Papers at which a phrase counts half of what it would with many: a few may share one by chance. */
const DOUBT = 3;
/** What a phrase of several words counts against a single one, which is often too general. */
const LONGER = 1.6;

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

/** What a phrase that every title of a small topic shares counts against one that none has, less 1. */
const TITLES = 1.5;
/** Papers up to which a topic is small: what its titles share says what it is about. */
const SMALL = 15;

/** More for what stands in many titles of the cluster, those of the papers that stand for it twice; less so in large ones. */
function titleFactor({ own, heart }: Comparison, phrase: number): number {
  const share = (own.titles[phrase] + heart.titles[phrase]) / (own.size + heart.size);
  return 1 + TITLES * Math.min(1, SMALL / own.size) ** 2 * share;
}

/** Whether a text is one word in small letters, of a script that has others: often too general to be a name alone. */
export function isPlainWord(text: string): boolean {
  return !text.includes(' ') && text === text.toLowerCase() && text !== text.toUpperCase();
}

/**
 * Whether a phrase, written `text`, has too little on its side to be in the name of a topic of `size` papers while there
 * is another. Too few of them hold it; or no title of theirs has it and other papers say it nearly as often; or it is a
 * plain word that is mostly followed by a noun, or that neither two of their titles nor many of the papers have. Where
 * the corpus has no titles, less will do, as with one title. O(1).
 */
export function isDoubtful(
  text: string,
  { phrase, papers, titles }: Candidate,
  phrases: Phrases,
  size: number,
): boolean {
  const isPlain = isPlainWord(text);
  const isRepeated = text.includes(' ') && phrases.index.occurrences[phrase] >= REPEATED * phrases.papers[phrase];
  const marks = papers + titles + (isRepeated ? 1 : 0);
  if (marks < Math.min(size, MIN_MARKS) || papers < MIN_SHARE * size) return true;
  if (isPlain && tailShare(phrases, phrase) < MIN_TAIL) return true;
  if (titles >= MIN_TITLES) return false;
  const isTitled = titles > 0 || phrases.titled[phrase] === 1;
  const rate = papers / size;
  const outside = (phrases.papers[phrase] - papers) / Math.max(1, phrases.n - size);
  if (outside > (isTitled ? TITLED_OUTSIDE : OUTSIDE) * rate) return true;
  if (!isPlain) return false;
  return papers < Math.min(MIN_MARKS, size) || rate < (isTitled ? TITLED_RATE : RATE);
}

/** Papers of a topic of `size` that its name should hold at least: five, or three in ten where this is less. O(1). */
export function leastBacking(size: number): number {
  return Math.max(1, Math.min(5, Math.ceil(0.3 * size)));
}

/** Titles of a topic that settle all but the number of its papers. */
const MIN_TITLES = 2;
/**
 * Papers of a topic that should hold a phrase of its name, and more of a large one: two may share any words by chance. One with it
 * in the title counts twice, and one more is counted where papers say several words in a row so many times each.
 */
const MIN_MARKS = 3;
const MIN_SHARE = 1 / 12;
const REPEATED = 1.5;
/** How often other papers may hold it, of how often those of the topic do; more with a title among these. */
const OUTSIDE = 0.15;
const TITLED_OUTSIDE = 0.3;
/** Share of a topic's papers that hold a plain word it is about, when no title has it, and when one has. */
const RATE = 0.5;
const TITLED_RATE = 0.3;
/** A plain word that is followed by no noun less often than this is an adjective or the like. */
const MIN_TAIL = 0.35;

/** Share of its occurrences that have no word behind them that could belong to it; few prove little. */
function tailShare({ index }: Phrases, phrase: number): number {
  return (index.freeAfter[phrase] + 1) / (index.occurrences[phrase] + 2);
}

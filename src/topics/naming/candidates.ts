import type { Cluster, ClusterTree } from '../../model/topics.ts';
import type { Phrases } from './phrases.ts';
import { classTfIdf } from './term-statistics.ts';

/** A phrase that may name a cluster. */
export interface Candidate {
  readonly phrase: number;
  readonly score: number;
  /** Number of papers of the cluster that hold it. */
  readonly papers: number;
  /** Number of these that hold it in their title. */
  readonly titles: number;
  /** Whether it is in so many papers of the corpus that it says nothing alone. */
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

/** Number of candidates that a cluster keeps. */
const KEPT = 60;

/**
 * The best candidates of each cluster, by id, best first. The score is the product of c-TF-IDF (the geometric mean of
 * that among the siblings and that in the corpus, with papers instead of occurrences, those with the phrase in the
 * title threefold), of how much more often the cluster has the phrase than the rest of its parent, and of its
 * wholeness. In small clusters a phrase in the titles counts more, above all in those of the centroid and exemplars.
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

/** The children of each cluster, by its id, and the top clusters, by −1; parents before their children. */
export function familiesOf(tree: ClusterTree): ReadonlyMap<number, readonly number[]> {
  const families = new Map<number, number[]>();
  for (const { id, parent } of tree.clusters) families.set(parent, [...(families.get(parent) ?? []), id]);
  return families;
}

function heartOf({ centroid, exemplars }: Cluster): Int32Array {
  return Int32Array.from(new Set([centroid, ...exemplars]));
}

/** Counts of a set of papers, by phrase. */
interface Counts {
  readonly size: number;
  readonly papers: Int32Array;
  readonly titles: Int32Array;
  readonly weights: Int32Array;
  readonly total: number;
}

/** Weight of an occurrence in a title against one in a text: titles are meant to say what a paper is about. */
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
  /** Counts of the centroid and exemplars of the cluster. */
  readonly heart: Counts;
  readonly scope: Counts;
  readonly corpus: Counts;
  readonly siblings: number;
  readonly tops: number;
}

/** A single word in more than this share of the papers says nothing alone. */
const COMMON_SHARE = 0.25;
/** From this number of papers on, such a word is never a name; with fewer it is the last resort. */
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

/** A phrase in this number of papers counts half as much as one in many, since a few may share it by chance. */
const DOUBT = 3;
/** Weight of a phrase of several words against a single word, which is often too general. */
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

/** Bonus of a phrase in every title of a small topic, over one in none. */
const TITLES = 1.5;
/** A topic of up to this number of papers is small: what its titles share says what it is about. */
const SMALL = 15;

/** Above 1 for phrases in many titles, where centroid and exemplars count twice; nearer 1 in large clusters. */
function titleFactor({ own, heart }: Comparison, phrase: number): number {
  const share = (own.titles[phrase] + heart.titles[phrase]) / (own.size + heart.size);
  return 1 + TITLES * Math.min(1, SMALL / own.size) ** 2 * share;
}

/** Whether a text is one lower-case word in a script with capitals: often too general to be a name alone. */
export function isPlainWord(text: string): boolean {
  return !text.includes(' ') && text === text.toLowerCase() && text !== text.toUpperCase();
}

/**
 * Whether a phrase, written `text`, has too little evidence for the name of a topic of `size` papers if there is
 * another. It is doubtful if too few of these papers hold it; if it is a plain word that is mostly followed by a noun;
 * or, unless two titles hold it, if other papers hold it nearly as often or it is a plain word in few of the papers.
 * One title, or a corpus without titles, relaxes these limits. O(1).
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

/** Fewest papers of a topic of `size` that should hold its name: five, or three in ten if this is less. O(1). */
export function leastBacking(size: number): number {
  return Math.max(1, Math.min(5, Math.ceil(0.3 * size)));
}

/** A phrase in this number of the topic's titles needs no further evidence than its number of papers. */
const MIN_TITLES = 2;
/**
 * Fewest papers of a topic that should hold a phrase of its name ({@link MIN_SHARE} of a large topic), since two may
 * share any words by chance. Papers with it in the title count twice, and a phrase of several words that its papers say
 * {@link REPEATED} times on average counts as one paper more.
 */
const MIN_MARKS = 3;
const MIN_SHARE = 1 / 12;
const REPEATED = 1.5;
/** Highest rate of the phrase in other papers, as a share of that in the topic; the second if a title holds it. */
const OUTSIDE = 0.15;
const TITLED_OUTSIDE = 0.3;
/** Smallest share of a topic's papers that hold a plain word for its name, without and with a title that has it. */
const RATE = 0.5;
const TITLED_RATE = 0.3;
/** A plain word that ends its phrase in a smaller share of its occurrences is an adjective or the like. */
const MIN_TAIL = 0.35;

/** Share of a phrase's occurrences without a following word that could belong to it, smoothed for few occurrences. */
function tailShare({ index }: Phrases, phrase: number): number {
  return (index.freeAfter[phrase] + 1) / (index.occurrences[phrase] + 2);
}

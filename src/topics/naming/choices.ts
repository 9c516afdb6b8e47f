import type { ClusterTree } from '../../model/topics.ts';
import { type Candidate, findCandidates, isDoubtful, isPlainWord, leastBacking, membersOf } from './candidates.ts';
import type { Phrases } from './phrases.ts';
import { isWithin, textAmong, type Writing, writingsOf } from './surface-forms.ts';

/** A phrase that may be part of a name. */
export interface Choice {
  readonly text: string;
  /** Its words, folded, which no sibling's name should share. */
  readonly words: readonly string[];
  /** By form: its folded words in order, each between blanks. */
  readonly spelled: readonly string[];
  /** Those of its words that mean little alone, such as `model`. */
  readonly general: readonly string[];
  readonly score: number;
  /** Number of papers of the corpus that hold it. */
  readonly corpusPapers: number;
  /** The papers of the cluster that hold it, as ascending indexes into its papers. */
  readonly holders: Int32Array;
  /** Whether it says nothing alone, so that it is used only when there is nothing else. */
  readonly common: boolean;
  /** Whether it has little evidence (see isDoubtful): used only if there is no other, and only as the first phrase. */
  readonly doubtful: boolean;
}

/** The possible phrases for the name of each cluster, by its id, best first. */
export type TopicChoices = readonly (readonly Choice[])[];

/**
 * The phrases that distinguish each cluster from its siblings, as the corpus writes them, without those that mostly
 * occur within a longer one. O(phrases held by all papers × levels).
 */
export function findChoices(phrases: Phrases, tree: ClusterTree): TopicChoices {
  const members = membersOf(tree);
  const candidates = findCandidates(phrases, tree);
  const wanted = new Set(candidates.flatMap((list) => list.map(({ phrase }) => phrase)));
  const writings = writingsOf(phrases, wanted);
  return candidates.map((list, id) => {
    const held = holdersOf(phrases, members[id], list);
    const whole = findWhole(list, held, writings);
    const kept = list.filter((_, c) => whole[c]);
    const holders = held.filter((_, c) => whole[c]);
    const isOwn = new Uint8Array(phrases.n);
    for (const paper of members[id]) isOwn[paper] = 1;
    const choices = kept.map((candidate, c) => {
      const corpusPapers = phrases.papers[candidate.phrase];
      const size = members[id].length;
      const doubtful = isDoubtful(writingOf(writings, candidate).text, candidate, phrases, size);
      const fit = fitOf(tree, id, { corpusPapers, holders: holders[c] }, members[id]);
      return {
        ...writingAmong(writingOf(writings, candidate), isOwn),
        // Among doubtful phrases, one in more papers is only vaguer.
        score: candidate.score * fit * (doubtful ? 1 : backingOf(holders[c].length, size)),
        common: candidate.common,
        doubtful,
        corpusPapers,
        holders: holders[c],
      };
    });
    return choices.sort((a, b) => b.score - a.score);
  });
}

/**
 * The phrases whose vectors nameTopics can use: the best `perTopic` (default 20) of each cluster, without duplicates.
 */
export function phraseCandidates(choices: TopicChoices, perTopic = 20): readonly string[] {
  return [...new Set(choices.flatMap((list) => list.slice(0, perTopic).map(({ text }) => text)))];
}

/** Fewest papers of a part that hold a phrase for it to belong to the part. */
const MIN_OWN = 3;

/**
 * How well a phrase fits cluster `id`, 0…1: the root of half its F1 as a query for the cluster's papers, times the
 * square of the ratio of its F1 for the cluster to that for its best part. So a phrase that fits a part better is left
 * to that part. O(holders × levels).
 */
function fitOf(
  { clusters, levels, paths }: ClusterTree,
  id: number,
  { corpusPapers, holders }: Pick<Choice, 'corpusPapers' | 'holders'>,
  members: Int32Array,
): number {
  const counts = new Map<number, number>();
  for (const m of holders) {
    for (let level = clusters[id].level + 1; level < levels; level++) {
      const part = paths[members[m] * levels + level];
      if (part >= 0 && clusters[part].level === level) counts.set(part, (counts.get(part) ?? 0) + 1);
    }
  }
  const own = holders.length / (corpusPapers + members.length);
  let best = own;
  for (const [part, count] of counts) {
    if (count >= MIN_OWN) best = Math.max(best, count / (corpusPapers + clusters[part].size));
  }
  return (own / best) ** 2 * Math.sqrt(own);
}

/** 1 for a phrase that enough of a topic's papers hold, otherwise the root of the share of these. */
function backingOf(papers: number, size: number): number {
  return Math.sqrt(Math.min(1, papers / leastBacking(size)));
}

/** If this share of a phrase's papers hold the same longer phrase, it is only a part of that. */
const PART_SHARE = 0.5;
/** The same for a plain word, which says less. */
const PLAIN_PART_SHARE = 1 / 3;

/** Which candidates are more than a part of a longer one, since few of their papers hold that. */
function findWhole(
  list: readonly Candidate[],
  held: readonly Int32Array[],
  writings: ReadonlyMap<number, Writing>,
): readonly boolean[] {
  const of = list.map((candidate) => writingOf(writings, candidate));
  return of.map(({ text, spelled }, s) => {
    const most = (isPlainWord(text) ? PLAIN_PART_SHARE : PART_SHARE) * held[s].length;
    return !of.some((longer, l) => isWithin(spelled, longer.spelled) && countShared(held[l], held[s]) >= most);
  });
}

const NOT_WRITTEN: Writing = { text: '', forms: [], words: [], spelled: [], general: [] };

/** The fields of a choice from its writing, with the text as the papers of the topic write it. */
function writingAmong(
  { forms, words, spelled, general }: Writing,
  isOwn: Uint8Array,
): Pick<Choice, 'text' | 'words' | 'spelled' | 'general'> {
  return { text: textAmong(forms, isOwn), words, spelled, general };
}

function writingOf(writings: ReadonlyMap<number, Writing>, { phrase }: Candidate): Writing {
  return writings.get(phrase) ?? NOT_WRITTEN;
}

/** For each candidate, the indexes into `members` of the papers that hold it. */
function holdersOf(phrases: Phrases, members: Int32Array, list: readonly Candidate[]): readonly Int32Array[] {
  const place = new Map(list.map(({ phrase }, c) => [phrase, c]));
  const holders = list.map(({ papers }) => new Int32Array(papers));
  const filled = new Int32Array(list.length);
  members.forEach((paper, m) => {
    for (let at = phrases.starts[paper]; at < phrases.starts[paper + 1]; at++) {
      const c = place.get(phrases.held[at] >> 1);
      if (c !== undefined) holders[c][filled[c]++] = m;
    }
  });
  return holders;
}

/** Number of entries that two ascending lists share. O(their lengths). */
function countShared(a: Int32Array, b: Int32Array): number {
  let shared = 0;
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    while (j < b.length && b[j] < a[i]) j++;
    if (j < b.length && b[j] === a[i]) shared++;
  }
  return shared;
}

/** Jaccard index of two ascending lists, 0…1: shared entries over those in either. O(their lengths). */
export function overlap(a: Int32Array, b: Int32Array): number {
  const shared = countShared(a, b);
  const either = a.length + b.length - shared;
  return either === 0 ? 0 : shared / either;
}

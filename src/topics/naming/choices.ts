import type { ClusterTree } from '../../model/topics.ts';
import { type Candidate, findCandidates, isDoubtful, isPlainWord, leastBacking, membersOf } from './candidates.ts';
import type { Phrases } from './phrases.ts';
import { isWithin, textAmong, type Writing, writingsOf } from './surface-forms.ts';

/** A phrase that may stand in a name. */
export interface Choice {
  readonly text: string;
  /** Its words, folded: those that no sibling's name should share. */
  readonly words: readonly string[];
  /** By form: its words in order as they are counted, each between blanks. */
  readonly spelled: readonly string[];
  /** Those of them that are of little meaning by themselves, such as `model`. */
  readonly general: readonly string[];
  readonly score: number;
  /** Papers of the corpus that hold it. */
  readonly corpusPapers: number;
  /** The papers of the cluster that hold it, by their place in it, in order. */
  readonly holders: Int32Array;
  /** Tells nothing alone: taken only when there is nothing else. */
  readonly common: boolean;
  /** Has little evidence on its side (see isDoubtful): first only when all else is, further never. */
  readonly doubtful: boolean;
}

/** What the clusters of a tree may be called: for each by its id, best first. */
export type TopicChoices = readonly (readonly Choice[])[];

/**
 * The phrases that tell each cluster from its siblings, as the corpus writes them, without those that mostly stand
 * within a longer one. O(phrases held by all papers × levels).
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
        // Among phrases in doubt the wider one is only the vaguer.
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
 * The phrases whose vectors are of use to nameTopics: the best ones of each cluster, each once, at most `perTopic` of a
 * cluster (default 20).
 */
export function phraseCandidates(choices: TopicChoices, perTopic = 20): readonly string[] {
  return [...new Set(choices.flatMap((list) => list.slice(0, perTopic).map(({ text }) => text)))];
}

/** Papers of a part that must hold a phrase before it can be the part's. */
const MIN_OWN = 3;

/**
 * How well a phrase fits cluster `id`, and how well against the part of it that it fits best, 0…1: the root of half its F1
 * as a query for the papers, times the square of the ratio of its F1 there and here. What tells one part from the
 * others is left to that part. O(holders × levels).
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

/** 1 for a phrase that enough of a topic's papers hold, less by the root of what is missing below. */
function backingOf(papers: number, size: number): number {
  return Math.sqrt(Math.min(1, papers / leastBacking(size)));
}

/** Share of a phrase's papers that hold one longer phrase from which it is only a part of that. */
const PART_SHARE = 0.5;
/** The same of a single plain word, which tells less. */
const PLAIN_PART_SHARE = 1 / 3;

/** Which candidates are no mere part of a longer one: few of their papers have that. */
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

/** What a choice has of a writing: its text as the papers of the topic have it. */
function writingAmong(
  { forms, words, spelled, general }: Writing,
  isOwn: Uint8Array,
): Pick<Choice, 'text' | 'words' | 'spelled' | 'general'> {
  return { text: textAmong(forms, isOwn), words, spelled, general };
}

function writingOf(writings: ReadonlyMap<number, Writing>, { phrase }: Candidate): Writing {
  return writings.get(phrase) ?? NOT_WRITTEN;
}

/** For each candidate the members that hold it, by their place among them. */
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

/** Entries that two ascending lists have in common. O(their lengths). */
function countShared(a: Int32Array, b: Int32Array): number {
  let shared = 0;
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    while (j < b.length && b[j] < a[i]) j++;
    if (j < b.length && b[j] === a[i]) shared++;
  }
  return shared;
}

/** Shared entries of two ascending lists over those in either (Jaccard), 0…1. O(their lengths). */
export function overlap(a: Int32Array, b: Int32Array): number {
  const shared = countShared(a, b);
  const either = a.length + b.length - shared;
  return either === 0 ? 0 : shared / either;
}

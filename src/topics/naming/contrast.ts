import { StageError } from '../../model/failure.ts';
import type { Selection } from '../../model/selection.ts';
import { extractPhrases, type Phrases } from './phrases.ts';
import { isWithin, type Writing, writingsOf } from './surface-forms.ts';
import { logOddsScores } from './term-statistics.ts';
import type { Texts } from './token-stream.ts';

/** A phrase that one set of papers has more than another. */
export interface ContrastTerm {
  /** As the corpus writes it. */
  readonly term: string;
  /** How sure the difference is, in standard deviations; above 0. */
  readonly z: number;
  /** Papers of the set it speaks for that hold it, and of the other one. */
  readonly here: number;
  readonly there: number;
}

/** What tells two sets of papers apart. */
export interface Contrast {
  /** Phrases of the first set, the surest first, and those of the second. */
  readonly a: readonly ContrastTerm[];
  readonly b: readonly ContrastTerm[];
}

/** Two sets of papers to tell apart. */
export interface ContrastRequest {
  readonly a: Selection;
  /** Null: all papers that are not in `a`. */
  readonly b: Selection | null;
}

/** Tells sets of papers apart by phrases that it holds; see `readPhrases` and `tellApart` of `AnalysisApi`. */
interface ContrastSession {
  read(texts: Texts): void;
  tellApart(request: ContrastRequest): Contrast;
}

/** How many phrases {@link contrastTerms} names. */
interface ContrastOptions {
  /** Phrases of each set at most. Default 12. */
  readonly most?: number;
}

/** The prior weighs as much as this many papers of mean length: a few that share a phrase by chance prove little. */
const PRIOR_PAPERS = 10;
/** Below this a difference may well be chance: 1.96 would leave one of twenty such phrases wrong. */
const MIN_Z = 1.96;
/** A phrase below it is mostly a part of longer ones, see {@link Phrases.wholeness}. */
const MIN_WHOLENESS = 0.2;
/** How many of the best are looked through for some that do not repeat one another. */
const LOOKED_THROUGH = 5;
/** Share of a phrase's papers that a longer or shorter one with it shares at least for one of them to be left out. */
const PART_SHARE = 0.5;

/** A session that holds nothing yet. */
export function makeContrastSession(): ContrastSession {
  let phrases: Phrases | null = null;
  return {
    read(texts) {
      phrases = extractPhrases(texts);
    },
    tellApart({ a, b }) {
      if (!phrases) throw new StageError('internal', 'topics', 'tellApart was called before read');
      return contrastTerms(phrases, a, b);
    },
  };
}

/**
 * The phrases that tell set `a` from set `b`, both ways; `b` null = all other papers. What is counted is papers that
 * hold a phrase, against all papers as the prior, see {@link logOddsScores}. Of phrases within one another that about
 * the same papers hold, the surest alone is named. O(phrases held by the papers of both sets + phrases + entries of the
 * stream).
 */
function contrastTerms(
  phrases: Phrases,
  a: Selection,
  b: Selection | null,
  { most = 12 }: ContrastOptions = {},
): Contrast {
  const inA = countPapers(phrases, a);
  const inB = b ? countPapers(phrases, b) : phrases.papers.map((papers, p) => papers - inA[p]);
  const priorWeight = (PRIOR_PAPERS * phrases.held.length) / Math.max(phrases.n, 1);
  const scores = logOddsScores({ a: inA, b: inB, background: phrases.papers }, priorWeight);
  const sides = [
    bestOf(phrases, { scores, sign: 1, here: inA, there: inB, most }),
    bestOf(phrases, { scores, sign: -1, here: inB, there: inA, most }),
  ];
  const writings = writingsOf(phrases, new Set(sides.flat().map(({ phrase }) => phrase)));
  const [first, second] = sides.map((side) => withoutParts(side, writings).slice(0, most));
  return { a: first, b: second };
}

/** How many papers of a set hold each phrase. */
function countPapers({ count, starts, held }: Phrases, papers: Selection): Int32Array {
  const counts = new Int32Array(count);
  for (const i of papers) for (let at = starts[i]; at < starts[i + 1]; at++) counts[held[at] >> 1]++;
  return counts;
}

interface Side {
  readonly scores: Float64Array;
  /** 1 for the set that high scores speak for, −1 for the other one. */
  readonly sign: 1 | -1;
  readonly here: Int32Array;
  readonly there: Int32Array;
  readonly most: number;
}

interface ScoredPhrase {
  readonly phrase: number;
  readonly z: number;
  readonly here: number;
  readonly there: number;
}

function bestOf(phrases: Phrases, { scores, sign, here, there, most }: Side): readonly ScoredPhrase[] {
  const found: ScoredPhrase[] = [];
  for (let phrase = 0; phrase < phrases.count; phrase++) {
    const z = sign * scores[phrase];
    if (z < MIN_Z || phrases.wholeness[phrase] < MIN_WHOLENESS) continue;
    found.push({ phrase, z, here: here[phrase], there: there[phrase] });
  }
  found.sort((x, y) => y.z - x.z || x.phrase - y.phrase);
  return found.slice(0, LOOKED_THROUGH * most);
}

function withoutParts(side: readonly ScoredPhrase[], writings: ReadonlyMap<number, Writing>): readonly ContrastTerm[] {
  const kept: { readonly spelled: Writing['spelled']; readonly term: ContrastTerm }[] = [];
  for (const { phrase, ...counts } of side) {
    const { text, spelled } = writings.get(phrase) ?? { text: '', spelled: [] };
    const isRepeated = kept.some(
      ({ spelled: other, term }) =>
        (isWithin(spelled, other) || isWithin(other, spelled)) &&
        Math.min(term.here, counts.here) >= PART_SHARE * Math.max(term.here, counts.here),
    );
    if (!isRepeated) kept.push({ spelled, term: { term: text, ...counts } });
  }
  return kept.map(({ term }) => term);
}

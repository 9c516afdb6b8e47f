import { StageError } from '../../model/failure.ts';
import type { Selection } from '../../model/selection.ts';
import { extractPhrases, type Phrases } from './phrases.ts';
import { isWithin, type Writing, writingsOf } from './surface-forms.ts';
import { logOddsScores } from './term-statistics.ts';
import type { Texts } from './token-stream.ts';

/** A phrase that one set of papers uses more than another. */
export interface ContrastTerm {
  /** As the corpus writes it. */
  readonly term: string;
  /** Certainty of the difference, in standard deviations; above 0. */
  readonly z: number;
  /** Number of papers that hold it in its own set; `there`: in the other one. */
  readonly here: number;
  readonly there: number;
}

/** The phrases that distinguish two sets of papers. */
export interface Contrast {
  /** Phrases of the first set, most certain first; `b`: those of the second. */
  readonly a: readonly ContrastTerm[];
  readonly b: readonly ContrastTerm[];
}

/** Two sets of papers to compare. */
export interface ContrastRequest {
  readonly a: Selection;
  /** Null for all papers that are not in `a`. */
  readonly b: Selection | null;
}

/** Compares sets of papers by the phrases it has read; see `readPhrases` and `tellApart` of `AnalysisApi`. */
interface ContrastSession {
  read(texts: Texts): void;
  tellApart(request: ContrastRequest): Contrast;
}

/** Options of {@link contrastTerms}. */
interface ContrastOptions {
  /** Most phrases of each set. Default 12. */
  readonly most?: number;
}

/** Weight of the prior, in papers of mean length, since a few papers may share a phrase by chance. */
const PRIOR_PAPERS = 10;
/** Differences with a smaller z-score may be chance; of phrases without a difference, one in twenty exceeds ±1.96. */
const MIN_Z = 1.96;
/** A phrase with a lower {@link Phrases.wholeness} is mostly a part of longer ones. */
const MIN_WHOLENESS = 0.2;
/** Number of best phrases, as a multiple of those wanted, among which to find some that do not repeat each other. */
const LOOKED_THROUGH = 5;
/** If a phrase and a part of it share at least this share of their papers, one of them is left out. */
const PART_SHARE = 0.5;

/** A session that has read no phrases yet. */
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
 * The phrases that distinguish set `a` from set `b`, in both directions; `b` null = all other papers. Compares the
 * numbers of papers that hold a phrase, with all papers as the prior: see {@link logOddsScores}. Of phrases within one
 * another that about the same papers hold, only the most certain is named. O(phrases held by the papers of both sets +
 * phrases + entries of the stream).
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

/** The number of papers of a set that hold each phrase. */
function countPapers({ count, starts, held }: Phrases, papers: Selection): Int32Array {
  const counts = new Int32Array(count);
  for (const i of papers) for (let at = starts[i]; at < starts[i + 1]; at++) counts[held[at] >> 1]++;
  return counts;
}

interface Side {
  readonly scores: Float64Array;
  /** 1 for the set whose phrases have high scores, −1 for the other one. */
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

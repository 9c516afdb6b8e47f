import { makePhraseIndex, type PhraseIndex } from './phrase-index.ts';
import { makePhraseScan, type PhraseScan, readTokenStream, type Texts, type TokenStream } from './token-stream.ts';

/** The phrases of a corpus that enough papers share, and which papers hold them. */
export interface Phrases {
  /** Number of papers. */
  readonly n: number;
  /** Number of phrases. */
  readonly count: number;
  /** Paper i holds `held[starts[i] … starts[i + 1])`, each `phrase * 2`, plus 1 if it is in the title. */
  readonly starts: Int32Array;
  readonly held: Int32Array;
  /** By phrase: number of papers that hold it. */
  readonly papers: Int32Array;
  /** By phrase: 0…1, how complete it seems: low for a part of longer phrases, such as `pre-trained language`. */
  readonly wholeness: Float32Array;
  /** By phrase: 0…1, share of its papers with it in the title, drawn to the mean if they are few. 1 without titles. */
  readonly titled: Float32Array;
  /** By phrase: how often its papers say it, at least 1: topics are repeated, general words are not. */
  readonly repeated: Float32Array;
  /** By phrase: an occurrence, entries [from, to) of the stream. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly stream: TokenStream;
  readonly scan: PhraseScan;
  readonly index: ConceptIndex;
}

interface PhraseOptions {
  /** Number of papers that must hold a phrase for it to count. Default 2, above 2,000 papers 3. */
  readonly minPapers?: number;
}

/**
 * The phrases of raw titles and texts, which are cleaned here. Forms of one word count as one (`foldWord`), and so do a
 * short form and its long form ({@link joinForms}); no paper holds the joined number. Two scans count, a third records
 * which paper holds which phrase. Memory: 16 bytes a word, but nothing for phrases that too few papers hold, since a
 * sketch of counts rules out most of them beforehand (Park, Chen & Yu 1995).
 */
export function extractPhrases(texts: Texts, options: PhraseOptions = {}): Phrases {
  const stream = readTokenStream(texts);
  const n = stream.bodies.length;
  const { minPapers = n > 2000 ? 3 : 2 } = options;
  const scan = makePhraseScan(stream);
  const joined = joinForms(stream, makePhraseIndex(stream, scan, minPapers));
  const postings = writePostings(stream, scan, joined);
  const index = { ...joined, papers: countPapers(joined.count, postings.held) };
  const titled = titleShares(index, postings.held);
  return { n, count: index.count, ...postings, ...shapes(index), titled, stream, scan, index };
}

/** The phrases of each paper, in the order of their first occurrence. */
function writePostings(
  stream: TokenStream,
  scan: PhraseScan,
  index: PhraseIndex,
): { starts: Int32Array; held: Int32Array } {
  const n = stream.bodies.length;
  const starts = new Int32Array(n + 1);
  const held = new Int32Array(index.papers.reduce((sum, papers) => sum + papers, 0));
  const last = new Int32Array(index.count).fill(-1);
  let size = 0;
  const visitor = {
    ...index.makeVisitor(),
    paper: 0,
    visit() {
      const phrase = index.find(this.low, this.high);
      if (phrase < 0 || last[phrase] === this.paper) return;
      last[phrase] = this.paper;
      held[size++] = phrase * 2 + (this.from < stream.bodies[this.paper] ? 1 : 0);
    },
  };
  for (let i = 0; i < n; i++) {
    visitor.paper = i;
    scan(stream.starts[i], stream.starts[i + 1], visitor);
    starts[i + 1] = size;
  }
  return { starts, held: size < held.length ? held.slice(0, size) : held };
}

/** By phrase, the number of papers that hold it; those with two of its forms count once. */
function countPapers(count: number, held: Int32Array): Int32Array {
  const papers = new Int32Array(count);
  for (const entry of held) papers[entry >> 1]++;
  return papers;
}

/** Number of papers with the mean share of titles that are added to each phrase. */
const PRIOR_PAPERS = 4;

function titleShares({ count, papers }: PhraseIndex, held: Int32Array): Float32Array {
  const titles = new Float32Array(count);
  let all = 0;
  for (const entry of held) {
    titles[entry >> 1] += entry & 1;
    all += entry & 1;
  }
  if (all === 0) return titles.fill(1);
  const mean = all / held.length;
  return titles.map((title, p) => (title + PRIOR_PAPERS * mean) / (papers[p] + PRIOR_PAPERS));
}

/** Occurrences with a free edge, and all occurrences, that are added to each phrase, so that a few prove little. */
const PRIOR_FREE = 1;
const PRIOR = 2;
/** A phrase that ends free in a smaller share of its occurrences is an adjective or the like; its factor follows. */
const MODIFIER_SHARE = 0.2;
const MODIFIER = 0.2;

function shapes(index: PhraseIndex): Pick<Phrases, 'papers' | 'wholeness' | 'repeated' | 'from' | 'to'> {
  const { papers, occurrences, freeBefore, freeAfter, from, to } = index;
  const wholeness = new Float32Array(index.count);
  const repeated = new Float32Array(index.count);
  for (let p = 0; p < index.count; p++) {
    const least = Math.min(freeBefore[p], freeAfter[p]);
    repeated[p] = (occurrences[p] + PRIOR_PAPERS) / (papers[p] + PRIOR_PAPERS);
    wholeness[p] = (least + PRIOR_FREE) / (occurrences[p] + PRIOR);
    if (freeAfter[p] + PRIOR_FREE < MODIFIER_SHARE * (occurrences[p] + PRIOR)) wholeness[p] *= MODIFIER;
  }
  return { papers, wholeness, repeated, from, to };
}

/** Phrases where a short and a long form, such as `LLM` and `large language model`, have one number. */
interface ConceptIndex extends PhraseIndex {
  /** By phrase as it was counted: its long form, or itself. `find` returns this. */
  readonly conceptOf: Int32Array;
  /** The phrase as it was counted, −1 for none. O(1). */
  findForm(low: number, high: number): number;
  /** The short forms of each phrase that has some. */
  readonly shortForms: ReadonlyMap<number, readonly number[]>;
}

/**
 * Joins each short form with the long form by which the corpus defines it. The counts of a joined phrase are the sums
 * over its forms (`papers` is an upper bound); those of the short form's own number are 0. O(phrases + meanings).
 */
function joinForms(stream: TokenStream, index: PhraseIndex): ConceptIndex {
  const { count } = index;
  const conceptOf = Int32Array.from({ length: count }, (_, p) => p);
  const { meanings } = stream;
  const phraseOf = findPhrases(stream, index, new Set(meanings.flatMap(({ short, long }) => [short, long])));
  const shorts = new Set(meanings.map(({ short }) => short));
  const shortForms = new Map<number, number[]>();
  for (const { short, long } of meanings) {
    const [from, to] = [phraseOf.get(short), phraseOf.get(long)];
    if (from === undefined || to === undefined || shorts.has(long)) continue;
    conceptOf[from] = to;
    shortForms.set(to, [...(shortForms.get(to) ?? []), from]);
  }
  const joined = (counts: Int32Array): Int32Array => {
    const sums = new Int32Array(count);
    for (let p = 0; p < count; p++) sums[conceptOf[p]] += counts[p];
    return sums;
  };
  return {
    ...index,
    papers: joined(index.papers),
    occurrences: joined(index.occurrences),
    freeBefore: joined(index.freeBefore),
    freeAfter: joined(index.freeAfter),
    conceptOf,
    shortForms,
    findForm: index.find,
    find(low, high) {
      const form = index.find(low, high);
      return form < 0 ? form : conceptOf[form];
    },
  };
}

/** The phrases whose words, joined without blanks, are `wanted`. */
function findPhrases(
  { entries, vocabulary }: TokenStream,
  { count, from, to }: PhraseIndex,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const { wordOf, folded } = vocabulary;
  const found = new Map<string, number>();
  for (let p = 0; p < count && wanted.size > 0; p++) {
    let letters = '';
    for (let at = from[p]; at < to[p]; at++) letters += folded[wordOf[entries[at] >> 3]];
    if (wanted.has(letters)) found.set(letters, p);
  }
  return found;
}

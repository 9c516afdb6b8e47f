import { bench, describe } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { readSeedPapers } from './fixtures/seed-papers.ts';
import type { SearchPaper } from './search.api.ts';
import { makeWordSearch, type WordSearch } from './word-search.ts';

const PAPERS = 10_000;
const QUERIES = [
  'embeddings for the web',
  'convolutional neural networks',
  'visualizaton of t-sne',
  '"learning representations of" text',
  'title:matryoshka -image',
  'we propose a new model for the retrieval of documents',
  'c++ ( [ *',
  'state-of-the-art results',
];

/** Papers of recombined seed sentences, each with five rare words, so that the vocabulary grows as in real texts. */
function synthesise(): SearchPaper[] {
  const random = makeRandom(7);
  const seeds = readSeedPapers();
  const sentences = seeds.flatMap((paper) => paper.text.split(/(?<=[.?!]) (?=[A-Z])/));
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)];
  const syllables = 'ba co di el fa gen hi in ka lo mo ne or pa qua re so ti ur ve wo xy za'.split(' ');
  const rare = (): string => Array.from({ length: 4 }, () => pick(syllables)).join('');
  return Array.from({ length: PAPERS }, () => ({
    title: `${pick(seeds).title} ${rare()}`,
    text: `${Array.from({ length: 8 }, () => pick(sentences)).join(' ')} ${rare()} ${rare()} ${rare()} ${rare()}`,
    authors: null,
  }));
}

/** Milliseconds of every keystroke of every query, each typed from its first letter. */
function typeAll(search: WordSearch, timesMs: number[] = []): number[] {
  for (const query of QUERIES) {
    for (let length = 1; length <= query.length; length++) {
      const from = performance.now();
      search.search(query.slice(0, length), { limit: 1000 });
      timesMs.push(performance.now() - from);
    }
  }
  return timesMs;
}

function report(name: string, search: WordSearch): void {
  typeAll(search);
  const timesMs = typeAll(search).sort((a, b) => a - b);
  const at = (share: number): string => timesMs[Math.floor(share * (timesMs.length - 1))].toFixed(1);
  console.log(`${name}: ${timesMs.length} keystrokes, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(1)} ms`);
}

function heapMb(): number {
  (globalThis as { gc?: () => void }).gc?.(); // Exists only when Node runs with --expose-gc.
  return (process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers) / 2 ** 20;
}

const papers = synthesise();
const search = makeWordSearch();
const emptyMb = heapMb();
let from = performance.now();
search.add(papers);
console.log(`texts: ${(performance.now() - from).toFixed(0)} ms, ${(heapMb() - emptyMb).toFixed(0)} MB`);
report('scan', search);
const storedMb = heapMb();
from = performance.now();
search.build();
console.log(`index: ${(performance.now() - from).toFixed(0)} ms, ${(heapMb() - storedMb).toFixed(0)} MB`);
report('index', search);

const scanned = makeWordSearch();
scanned.add(papers);

describe(`${PAPERS} papers, ${QUERIES.length} queries typed letter by letter`, () => {
  bench('plain scan', () => void typeAll(scanned), { iterations: 3, warmupIterations: 1, time: 0 });
  bench('index', () => void typeAll(search), { iterations: 3, warmupIterations: 1, time: 0 });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import keywordQueries from './fixtures/keyword-queries.json';
import { readSeedPapers, type SeedPaper } from './fixtures/seed-papers.ts';
import { makeWordSearch, type WordSearch } from './word-search.ts';
import { numberVariants } from './words.ts';

let seeds: SeedPaper[];
let indexed: WordSearch;
let scanned: WordSearch;

beforeAll(() => {
  seeds = readSeedPapers();
  indexed = makeWordSearch();
  indexed.add(seeds);
  indexed.build();
  scanned = makeWordSearch();
  scanned.add(seeds);
});

function titles(query: string, search = indexed): string[] {
  return Array.from(search.search(query).indices, (i) => seeds[i].title);
}

function withWord(pattern: RegExp): string[] {
  return seeds.filter((paper) => pattern.test(`${paper.title}\n${paper.text}`)).map((paper) => paper.title);
}

describe('search by words over the seed papers', () => {
  it('reads 468 papers', () => expect(seeds.length).toBe(468));

  it('finds papers that say CNN, and hardly any other', () => {
    const found = titles('CNN');
    const right = new Set(withWord(/\bCNNs?\b/));
    const precision = found.filter((title) => right.has(title)).length / found.length;
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(found).toEqual(expect.arrayContaining([...right]));
  });

  it.each([
    ['visualizaton', /visualization/i],
    ['visualziation', /visualization/i],
    ['visualizato', /visualization/i],
    ['t-sne', /t-?sne/i],
    ['tsne', /t-?sne/i],
    ['"t-SNE visualizations"', /t-?sne visualizations/i],
    ['pokemon', /Pokémon/],
    ['Pokémon', /Pokémon/],
    ['holder', /Hölder/],
    ['naive', /na[iï]ve/i],
    ['achieving', /achieving/i],
    ['retrieval', /retrieval/i],
  ])('finds for %s all papers with %s', (query, pattern) => {
    const right = withWord(pattern);
    expect(right.length).toBeGreaterThan(0);
    expect(titles(query)).toEqual(expect.arrayContaining(right));
  });

  it('answers the keyword queries with MRR of at least 0.98 and recall@10 of at least 0.93', () => {
    let reciprocal = 0;
    let recall = 0;
    for (const { query, expected } of keywordQueries) {
      const found = titles(query);
      const first = found.findIndex((title) => expected.includes(title));
      if (first >= 0) reciprocal += 1 / (first + 1);
      recall += expected.filter((title) => found.slice(0, 10).includes(title)).length / expected.length;
    }
    expect(reciprocal / keywordQueries.length).toBeGreaterThanOrEqual(0.98);
    expect(recall / keywordQueries.length).toBeGreaterThanOrEqual(0.93);
  });

  it('finds a paper first by its whole title, typed or quoted', () => {
    for (const { title } of seeds.filter((_, i) => i % 4 === 0)) {
      expect(titles(title)[0]).toBe(title);
      expect(titles(`"${title.replaceAll('"', ' ')}"`)[0]).toBe(title);
    }
  });

  it('knows both numbers of a word wherever it stands in the query', () => {
    expect(titles('embedding spaces ')).toEqual(expect.arrayContaining(titles('"embedding space"')));
    expect(numberVariants('cnns')).toEqual(['cnn']);
    expect(numberVariants('news')).toEqual([]);
  });

  it('finds by a plain scan the papers that the index finds', () => {
    const words = seeds.flatMap((paper) => paper.text.split(/\s+/)).filter((word) => word.length > 0);
    const query = fc.array(
      fc.tuple(
        fc.constantFrom('', '-', 'title:', '"'),
        fc.constantFrom(...words),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom(' ', '" ', ''),
      ),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(query, (parts) => {
        const text = parts.map(([before, word, length, after]) => before + word.slice(0, length) + after).join('');
        const byIndex = indexed.search(text);
        const corrected = byIndex.terms.length !== scanned.search(text).terms.length;
        fc.pre(!corrected);
        expect(titles(text, scanned).sort()).toEqual(titles(text).sort());
      }),
      { numRuns: 300 },
    );
  });

  it('takes any string, and keeps its promises about the result', () => {
    const hostile = [
      'C++ ( [ \\ *',
      '"',
      '""',
      '-',
      '--',
      ':',
      'title:',
      '-"',
      '\0',
      '\ud800',
      '(?:',
      '$&',
      '__proto__',
    ];
    const any = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string(), fc.constantFrom(...hostile));
    fc.assert(
      fc.property(any, fc.boolean(), (query, byIndex) => {
        const hits = (byIndex ? indexed : scanned).search(query, { limit: 20 });
        expect(hits.indices.length).toBe(Math.min(20, hits.total));
        expect(hits.scores.length).toBe(hits.indices.length);
        expect(hits.scores.every((score, i) => i === 0 || hits.relaxed || score <= hits.scores[i - 1])).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('search by words', () => {
  const texts = [
    '基于图神经网络的自然语言处理方法研究',
    '本論文では、文の埋め込みを可視化する手法を提案する。',
    '우리는 문장임베딩을 시각화하는 방법을 제안한다',
    'A C++ and C# library, F1 of 0.9, for node2vec (GPT-4)',
    'Plain C code; over-head of fine-tuning and fine tuning',
    'ﾊﾝｶｸ カタカナ ＣＮＮ',
  ];
  const search = makeWordSearch();
  search.add(texts.map((text) => ({ title: '', text, authors: 'A. Müller, 李明' })));
  const found = (query: string): number[] => [...search.search(query).indices].sort();

  describe.each(['scan', 'index'])('by %s', (way) => {
    beforeAll(() => {
      if (way === 'index') search.build();
    });

    it.each([
      ['自然语言', [0]],
      ['神经网络', [0]],
      ['言处', [0]],
      ['语言神经', [0]],
      ['法', [0, 1]],
      ['埋め込み', [1]],
      ['可視化', [1]],
      ['可視', [1]],
      ['임베딩', [2]],
      ['시각화', [2]],
      ['임베딩'.normalize('NFD'), [2]],
      ['ハンカク', [5]],
      ['cnn', [5]],
      ['C++', [3]],
      ['c#', [3]],
      ['c', [3, 4]],
      ['++', [3]],
      ['(gpt', [3]],
      ['gpt4', [3]],
      ['gpt-4', [3]],
      ['f1', [3]],
      ['f', []],
      ['node2', [3]],
      ['overhead', [4]],
      ['finetuning', [4]],
      ['fine-tuning', [4]],
      ['"of fine tuning"', [4]],
      ['"finetuning and"', [4]],
      ['"tuning fine"', []],
      ['"fine tun', [4]],
      ['code -c', []],
      ['c -code', [3]],
      ['-c', [0, 1, 2, 5]],
      ['authors:muller library', [3]],
      ['text:muller', []],
      ['author:李明 cnn', [5]],
      ['', []],
      ['   ', []],
    ])('finds for %j the texts %j', (query, expected) => expect(found(query)).toEqual(expected));
  });

  it('falls back to a part of the words, most informative first, and says so', () => {
    const hits = search.search('node2vec c zzzz ');
    expect(hits.relaxed).toBe(true);
    expect([...hits.indices]).toEqual([3, 4]);
    expect(search.search('zzzz qqqq').relaxed).toBe(false);
  });

  it('forgives no typo in abbreviations, short words, words with digits, or words that occur', () => {
    for (const query of ['RNN', 'CNM', 'node3vec ', 'LIBRERY', 'cide'])
      expect([query, found(query)]).toEqual([query, []]);
    expect(found('librery')).toEqual([3]);
    const near = makeWordSearch();
    near.add(['Holder', 'folders', 'older'].map((title) => ({ title, text: '', authors: null })));
    near.build();
    expect([...near.search('holder').indices]).toEqual([0]);
    expect([...near.search('bolder').indices]).toEqual([0, 2]);
  });

  it('finds papers that arrive later at once', () => {
    const late = makeWordSearch();
    late.add([{ title: 'one', text: '', authors: null }]);
    late.build();
    late.add([{ title: 'two', text: '', authors: null }]);
    expect(late.search('two')).toMatchObject({ indices: Int32Array.of(1), indexed: false, searched: 2 });
    late.build();
    expect(late.search('two')).toMatchObject({ indices: Int32Array.of(1), indexed: true });
  });

  it('builds in as many slices as it is given', () => {
    const sliced = makeWordSearch();
    sliced.add(texts.map((text) => ({ title: text, text, authors: null })));
    let slices = 1;
    while (!sliced.build(() => false)) slices++;
    expect(slices).toBe(texts.length + 1);
    expect(sliced.search('library').indexed).toBe(true);
  });
});

describe('a question that no paper holds whole', () => {
  const search = makeWordSearch();
  search.add(
    ['the cat and the dog', 'a map and a chart', 'wind and weather'].map((title) => ({
      title,
      text: '',
      authors: null,
    })),
  );
  search.build();

  it('matches none by a word that most papers have, in whatever language, and marks it in none', () => {
    const { indices, relaxed, terms } = search.search('cat and zebra ');
    expect([...indices]).toEqual([0]);
    expect(relaxed).toBe(true);
    expect(terms.map((term) => 'text' in term && term.text)).not.toContain('and');
  });

  it('matches by such words where there is nothing else', () => {
    expect(search.search('and zebra ').total).toBe(3);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSeedPapers } from './fixtures/seed-papers.ts';
import { foldText, foldWithOffsets } from './fold.ts';
import { highlightRanges, snippet, type TextRange } from './highlight.ts';
import { makeWordSearch } from './word-search.ts';

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The parts of `raw` that are marked for `query`, searched in that text alone. */
function marked(raw: string, query: string, cleaned = raw): string[] {
  const search = makeWordSearch();
  search.add([{ title: '', text: cleaned, authors: null }]);
  search.build();
  return highlightRanges(raw, search.search(query).terms, 'text').map(([start, end]) => raw.slice(start, end));
}

function expectSound(text: string, ranges: readonly TextRange[]): void {
  const borders = new Set([text.length, ...Array.from(GRAPHEMES.segment(text), ({ index }) => index)]);
  let last = -1;
  for (const [start, end] of ranges) {
    expect(start).toBeGreaterThan(last);
    expect(end).toBeGreaterThan(start);
    expect([borders.has(start), borders.has(end)]).toEqual([true, true]);
    last = end;
  }
}

describe('highlightRanges', () => {
  it.each([
    ["a Pok{\\'e}mon dataset", 'pokemon', "Pok{\\'e}mon", 'a Pokémon dataset'],
    ['na\\"{\\i}ve ensembles', 'naive', 'na\\"{\\i}ve', 'naïve ensembles'],
    ['the H\\"older sense', 'holder', 'H\\"older', 'the Hölder sense'],
    ["{caf\\'e} here", 'cafe', "caf\\'e", 'café here'],
    ['Gar\\c{c}on', 'garcon', 'Gar\\c{c}on', 'Garçon'],
    ['K\\o benhavn', 'kobenhavn', 'K\\o benhavn', 'København'],
  ])('marks %j for %s', (raw, query, expected, cleaned) => {
    expect(marked(raw, query, cleaned)).toEqual([expected]);
  });

  it.each([
    ['We use t-SNE and TSNE.', 'tsne', ['t-SNE', 'TSNE']],
    ['We use t-SNE and TSNE.', 't-sne', ['t-SNE', 'TSNE']],
    ['CNNs, a CNN, an R-CNN, RNN', 'CNN', ['CNNs', 'CNN', 'CNN']],
    ['Embedding space, embedding spaces; space', '"embedding space', ['Embedding space', 'embedding spaces']],
    ['visualization of models', 'visualizaton model', ['visualization', 'models']],
    ['全国の文の埋め込みを', '埋め込み', ['埋め込み']],
    ['ﾊﾟﾝのﾊﾟﾝ', 'パン', ['ﾊﾟﾝ', 'ﾊﾟﾝ']],
    ['ﬁne tuning', 'fine', ['ﬁne']],
    ['a 👩‍👩‍👧 b', '👩', ['👩‍👩‍👧']],
    ['Straße', 'strasse', ['Straße']],
    ['over\u00adhead', 'overhead', ['over\u00adhead']],
    ['x -> y', '->', ['->']],
    ['one two', 'one -two', ['one']],
    ['自然的语言', '自然语言', ['自然', '语言']],
    ['one two', 'title:one two', ['two']],
  ])('marks in %j for %s the words %j', (raw, query, expected) => {
    expect(marked(raw, query)).toEqual(expected);
  });

  it('marks something in every hit among the seed papers', () => {
    const seeds = readSeedPapers();
    const search = makeWordSearch();
    search.add(seeds);
    search.build();
    for (const query of ['pokemon', 'holder', 'naive', 'CNN', 't-sne', 'visualizaton', '"sparse autoencoder']) {
      const hits = search.search(query);
      for (const i of hits.indices) {
        const title = highlightRanges(seeds[i].title, hits.terms, 'title');
        const text = highlightRanges(seeds[i].rawText, hits.terms, 'text');
        expect([query, seeds[i].title, title.length + text.length > 0]).toEqual([query, seeds[i].title, true]);
      }
    }
  });

  it('gives sound ranges for any text and query', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        't-SNE',
        "{\\'e}",
        '\\"',
        '{',
        'ﬁ',
        'ﾊﾟ',
        '각',
        '각'.normalize('NFD'),
        'ㅎㅏ',
        '👩‍👧',
        ' ',
        'İ',
        '\r\n',
      ),
    );
    const text = fc.array(unit, { maxLength: 8 }).map((parts) => parts.join(''));
    const cut = fc.tuple(text, fc.nat(20), fc.nat(20), fc.boolean());
    fc.assert(
      fc.property(cut, fc.integer({ min: 0, max: 40 }), ([raw, from, length, quoted], maxLength) => {
        const query = (quoted ? '"' : '') + raw.slice(from, from + length);
        const search = makeWordSearch();
        search.add([{ title: '', text: raw, authors: null }]);
        const ranges = highlightRanges(raw, search.search(query).terms);
        expectSound(raw, ranges);
        const short = snippet(raw, ranges, maxLength);
        expect(short.text.length).toBeLessThanOrEqual(maxLength);
        expect(raw).toContain(short.text);
        for (const [start, end] of short.ranges)
          expect([start >= 0, start < end, end <= short.text.length]).toEqual([true, true, true]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('foldWithOffsets', () => {
  it('folds as foldText does where there is no LaTeX, and never goes back', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string());
    fc.assert(
      fc.property(text, (raw) => {
        fc.pre(!raw.includes('\\'));
        const { text: folded, starts } = foldWithOffsets(raw);
        expect(folded).toBe(foldText(raw));
        expect(starts.length).toBe(folded.length + 1);
        expect(starts.every((start, i) => i === 0 || start >= starts[i - 1])).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('snippet', () => {
  const long =
    'One sentence of words. Another one follows here. The match stands about there, with more behind it to read.';

  it('shows a short text whole', () => {
    expect(snippet('short', [[0, 5]], 10)).toEqual({
      text: 'short',
      ranges: [[0, 5]],
      leading: false,
      trailing: false,
    });
  });

  it('cuts between words around the most matches', () => {
    const at = long.indexOf('match');
    const { text, ranges, leading, trailing } = snippet(
      long,
      [
        [4, 12],
        [at, at + 5],
        [at + 6, at + 12],
      ],
      40,
    );
    expect(text).toBe('The match stands about there, with more');
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(['match', 'stands']);
    expect([leading, trailing]).toEqual([true, true]);
  });

  it('shows the beginning when nothing matches', () => {
    expect(snippet(long, [], 20)).toEqual({ text: 'One sentence of', ranges: [], leading: false, trailing: true });
  });
});

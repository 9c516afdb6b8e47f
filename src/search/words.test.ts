import SearchableMap from 'minisearch/SearchableMap';
import { describe, expect, it } from 'vitest';
import { foldText } from './fold.ts';
import { meaningText, parseQuery, requiresWords } from './query.ts';
import { corrections } from './term-match.ts';
import { forEachWord, numberVariants, WHOLE_WORD } from './words.ts';

function wordsOf(text: string): string[] {
  const words: string[] = [];
  forEachWord(foldText(text), (word) => words.push(word.replace(WHOLE_WORD, '·')));
  return words;
}

describe('forEachWord', () => {
  it.each([
    ['Hölder, Pokémon & naïve', ['holder', 'pokemon', 'naive']],
    ['t-SNE', ['t', 'sne', 'tsne']],
    ['CSR:Achieving', ['csr', 'achieving']],
    ['rate(CTR) and4.97%and', ['rate', 'ctr', 'and4', '97', 'and']],
    ['C++, C# F1 node2vec', ['c++', 'c', 'c#', 'c', 'f1', 'node2vec']],
    ['and/or', ['and', 'or', 'andor']],
    ['a-b-c', ['a', 'b', 'c', 'abc', 'ab', 'bc']],
    ['ＣＮＮ Łódź Straße ΣΊΣΥΦΟΣ', ['cnn', 'lodz', 'strasse', 'σισυφοσ']],
    ['йод', ['йод']],
    ['GPU加速器', ['gpu', '加速', '速器', '器', '加速器·']],
    ['ﾊﾟﾝ', ['パン', 'ン', 'パン·']],
    ['', []],
    ['-- … ™ 👩‍👧', []],
  ])('finds in %j the words %j', (text, expected) => {
    // The segmenter's words may change with its version, so those of 加速器 are not compared.
    const plain = (words: string[]): string[] => words.filter((word) => !word.endsWith('·'));
    expect(plain(wordsOf(text))).toEqual(plain(expected));
  });

  it('says where each word stands', () => {
    const text = foldText('Über t-SNE 可視化');
    forEachWord(text, (word, start, end) => {
      expect(text.slice(start, end).replace('-', '')).toBe(word.replace(WHOLE_WORD, ''));
    });
  });

  it('takes a megabyte without a blank', () => {
    expect(wordsOf('x'.repeat(1e6))).toEqual(['x'.repeat(64)]);
    expect(wordsOf('a-'.repeat(1e5)).length).toBe(1e5);
  });
});

describe('parseQuery', () => {
  it('tells words, phrases, fields and exclusions apart', () => {
    expect(parseQuery('Some -word title:"a phrase" author:name')).toMatchObject([
      { kind: 'word', word: 'some', field: null, excluded: false, prefix: false },
      { kind: 'word', word: 'word', excluded: true, prefix: false },
      { kind: 'phrase', words: [{ text: 'a' }, { text: 'phrase' }], field: 'title', prefix: false },
      { kind: 'word', word: 'name', field: 'authors', prefix: true },
    ]);
  });

  it('takes the last word as unfinished until a blank or a quote follows', () => {
    const open = (query: string) => parseQuery(query).map((atom) => atom.kind !== 'literal' && atom.prefix);
    expect(open('map of')).toEqual([false, true]);
    expect(open('map of ')).toEqual([false, false]);
    expect(open('m')).toEqual([false]);
    expect(open('"map of')).toEqual([true]);
    expect(open('"map of"')).toEqual([false]);
    expect(open('t-sn')).toEqual([true]);
  });

  it('searches signs alone as they stand', () => {
    expect(parseQuery('( [ \\ *')).toEqual([
      { kind: 'literal', text: '( [ \\ *', parts: [], field: null, excluded: false },
    ]);
    expect(parseQuery('C++ ( [ \\ *')).toMatchObject([{ kind: 'word', word: 'c++' }]);
    expect(parseQuery('""')).toMatchObject([{ kind: 'literal', text: '""' }]);
    expect(parseQuery(' \t')).toEqual([]);
  });

  it('bounds the cost of a pasted text', () => {
    expect(parseQuery(Array.from({ length: 5000 }, (_, i) => `w${i}`).join(' ')).length).toBeLessThanOrEqual(32);
  });
});

describe('meaningText', () => {
  it.each([
    ['how soon will citizens die', 'how soon will citizens die'],
    ['"sparse codes" title:maps -image -"of cats"', 'sparse codes maps'],
    ['Pokémon  t-SNE', 'Pokémon t-SNE'],
    ['-only -excluded', ''],
    ['( [ \\\\ *', ''],
    ['', ''],
  ])('of %j is %j', (query, expected) => expect(meaningText(query)).toBe(expected));
});

describe('requiresWords', () => {
  it.each([
    ['a phrase', false],
    ['"a phrase"', true],
    ['“a phrase', true],
    ['title:map', true],
    ['map -title:image -"of cats"', false],
    ['""', false],
  ])('in %j: %s', (query, expected) => expect(requiresWords(query)).toBe(expected));
});

describe('numberVariants', () => {
  it.each([
    ['model', ['models']],
    ['models', ['model']],
    ['study', ['studies']],
    ['studies', ['study']],
    ['class', ['classes']],
    ['corpus', []],
    ['analysis', []],
    ['naïve', []],
    ['f1', []],
  ])('of %s', (word, expected) => {
    const forms = numberVariants(word);
    if (expected.length > 0) expect(forms).toEqual(expected);
    else expect(forms.every((form) => form.length > word.length)).toBe(true);
  });
});

describe('corrections', () => {
  it.each([
    ['visualization', 'visualizaton', false, true],
    ['visualization', 'visualziation', false, true],
    ['visualization', 'visualizzation', false, true],
    ['visualization', 'vizualization', false, true],
    ['visualization', 'visualizato', false, false],
    ['visualization', 'visualizato', true, true],
    ['visualization', 'vizualizat', true, true],
    ['visualization', 'visualziat', true, true],
    ['visualization', 'visulizat', true, true],
    ['visualization', 'visuaalizat', true, true],
    ['visualization', 'vizualiszat', true, false],
    ['cnns', 'cmns', false, true],
    ['cnn', 'rnns', false, false],
  ])('%s for %s (prefix %s): %s', (term, word, prefix, expected) => {
    const atom = { kind: 'word', word, prefix, fuzzy: true, field: null, excluded: false } as const;
    const terms = new SearchableMap<number>();
    terms.set(term, 0);
    expect(corrections(terms, atom)).toEqual(expected ? [term] : []);
  });
});

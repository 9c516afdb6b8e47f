import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './fold.ts';
import { searchableText } from './match-text.ts';
import { type SharedWord, sharedWords } from './shared-words.ts';
import { makeWordSearch } from './word-search.ts';

const text = (raw: string): string => searchableText(foldText(raw));
const rare = { papers: 100, papersWith: () => 2 };
const words = (found: readonly SharedWord[]): string[] => found.map((word) => word.text);

describe('the words that two papers share', () => {
  it('weigh by how rare they are and how often they come', () => {
    const counts = { papers: 100, papersWith: (word: string) => (word === 'maps' ? 40 : word === 'wizmap' ? 1 : 10) };
    const found = sharedWords(text('Maps by WizMap, graphs'), text('WizMap maps; graphs'), counts, 9);
    expect(words(found)).toEqual(['wizmap', 'graphs', 'maps']);
    const often = sharedWords(text('alpha beta beta'), text('beta alpha'), rare, 9);
    expect(words(often)).toEqual(['beta', 'alpha']);
  });

  it('leave out what stands in most papers, and single letters', () => {
    const counts = { papers: 10, papersWith: (word: string) => (word === 'the' ? 9 : 1) };
    expect(words(sharedWords(text('the p map'), text('The map p'), counts, 9))).toEqual(['map']);
    expect(sharedWords(text('one'), text('two'), rare, 9)).toEqual([]);
    expect(sharedWords('', '', rare, 9)).toEqual([]);
  });

  it('are one word in both numbers, and one compound in any spelling', () => {
    expect(words(sharedWords(text('Embeddings'), text('an embedding'), rare, 9))).toEqual(['embeddings']);
    expect(words(sharedWords(text('t-SNE'), text('tSNE'), rare, 9))).toEqual(['t-sne']);
    const parts = words(sharedWords(text('graph-based maps'), text('Graph-based'), rare, 9));
    expect(parts).toHaveLength(2);
  });

  it('share out all their weight, whichever paper comes first', () => {
    const word = fc.constantFrom('map', 'graph', 'vector', 'topic', 'layout', 'query');
    const anyText = fc.array(word, { maxLength: 12 }).map((list) => text(list.join(' ')));
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const found = sharedWords(a, b, rare, 99);
        const back = sharedWords(b, a, rare, 99);
        expect(words(found).sort()).toEqual(words(back).sort());
        if (found.length > 0) expect(found.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
        expect(found.every(({ share }, i) => share <= (found[i - 1]?.share ?? 1))).toBe(true);
      }),
    );
  });

  it('are counted in the index, which has to be there', () => {
    const search = makeWordSearch();
    const paper = (title: string, abstract: string) => ({ title, text: abstract, authors: null });
    search.add([
      paper('Sea charts', 'A portolan shows harbours'),
      paper('Portolan', 'harbours and winds'),
      paper('Winds', 'They blow'),
      paper('Other', 'nothing'),
    ]);
    expect(search.sharedWords(0, 1, 9)).toBeNull();
    search.build();
    expect(words(search.sharedWords(0, 1, 9) ?? [])).toEqual(['portolan', 'harbours']);
    expect(search.sharedWords(0, 99, 9)).toEqual([]);
  });
});

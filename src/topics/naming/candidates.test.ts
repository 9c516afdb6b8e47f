import { describe, expect, it } from 'vitest';
import { isPlainWord, leastBacking } from './candidates.ts';
import { findChoices } from './choices.ts';
import { treeOf } from './fixtures/trees.ts';
import { extractPhrases } from './phrases.ts';

/** The doubtful phrases of a topic of ten papers among thirty others; missing titles and texts are empty. */
function doubtful(titles: readonly string[], texts: readonly string[], others: readonly string[] = []): Set<string> {
  const fill = (list: readonly string[], n: number) => Array.from({ length: n }, (_, i) => list[i] ?? '');
  const papers = { titles: fill(titles, 40), texts: [...fill(texts, 10), ...fill(others, 30)] };
  const tree = treeOf([papers.texts.map((_, i) => (i < 10 ? 0 : 1))]);
  const own = findChoices(extractPhrases(papers), tree)[tree.paths[0]];
  expect(own.length).toBeGreaterThan(0);
  return new Set(own.filter((choice) => choice.doubtful).map(({ text }) => text));
}

const repeat = (text: string, times: number) => Array.from({ length: times }, () => text);
/** Papers that make a corpus one with titles. */
const TITLED = repeat('heron', 2);

describe('a phrase of a name', () => {
  it('is in doubt when it is a plain word in no title, unless half of the papers hold it', () => {
    expect(doubtful(TITLED, repeat('an otter', 4))).toContain('otter');
    expect(doubtful(TITLED, repeat('an otter', 5))).not.toContain('otter');
    expect(doubtful(TITLED, repeat('the Otter', 4))).not.toContain('Otter');
    expect(doubtful(TITLED, repeat('an otter lake', 4))).not.toContain('otter lake');
  });

  it('is a plain word of two titles, or of one and three papers', () => {
    expect(doubtful(repeat('the otter', 2), [])).not.toContain('otter');
    expect(doubtful(['the otter'], ['', 'an otter', 'an otter'])).not.toContain('otter');
    expect(doubtful(['the otter'], ['', 'an otter'])).toContain('otter');
  });

  it('is in doubt when other papers say it nearly as often, unless titles have it', () => {
    const texts = repeat('otter lake', 4);
    expect(doubtful(TITLED, texts, repeat('otter lake', 3))).toContain('otter lake');
    expect(doubtful(repeat('otter lake', 2), texts, repeat('otter lake', 3))).not.toContain('otter lake');
  });

  it('needs three papers, where titles and what is said again count too, and a twelfth of a large topic', () => {
    const texts = ['otter lake', 'otter lake'];
    const many = (titles: readonly string[], bodies: readonly string[]) => {
      const papers = {
        titles: Array.from({ length: 60 }, (_, i) => titles[i] ?? ''),
        texts: Array.from({ length: 60 }, (_, i) => bodies[i] ?? ''),
      };
      const tree = treeOf([papers.texts.map((_, i) => (i < 30 ? 0 : 1))]);
      return findChoices(extractPhrases(papers), tree)[tree.paths[0]].find(({ text }) => text === 'otter lake')
        ?.doubtful;
    };
    expect(many(TITLED, repeat('otter lake', 2))).toBe(true);
    expect(many(TITLED, repeat('otter lake', 3))).toBe(false);
    expect(many(repeat('otter lake', 2), [])).toBe(true);
    expect(doubtful(TITLED, texts)).toContain('otter lake');
    expect(doubtful(['', 'otter lake'], texts)).not.toContain('otter lake');
    expect(doubtful(TITLED, repeat('an otter lake, the otter lake', 2))).not.toContain('otter lake');
  });

  it('is in doubt as a plain word that has nearly always a noun behind it', () => {
    const texts = ['sparse otter', 'sparse heron', 'sparse badger', 'sparse maple', 'sparse quartz', 'sparse cedar'];
    expect(doubtful(['sparse walnut', 'sparse violin'], texts)).toContain('sparse');
  });
});

describe('a plain word', () => {
  it.each(['look', 'über', 'pre-training'])('is %s', (text) => {
    expect(isPlainWord(text)).toBe(true);
  });

  it.each(['BERT', 'Datenbank', 'look up', '知识', 'नदी'])('is not %s', (text) => {
    expect(isPlainWord(text)).toBe(false);
  });
});

describe('the papers that should back a name', () => {
  it('are three in ten of a small topic, five of a large one, and one at least', () => {
    expect([0, 1, 3, 4, 7, 10, 14, 100].map(leastBacking)).toEqual([1, 1, 1, 2, 3, 3, 5, 5]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Corpus, Paper } from '../model/paper.ts';
import { joinCorpora } from './join-corpora.ts';

const paper = (id: string, title: string, rest: Partial<Paper> = {}): Paper => ({
  ...{ id, title, text: `About ${title}`, authors: null, date: null, url: null },
  sources: [{ file: 'f', line: 1 }],
  ...rest,
});

describe('papers that join others', () => {
  it('are merged into those of the same title, which keep title, text and what they have', () => {
    const old: Corpus = {
      papers: [paper('a', 'On Maps', { date: '2020' }), paper('b', '', { text: 'No title here' })],
      columns: [{ name: 'cites', values: [3, null] }],
    };
    const found: Corpus = {
      papers: [
        paper('x', 'on maps!', { text: 'a much longer text than before', date: '2021', authors: 'A' }),
        paper('a', 'Another'),
        paper('y', '', { text: 'No title here ' }),
      ],
      columns: [
        { name: 'cites', values: [9, 5, 7] },
        { name: 'venue', values: ['V', 'W', null] },
      ],
    };
    const { corpus, added } = joinCorpora(old, found);
    expect(Array.from(added)).toEqual([1]);
    expect(corpus.papers.map(({ title }) => title)).toEqual(['On Maps', '', 'Another']);
    expect(corpus.papers[0]).toMatchObject({ id: 'a', text: 'About On Maps', date: '2020', authors: 'A' });
    expect(corpus.papers[0].sources).toHaveLength(2);
    // Its own id is taken.
    expect(corpus.papers[2].id).toMatch(/^[0-9a-f]{12}$/u);
    expect(corpus.columns).toEqual([
      { name: 'cites', values: [3, 7, 5] },
      { name: 'venue', values: ['V', null, 'W'] },
    ]);
  });

  it('are each there once, with ids of their own, behind the others, which keep theirs', () => {
    const some = fc.array(
      fc.record({ id: fc.constantFrom('1', '2', '3', '4'), title: fc.constantFrom('a', 'b', 'c', 'd', '', 'É', 'e!') }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(some, some, (one, two) => {
        const corpusOf = (all: typeof one, prefix: string): Corpus => {
          const titles = new Set<string>();
          const papers = all
            .filter(({ title }) => !titles.has(title) && titles.add(title))
            .map(({ title }, i) =>
              paper(`${prefix}${i % 3 === 0 ? '' : prefix}${i}`, title, { text: `about ${title}` }),
            );
          return { papers, columns: [{ name: 'c', values: papers.map((_, i) => i) }] };
        };
        const [old, found] = [corpusOf(one, 'p'), corpusOf(two, 'p')];
        const { corpus, added } = joinCorpora(old, found);
        const { papers, columns } = corpus;
        expect(papers.slice(0, old.papers.length).map(({ id }) => id)).toEqual(old.papers.map(({ id }) => id));
        expect(papers).toHaveLength(old.papers.length + added.length);
        expect(new Set(papers.map(({ id }) => id)).size).toBe(papers.length);
        const sources = papers.reduce((sum, each) => sum + each.sources.length, 0);
        expect(sources).toBe(old.papers.length + found.papers.length);
        for (const { values } of columns) expect(values).toHaveLength(papers.length);
        // Joining again changes only the sources.
        expect(joinCorpora(corpus, found).added).toHaveLength(0);
      }),
    );
  });
});

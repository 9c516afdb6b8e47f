import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Corpus, Paper } from '../model/paper.ts';
import { joinCorpora } from './join-corpora.ts';

const TEXT = 'We tell how maps are folded by sailors, by soldiers and by those who walk alone in the hills.';

const ELSEWHERE = { sources: [{ file: 'g', line: 7 }] };

const paper = (id: string, title: string, rest: Partial<Paper> = {}): Paper => ({
  ...{ id, title, text: `About ${title}`, authors: null, date: null, url: null },
  sources: [{ file: 'f', line: 1 }],
  ...rest,
});

describe('papers that join others', () => {
  it('are merged into those of the same title, which keep title, text and what they have', () => {
    const old: Corpus = {
      papers: [paper('a', 'On Maps', { text: TEXT, date: '2020' }), paper('b', '', { text: 'No title here' })],
      columns: [{ name: 'cites', values: [3, null] }],
    };
    const found: Corpus = {
      papers: [
        paper('x', 'on maps!', { text: `${TEXT} Beside.`, date: '2021', authors: 'A', ...ELSEWHERE }),
        paper('a', 'Another'),
        paper('b', '', { text: 'No title here ' }),
      ],
      columns: [
        { name: 'cites', values: [9, 5, 7] },
        { name: 'venue', values: ['V', 'W', null], isList: true },
      ],
    };
    const { corpus, added } = joinCorpora(old, found);
    expect(Array.from(added)).toEqual([1]);
    expect(corpus.papers.map(({ title }) => title)).toEqual(['On Maps', '', 'Another']);
    expect(corpus.papers[0]).toMatchObject({ id: 'a', text: TEXT, date: '2020', authors: 'A' });
    expect(corpus.papers[0].sources).toHaveLength(2);
    // Its own id is taken.
    expect(corpus.papers[2].id).toMatch(/^[0-9a-f]{12}$/u);
    expect(corpus.columns).toEqual([
      { name: 'cites', values: [3, 7, 5] },
      { name: 'venue', values: ['V', null, 'W'], isList: true },
      { name: 'source id', values: [null, null, 'a'] },
    ]);
  });

  it('stay apart from those of the same title that are others, and from equal texts with another id', () => {
    const old: Corpus = {
      papers: [
        paper('a', 'Unknown', { text: TEXT }),
        paper('T1', '', { text: 'Works well' }),
        paper('c', 'On Maps', { url: 'https://doi.org/10.5555/1' }),
      ],
      columns: [{ name: 'doi', values: [null, null, null] }],
    };
    const found: Corpus = {
      papers: [
        paper('b', 'Unknown', {
          text: 'Quite another text, of oil lamps, of their makers, and of the price of glass.',
        }),
        paper('T2', '', { text: 'Works well' }),
        paper('d', 'Kilns of the north', { text: TEXT, ...ELSEWHERE }),
      ],
      columns: [{ name: 'doi', values: [null, null, '10.5555/1'] }],
    };
    expect(Array.from(joinCorpora(old, found).added)).toEqual([0, 1, 2]);
    const same = { ...found.papers[2], title: 'On maps, a study' };
    expect(Array.from(joinCorpora(old, { ...found, papers: [...found.papers.slice(0, 2), same] }).added)).toEqual([
      0, 1,
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

import { describe, expect, it } from 'vitest';
import type { Column, Corpus, Paper } from '../model/paper.ts';
import { citationOf, isReference, quoteOf } from './citation.ts';

const PAPER: Paper = {
  ...{ id: 'lund21', title: 'On herons', text: 'They wade at dusk.', authors: 'Ana B. Lund, Jan van der Berg' },
  ...{ date: '2021-03', url: 'https://doi.org/10.1000/heron.7', sources: [{ file: 'birds.ris', line: 12 }] },
};
const corpus = (paper: Partial<Paper>, cells: Record<string, string | number> = {}): Corpus => ({
  papers: [{ ...PAPER, ...paper }],
  columns: Object.entries(cells).map(([name, value]): Column => ({ name, values: [value] })),
});

describe('a citation', () => {
  it('of an article is APA’s', () => {
    const cells = { Journal: 'Wading Birds', volume: 12, Issue: 3, pages: '45--67' };
    expect(citationOf(corpus({}, cells), 0, 'apa')).toBe(
      'Lund, A. B., & van der Berg, J. (2021). On herons. Wading Birds, 12(3), 45–67. https://doi.org/10.1000/heron.7',
    );
  });

  it('of a talk, and of what has neither date nor place', () => {
    expect(citationOf(corpus({ url: null }, { booktitle: 'Proc. Birds', pages: '1-9' }), 0, 'apa')).toBe(
      'Lund, A. B., & van der Berg, J. (2021). On herons. In Proc. Birds (pp. 1–9).',
    );
    const bare = { authors: 'Plato', date: null, url: 'https://a.org/x', title: 'What is a heron?' };
    expect(citationOf(corpus(bare), 0, 'apa')).toBe('Plato. (n.d.). What is a heron? https://a.org/x');
  });

  it('takes names as they come, and leaves out those past the 20th but the last', () => {
    expect(citationOf(corpus({ authors: 'Lund AB; Ek, Bo-Carl' }), 0, 'apa')).toMatch(
      /^Lund, A\. B\., & Ek, B\.-C\. \(/u,
    );
    const authors = Array.from({ length: 2900 }, (_, i) => `Lund${i}, Ana`).join('; ');
    const long = citationOf(corpus({ authors }), 0, 'apa');
    expect(long).toContain('Lund18, A., … Lund2899, A. (2021)');
    expect(long).not.toContain('Lund19,');
  });

  it('is BibTeX with the kind that columns tell', () => {
    const entry = citationOf(
      corpus({ authors: 'Lund, Ana; Ek, Bo' }, { journal: 'Wading Birds', volume: 12 }),
      0,
      'bibtex',
    );
    expect(entry).toMatch(/^@article\{lund21,/u);
    expect(entry).toContain('author = {Lund, Ana and Ek, Bo}');
    expect(entry).toContain('journal = {Wading Birds}');
    expect(entry).toContain('doi = {10.1000/heron.7}');
  });

  it('is a quote for what is no reference, with where it was read', () => {
    expect(isReference({ title: '', authors: 'Ana Lund' })).toBe(false);
    const review = { ...PAPER, title: '', authors: null, url: null };
    expect(quoteOf(review)).toBe('“They wade at dusk.” (2021-03; birds.ris, line 12)');
    expect(quoteOf({ ...review, text: 'word '.repeat(500) }).length).toBeLessThan(650);
  });
});

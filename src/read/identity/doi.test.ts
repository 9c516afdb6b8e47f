import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doiOf, isDoiName, parseDoi } from './doi.ts';

describe('a DOI', () => {
  it.each([
    ['10.5555/ABC.1', '10.5555/abc.1'],
    [' doi:10.5555/abc.1 ', '10.5555/abc.1'],
    ['DOI 10.5555/abc.1.', '10.5555/abc.1'],
    ['https://doi.org/10.5555/a(b)1', '10.5555/a(b)1'],
    ['http://dx.doi.org/10.5555%2Fabc', '10.5555/abc'],
    ['doi.org/10.5555/abc', '10.5555/abc'],
    ['10.5/abc', null],
    ['10.5555/a b', null],
    ['https://example.org/10.5555/abc', null],
    ['', null],
  ])('%j is %j', (written, doi) => {
    expect(parseDoi(written)).toBe(doi);
  });

  it('comes from the column of DOIs, else from the address or the id', () => {
    const none = { extra: [], url: null, id: null };
    expect(doiOf({ ...none, extra: [['ids.DOI', '10.5555/1']], url: 'https://doi.org/10.5555/2' })).toBe('10.5555/1');
    expect(doiOf({ ...none, url: 'https://doi.org/10.5555/2', id: '10.5555/3' })).toBe('10.5555/2');
    expect(doiOf({ ...none, url: 'https://example.org/doi/10.5555/2', id: '10.5555/3' })).toBe('10.5555/3');
    expect(doiOf({ ...none, extra: [['related_doi', '10.5555/1']] })).toBe(null);
    expect(['doi', 'DI', 'Article_DOI', 'externalIds.DOI'].map(isDoiName)).toEqual([true, true, true, true]);
    expect(['doi of journal', 'published_doi', 'dog'].map(isDoiName)).toEqual([false, false, false]);
  });

  it('is found in any text or not, and stays itself', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((end) => `10.5555/${end}`),
        ),
        (text) => {
          const doi = parseDoi(text);
          if (doi !== null) expect(parseDoi(doi)).toBe(doi);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

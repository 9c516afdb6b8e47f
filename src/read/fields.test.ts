import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeColumnStore } from './columns.ts';
import { parseText } from './fixtures/collect.ts';
import { assignIds, hashOf, hashText, normalizeTitle } from './identity/paper-ids.ts';
import { complete } from './steps.ts';
import { doiUrl, parseUrl } from './table.ts';

describe('normalised titles', () => {
  it.each([
    ['CSR:Achieving  More!', 'csr achieving more'],
    ['“Café” — 2nd', 'caf 2nd'],
    ['Cafe\u0301 2', 'caf 2'],
    ['深層学習、入門', '深層学習 入門'],
    ['Глубокое обучение: основы', 'глубокое обучение основы'],
    ['हिन्दी पाठ', 'हिन्दी पाठ'],
    ['!!!', ''],
  ])('%j is %j', (title, normal) => {
    expect(normalizeTitle(title)).toBe(normal);
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        expect(normalizeTitle(normalizeTitle(title))).toBe(normalizeTitle(title));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('ids', () => {
  it('keep the source’s own where it is unique, else hash', () => {
    const ids = assignIds(['a', 'b', 'b', null, null], ['k1', 'k2', 'k3', 'k4', 'k4'].map(hashOf));
    expect(ids).toEqual(['a', hashText('k2'), hashText('k3'), hashText('k4'), `${hashText('k4')}-2`]);
    expect(hashText('k4')).toMatch(/^[0-9a-f]{12}$/);
  });

  it('are distinct, and stay when papers are added', () => {
    const source = fc.option(fc.constantFrom('a', 'b', hashText('x'), `${hashText('x')}-2`));
    fc.assert(
      fc.property(fc.array(fc.tuple(source, fc.constantFrom('x', 'y', 'z'))), (pairs) => {
        const sources = pairs.map(([id]) => id);
        const ids = assignIds(
          sources,
          pairs.map(([, key]) => hashOf(key)),
        );
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 300 },
    );
    const keys = Array.from({ length: 200_000 }, (_, i) => `title ${i}`);
    expect(new Set(keys.map(hashText)).size).toBe(keys.length);
    const none = keys.slice(0, 100).map(() => null);
    expect(assignIds([...none, null], [...keys.slice(0, 100), 'new'].map(hashOf)).slice(0, 100)).toEqual(
      assignIds(none, keys.slice(0, 100).map(hashOf)),
    );
  });
});

describe('columns', () => {
  const guess = (headers: string[], row: string[] = headers) =>
    parseText([headers, row].join('\n'), 'a.csv', { headerRow: 1, delimiter: ',' }).tables[0].roles;

  it.each([
    [['ID', 'Paper Title', 'Abstract', 'Authors', 'Published', 'PDF URL'], 'ID', 'Paper Title', 'Abstract'],
    [['doi', 'title', 'summary', 'text'], 'doi', 'title', 'text'],
    [['name', 'description'], null, 'name', 'description'],
    [['paperId', 'TITLE', 'abstractNote'], 'paperId', 'TITLE', 'abstractNote'],
  ])('%j by name', (headers, id, title, text) => {
    expect(guess(headers)).toMatchObject({ id, title, text });
  });

  it('falls back to the longest words', () => {
    const row = ['1234567890123456789012345', 'a word or two', 'https://example.org/a/very/long/address', 'a'];
    expect(guess(['n', 'first', 'second', 'third'], row).text).toBe('first');
    expect(guess(['title', 'venue'], ['A title', 'ICML']).text).toBeNull();
    expect(guess(['title', 'stuff'], ['A title', 'some longer words '.repeat(10)]).text).toBe('stuff');
  });
});

describe('column values', () => {
  it.each([
    [
      ['1', '2.5', null, '-3e2'],
      [1, 2.5, null, -300],
    ],
    [
      ['007', '1'],
      ['007', '1'],
    ],
    [
      ['12345678901234567890', '1'],
      ['12345678901234567890', '1'],
    ],
    [
      ['true', false, 'False'],
      [true, false, false],
    ],
    [
      [1, 'x', true],
      ['1', 'x', 'true'],
    ],
    [[null, null], undefined],
  ])('%j becomes %j', (values, typed) => {
    const store = makeColumnStore();
    for (const [paper, value] of values.entries()) store.put('column', paper, value);
    expect(complete(store.finish(values.length)).columns[0]?.values).toEqual(typed);
  });
});

describe('addresses', () => {
  it('takes http alone, and makes one of a DOI', () => {
    expect(parseUrl('https://a.org/b')).toBe('https://a.org/b');
    expect(parseUrl('www.a.org')).toBe('https://www.a.org');
    expect(parseUrl('javascript:alert(1)')).toBeNull();
    expect(doiUrl('doi:10.1000/x')).toBe('https://doi.org/10.1000/x');
    expect(doiUrl('10 apples')).toBeNull();
  });
});

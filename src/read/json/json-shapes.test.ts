import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectAs, parseText } from '../fixtures/collect.ts';
import { check, type Expected, LONG, lines, OTHER, read } from '../fixtures/json-lab.ts';
import { JSON_FILE } from './json.ts';

const WRAPPED: readonly (readonly [string, unknown, Expected])[] = [
  [
    'Elasticsearch',
    {
      took: 1,
      hits: {
        total: 2,
        hits: [
          { _id: 'a', _score: 1, _source: { title: 'A', body: LONG } },
          { _id: 'b', _source: { title: 'B', body: OTHER } },
        ],
      },
    },
    { count: 2, title: 'A', text: LONG, columns: { _score: 1 } },
  ],
  [
    'a datasets server',
    {
      features: [{ feature_idx: 0, name: 'text', type: { dtype: 'string' } }],
      rows: [
        { row_idx: 0, row: { text: LONG } },
        { row_idx: 1, row: { text: OTHER } },
      ],
    },
    { count: 2, text: LONG },
  ],
  [
    'GraphQL',
    {
      data: {
        repository: {
          name: 'r',
          discussions: {
            totalCount: 2,
            edges: [
              { cursor: 'x', node: { title: 'A', bodyText: LONG, author: { login: 'ada' } } },
              { node: { title: 'B', bodyText: OTHER } },
            ],
          },
        },
      },
    },
    { count: 2, title: 'A', text: LONG, authors: 'ada' },
  ],
  [
    'JSON:API',
    {
      data: [
        { type: 'articles', id: '1', attributes: { title: 'A', body: LONG } },
        { type: 'articles', id: '2', attributes: { title: 'B', body: OTHER } },
      ],
      links: { self: 'x' },
    },
    { count: 2, id: '1', title: 'A', text: LONG },
  ],
  [
    'GeoJSON',
    {
      type: 'FeatureCollection',
      name: 'Places',
      features: [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [8.5, 47.4] },
          properties: { name: 'A', description: LONG },
        },
        { type: 'Feature', geometry: null, properties: { name: 'B', description: OTHER } },
      ],
    },
    { count: 2, title: 'A', text: LONG, columns: { longitude: 8.5, latitude: 47.4 } },
  ],
  [
    'a feed with a title of its own',
    {
      version: '1',
      title: 'Feed',
      description: LONG,
      items: [
        { id: '1', title: 'A', content_html: '<p>x y z</p>', summary: 'Short' },
        { id: '2', title: 'B', content_html: '<p>x</p>' },
      ],
    },
    { count: 2, title: 'A' },
  ],
  [
    'pandas by index',
    { 0: { title: 'A', text: LONG }, 1: { title: 'B', text: OTHER } },
    { count: 2, id: '0', title: 'A' },
  ],
  [
    'pandas by columns',
    { title: { 0: 'A', 1: 'B' }, text: { 0: LONG, 1: OTHER } },
    { count: 2, title: 'A', text: LONG },
  ],
  ['lists by columns', { title: ['A', 'B'], text: [LONG, OTHER] }, { count: 2, title: 'A', text: LONG }],
  [
    'pandas, a table with a schema',
    {
      schema: { fields: [{ name: 'title', type: 'string' }] },
      data: [
        { index: 0, title: 'A', text: LONG },
        { index: 1, title: 'B', text: OTHER },
      ],
    },
    { count: 2, title: 'A', text: LONG },
  ],
  [
    'Reddit',
    {
      kind: 'Listing',
      data: {
        after: 'x',
        children: [
          {
            kind: 't3',
            data: { id: 'a', title: 'A', selftext: LONG, author: 'ada', created_utc: 1577836800, permalink: '/r/x' },
          },
          { kind: 't3', data: { id: 'b', title: 'B', selftext: OTHER } },
        ],
      },
    },
    { count: 2, title: 'A', text: LONG, authors: 'ada', date: '2020-01-01' },
  ],
  [
    'Europe PMC',
    {
      hitCount: 1,
      resultList: {
        result: [
          {
            id: '1',
            source: 'MED',
            title: 'A',
            authorString: 'Reed T, Fen L.',
            authorList: { author: [{ fullName: 'Reed T', firstName: 'Tam', lastName: 'Reed' }] },
            abstractText: LONG,
            firstPublicationDate: '2020-02-03',
            doi: '10.5555/x',
          },
        ],
      },
    },
    { count: 1, title: 'A', text: LONG, date: '2020-02-03', url: 'https://doi.org/10.5555/x' },
  ],
];

describe('json of other shapes', () => {
  it.each(WRAPPED)('finds the list of %s', (_, value, expected) => check(read(value), expected));

  it('reads rows with and without names', () => {
    expect(
      read([
        ['title', 'text'],
        ['A', LONG],
        ['B', OTHER],
      ]).records,
    ).toMatchObject([{ title: 'A', text: LONG }, { title: 'B' }]);
    const { records, tables } = read([
      ['A', LONG],
      ['B', OTHER],
    ]);
    expect(records.map(({ text }) => text)).toEqual([LONG, OTHER]);
    expect(tables[0].headers).toEqual(['column 1', 'column 2']);
    expect(read({ columns: ['title', 'text'], index: [0], data: [['A', LONG]] }).records).toMatchObject([
      { title: 'A', text: LONG },
    ]);
  });

  it('never takes JSON for a title, a text or authors', () => {
    const { records } = lines(
      [1, 2].map((n) => ({
        title: `T${n}`,
        scores: [
          { a: n, b: { c: [n] } },
          { a: 2, b: {} },
        ],
        grid: [[{ x: 1 }], [{ x: 2 }]],
        deep: { a: { b: { c: { d: { e: { f: { g: LONG } } } } } } },
      })),
    );
    for (const { title, text, authors } of records) expect(`${title}${text}${authors ?? ''}`).not.toMatch(/[[{]["{[]/u);
  });

  it('reads the list that is chosen, tells the others, and knows their lines', () => {
    const root = {
      meta: { people: [{ name: 'P' }, { name: 'Q' }] },
      papers: [
        { title: 'A', text: LONG },
        { title: 'B', text: OTHER },
      ],
    };
    expect(read(root).records.map(({ title, line }) => [title, line])).toEqual([
      ['A', 13],
      ['B', 17],
    ]);
    expect(read(root, 'x.json', 'meta.people').records.map(({ title, text }) => title + text)).toEqual(['P', 'Q']);
    expect(read(root, 'x.json', 'none').failure?.failure.message).toContain('papers');
  });

  it('reads objects one after another, and an archive for a web page', () => {
    const objects = [
      { title: 'A', text: LONG },
      { title: 'B', text: OTHER },
    ].map((each) => JSON.stringify(each, null, 1));
    expect(parseText(objects.join('\n'), 'x.json').records.map(({ title }) => title)).toEqual(['A', 'B']);
    const archive = parseText(
      `window.YTD.tweets.part0 = ${JSON.stringify([{ tweet: { full_text: LONG } }, { tweet: { full_text: OTHER } }])}`,
      'tweets.js',
    );
    expect(archive.records.map(({ text }) => text)).toEqual([LONG, OTHER]);
  });

  it('reads any objects: each is in a record or left out, the same in pieces of any size', () => {
    const key = fc.constantFrom(
      'title',
      'text',
      'data',
      'items',
      'author',
      'name',
      'content',
      'role',
      'date-parts',
      'mapping',
      '__proto__',
      'x',
      'en',
    );
    const { any } = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.constant(null),
        fc.boolean(),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 4 }),
      object: fc.dictionary(key, tie('any'), { maxKeys: 5 }),
    }));
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (values, size, isWrapped) => {
          const text = JSON.stringify(isWrapped ? { status: 'ok', list: values } : values);
          const [whole, pieces] = [collectAs(JSON_FILE, text), collectAs(JSON_FILE, text, size)];
          expect([pieces.records, pieces.skipped, pieces.failure?.message]).toEqual([
            whole.records,
            whole.skipped,
            whole.failure?.message,
          ]);
          const empty = values.filter(
            (value) => value === null || (typeof value === 'string' && value.trim() === ''),
          ).length;
          const { records, skipped, failure } = whole;
          if (!isWrapped && !failure)
            expect(records.length + skipped.length).toBeGreaterThanOrEqual(values.length - empty - 1);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

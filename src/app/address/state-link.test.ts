import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../facet/filter.ts';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import type { Corpus } from '../../model/paper.ts';
import { topicView } from '../../model/topic-view.ts';
import { makeFacetSet } from '../filter/facet-set.ts';
import { type Filters, START } from '../state.ts';
import { formatFilters, parseFilters } from './link-parts.ts';
import { filtersOfLink, linkOfState } from './state-link.ts';

const SECRET = 'secret & <b>';
const n = 40;
const papers = Array.from({ length: n }, (_, i) => ({
  ...{ id: `${i}`, title: `${SECRET} ${i}`, text: SECRET, authors: null, url: null },
  date: `20${10 + (i % 15)}`,
  sources: [{ file: `${SECRET} ${i % 3}.csv`, line: 1 }],
}));
const corpus: Corpus = {
  papers,
  columns: [
    { name: SECRET, values: papers.map((_, i) => (i % 5 === 0 ? null : `${SECRET} ${i % 4}`)) },
    { name: '__proto__', values: papers.map((_, i) => `${SECRET} ${i % 2}`) },
    { name: 'topic', values: papers.map((_, i) => i * 1.5) },
  ],
};
const facets = makeFacetSet(corpus, topicView(topicTree(n, 2, SECRET)));

const keys = (all: readonly string[]): fc.Arbitrary<Filter> =>
  fc.record({
    kind: fc.constantFrom('only' as const, 'without' as const),
    keys: fc.uniqueArray(fc.constantFrom(...all, ''), { minLength: 1 }),
  });
const ranges: fc.Arbitrary<Filter> = fc.record({
  kind: fc.constant('ranges' as const),
  ranges: fc.constantFrom(
    [],
    [{ from: 2011, to: 2015 }],
    [
      { from: 0, to: 0.5 },
      { from: 7.25, to: 1e21 },
    ],
  ),
  keepsMissing: fc.boolean(),
});
const values = (name: string, count: number) => keys(Array.from({ length: count }, (_, i) => `${name} ${i}`));
const filters = fc.record(
  {
    topic: keys(['0', '1']),
    source: keys([0, 1, 2].map((i) => `${SECRET} ${i}.csv`)),
    year: ranges,
    [`column:${SECRET}`]: values(SECRET, 4),
    'column:__proto__': values(SECRET, 2),
    'column:topic': ranges,
  },
  { requiredKeys: [] },
);

const shown = { corpus, positions: new Float32Array(2 * n), map: null };
const linkOf = (given: Filters) => linkOfState({ ...START, shown, filters: given }, facets, null).filters;

describe('filters in a link', () => {
  it('come back on the same map, and hold no word of it', () => {
    fc.assert(
      fc.property(filters, (given) => {
        const text = formatFilters(linkOf({ ...given }));
        expect(text).toMatch(/^[\w*,./+-]*$/u);
        expect(text).not.toContain('secret');
        expect(filtersOfLink(parseFilters(text), facets, corpus)).toEqual({ ...given });
      }),
      { numRuns: 1000 },
    );
  });

  it('mean nothing where the map has no such thing', () => {
    const nothing = parseFilters('c9*only*0,topic*only*77,c0*only*99,year*only*1,source*in*1/2,c1*without*5');
    expect(nothing).toHaveLength(6);
    expect(filtersOfLink(nothing, facets, corpus)).toEqual({});
    const bare: Corpus = { papers: papers.slice(0, 1), columns: [] };
    expect(filtersOfLink(parseFilters('topic*only*0,c0*only*0'), makeFacetSet(bare, null), bare)).toEqual({});
    const gone: Filter = { kind: 'only', keys: ['gone'] };
    expect(linkOf({ 'column:gone': gone, source: gone })).toEqual([]);
  });
});

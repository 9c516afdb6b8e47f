import { describe, expect, it } from 'vitest';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import type { Column, Corpus } from '../../model/paper.ts';
import { topicView } from '../../model/topic-view.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { makeFacetSet } from './facet-set.ts';
import { withoutTopics } from './filters.ts';

const N = 10;
const DATES = Array.from({ length: N }, (_, i) => `20${10 + i}-03-01`);
const YEARS = DATES.map((date) => date.slice(0, 4));

/** Ten papers, dated as given in `dates`. */
function corpus(columns: readonly Column[] = [], dates: readonly (string | null)[] = [], files = ['a.csv']): Corpus {
  const { papers } = corpusOf(N, files);
  return { papers: papers.map((paper, i) => ({ ...paper, date: dates[i] ?? null })), columns: [...columns] };
}

const column = (name: string, values: readonly (string | number | null)[]): Column => ({ name, values });

/** Topics of the map: 0 (papers 0, 1, 2, 5, 6, 7), 1 (3, 8); 4 and 9 are between topics. */
function lab(of = corpus([column('kind', [...'ababababab'])])) {
  const app = wholeApp();
  app.show(mapOf(of, topicTree(N, 2, 'maps')));
  const left = (): number[] => {
    const { passing } = app.selectors.filtered(app.store.get());
    return Array.from({ length: N }, (_, i) => i).filter((i) => passing?.[i] !== 0);
  };
  return { ...app, left };
}

describe('a filter', () => {
  it('leaves out papers, from search too, until it is taken away', async () => {
    const { filtering, left, search, store } = lab();
    filtering.setFilter('column:kind', { kind: 'only', keys: ['b'] });
    expect(left()).toEqual([1, 3, 5, 7, 9]);
    await search.search('paper');
    expect(Array.from(store.get().hits?.indices ?? []).sort()).toEqual([1, 3, 5, 7, 9]);
    filtering.setFilter('column:kind', null);
    expect(left()).toHaveLength(N);
  });

  it('is a step that can be undone; all are cleared in one', () => {
    const { filtering, left, store } = lab();
    filtering.setFilter('column:kind', { kind: 'only', keys: ['b'] });
    filtering.changeFilter('topic', () => ({ kind: 'only', keys: ['0'] }));
    expect(left()).toEqual([1, 5, 7]);
    filtering.clearFilters();
    expect(left()).toHaveLength(N);
    store.undo();
    expect(left()).toEqual([1, 5, 7]);
    store.undo();
    expect(left()).toEqual([1, 3, 5, 7, 9]);
  });

  it('that a hand moves is one step, however many places it passed', () => {
    const { filtering, store } = lab(
      corpus([
        column(
          'cites',
          DATES.map((_, i) => i),
        ),
      ]),
    );
    const before = store.get().filters;
    for (const from of [1, 2, 3]) {
      filtering.moveFilter('column:cites', { kind: 'ranges', ranges: [{ from, to: 9 }], keepsMissing: true });
    }
    filtering.keepFilters(before);
    expect(store.get().filters['column:cites']).toMatchObject({ ranges: [{ from: 3, to: 9 }] });
    expect([store.undo(), store.get().filters, store.undo()]).toEqual([true, before, false]);
  });

  it('that came back to where it was is no step', () => {
    const { filtering, store } = lab();
    const before = store.get().filters;
    filtering.moveFilter('column:kind', null);
    filtering.keepFilters(before);
    expect(store.undo()).toBe(false);
  });

  it('of no facet of the map leaves out nothing', () => {
    const { filtering, left } = lab();
    filtering.setFilter('column:mood', { kind: 'only', keys: ['good'] });
    filtering.setFilter('column:kind', { kind: 'only', keys: ['z'] });
    expect(left()).toHaveLength(N);
  });
});

describe('the legend of topics', () => {
  it('takes a topic off the map and puts it back, and those between topics', () => {
    const { filtering, left } = lab();
    filtering.toggleTopic(0);
    expect(left()).toEqual([3, 4, 8, 9]);
    filtering.toggleTopic(-1);
    expect(left()).toEqual([3, 8]);
    filtering.toggleTopic(0);
    filtering.toggleTopic(-1);
    expect(left()).toHaveLength(N);
  });

  it('keeps to one topic; asked for again, to all', () => {
    const { filtering, left } = lab();
    filtering.isolateTopic(1);
    expect(left()).toEqual([3, 8]);
    filtering.isolateTopic(1);
    expect(left()).toHaveLength(N);
  });

  it('filters by the colouring that is on', () => {
    const { filtering, left, store } = lab();
    store.set({ colorBy: 'nearest-topic' });
    filtering.isolateTopic(0);
    expect(Object.keys(store.get().filters)).toEqual(['nearest-topic']);
    // Papers between topics count towards their nearest topic.
    expect(left()).toEqual([0, 1, 2, 4, 5, 6, 7, 9]);
    expect(withoutTopics({ ...store.get().filters, year: { kind: 'only', keys: [] } })).toEqual({
      year: { kind: 'only', keys: [] },
    });
  });

  it('does nothing on a map without topics', () => {
    const app = wholeApp();
    app.show(mapOf(corpus()));
    app.filtering.toggleTopic(0);
    expect(app.store.get().filters).toEqual({});
  });
});

describe('time', () => {
  it('is shown along the first dates there are, and put away', () => {
    const { filtering, store } = lab(
      corpus(
        [
          column(
            'read',
            DATES.map((date) => date.replace('03', '04')),
          ),
        ],
        DATES,
      ),
    );
    filtering.toggleTimeline();
    expect(store.get().timeline).toBe('date');
    filtering.setFilter('date', { kind: 'ranges', ranges: [{ from: 0, to: 15_000 }], keepsMissing: false });
    filtering.toggleTimeline();
    expect(store.get()).toMatchObject({ timeline: null, filters: {} });
    store.get().notices.at(-1)?.action?.run();
    expect(Object.keys(store.get().filters)).toEqual(['date']);
  });

  it('is not shown where there are no dates', () => {
    const { filtering, store } = lab();
    filtering.toggleTimeline();
    expect(store.get().timeline).toBeNull();
  });

  it('can be read in another order of days; a filter by the other days is gone', () => {
    const id = 'column:seen';
    const seen = column('seen', ['01/02/2023', '03/04/2023', ...Array(N - 2).fill('05/06/2024')]);
    const { filtering, store, selectors } = lab(corpus([seen]));
    const first = () => {
      const facet = selectors.filtered(store.get()).facets.get(id)?.facet;
      return facet?.kind === 'date' ? new Date(facet.values[0] * 86_400_000).toISOString().slice(0, 10) : null;
    };
    filtering.readDays(id, 'day-first');
    filtering.setFilter(id, { kind: 'ranges', ranges: [], keepsMissing: true });
    expect(first()).toBe('2023-02-01');
    filtering.readDays(id, 'month-first');
    expect([first(), store.get().filters]).toEqual(['2023-01-02', {}]);
  });
});

describe('the facets of a map', () => {
  const idsOf = (of: Corpus, hasTopics = false) =>
    makeFacetSet(of, hasTopics ? topicView(topicTree(N, 2, 'maps')) : null)
      .all()
      .facets.map(({ id }) => id);

  it.each<[string, Corpus, boolean, string[]]>([
    ['nothing but titles has none', corpus(), false, []],
    ['topics', corpus(), true, ['topic']],
    ['several files', corpus([], [], ['a.csv', 'b.csv']), false, ['source']],
    ['dates of several years: their years would say the same', corpus([], YEARS), false, ['date']],
    ['days over several years', corpus([], DATES), false, ['date', 'year']],
    ['one date alone', corpus([], Array(N).fill('2020-01-01')), false, []],
    [
      'columns',
      corpus([
        column('kind', [...'ababababab']),
        column(
          'cites',
          DATES.map((_, i) => i),
        ),
      ]),
      false,
      ['column:kind', 'column:cites'],
    ],
    ['the column that the dates were read from', corpus([column('published', YEARS)], YEARS), false, ['date']],
  ])('%s', (_, of, hasTopics, ids) => {
    expect(idsOf(of, hasTopics)).toEqual(ids);
  });

  it('are named as a person knows them, topics by their own names', () => {
    const facets = makeFacetSet(
      corpus([column('kind', [...'ababababab'])], [], ['a.csv', 'b.csv']),
      topicView(topicTree(N, 2, 'maps')),
    );
    expect(facets.all().facets.map(({ name }) => name)).toEqual(['Topic', 'File', 'kind']);
    const topic = facets.get('topic')?.facet;
    expect(topic?.kind === 'category' && topic.labels).toContain('renamed');
    expect(facets.get('mood')).toBeNull();
  });

  it('are of a hundred columns at most, and say how many were left', () => {
    const columns = Array.from({ length: 103 }, (_, i) => column(`c${i}`, [...'ababababab']));
    const { facets, columnsLeft } = makeFacetSet(corpus(columns), null).all();
    expect([facets.length, columnsLeft]).toEqual([100, 3]);
  });

  it('keep their numbers', () => {
    const facets = makeFacetSet(corpus(), null);
    expect(['a', 'b', 'a', 'c'].map(facets.slotOf)).toEqual([0, 1, 0, 2]);
  });

  it('count papers between topics as without a value', () => {
    const facet = makeFacetSet(corpus(), topicView(topicTree(N, 2, 'maps'))).get('topic')?.facet;
    if (facet?.kind !== 'category') throw new Error('topics are categories');
    expect(Array.from(facet.bins)).toEqual([0, 0, 0, 1, 2, 0, 0, 0, 1, 2]);
    expect(facet.keys).toEqual(['0', '1']);
    expect(facet.keys).not.toContain(NO_VALUE_KEY);
  });
});

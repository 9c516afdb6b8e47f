import { categoryFacet, givenCategories } from '../../facet/category-facet.ts';
import { columnDates, columnFacet, mayBeDates } from '../../facet/column-facet.ts';
import { dateFacet } from '../../facet/date-facet.ts';
import type { Branch, CategoryFacet, DateFacet, Facet } from '../../facet/facet.ts';
import { numberFacet } from '../../facet/number-facet.ts';
import { type Corpus, yearOf } from '../../model/paper.ts';
import { pathOf, type TopicView, topicAt } from '../../model/topic-view.ts';
import type { DayOrderGuess } from '../../text/dates.ts';
import { COLUMN } from '../coloring.ts';
import type { State } from '../state.ts';

/** A facet with its name. */
export interface NamedFacet {
  /** As in the store's `colorBy`, or `date`. */
  readonly id: string;
  readonly name: string;
  readonly facet: Facet;
  /** How its ambiguous dates are read; absent when there are none. */
  readonly days?: DayOrderGuess;
}

/** The facets of one map, each made on first use. */
export interface FacetSet {
  /** Null for an unknown id, and where a facet would be of no use. */
  get(id: string): NamedFacet | null;
  /** The facets worth showing, in order, and the number of columns beyond the limit. O(n × columns), once. */
  all(): { readonly facets: readonly NamedFacet[]; readonly columnsLeft: number };
  /** Ids of the facets that can serve as a timeline, found without reading every column. */
  timelines(): string[];
  /** An integer unique to the facet. */
  slotOf(id: string): number;
}

/** Number of columns examined: examining more takes too long and fills the panel. */
const MAX_COLUMNS = 100;

/** The facets of a corpus: topic, file, date, year, and every column. `dayOrders` as in the store. */
export function makeFacetSet(corpus: Corpus, view: TopicView | null, dayOrders: State['dayOrders'] = {}): FacetSet {
  const made = new Map<string, NamedFacet | null>();
  const slots = new Map<string, number>();
  const get = (id: string): NamedFacet | null => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const named = makeFacet(id, { corpus, view, dayOrders });
    made.set(id, named);
    return named;
  };
  return {
    get,
    all() {
      const columns = corpus.columns.slice(0, MAX_COLUMNS);
      const ids = ['topic', 'source', 'date', 'year', ...columns.map(({ name }) => COLUMN + name)];
      const facets = ids.map(get).filter((named) => named !== null);
      return {
        facets: facets.filter((named) => !saysNothingNew(named, get)),
        columnsLeft: corpus.columns.length - columns.length,
      };
    },
    timelines() {
      const dated = corpus.columns
        .slice(0, MAX_COLUMNS)
        .filter(({ values, name, isList }) => !isList && mayBeDates(values, name));
      const ids = ['date', ...dated.map(({ name }) => COLUMN + name)];
      const lines = ids.map(get).filter((named) => named?.facet.kind === 'date');
      return lines.flatMap((named) => (named && !saysNothingNew(named, get) ? [named.id] : []));
    },
    slotOf(id) {
      const known = slots.get(id);
      if (known !== undefined) return known;
      slots.set(id, slots.size);
      return slots.size - 1;
    },
  };
}

interface Source {
  readonly corpus: Corpus;
  readonly view: TopicView | null;
  readonly dayOrders: State['dayOrders'];
}

function makeFacet(id: string, { corpus: { papers, columns }, view, dayOrders }: Source): NamedFacet | null {
  const named = (name: string, facet: Facet | null): NamedFacet | null => facet && { id, name, facet };
  switch (id) {
    case 'topic':
      return named('Topic', view && topicFacet(view, false));
    case 'nearest-topic':
      return named('Nearest topic', view && topicFacet(view, true));
    case 'source':
      return named('File', severalOf(categoryFacet(papers.map((paper) => paper.sources[0]?.file ?? null))));
    case 'date':
      return named('Date', severalDates(dateFacet(papers.map((paper) => paper.date))));
    case 'year':
      return named('Year', yearFacet(papers.map((paper) => yearOf(paper.date))));
    default: {
      const column = columns.find(({ name }) => COLUMN + name === id);
      if (!column) return null;
      const { values, isList } = column;
      const dates = isList ? null : columnDates(values, column.name, dayOrders[id] ?? null);
      const made = named(column.name, columnFacet(values, dates, isList));
      return made && dates?.days ? { ...made, days: dates.days } : made;
    }
  }
}

/**
 * One bar for each top-level topic, with all topics below as its tree; a paper's leaf is its finest topic. A paper
 * without a topic has no value, or with `isNearest` that of the nearest top-level topic.
 */
function topicFacet(view: TopicView, isNearest: boolean): CategoryFacet | null {
  const { tops, nodes } = view;
  if (tops.length === 0) return null;
  const places = new Map(tops.map((id, place) => [id, place]));
  const topOf = (paper: number): number => (isNearest ? view.nearest[paper] : topicAt(view, paper, 0));
  const finest = view.nearest.map((_, paper) => pathOf(view, paper).at(-1) ?? topOf(paper));
  const leaves = new Map([...new Set(finest)].filter((id) => nodes.has(id)).map((id, leaf) => [id, leaf]));
  const branches = Array.from(nodes, ([id, { name, children }]): [string, Branch] => {
    return [String(id), { label: name, own: leaves.get(id) ?? -1, parts: children.map(String) }];
  });
  return givenCategories(
    tops.map((id) => ({ key: String(id), label: nodes.get(id)?.name ?? '' })),
    Uint16Array.from(finest, (_, paper) => places.get(topOf(paper)) ?? tops.length),
    {
      bins: Uint16Array.from(finest, (id) => leaves.get(id) ?? leaves.size),
      size: leaves.size,
      tops: tops.map(String),
      branches: new Map(branches),
    },
  );
}

function yearFacet(years: readonly (number | null)[]): Facet | null {
  return new Set(years.filter((year) => year !== null)).size > 1 ? numberFacet(years) : null;
}

function severalOf(facet: CategoryFacet): CategoryFacet | null {
  return facet.size > 1 ? facet : null;
}

function severalDates(facet: DateFacet | null): DateFacet | null {
  return facet && facet.size > 1 ? facet : null;
}

/** Whether a facet repeats `date`: years when dates are shown by year, or the column that the dates were read from. */
function saysNothingNew({ id, facet, days }: NamedFacet, get: (id: string) => NamedFacet | null): boolean {
  const date = get('date')?.facet;
  if (date?.kind !== 'date') return false;
  if (id === 'year') return date.unit.startsWith('year');
  const isSure = !days || days.isSure;
  return id !== 'date' && facet.kind === 'date' && isSure && areEqual(facet.values, date.values);
}

function areEqual(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, i) => Object.is(value, b[i]));
}

import { describe, expect, it } from 'vitest';
import type { Column } from '../../model/paper.ts';
import type { Bounds } from '../../render/viewport.ts';
import { corpusOf, labPage, mapOf } from '../fixtures/app-lab.ts';
import { makeSelectors } from '../selectors.ts';
import { makeStore } from '../store.ts';
import { toggleTable } from './choices.ts';
import { makeTable } from './table.ts';

const COLUMNS: readonly Column[] = [
  { name: 'rating', values: [5, 1, null, 10, 2] },
  { name: 'seen', values: ['2021-03-02T10:10', '2021-03-02T09:10', '3 May 2020', '', null] },
  { name: 'price', values: ['9.5', '-2', '10', '', '1e3'] },
  { name: 'note', values: ['b', 'a', '', 'C', 'd'] },
];

function lab() {
  const store = makeStore();
  const selectors = makeSelectors();
  const page = labPage();
  const five = corpusOf(5);
  const map = mapOf({ ...five, columns: COLUMNS, noun: { one: 'review', many: 'reviews' } });
  let bounds: Bounds | null = null;
  let moved = (): void => undefined;
  const view = {
    boundsInView: () => bounds,
    followViewport(follow: () => void) {
      moved = follow;
      return () => undefined;
    },
  };
  store.set({ shown: { corpus: map.corpus, positions: map.positions, map } });
  const table = makeTable({ store, selectors, page, view });
  const look = (at: Bounds): void => {
    bounds = at;
    moved();
  };
  const rows = (): number[] => [...(store.get().listed?.papers ?? [])];
  const says = (): string | undefined => store.get().listed?.says;
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  return { store, selectors, page, table, look, rows, says, settled };
}

describe('table', () => {
  it('lists what filters, search and selection leave, and says so', async () => {
    const { store, table, rows, says } = lab();
    store.set(toggleTable);
    const end = table.follow();
    expect([rows(), says()]).toEqual([[0, 1, 2, 3, 4], '5 reviews in view, in the order they were read']);
    table.follows({ view: false });
    expect(says()).toBe('All 5 reviews, in the order they were read');
    store.set({ selection: Int32Array.of(0, 2, 3) });
    expect([rows(), says()]).toEqual([[0, 2, 3], '3 selected reviews, in the order they were read']);
    store.set({ hits: { indices: Int32Array.of(3, 1, 0) } as never });
    expect([rows(), says()]).toEqual([[3, 0], '2 found and selected reviews, best first']);
    table.follows({ selection: false });
    store.set({ filters: { 'column:note': { kind: 'only', keys: ['C'] } } });
    expect([rows(), says()]).toEqual([[3], '1 found review that pass the filters, best first']);
    end();
    expect(store.get().listed).toBeNull();
  });

  it('follows the view once it rests', async () => {
    const { store, table, look, rows } = lab();
    store.set(toggleTable);
    table.follow();
    look({ minX: -0.7, maxX: 0, minY: -1, maxY: 1 });
    expect(rows()).toHaveLength(5);
    await expect.poll(rows).toEqual([1, 2]);
  });

  it.each([
    ['column:rating', [1, 4, 0, 3, 2], [3, 0, 4, 1, 2], 'by rating, highest first'],
    ['column:seen', [2, 1, 0, 3, 4], [0, 1, 2, 3, 4], 'by seen, latest first'],
    ['column:price', [1, 0, 2, 4, 3], [4, 2, 0, 1, 3], 'by price, highest first'],
    ['column:note', [1, 0, 3, 4, 2], [4, 3, 0, 1, 2], 'by note, Z to A'],
  ])('orders by %s in both directions, missing values last', async (id, rising, falling, words) => {
    const { store, table, rows, says } = lab();
    store.set(toggleTable);
    table.follow();
    table.sortBy(id);
    await expect.poll(rows).toEqual(rising);
    table.sortBy(id);
    expect([rows(), says()]).toEqual([falling, `5 reviews in view, ${words}`]);
    table.sortBy(id);
    expect(rows()).toEqual([0, 1, 2, 3, 4]);
  });

  it('remembers its height, within limits', () => {
    const { store, selectors, page, table } = lab();
    table.resize(333);
    table.resize(1e9);
    expect(store.get().table.heightPx).toBe(1200);
    const other = makeStore();
    makeTable({ store: other, selectors, page, view: { boundsInView: () => null, followViewport: () => () => {} } });
    expect(other.get().table.heightPx).toBe(1200);
  });

  it('offers every column and shows those of short values first', () => {
    const { store, table } = lab();
    const { all, first } = table.columnsOf(store.get());
    expect(all.map(({ name, kind }) => [name, kind])).toEqual([
      ['Title', 'text'],
      ['Id', 'text'],
      ['rating', 'number'],
      ['seen', 'date'],
      ['price', 'number'],
      ['note', 'text'],
    ]);
    expect(first).toEqual(['title', 'column:rating', 'column:seen', 'column:price', 'column:note']);
  });
});

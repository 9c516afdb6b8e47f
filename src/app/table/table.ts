import { type Noun, nounOf } from '../../model/noun.ts';
import type { Bounds } from '../../render/viewport.ts';
import { countOf } from '../messages.ts';
import type { Page } from '../page.ts';
import type { Selectors } from '../selectors.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import type { View } from '../view/view.ts';
import { TABLE_HEIGHT, type TableChoices, type TableFollows } from './choices.ts';
import { type ColumnSource, firstColumns, type TableColumn, tableColumns } from './columns.ts';
import { inSlices, listed, orderSteps, type PaperOrder } from './order.ts';

/** The table of rows of one store. */
export type Table = ReturnType<typeof makeTable>;

interface Parts {
  readonly store: Store;
  readonly selectors: Pick<Selectors, 'topics' | 'filtered'>;
  readonly view: Pick<View, 'boundsInView' | 'followViewport'>;
  readonly page: Pick<Page, 'remember' | 'recall'>;
}

/** The columns of the shown papers, and those that are shown. */
export interface ColumnSet {
  readonly all: readonly TableColumn[];
  readonly first: readonly string[];
}

const HEIGHT = 'portolan-table-height';
/** How long the view must rest before the rows follow it; not in each frame of a flight. */
const REST_MS = 120;

/** Creates the table; it lists nothing until {@link Table.follow} is called. */
export function makeTable(parts: Parts) {
  const { store, selectors, view } = parts;
  const columnsOf = selectColumns(selectors);
  const orders = makeOrders();

  /** Lists the rows now. While their order is still to be found, those listed before stay. */
  function list(): void {
    const state = store.get();
    const { shown, table, listed: before } = state;
    if (!shown || !table.isOpen) {
      if (before) store.set({ listed: null });
      return;
    }
    const columns = columnsOf(state);
    const column = columns.all.find(({ id }) => id === table.sortBy) ?? null;
    const order = column && orders.known(columns, column);
    if (column && !order) {
      orders.find(columns, column, shown.corpus.papers.length, list);
      if (before) store.set({ listed: { ...before, isOrdering: true } });
      return;
    }
    const mask = listedPapers(state, selectors, view.boundsInView());
    const papers = order ? listed(order, table.isFalling, mask) : inOwnOrder(state, mask);
    store.set({ listed: { papers, says: saysRows(state, papers.length, column), isOrdering: false } });
  }

  return {
    /** The columns of the shown papers; the same object until these or their topics change. */
    columnsOf,
    /** Keeps the rows up to date until the returned function is called. */
    follow(): () => void {
      let resting: ReturnType<typeof setTimeout> | undefined;
      const listAtRest = (): void => {
        clearTimeout(resting);
        resting = setTimeout(list, REST_MS);
      };
      list();
      const ends = [
        view.followViewport(() => {
          if (store.get().table.follows.view) listAtRest();
        }),
        store.subscribe((state, before) => {
          if (changesRows(state, before)) list();
          // Panels cover a part of the map, and papers of a map in the making move all the time.
          else if (state.shown !== before.shown || changesView(state, before)) listAtRest();
        }),
      ];
      return () => {
        clearTimeout(resting);
        for (const end of ends) end();
        orders.stop();
        if (store.get().listed) store.set({ listed: null });
      };
    },
    ...makeChoosing(parts),
  };
}

/** What the user chooses about the table. */
function makeChoosing({ store, page }: Pick<Parts, 'store' | 'page'>) {
  const change = (to: Partial<TableChoices>): void => store.set(({ table }) => ({ table: { ...table, ...to } }));
  const heightBefore = Number(page.recall(HEIGHT));
  if (heightBefore > 0) change({ heightPx: clampHeight(heightBefore) });
  return {
    /** Orders by a column: first ascending, then falling, then no longer. */
    sortBy(id: string): void {
      const { sortBy, isFalling } = store.get().table;
      if (sortBy !== id) change({ sortBy: id, isFalling: false });
      else if (!isFalling) change({ isFalling: true });
      else change({ sortBy: null, isFalling: false });
    },
    showColumns: (columns: readonly string[] | null): void => change({ columns }),
    /** Makes the table follow, or no longer, what is in view, found or selected. */
    follows: (what: Partial<TableFollows>): void => change({ follows: { ...store.get().table.follows, ...what } }),
    /** Sets the height in CSS pixels, within {@link TABLE_HEIGHT}, and remembers it. */
    resize(heightPx: number): void {
      change({ heightPx: clampHeight(heightPx) });
      page.remember(HEIGHT, String(store.get().table.heightPx));
    },
    close: (): void => change({ isOpen: false }),
  };
}

function clampHeight(px: number): number {
  return Math.round(Math.min(Math.max(px, TABLE_HEIGHT.least), TABLE_HEIGHT.most));
}

/** Whether the rows must be listed anew at once. */
function changesRows(state: State, before: State): boolean {
  return (
    state.shown?.corpus !== before.shown?.corpus ||
    state.hits !== before.hits ||
    state.filters !== before.filters ||
    state.selection !== before.selection ||
    state.topicEdits !== before.topicEdits ||
    state.dayOrders !== before.dayOrders ||
    state.shown?.map?.topics !== before.shown?.map?.topics ||
    state.table.isOpen !== before.table.isOpen ||
    state.table.sortBy !== before.table.sortBy ||
    state.table.isFalling !== before.table.isFalling ||
    state.table.follows !== before.table.follows
  );
}

function changesView(state: State, before: State): boolean {
  return (
    state.table.heightPx !== before.table.heightPx ||
    state.selected !== before.selected ||
    state.topic !== before.topic ||
    state.selectionOpen !== before.selectionOpen ||
    state.timeline !== before.timeline ||
    state.comparison !== before.comparison
  );
}

function selectColumns(selectors: Parts['selectors']): (state: State) => ColumnSet {
  let last: { readonly source: ColumnSource; readonly set: ColumnSet } | null = null;
  return (state) => {
    const corpus = state.shown?.corpus ?? { papers: [], columns: [] };
    const source = { corpus, topics: selectors.topics(state), dayOrders: state.dayOrders };
    const isSame =
      last?.source.corpus === corpus &&
      last.source.topics === source.topics &&
      last.source.dayOrders === source.dayOrders;
    if (!last || !isSame) {
      const all = corpus.papers.length === 0 ? [] : tableColumns(source);
      last = { source, set: { all, first: firstColumns(source, all) } };
    }
    return last.set;
  };
}

/** Finds orders by columns, one at a time, and keeps those of the last set of columns. */
function makeOrders() {
  let of: ColumnSet | null = null;
  let found = new Map<string, PaperOrder>();
  let running: { readonly column: TableColumn; readonly controller: AbortController } | null = null;
  function stop(): void {
    running?.controller.abort();
    running = null;
  }
  return {
    stop,
    known(set: ColumnSet, { id }: TableColumn): PaperOrder | null {
      if (of !== set) {
        stop();
        of = set;
        found = new Map();
      }
      return found.get(id) ?? null;
    },
    /** Calls `then` when the order of the column is known. */
    find(set: ColumnSet, column: TableColumn, n: number, then: () => void): void {
      if (running?.column === column) return;
      stop();
      const controller = new AbortController();
      running = { column, controller };
      const steps = orderSteps(n, (paper) => column.keyOf(paper));
      inSlices(steps, controller.signal).then(
        (order) => {
          if (of !== set || running?.controller !== controller) return;
          running = null;
          found.set(column.id, order);
          then();
        },
        (error: unknown) => {
          if (!controller.signal.aborted) reportError(error); // Else overtaken by another column.
        },
      );
    },
  };
}

/** For each paper 1 if the filters and all that the table follows leave it. O(n). */
function listedPapers(state: State, selectors: Parts['selectors'], bounds: Bounds | null): Uint8Array {
  const { hits, selection, table, shown } = state;
  const n = shown?.corpus.papers.length ?? 0;
  let mask: Uint8Array = selectors.filtered(state).passing?.slice() ?? new Uint8Array(n).fill(1);
  if (hits && table.follows.hits) mask = within(mask, hits.indices);
  if (selection.length > 0 && table.follows.selection) mask = within(mask, selection);
  if (bounds && shown && table.follows.view) leaveOutOfView(mask, shown.positions, bounds);
  return mask;
}

function within(mask: Uint8Array, papers: ArrayLike<number>): Uint8Array {
  const both = new Uint8Array(mask.length);
  for (let at = 0; at < papers.length; at++) if (papers[at] < mask.length) both[papers[at]] = mask[papers[at]];
  return both;
}

function leaveOutOfView(mask: Uint8Array, positions: Float32Array, { minX, maxX, minY, maxY }: Bounds): void {
  for (let i = 0; i < mask.length; i++) {
    const x = positions[2 * i];
    const y = positions[2 * i + 1];
    if (!(x >= minX && x <= maxX && y >= minY && y <= maxY)) mask[i] = 0;
  }
}

/** The hits best first, then what else is listed in paper order. */
function inOwnOrder({ hits, table }: State, mask: Uint8Array): Uint32Array {
  const list = new Uint32Array(mask.length);
  let size = 0;
  if (hits && table.follows.hits) {
    for (const paper of hits.indices) if (mask[paper] === 1) list[size++] = paper;
  } else {
    for (let paper = 0; paper < mask.length; paper++) if (mask[paper] === 1) list[size++] = paper;
  }
  return list.slice(0, size);
}

const DIRECTIONS: Readonly<Record<TableColumn['kind'], readonly [rising: string, falling: string]>> = {
  text: ['A to Z', 'Z to A'],
  number: ['lowest first', 'highest first'],
  date: ['earliest first', 'latest first'],
};

/** What is listed and in which order: `12 found reviews in view, by Rating, highest first`. */
function saysRows(state: State, count: number, column: TableColumn | null): string {
  const { hits, selection, table, filters, shown } = state;
  const noun = nounOf(shown?.corpus);
  const isFound = hits !== null && table.follows.hits;
  const which = [
    ...(isFound ? ['found'] : []),
    ...(selection.length > 0 && table.follows.selection ? ['selected'] : []),
  ].join(' and ');
  const where = [
    ...(table.follows.view ? ['in view'] : []),
    ...(Object.keys(filters).length > 0 ? ['that pass the filters'] : []),
  ];
  const isAll = which === '' && where.length === 0;
  const counted = counts(count, which, noun);
  const order = column
    ? `by ${column.name}, ${DIRECTIONS[column.kind][table.isFalling ? 1 : 0]}`
    : isFound
      ? 'best first'
      : 'in the order they were read';
  return `${isAll ? `All ${counted}` : [counted, ...where].join(' ')}, ${order}`;
}

/** `12 found reviews`, `No reviews`. */
function counts(count: number, which: string, noun: Noun): string {
  const kind = which === '' ? '' : `${which} `;
  if (count === 0) return `No ${kind}${noun.many}`;
  return countOf(count, { one: kind + noun.one, many: kind + noun.many });
}

import { isSameSelection } from '../../model/selection.ts';
import { defaultColor } from '../coloring.ts';
import { type Opening, SAMPLE_MAP } from '../maps/opening.ts';
import type { Page } from '../page.ts';
import type { Search } from '../search/search.ts';
import type { Selectors } from '../selectors.ts';
import type { Shown, State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Topics } from '../topics/topics.ts';
import type { View } from '../view/view.ts';
import { selectionOfSpans } from './link-parts.ts';
import { colorOfLink, facetOfLink, filtersOfLink, linkOfState } from './state-link.ts';
import { urlOptions } from './url.ts';
import { type LinkPart, readViewLink, type ViewLink, writeViewLink } from './view-link.ts';

interface Parts {
  readonly store: Store;
  readonly page: Pick<Page, 'hash' | 'setHash' | 'onHashChange'>;
  readonly selectors: Selectors;
  readonly search: Pick<Search, 'search'>;
  readonly topics: Pick<Topics, 'goToTopic'>;
  readonly view: Pick<View, 'followViewport' | 'currentCamera' | 'showCamera' | 'goToPaper'>;
  readonly opening: Pick<Opening, 'openMapAt'>;
}

const MOVE_MS = 300;
/** A query is a step of its own in the history once nobody types any more. */
const TYPING_MS = 900;
const STEPS = ['selected', 'topic', 'selection', 'searchMode', 'like', 'unlike'] as const;
const MOVES = ['filters', 'timeline', 'theme', 'colorBy'] as const;

/**
 * Keeps page and address in step, both ways: opens the map that the address names and shows the view that it describes,
 * now and whenever it changes, and writes the view that is shown back. Moving, filters and colours replace the entry in
 * the history; a search, or what is selected or opened, adds one. A map that has no address (made here, opened from a
 * disk) has no link: then nothing is written.
 */
export function followAddress(parts: Parts): void {
  const { store, page, view, opening } = parts;
  let asked = '';
  /** Views of the address that are being shown: nothing is written meanwhile. */
  let obeying = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = makeWriter(parts);

  async function obey(): Promise<void> {
    const wanted = urlOptions(page.hash()).map || SAMPLE_MAP;
    const link = readViewLink(page.hash());
    if (link.theme) store.set({ theme: link.theme });
    if (wanted === 'none') return;
    if (wanted !== asked) {
      asked = wanted;
      // Before it is opened: the flights to the whole map and to a view would cross.
      if (await opening.openMapAt(wanted)) return;
    }
    // Meanwhile somebody may have opened another one.
    if (store.get().mapAt !== wanted) return;
    obeying++;
    // What was to be written is of the view that is being left.
    clearTimeout(timer);
    try {
      await showLink(parts, link);
    } finally {
      obeying--;
    }
  }

  function writeLater(ms: number): void {
    if (obeying > 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const { mapAt } = store.get();
      if (mapAt !== '' && mapAt === asked) write();
    }, ms);
  }

  void obey();
  page.onHashChange(() => void obey());
  view.followViewport(() => writeLater(MOVE_MS));
  store.subscribe((state, before) => {
    const isOther = (key: keyof State): boolean => state[key] !== before[key];
    if (STEPS.some(isOther)) writeLater(0);
    else if (isOther('query')) writeLater(TYPING_MS);
    // A hand may still be moving it.
    else if (MOVES.some(isOther)) writeLater(MOVE_MS);
  });
}

async function showLink(parts: Parts, link: ViewLink): Promise<void> {
  const { store, selectors, view, topics } = parts;
  const { shown } = store.get();
  if (!shown?.map) return;
  const n = shown.corpus.papers.length;
  // No step that could be undone: the history has its own way back.
  store.setQuietly(changeOfLink(parts, link, shown));
  await ask(parts, link, n);
  if (link.topic !== store.get().topic) {
    const isKnown = selectors.topics(store.get())?.nodes.has(link.topic) === true;
    if (isKnown && !link.camera) topics.goToTopic(link.topic);
    else store.set({ topic: isKnown ? link.topic : -1 });
  }
  const index = link.selected < n ? link.selected : -1;
  if (index !== store.get().selected) {
    if (index >= 0 && !link.camera) view.goToPaper(index);
    else store.set({ selected: index });
  }
  if (link.camera) view.showCamera(link.camera);
}

function changeOfLink({ store, selectors }: Parts, link: ViewLink, { corpus, map }: Shown): Partial<State> {
  const state = store.get();
  const selection = selectionOfSpans(link.selection, corpus.papers.length);
  return {
    colorBy: link.color !== null ? colorOfLink(corpus, link.color) : map ? defaultColor(map) : state.colorBy,
    timeline: link.timeline === null ? null : facetOfLink(link.timeline, corpus),
    filters: filtersOfLink(link.filters, selectors.filtered(state).facets, corpus),
    ...(isSameSelection(selection, state.selection) ? {} : { selection, selectionOpen: false }),
  };
}

async function ask({ store, search }: Parts, { query, mode, like, unlike }: ViewLink, n: number): Promise<void> {
  const before = store.get();
  const examples = { like: like.filter((paper) => paper < n), unlike: unlike.filter((paper) => paper < n) };
  const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
  if (
    query === before.query &&
    mode === before.searchMode &&
    isSame(examples.like, before.like) &&
    isSame(examples.unlike, before.unlike)
  )
    return;
  store.set({ searchMode: mode, ...examples });
  await search.search(query);
}

/** What writes the view that is shown into the address. */
function makeWriter({ store, page, selectors, view }: Parts): () => void {
  const told = new Set<LinkPart>();
  /** Once for each part: whoever passes the link on should know. */
  function tellLeft(left: readonly LinkPart[]): void {
    const fresh = left.filter((part) => !told.has(part));
    if (fresh.length === 0) return;
    for (const part of fresh) told.add(part);
    const text = `A link holds 2,000 characters, and the ${fresh.join(' and the ')} would take more. Everything else is in it.`;
    store.notify('done', { title: `The link leaves out the ${fresh.join(' and the ')}`, text });
  }
  return () => {
    const state = store.get();
    const before = page.hash();
    const link = linkOfState(state, selectors.filtered(state).facets, view.currentCamera());
    const { hash, left } = writeViewLink(before, link);
    tellLeft(left);
    if (hash !== before) page.setHash(hash, stepOf(readViewLink(before)) !== stepOf(readViewLink(hash)));
  };
}

/** What is a step of its own in the history when it changes. */
function stepOf({ query, mode, like, unlike, selected, topic, selection }: ViewLink): string {
  return JSON.stringify([query, mode, like, unlike, selected, topic, selection]);
}

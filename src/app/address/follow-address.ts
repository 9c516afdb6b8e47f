import { isSameSelection } from '../../model/selection.ts';
import { defaultColor } from '../coloring.ts';
import type { Opening } from '../maps/opening.ts';
import { SAMPLE_MAP } from '../maps/sample.ts';
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
/** A query becomes an entry in the history only after this pause in typing. */
const TYPING_MS = 900;
const STEPS = ['selected', 'topic', 'selection', 'searchMode', 'like', 'unlike'] as const;
const MOVES = ['filters', 'timeline', 'theme', 'colorBy'] as const;

/**
 * Keeps page and address in step: opens the map that the address names and shows the view that it describes, now and
 * whenever it changes, and writes the shown view back. Moves, filters and colours replace the history entry; a search,
 * a selection or an opened paper or topic adds one. Nothing is written for a map without an address (made here or
 * opened from a disk), since no link can lead to it.
 */
export function followAddress(parts: Parts): void {
  const { store, page, view, opening } = parts;
  let asked = '';
  /** Number of views from the address that are being applied; nothing is written meanwhile. */
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
      // Wait for the map first: its flight to the whole map would interfere with the flight to the view.
      if (await opening.openMapAt(wanted)) return;
    }
    // The user may have opened another map meanwhile.
    if (store.get().mapAt !== wanted) return;
    obeying++;
    // A pending write would describe the view that is being left.
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
    // The user may still be dragging.
    else if (MOVES.some(isOther)) writeLater(MOVE_MS);
  });
}

async function showLink(parts: Parts, link: ViewLink): Promise<void> {
  const { store, selectors, view, topics } = parts;
  const { shown } = store.get();
  if (!shown?.map) return;
  const n = shown.corpus.papers.length;
  // Not an undo step: the history has its own way back.
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
    colorBy: colorOfLink(corpus, link.color) ?? (map ? defaultColor(map) : state.colorBy),
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

/** Makes the function that writes the shown view into the address. */
function makeWriter({ store, page, selectors, view }: Parts): () => void {
  const told = new Set<LinkPart>();
  /** Reports each left-out part once, so that whoever passes the link on knows what it lacks. */
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

/** A key of the parts whose change adds a history entry. */
function stepOf({ query, mode, like, unlike, selected, topic, selection }: ViewLink): string {
  return JSON.stringify([query, mode, like, unlike, selected, topic, selection]);
}

import type { Corpus } from '../../model/paper.ts';
import { isSameSelection } from '../../model/selection.ts';
import { COLUMN, defaultColor } from '../coloring.ts';
import { filteredOf } from '../filter/filter-state.ts';
import { openMapAt, SAMPLE_MAP } from '../maps/open-map.ts';
import { search } from '../search/search-papers.ts';
import { getState, notify, type State, setQuietly, setState, store } from '../store.ts';
import { goToTopic } from '../topics/topic-actions.ts';
import { topicsOf } from '../topics/topic-state.ts';
import { currentCamera, followViewport, goToPaper, showCamera } from '../view/map-actions.ts';
import { facetOfLink, filtersOfLink, linkFacetOf, linkOfFilters } from './filter-link.ts';
import { selectionOfSpans, spansOf } from './link-spans.ts';
import { urlOptions } from './url.ts';
import { LINK_COLORS, type LinkPart, readViewLink, type ViewLink, writeViewLink } from './view-link.ts';

const MOVE_MS = 300;
/** A query is a step of its own in the history once nobody types any more. */
const TYPING_MS = 900;

/**
 * Keeps page and address in step, both ways: opens the map that the address names and shows the view that it describes,
 * now and whenever it changes, and writes the view that is shown back. Moving, filters and colours replace the entry in
 * the history; a search, or what is selected or opened, adds one. A map that has no address (made here, opened from a
 * disk) has no link: then nothing is written.
 */
export function followAddress(): void {
  void obey();
  window.addEventListener('hashchange', () => void obey());
  followViewport(() => writeLater(MOVE_MS));
  store.subscribe((state, before) => {
    const isOther = (key: keyof State): boolean => state[key] !== before[key];
    if (STEPS.some(isOther)) writeLater(0);
    else if (isOther('query')) writeLater(TYPING_MS);
    // A hand may still be moving it.
    else if (MOVES.some(isOther)) writeLater(MOVE_MS);
  });
}

const STEPS = ['selected', 'topic', 'selection', 'searchMode', 'like', 'unlike'] as const;
const MOVES = ['filters', 'timeline', 'theme', 'colorBy'] as const;

let asked = '';
/** Views of the address that are being shown: nothing is written meanwhile. */
let obeying = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

async function obey(): Promise<void> {
  const { map } = urlOptions();
  const wanted = map || SAMPLE_MAP;
  const view = readViewLink(location.hash);
  if (view.theme) setState({ theme: view.theme });
  if (wanted === 'none') return;
  if (wanted !== asked) {
    asked = wanted;
    // Before it is opened: the flights to the whole map and to a view would cross.
    if (!(await openMapAt(wanted))) return;
  }
  // Meanwhile somebody may have opened another one.
  if (getState().mapAt !== wanted) return;
  obeying++;
  // What was to be written is of the view that is being left.
  clearTimeout(timer);
  try {
    await show(view);
  } finally {
    obeying--;
  }
}

async function show(view: ViewLink): Promise<void> {
  const { shown } = getState();
  if (!shown?.map) return;
  const { corpus, map } = shown;
  const n = corpus.papers.length;
  const { color, camera } = view;
  const { facets } = filteredOf(getState());
  const selection = selectionOfSpans(view.selection, n);
  // No step that could be undone: the history has its own way back.
  setQuietly({
    colorBy: color === null ? defaultColor(map) : colorName(corpus, color),
    timeline: view.timeline === null ? null : facetOfLink(view.timeline, corpus),
    filters: filtersOfLink(view.filters, facets, corpus),
    ...(isSameSelection(selection, getState().selection) ? {} : { selection, selectionOpen: false }),
  });
  await ask(view, n);
  if (view.topic !== getState().topic) {
    const isKnown = topicsOf(getState())?.nodes.has(view.topic) === true;
    if (isKnown && !camera) goToTopic(view.topic);
    else setState({ topic: isKnown ? view.topic : -1 });
  }
  const index = view.selected < n ? view.selected : -1;
  if (index !== getState().selected) {
    if (index >= 0 && !camera) goToPaper(index);
    else setState({ selected: index });
  }
  if (camera) showCamera(camera);
}

async function ask({ query, mode, like, unlike }: ViewLink, n: number): Promise<void> {
  const before = getState();
  const asked = { like: like.filter((paper) => paper < n), unlike: unlike.filter((paper) => paper < n) };
  const isSame = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();
  if (
    query === before.query &&
    mode === before.searchMode &&
    isSame(asked.like, before.like) &&
    isSame(asked.unlike, before.unlike)
  )
    return;
  setState({ searchMode: mode, ...asked });
  await search(query);
}

function writeLater(ms: number): void {
  if (obeying > 0) return;
  clearTimeout(timer);
  timer = setTimeout(write, ms);
}

function write(): void {
  const state = getState();
  if (state.mapAt === '' || state.mapAt !== asked) return;
  const view = viewOf(state);
  const { hash, left } = writeViewLink(location.hash, view);
  tellLeft(left);
  if (hash === location.hash) return;
  const isStep = stepOf(readViewLink(location.hash)) !== stepOf(readViewLink(hash));
  // Without a hash the address must still be the page's own, query string and all.
  const address = hash === '' ? location.pathname + location.search : hash;
  if (isStep) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

/** What is a step of its own in the history when it changes. */
function stepOf({ query, mode, like, unlike, selected, topic, selection }: ViewLink): string {
  return JSON.stringify([query, mode, like, unlike, selected, topic, selection]);
}

const told = new Set<LinkPart>();

/** Once for each part: whoever passes the link on should know. */
function tellLeft(left: readonly LinkPart[]): void {
  const fresh = left.filter((part) => !told.has(part));
  if (fresh.length === 0) return;
  for (const part of fresh) told.add(part);
  const text = `A link holds 2,000 characters, and the ${fresh.join(' and the ')} would take more. Everything else is in it.`;
  notify('done', { title: `The link leaves out the ${fresh.join(' and the ')}`, text });
}

function viewOf(state: State): ViewLink {
  const { shown, query, searchMode, like, unlike, selected, topic, theme, timeline } = state;
  // A comparison of two maps ends with the page.
  const colorBy = state.colorBy === 'drift' && state.comparison ? state.comparison.colorBefore : state.colorBy;
  return {
    camera: currentCamera(),
    query: query.trim() === '' ? '' : query,
    mode: searchMode,
    like,
    unlike,
    selected,
    topic,
    selection: spansOf(state.selection),
    filters: shown ? linkOfFilters(state.filters, filteredOf(state).facets, shown.corpus) : [],
    timeline: shown && timeline !== null ? linkFacetOf(timeline, shown.corpus) : null,
    color: shown?.map && colorBy !== defaultColor(shown.map) ? colorNumber(shown.corpus, colorBy) : null,
    theme: theme === 'auto' ? null : theme,
  };
}

function colorName({ columns }: Corpus, color: NonNullable<ViewLink['color']>): string {
  if (typeof color === 'string') return color;
  return color < columns.length ? COLUMN + columns[color].name : 'none';
}

function colorNumber({ columns }: Corpus, colorBy: string): ViewLink['color'] {
  const named = LINK_COLORS.find((color) => color === colorBy);
  if (named) return named;
  const number = columns.findIndex(({ name }) => COLUMN + name === colorBy);
  return number < 0 ? null : number;
}

import type { PortolanHit, PortolanPage } from '../../../public/portolan.d.ts';
import { type Failure, toFailure } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { selectionOf } from '../../model/selection.ts';
import { papersOf } from '../../model/topic-view.ts';
import type { SearchMode } from '../../search/search.api.ts';
import type { App } from '../app.ts';
import { COLUMN, colorChoices } from '../coloring.ts';
import { additionOffer } from '../maps/adding.ts';
import { type Survey, suggestedChoice, whyNotReduced } from '../maps/reducing.ts';
import { hitRows } from '../maps/saving.ts';
import { inOneLine, sentenceOf } from '../messages.ts';
import { questionKey } from '../search/search.ts';
import type { State } from '../state.ts';
import {
  badCall,
  hashWithLayout,
  needColumns,
  needExport,
  needFilter,
  needListener,
  needMap,
  needNoRun,
  needPaperNumber,
  needPaperNumbers,
  needPapers,
  needPlan,
  needQuery,
  needReadOptions,
  PortError,
  readingChoices,
} from './arguments.ts';
import { follow, foundOf, mapOf, stateOf } from './port-state.ts';

/** The page's interface for scripts; see docs/automation.md. It acts as a user does, visibly on the page. */
export function makePort(app: App): PortolanPage {
  return {
    ...opening(app),
    ...making(app),
    ...reducing(app),
    ...asking(app),
    ...choosing(app),
    on: async (event, listener) => {
      needListener(listener);
      const end = follow(app.store, event, listener);
      if (!end) throw badCall(`there is no event “${event}”`);
      return end;
    },
  };
}

type Part<Name extends keyof PortolanPage> = Pick<PortolanPage, Name>;

function opening(app: App): Part<'open' | 'read' | 'cancel'> {
  const { store, opening, importing, jobs, waiting } = app;
  return {
    async open(map) {
      needMap(map);
      needNoRun(store.get());
      const failure =
        typeof map === 'string'
          ? await opening.openMapAt(map)
          : await opening.openMap(map instanceof File ? map.name : 'map', () => bytesOf(map));
      reject(failure);
      return mapOf(shownMap(store.get()));
    },
    async read(papers, options = {}) {
      needPapers(papers);
      needReadOptions(options);
      const choices = readingChoices(options);
      const failure =
        typeof papers === 'string'
          ? await importing.openPasted(papers, choices)
          : await importing.openFiles(papers instanceof File ? [papers] : papers, choices);
      const { plan } = store.get();
      if (plan) needColumns(plan.previews, options);
      reject(failure);
      if (!plan) throw badCall('that is a map, and was opened: read() takes papers');
      return foundOf(plan);
    },
    async cancel() {
      for (const { id } of store.get().waiting) waiting.drop(id);
      await importing.leave();
      jobs.cancel();
    },
  };
}

function making(app: App): Part<'make' | 'add'> {
  const { store, page, making, adding, encoders } = app;
  return {
    async make(options = {}) {
      const { failure } = needPlan(store.get());
      needNoRun(store.get());
      reject(failure);
      const hash = hashWithLayout(page.hash(), options);
      if (hash !== page.hash()) page.setHash(hash, false);
      reject(await making.makePlannedMap());
      return mapOf(shownMap(store.get()));
    },
    async add() {
      const plan = needPlan(store.get());
      needNoRun(store.get());
      const map = shownMap(store.get());
      const offer = additionOffer(map, encoders.modelOfMap(map), plan);
      if (!offer.isPossible) throw new PortError('map-invalid', offer.words);
      reject(await adding.addPlannedPapers());
      return mapOf(shownMap(store.get()));
    },
  };
}

/** `keepDimensions` chooses from what `dimensions` measured last. */
function reducing({ store, reducing }: App): Part<'dimensions' | 'keepDimensions'> {
  let last: { readonly embedding: MapData['embedding']; readonly survey: Survey } | null = null;
  async function survey(): Promise<Survey> {
    const map = shownMap(store.get());
    const { embedding } = map;
    const refusal = whyNotReduced(map);
    if (refusal !== null || !embedding) throw new PortError('map-invalid', refusal ?? '');
    if (last?.embedding === embedding) return last.survey;
    const { signal } = new AbortController();
    const found = await orSentence(reducing.surveyMap(embedding, { signal, onDone: () => undefined }));
    last = { embedding, survey: found };
    return found;
  }
  return {
    async dimensions() {
      const found = await survey();
      const map = shownMap(store.get());
      const suggested = suggestedChoice(found, map);
      return found.choices.map((choice) => {
        const { share, k, sampled } = choice.agreement;
        const measured = { agreement: share, neighbors: k, sampled };
        const { kind, kept } = choice;
        return { kind, kept, from: map.embedding?.cols ?? 0, ...measured, isSuggested: choice === suggested };
      });
    },
    async keepDimensions({ kind, kept }) {
      const { choices } = await survey();
      const choice = choices.find((one) => one.kind === kind && one.kept === kept);
      if (!choice) throw badCall(`dimensions() offers no way to keep ${kept} dimensions by ${kind}`);
      await orSentence(reducing.reduceShownMap(shownMap(store.get()), choice, new AbortController().signal));
      return mapOf(shownMap(store.get()));
    },
  };
}

function asking(app: App): Part<'search' | 'export' | 'state' | 'topics'> {
  const { store, search, selectors, saving, exporting } = app;
  /** The page has one search box, so concurrent searches take turns. */
  let turn: Promise<unknown> = Promise.resolve();
  async function searchNow(query: string, mode: SearchMode, limit: number): Promise<PortolanHit[]> {
    await untilState(app, (state) => state.isIndexed);
    store.set({ searchMode: mode });
    await search.search(query);
    const isOvertaken = (state: State): boolean => state.query !== query || state.searchMode !== mode;
    await untilState(
      app,
      (state) => query.trim() === '' || isOvertaken(state) || state.answered === questionKey(state),
    );
    const state = store.get();
    if (isOvertaken(state)) throw new PortError('cancelled', 'Another search took the place of this one.');
    if (mode !== 'words' && state.meaning.kind === 'off') throw new PortError('model-elsewhere', state.meaning.reason);
    return state.hits && state.shown ? hitRows(state.hits, state.shown.corpus.papers).slice(0, limit) : [];
  }
  return {
    async search(query, { mode = 'hybrid', limit = DEFAULT_HITS } = {}) {
      needQuery(query, mode, limit);
      shownMap(store.get());
      const found = turn.then(() => searchNow(query, mode, limit));
      turn = found.catch(() => undefined);
      return found;
    },
    async export(format, { onlyFound = false, scale = 1, theme = 'light', picture = {} } = {}) {
      const order = { format, onlyFound, scale, theme, picture };
      needExport(order);
      shownMap(store.get());
      // A map saved whole keeps the user's edits; a part of it is a different map.
      const isWhole = format === 'parquet' && !onlyFound;
      return orSentence(isWhole ? saving.mapFile() : exporting.fileOf(order));
    },
    state: async () => stateOf(store.get(), selectors),
    async topics() {
      const view = selectors.topics(store.get());
      return Array.from(view?.nodes.values() ?? [], ({ topic: { id, level, parent }, name, size }) => {
        return { id, parent, level, name, size };
      });
    },
  };
}

function choosing(app: App): Part<'select' | 'openPaper' | 'filter' | 'facets' | 'color'> {
  const { store, selectors, picking, filtering, topics, view } = app;
  return {
    async select(what) {
      const { papers } = shownMap(store.get()).corpus;
      const view = selectors.topics(store.get());
      if (!isTopic(what)) {
        needPaperNumbers(what, papers.length);
        const distinct = new Set<number>(what);
        picking.clearSelection();
        picking.pick(selectionOf([...distinct]));
        return distinct.size;
      }
      if (!view?.nodes.has(what.topic)) throw badCall(`the map has no topic ${what.topic}`);
      const chosen = papersOf(view, what.topic);
      picking.clearSelection();
      picking.pick(selectionOf(chosen));
      return chosen.length;
    },
    async openPaper(paper) {
      const { papers } = shownMap(store.get()).corpus;
      needPaperNumber(paper, papers.length);
      topics.closeTopic();
      if (paper < 0) store.set({ selected: -1 });
      else view.goToPaper(paper);
    },
    async filter(facet, filter) {
      shownMap(store.get());
      const named = selectors.filtered(store.get()).facets.get(facet);
      if (!named) throw badCall(`the map has no facet “${facet}”`);
      needFilter(filter, named.facet);
      filtering.setFilter(facet, filter);
      return selectors.filtered(store.get()).kept;
    },
    async facets() {
      const { facets } = selectors.filtered(store.get()).facets.all();
      return facets.map(({ id, name, facet }) => ({
        id,
        name,
        kind: facet.kind,
        ...(facet.kind === 'category' ? { values: facet.keys.map((key, i) => ({ key, label: facet.labels[i] })) } : {}),
      }));
    },
    async color(by) {
      const { shown, kept, comparison } = store.get();
      const { corpus, map } = shown ?? { corpus: { papers: [], columns: [] }, map: null };
      const has = { topics: selectors.topics(store.get()) !== null, kept: kept.length > 0, drift: comparison !== null };
      const choices = colorChoices({ corpus, map }, has).map(({ value }) => value);
      const choice = choices.find((value) => value === by || value === COLUMN + by);
      if (!choice) throw badCall(`papers can be coloured by ${choices.join(', ')}, got “${by}”`);
      store.set({ colorBy: choice });
    },
  };
}

/** Hits of a search by default. */
const DEFAULT_HITS = 10;

function shownMap({ shown }: State): MapData {
  if (!shown?.map) throw badCall('no finished map is shown: open() or make() one first');
  return shown.map;
}

/** Resolves when `isReached`; rejects with any failure that the page reports before. */
function untilState({ store }: App, isReached: (state: State) => boolean): Promise<void> {
  const last = store.get().notices.at(-1)?.id ?? 0;
  return new Promise((resolve, refuse) => {
    const look = (state: State): boolean => {
      const failed = state.notices.find(({ id, kind }) => id > last && kind === 'failure');
      if (failed) refuse(new PortError('failed', inOneLine(failed)));
      else if (isReached(state)) resolve();
      return failed !== undefined || isReached(state);
    };
    if (look(store.get())) return;
    const end = store.subscribe((state) => {
      if (look(state)) end();
    });
  });
}

function bytesOf(map: Blob | ArrayBuffer): Promise<ArrayBuffer> {
  return map instanceof Blob ? map.arrayBuffer() : Promise.resolve(map);
}

function isTopic(what: readonly number[] | { readonly topic: number }): what is { readonly topic: number } {
  return typeof what === 'object' && what !== null && 'topic' in what;
}

/** Throws a failure in the page's words; does nothing for null. */
function reject(failure: Failure | null): void {
  if (!failure) return;
  const sentence = failure.code === 'cancelled' ? 'It was cancelled.' : inOneLine(sentenceOf(failure));
  throw new PortError(failure.code, sentence);
}

/** Awaits `work` and turns its rejection into the page's words. */
async function orSentence<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof PortError)) reject(toFailure(error, 'project'));
    throw error;
  }
}

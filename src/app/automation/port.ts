import type {
  PortolanDimensions,
  PortolanDimensionsFound,
  PortolanFound,
  PortolanMap,
  PortolanPage,
  PortolanPageEvents,
  PortolanPageState,
} from '../../../public/portolan.d.ts';
import { type Failure, toFailure } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import { displayTitle } from '../../model/paper.ts';
import { selectionOf } from '../../model/selection.ts';
import { papersOf } from '../../model/topic-view.ts';
import { withLayout } from '../address/url.ts';
import type { App } from '../app.ts';
import { COLUMN, colorChoices } from '../coloring.ts';
import { additionOffer } from '../maps/adding.ts';
import { suggestedChoice, whyNotReduced } from '../maps/reducing.ts';
import { hitRows } from '../maps/saving.ts';
import { sentenceOf } from '../messages.ts';
import { questionKey } from '../search/search.ts';
import type { ImportPlan, Job, State } from '../state.ts';

/** What a call of the port rejects with: a failure of the page in its own words, or `bad-call` for a wrong argument. */
export class PortError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'PortolanError';
    this.code = code;
  }
}

/** The page as scripts drive it; see docs/automation.md. It does what a person could do, and shows it. */
export function makePort(app: App): PortolanPage {
  return { ...opening(app), ...making(app), ...asking(app), ...choosing(app), on: (...to) => listen(app, ...to) };
}

type Part<Name extends keyof PortolanPage> = Pick<PortolanPage, Name>;

function opening(app: App): Part<'open' | 'read' | 'cancel'> {
  const { store, opening, importing, jobs } = app;
  return {
    async open(map) {
      const failure =
        typeof map === 'string'
          ? await opening.openMapAt(map)
          : await opening.openMap(map instanceof File ? map.name : 'map', () => bytesOf(map));
      reject(failure);
      return mapOf(shownMap(store.get()));
    },
    async read(papers) {
      const failure =
        typeof papers === 'string'
          ? await importing.openPasted(papers)
          : await importing.openFiles(papers instanceof File ? [papers] : papers);
      reject(failure);
      const { plan } = store.get();
      if (!plan) throw badCall('that is a map, and was opened: read() takes papers');
      return foundOf(plan);
    },
    async cancel() {
      jobs.cancel();
      store.set({ plan: null });
    },
  };
}

function making(app: App): Part<'make' | 'add' | 'keepDimensions'> {
  const { store, page, making, adding, encoders } = app;
  return {
    async make(options = {}) {
      needPlan(store.get());
      if (Object.keys(options).length > 0) page.setHash(withLayout(page.hash(), options), false);
      reject(await making.makePlannedMap());
      return mapOf(shownMap(store.get()));
    },
    async add() {
      const plan = needPlan(store.get());
      const map = shownMap(store.get());
      const offer = additionOffer(map, encoders.modelOfMap(map), plan);
      if (!offer.isPossible) throw new PortError('map-invalid', offer.words);
      reject(await adding.addPlannedPapers());
      return mapOf(shownMap(store.get()));
    },
    keepDimensions: (wanted) => orSentence(keepDimensions(app, wanted)),
  };
}

async function keepDimensions(
  { store, reducing }: App,
  { kept, kind }: PortolanDimensions,
): Promise<PortolanDimensionsFound> {
  const map = shownMap(store.get());
  const refusal = whyNotReduced(map);
  if (refusal !== null || !map.embedding) throw new PortError('map-invalid', refusal ?? '');
  const { signal } = new AbortController();
  const survey = await reducing.surveyMap(map.embedding, { signal, onDone: () => undefined });
  const way = kind ?? suggestedChoice(survey, map)?.kind;
  const offered = survey.choices.filter((choice) => choice.kind === way);
  const choice = offered.find((one) => one.kept === kept);
  if (!choice) {
    const list = offered.map((one) => one.kept).join(', ') || 'none';
    throw badCall(`the dimensions that can be kept of this map are ${list}, got ${kept}`);
  }
  await reducing.reduceShownMap(map, choice, signal);
  const { share, k, sampled } = choice.agreement;
  return { kind: choice.kind, kept, from: map.embedding.cols, agreement: share, neighbors: k, sampled };
}

function asking(app: App): Part<'search' | 'export' | 'state' | 'topics'> {
  const { store, search, selectors, saving, exporting } = app;
  return {
    async search(query, { mode = 'hybrid', limit = DEFAULT_HITS } = {}) {
      shownMap(store.get());
      await untilState(app, (state) => state.isIndexed);
      store.set({ searchMode: mode });
      await search.search(query);
      await untilState(app, (state) => query.trim() === '' || state.answered === questionKey(state));
      const state = store.get();
      if (mode !== 'words' && state.meaning.kind === 'off')
        throw new PortError('model-elsewhere', state.meaning.reason);
      return state.hits && state.shown ? hitRows(state.hits, state.shown.corpus.papers).slice(0, limit) : [];
    },
    async export(format, { onlyFound = false, scale = 1, theme = 'light' } = {}) {
      shownMap(store.get());
      // A saved map holds what a person has changed of it; a part of it is another map.
      const isWhole = format === 'parquet' && !onlyFound;
      return orSentence(isWhole ? saving.mapFile() : exporting.fileOf({ format, onlyFound, scale, theme }));
    },
    state: async () => stateOf(app),
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
      if (!('topic' in what)) {
        if (!what.every((paper) => isIndex(paper, papers.length))) throw badCall('select() takes numbers of papers');
        picking.clearSelection();
        picking.pick(selectionOf(what));
        return what.length;
      }
      if (!view?.nodes.has(what.topic)) throw badCall(`the map has no topic ${what.topic}`);
      const chosen = papersOf(view, what.topic);
      picking.clearSelection();
      picking.pick(selectionOf(chosen));
      return chosen.length;
    },
    async openPaper(paper) {
      const { papers } = shownMap(store.get()).corpus;
      if (paper >= 0 && !isIndex(paper, papers.length)) throw badCall(`the map has no paper ${paper}`);
      topics.closeTopic();
      if (paper < 0) store.set({ selected: -1 });
      else view.goToPaper(paper);
    },
    async filter(facet, filter) {
      shownMap(store.get());
      if (!selectors.filtered(store.get()).facets.get(facet)) throw badCall(`the map has no facet “${facet}”`);
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
      const has = { topics: map?.topics != null, kept: kept.length > 0, drift: comparison !== null };
      const choices = colorChoices({ corpus, map }, has).map(({ value }) => value);
      const choice = choices.find((value) => value === by || value === COLUMN + by);
      if (!choice) throw badCall(`papers can be coloured by ${choices.join(', ')}, got “${by}”`);
      store.set({ colorBy: choice });
    },
  };
}

/** Hits of a search, unless told. */
const DEFAULT_HITS = 10;

async function listen<Name extends keyof PortolanPageEvents>(
  { store }: App,
  event: Name,
  listener: (detail: PortolanPageEvents[Name]) => void,
): Promise<() => void> {
  const tellers: {
    readonly [Event in keyof PortolanPageEvents]: (state: State, before: State) => PortolanPageEvents[Event] | null;
  } = {
    progress: ({ job }, before) => (job && job !== before.job ? progressOf(job) : null),
    notice: ({ notices }, before) => {
      const newest = notices.at(-1);
      if (!newest || newest.id === before.notices.at(-1)?.id) return null;
      const { kind, title, text } = newest;
      return { kind, title, text };
    },
    map: ({ shown }, before) => (shown?.map && shown.map !== before.shown?.map ? mapOf(shown.map) : null),
  };
  const tell = tellers[event];
  if (!tell) throw badCall(`there is no event “${event}”`);
  return store.subscribe((state, before) => {
    const detail = tell(state, before);
    if (detail !== null) listener(detail);
  });
}

function stateOf({ store, selectors }: App): PortolanPageState {
  const state = store.get();
  const { shown, job, plan, query, hits, selected, topic, selection, colorBy, theme, runs } = state;
  return {
    phase: job?.kind ?? (plan ? 'asking' : 'idle'),
    progress: job && progressOf(job),
    map: shown?.map ? mapOf(shown.map) : null,
    found: plan && foundOf(plan),
    papersShown: shown ? selectors.filtered(state).kept : 0,
    ...{ query, hits: hits?.total ?? 0, isIndexed: state.isIndexed, selected, topic },
    selection: Array.from(selection),
    ...{ color: colorBy, theme, runs },
    meaning: state.meaning.kind === 'off' ? state.meaning.reason : null,
  };
}

function progressOf({ kind, progress }: Job): PortolanPageEvents['progress'] {
  const { stage, done, total, unit, leftMs } = progress ?? {
    stage: kind,
    done: 0,
    total: 0,
    unit: 'papers',
    leftMs: null,
  };
  return { stage, done, total, unit, leftMs };
}

function mapOf({ corpus, topics, embedding, info }: MapData): PortolanMap {
  return {
    name: info.name,
    papers: corpus.papers.length,
    columns: corpus.columns.map(({ name }) => name),
    topics: topics?.topics.length ?? 0,
    dimensions: embedding?.cols ?? 0,
    model: info.encode?.model ?? null,
    seed: info.project?.seed ?? null,
  };
}

/** Papers of a reading that are given as examples. */
const SAMPLE_PAPERS = 5;

function foundOf({ name, corpus, report, vectors }: ImportPlan): PortolanFound {
  const { records, papers, merged, groups, skipped } = report;
  const notes = skipped.map(({ file, line, reason }) => ({ file, line, reason }));
  return {
    ...{ name, records, papers, merged, groups: groups.length, skipped: notes },
    columns: corpus.columns.map((column) => column.name),
    vectors: vectors.map(({ column, dimensions }) => ({ column, dimensions })),
    sample: corpus.papers
      .slice(0, SAMPLE_PAPERS)
      .map((paper) => ({ id: paper.id, title: displayTitle(paper), text: paper.text })),
  };
}

function shownMap({ shown }: State): MapData {
  if (!shown?.map) throw badCall('no finished map is shown: open() or make() one first');
  return shown.map;
}

function needPlan({ plan }: State): ImportPlan {
  if (!plan) throw badCall('no papers wait: read() some first');
  return plan;
}

/** Resolves when `isReached`; rejects with what the page says has failed meanwhile. */
function untilState({ store }: App, isReached: (state: State) => boolean): Promise<void> {
  const last = store.get().notices.at(-1)?.id ?? 0;
  return new Promise((resolve, refuse) => {
    const look = (state: State): boolean => {
      const failed = state.notices.find(({ id, kind }) => id > last && kind === 'failure');
      if (failed) refuse(new PortError('failed', `${failed.title}. ${failed.text}`));
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

function isIndex(value: number, count: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < count;
}

function badCall(message: string): PortError {
  return new PortError('bad-call', message);
}

/** Throws what the page tells a person of a failure; nothing for null. */
function reject(failure: Failure | null): void {
  if (!failure) return;
  const { title, text } = sentenceOf(failure);
  throw new PortError(failure.code, failure.code === 'cancelled' ? 'It was cancelled.' : `${title}. ${text}`);
}

/** What `work` resolves to; what it rejects with, in the page's words. */
async function orSentence<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof PortError)) reject(toFailure(error, 'project'));
    throw error;
  }
}

import { type ModelSpec, modelSpecOf } from '../../encode/model-spec.ts';
import type { UnfinishedRun } from '../../library/database.web.ts';
import type { UnfinishedRuns } from '../../library/unfinished-run.web.ts';
import type { Failure } from '../../model/failure.ts';
import type { MapData, MapInfo } from '../../model/map-data.ts';
import { nounOf } from '../../model/noun.ts';
import type { Corpus } from '../../model/paper.ts';
import type { GivenPlaces, GivenVectors, ReadReport } from '../../model/read-report.ts';
import { type BuildTools, buildMap } from '../../pipeline/build-map.ts';
import type { After } from '../../pipeline/draft-topics.ts';
import { givenEncoder } from '../../pipeline/given-encoder.ts';
import { placesKey } from '../../read/places/places-key.ts';
import { displayTitle } from '../../text/readable.ts';
import { urlOptions, withLayout } from '../address/url.ts';
import type { Comparing } from '../compare/comparing.ts';
import type { Encoders } from '../encoders.ts';
import { failureOf, type Jobs, type UpdateJob } from '../jobs.ts';
import { countOf, formatCount, formatDuration } from '../messages.ts';
import type { Page } from '../page.ts';
import type { ImportPlan } from '../state.ts';
import type { Store } from '../store.ts';
import { MAKING, type Tabs } from '../tabs.ts';
import { carryTopicEdits } from '../topics/carry-topic-edits.ts';
import type { Topics } from '../topics/topics.ts';
import type { View } from '../view/view.ts';
import type { Workers } from '../workers.ts';
import type { Rates } from './estimate.ts';
import type { Showing } from './showing.ts';

/** What is needed to make a map. */
export interface MapOrder {
  readonly name: string;
  readonly origin: string | null;
  readonly corpus: Corpus;
  readonly report: ReadReport;
  /** ISO 8601 time of the run. */
  readonly created: string;
  /** The options of the run in the form of an address's hash. */
  readonly choices: string;
  /** Vectors that came with the papers; null to have a model make them. */
  readonly given: GivenVectors | null;
  /** The model that made the given vectors; '' when unknown. */
  readonly givenModel: string;
  /** Places that came with the papers, which they keep; null to lay them out. */
  readonly places: GivenPlaces | null;
}

/** Makes maps. Methods resolve when the map is shown, or when making it was cancelled or failed, which is reported. */
export type Making = ReturnType<typeof makeMaking>;

interface Parts {
  readonly store: Store;
  readonly page: Pick<Page, 'hash'>;
  readonly jobs: Jobs;
  readonly tabs: Tabs;
  readonly workers: Pick<Workers, 'projector' | 'outliner' | 'analyst'>;
  readonly encoders: Encoders;
  readonly unfinishedRuns: UnfinishedRuns;
  readonly view: Pick<View, 'papersInView'>;
  readonly topics: Pick<Topics, 'undoEdit'>;
  readonly showing: Showing;
  readonly comparing: Pick<Comparing, 'leaveComparison'>;
  readonly rates: Pick<Rates, 'watch'>;
  /** Waits while a draft of topics stands. Default: the window's timer. */
  readonly after?: After;
}

/** Creates the {@link Making} of one store. */
export function makeMaking(parts: Parts) {
  const { store, page, jobs, tabs, unfinishedRuns, showing, topics } = parts;

  /**
   * Makes a map; if this fails or is cancelled, the previous map is shown again. The order is stored in the browser
   * until the end, so that the run can continue after its tab has died. @param unfinished the run to continue
   */
  async function makeMap(order: MapOrder, unfinished: UnfinishedRun | null = null): Promise<Failure | null> {
    parts.comparing.leaveComparison();
    const before = store.get();
    const began = performance.now();
    store.set({ unfinished: null });
    const outcome = await jobs.run({ kind: 'building', name: order.name }, 'project', async (signal, update) => {
      update({ total: order.corpus.papers.length, noun: nounOf(order.corpus) });
      try {
        const map = await tabs.alone(MAKING, () => {
          if (unfinished) unfinishedRuns.resume(unfinished);
          else if (canGoOnLater(parts, order)) unfinishedRuns.begin(order);
          return build(parts, order, signal, update).finally(() => void unfinishedRuns.end());
        });
        showing.showMap({ corpus: map.corpus, positions: map.positions, map }, 'query');
        store.set(({ runs }) => ({ runs: runs + 1 }));
        sayReady(store, map, performance.now() - began);
        carryTopicEdits(store, before, map, topics.undoEdit);
      } catch (error) {
        showing.restore(before);
        throw error;
      }
    });
    return failureOf(outcome);
  }

  /** Makes the map of papers that were read. */
  async function makeMapOf(plan: ImportPlan): Promise<Failure | null> {
    const { name, origin } = urlOptions(page.hash());
    const given = plan.vectors.find(({ column }) => column === plan.vectorsFrom) ?? null;
    const titles = { name: name || plan.name, origin: origin || null };
    const places = plan.places.find((each) => placesKey(each) === plan.placesFrom) ?? null;
    const run = thisRun(parts, places);
    return makeMap({ ...plan, ...titles, given, givenModel: plan.vectorsModel, places, ...run });
  }

  return {
    makeMap,
    makeMapOf,
    /** Makes the map of the papers waiting in the import dialog. */
    async makePlannedMap(): Promise<Failure | null> {
      const { plan } = store.get();
      if (!plan?.isCounted || plan.failure) return null;
      store.set({ plan: null });
      return makeMapOf(plan);
    },
    /** Makes a new map of the shown map's papers by the whole pipeline. */
    async makeShownMapAgain(): Promise<Failure | null> {
      const map = store.get().shown?.map;
      return map ? makeMap({ ...orderAgain(map), ...thisRun(parts, null) }) : null;
    },
  };
}

function orderAgain({ corpus, info }: MapData): Omit<MapOrder, 'created' | 'choices'> {
  const { name, origin } = info;
  return { name, origin, corpus, report: reportOf(info), given: null, givenModel: '', places: null };
}

function thisRun({ store, page }: Parts, places: GivenPlaces | null): Pick<MapOrder, 'created' | 'choices'> {
  const options = urlOptions(page.hash());
  const chosen = new URLSearchParams({ model: options.model, budget: store.get().budget });
  if (places) chosen.set('places', placesKey(places));
  const choices = withLayout(chosen.toString(), options);
  return { created: new Date().toISOString(), choices };
}

/** Restores the report from a map. Only the number of skipped papers is known; the reasons were not stored. */
function reportOf({ name, counts }: MapInfo): ReadReport {
  const skipped = Array.from({ length: counts.skipped }, () => ({
    file: name,
    line: 0,
    reason: 'left out when first read',
  }));
  return { ...counts, skipped, groups: [], warnings: [], files: [] };
}

async function build(parts: Parts, order: MapOrder, signal: AbortSignal, update: UpdateJob): Promise<MapData> {
  const { store, workers, unfinishedRuns, showing } = parts;
  const { name, origin, created, corpus, places } = order;
  const { projector, outliner, analyst } = workers;
  const pace = parts.after ? { after: parts.after } : {};
  const stands = places ? 'They stay where they are.' : BESIDE;
  if (places) noteUnplaced(store, corpus, places);
  const watch = order.given ? null : parts.rates.watch(modelOf(parts, order).id, corpus.papers.length);
  const map = await buildMap(
    order,
    {
      name,
      origin,
      places: places?.positions ?? null,
      layout: urlOptions(order.choices),
      generator: `Portolan ${PORTOLAN_VERSION}`,
      created,
    },
    { ...encoding(parts, order), projector, outliner, topicFinder: analyst, topicDrafter: analyst, ...pace },
    {
      signal,
      onProgress: (progress) => {
        watch?.see(progress, store.get().job?.paused === true);
        update({ progress });
      },
      first: () => papersLookedAt(parts),
      onEmbedded: unfinishedRuns.embedded,
      onSetAside: (indices) => noteSetAside(store, corpus, indices, order.given !== null, stands),
      onPlaces: ({ positions, ...places }) => {
        if (signal.aborted) return;
        showing.showMap({ corpus, positions, map: null }, 'query');
        update({ places });
      },
      onDraft: (draft) => {
        if (!signal.aborted && store.get().shown?.corpus === corpus) showing.showDraft(draft);
      },
      onFailure: store.reportFailure,
      onOtherStart: () => sayOtherStart(store),
    },
  );
  watch?.end();
  return map;
}

function modelOf({ encoders }: Parts, { choices }: MapOrder): ModelSpec {
  const { model, budget } = urlOptions(choices);
  const current = encoders.currentModel();
  return current.isLocal ? current : modelSpecOf(model, budget);
}

/** Whether a run can continue later: folder models and given vectors are lost with the tab. */
function canGoOnLater({ encoders }: Parts, { given }: MapOrder): boolean {
  return given === null && !encoders.currentModel().isLocal;
}

function encoding(
  { encoders }: Parts,
  { given, givenModel, choices }: MapOrder,
): Pick<BuildTools, 'encoder' | 'readsPhrases'> {
  if (given) return { encoder: givenEncoder(given, givenModel), readsPhrases: false };
  if (encoders.currentModel().isLocal) return { encoder: encoders.currentEncoder() };
  const { model, budget } = urlOptions(choices);
  return { encoder: encoders.encoderOf(modelSpecOf(model, budget)) };
}

function sayReady(store: Store, { corpus }: MapData, tookMs: number): void {
  store.notify('done', {
    title: 'The map is ready',
    text: `${countOf(corpus.papers.length, nounOf(corpus))} in ${formatDuration(tookMs)}. “Save map” keeps it as a file.`,
  });
}

/** At most this many papers in view are embedded before the others, those nearest to the middle first. */
const MAX_FIRST = 2000;

/** Papers to embed first; empty while the whole map is in view. */
function papersLookedAt({ store, view }: Parts): number[] {
  const { shown } = store.get();
  const found = view.papersInView(MAX_FIRST);
  if (!found || !shown || found.total === shown.corpus.papers.length) return [];
  return Array.from(found.nearest);
}

function sayOtherStart(store: Store): void {
  store.notify('done', {
    title: 'The layout began on principal components',
    text: 'The spectral start was not found within its bound for these texts. The map is sound; it only began elsewhere.',
  });
}

const BESIDE = 'They stand beside the map.';

/**
 * Reports papers without a vector, if any. `wereGiven`: their vectors came with them.
 * @param stands a sentence that says where they stand
 */
export function noteSetAside(
  store: Store,
  corpus: Corpus,
  indices: readonly number[],
  wereGiven: boolean,
  stands = BESIDE,
): void {
  if (indices.length === 0) return;
  const papers = countOf(indices.length, nounOf(corpus));
  const why = wereGiven ? '' : ': each stopped two workers';
  store.notify('warning', {
    title: wereGiven ? `${papers} without a usable vector` : `${papers} could not be embedded`,
    text: `${firstTitles(corpus, indices)}${why}. ${stands}`,
  });
}

/** Reports papers for which the file has no place, and those that are drawn nearer than it has them. */
function noteUnplaced(store: Store, corpus: Corpus, { without, drawnNearer }: GivenPlaces): void {
  if (without.length > 0) {
    store.notify('warning', {
      title: `${countOf(without.length, nounOf(corpus))} without a place`,
      text: `${firstTitles(corpus, without)}. ${BESIDE}`,
    });
  }
  if (drawnNearer > 0) {
    store.notify('warning', {
      title: `${countOf(drawnNearer, nounOf(corpus))} drawn nearer`,
      text: 'The file has them more than 500 times as far out as the width of all others. They stand at that distance.',
    });
  }
}

const MAX_TITLES = 3;

function firstTitles({ papers }: Corpus, indices: readonly number[]): string {
  const titles = indices.slice(0, MAX_TITLES).map((index) => `“${displayTitle(papers[index], 60)}”`);
  const others = indices.length - titles.length;
  return `${titles.join(', ')}${others > 0 ? ` and ${formatCount(others)} more` : ''}`;
}

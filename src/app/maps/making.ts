import { type ModelSpec, modelSpecOf } from '../../encode/model-spec.ts';
import type { UnfinishedRun } from '../../library/database.web.ts';
import type { UnfinishedRuns } from '../../library/unfinished-run.web.ts';
import { type Failure, isCancelled, toFailure } from '../../model/failure.ts';
import type { MapData, MapInfo } from '../../model/map-data.ts';
import { nounOf } from '../../model/noun.ts';
import type { Corpus } from '../../model/paper.ts';
import type { GivenPlaces, GivenVectors, ReadReport } from '../../model/read-report.ts';
import { type BuildTools, buildMap } from '../../pipeline/build-map.ts';
import type { After } from '../../pipeline/draft-topics.ts';
import { givenEncoder } from '../../pipeline/given-encoder.ts';
import { placesKey } from '../../read/places/places-key.ts';
import { urlOptions, withLayout } from '../address/url.ts';
import type { Comparing } from '../compare/comparing.ts';
import type { Encoders } from '../encoders.ts';
import { failureOf, type Jobs, REPLACED, type UpdateJob } from '../jobs.ts';
import { countOf, sentenceOf } from '../messages.ts';
import type { Page } from '../page.ts';
import type { ImportPlan } from '../state.ts';
import type { Store } from '../store.ts';
import { MAKING, type Tabs } from '../tabs.ts';
import { carryTopicEdits } from '../topics/carry-topic-edits.ts';
import type { Topics } from '../topics/topics.ts';
import type { View } from '../view/view.ts';
import type { Workers } from '../workers.ts';
import type { Rates } from './estimate.ts';
import { offerAgain } from './replaced.ts';
import { BESIDE, type EmbeddedCounts, noteSetAside, noteUnplaced, sayOtherStart, sayReady } from './run-notices.ts';
import type { Showing } from './showing.ts';
import type { Waiting } from './waiting.ts';

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
  readonly page: Pick<Page, 'hash' | 'tellAway'>;
  readonly jobs: Jobs;
  readonly tabs: Tabs;
  readonly workers: Pick<Workers, 'projector' | 'outliner' | 'analyst'>;
  readonly encoders: Encoders;
  readonly unfinishedRuns: UnfinishedRuns;
  readonly view: Pick<View, 'papersInView' | 'followPapers'>;
  readonly waiting: Pick<Waiting, 'wait'>;
  readonly topics: Pick<Topics, 'undoEdit'>;
  readonly showing: Showing;
  readonly comparing: Pick<Comparing, 'leaveComparison'>;
  readonly rates: Pick<Rates, 'watch'>;
  /** Waits while a draft of topics stands. Default: the window's timer. */
  readonly after?: After;
}

/** Creates the {@link Making} of one store. */
export function makeMaking(parts: Parts) {
  const { store, page, jobs } = parts;

  /**
   * Makes a map; if this fails or is cancelled, the previous map is shown again. The order is stored in the browser
   * until the end, so that the run can continue after its tab has died. @param unfinished the run to continue
   */
  async function makeMap(order: MapOrder, unfinished: UnfinishedRun | null = null): Promise<Failure | null> {
    const outcome = await jobs.run({ kind: 'building', name: order.name }, 'project', (signal, update) =>
      run(parts, order, unfinished, { signal, update, again: () => makeMap(order) }),
    );
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

interface RunCall {
  readonly signal: AbortSignal;
  readonly update: UpdateJob;
  /** Begins the run anew. */
  readonly again: () => Promise<unknown>;
}

async function run(
  parts: Parts,
  order: MapOrder,
  unfinished: UnfinishedRun | null,
  { signal, update, again }: RunCall,
): Promise<void> {
  const { store, page, tabs, unfinishedRuns, showing, view } = parts;
  parts.comparing.leaveComparison();
  const before = store.get();
  const began = performance.now();
  store.set({ unfinished: null });
  const noun = nounOf(order.corpus);
  update({ total: order.corpus.papers.length, noun });
  let embedded: EmbeddedCounts = { cached: 0, computed: 0 };
  const onEncoded = (counts: EmbeddedCounts): void => {
    embedded = counts;
  };
  try {
    const map = await tabs.alone(MAKING, () => {
      if (unfinished) unfinishedRuns.resume(unfinished);
      else if (canGoOnLater(parts, order)) unfinishedRuns.begin(order);
      return build(parts, order, { signal, update, onEncoded }).finally(() => {
        // One that was replaced can go on, also in the next visit.
        if (signal.reason !== REPLACED) void unfinishedRuns.end();
      });
    });
    showing.showMap({ corpus: map.corpus, positions: map.positions, map }, 'query');
    view.followPapers();
    store.set(({ runs }) => ({ runs: runs + 1 }));
    sayReady(store, map, embedded, performance.now() - began);
    page.tellAway('The map is ready', `${order.name}: ${countOf(map.corpus.papers.length, noun)}`);
    carryTopicEdits(store, before, map, parts.topics.undoEdit);
  } catch (error) {
    if (signal.reason === REPLACED) offerAgain(parts, order, again);
    showing.restore(before);
    const { title } = sentenceOf(toFailure(error, 'project'));
    if (!isCancelled(error)) page.tellAway('The map was not made', `${order.name}: ${title}`);
    throw error;
  }
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

interface BuildCall {
  readonly signal: AbortSignal;
  readonly update: UpdateJob;
  readonly onEncoded: (counts: EmbeddedCounts) => void;
}

async function build(parts: Parts, order: MapOrder, { signal, update, onEncoded }: BuildCall): Promise<MapData> {
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
      onEncoded,
      onSetAside: (indices) => noteSetAside(store, corpus, indices, order.given !== null, stands),
      onPlaces: ({ positions, ...places }) => {
        if (signal.aborted) return;
        showing.showMap({ corpus, positions, map: null }, 'query');
        parts.view.followPapers();
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
  const current = encoders.currentModel();
  if (current.isLocal) return { encoder: encoders.encoderOf(current) };
  const { model, budget } = urlOptions(choices);
  return { encoder: encoders.encoderOf(modelSpecOf(model, budget)) };
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

import { makeLibraryStore } from '../library/database.web.ts';
import { makeMapLibrary } from '../library/map-library.web.ts';
import { makeUnfinishedRuns } from '../library/unfinished-run.web.ts';
import { makeSearcher } from '../search/search.client.ts';
import { followAddress } from './address/follow-address.ts';
import { urlOptions } from './address/url.ts';
import { makeRecentCommands } from './commands/rank-commands.ts';
import { makeWalking } from './commands/walk.ts';
import type { CompareMaps } from './compare/compare-maps.ts';
import { makeComparing } from './compare/comparing.ts';
import { makeEncoders } from './encoders.ts';
import { makeFiltering } from './filter/filters.ts';
import { makeJobs } from './jobs.ts';
import { makeKeptMaps } from './kept-maps.ts';
import type { Adding } from './maps/adding.ts';
import { makeCalling } from './maps/calling.ts';
import type { Exporting } from './maps/export-map.ts';
import type { Importing } from './maps/importing.ts';
import type { Making } from './maps/making.ts';
import { makeOpening } from './maps/opening.ts';
import type { Orders } from './maps/orders.ts';
import type { Reducing } from './maps/reducing.ts';
import { makeSaving } from './maps/saving.ts';
import { makeShowing } from './maps/showing.ts';
import { makeUnfinished } from './maps/unfinished.ts';
import { makeWaiting } from './maps/waiting.ts';
import { makeMeasuring } from './neighbors/measuring.ts';
import { makeOffline } from './offline.ts';
import { browserPage } from './page.ts';
import { makeSearch } from './search/search.ts';
import { makeDrawing } from './selection/drawing.ts';
import { makeKeeping, makePicking } from './selection/selecting.ts';
import { makeSelectors } from './selectors.ts';
import { makeSettings } from './settings.ts';
import { makeStore } from './store.ts';
import { makeTabs } from './tabs.ts';
import type { FindingAgain } from './topics/finding-again.ts';
import { makeTopics } from './topics/topics.ts';
import { makeStacks } from './view/stacks.ts';
import { makeView } from './view/view.ts';
import { makeWorkers } from './workers.ts';

/** The state and the actions of a page, without its looks. */
export type App = ReturnType<typeof makeApp>;

type Core = ReturnType<typeof makeCore>;
type Maps = ReturnType<typeof makeMaps>;

/**
 * The app of this window, before anything is opened; {@link startApp} starts it. Parts that the first picture does not
 * need are loaded from their own files on first use.
 */
export function makeApp() {
  const core = makeCore();
  const maps = makeMaps(core);
  const lateParts = makeLateParts(core, maps);
  const { store, page, tabs, workers, unfinishedRuns } = core;
  const unfinished = makeUnfinished({ store, tabs, unfinishedRuns, ...lateParts });
  const offline = makeOffline({ store, page, tabs, mapFiles: workers.mapFiles, ...maps, ...lateParts });
  return { ...core, ...maps, ...lateParts, unfinished, offline };
}

/** Opens what the address, the system or another page asks for, then follows the address. */
export function startApp(app: App): void {
  followAddress(app);
  void app.offline.startOffline();
  void app.unfinished.offerUnfinished();
}

/** The shown map and the actions on it. */
function makeCore() {
  const page = browserPage();
  const store = makeStore();
  store.set({ budget: urlOptions(page.hash()).budget });
  const selectors = makeSelectors();
  const workers = makeWorkers();
  const encoders = makeEncoders(store, page);
  const view = makeView(store, selectors, page);
  const stacks = makeStacks(store, selectors, view);
  const topics = makeTopics(store, selectors, view);
  const picking = makePicking(store, selectors, view);
  const site = new URL(page.base).pathname;
  const libraryStore = makeLibraryStore(site);
  return {
    page,
    store,
    selectors,
    workers,
    encoders,
    view,
    topics,
    picking,
    keeping: makeKeeping(store, topics.undoEdit),
    drawing: makeDrawing({ store, selectors, view, picking }),
    filtering: makeFiltering(store, selectors),
    comparing: makeComparing(store),
    search: makeSearch({ store, selectors, searcher: makeSearcher(), encoders }),
    stacks,
    walking: makeWalking(store, selectors, view, stacks),
    settings: makeSettings(store, page),
    recentCommands: makeRecentCommands(),
    measureShownMap: makeMeasuring(store, workers.analyst),
    jobs: makeJobs(store, workers.projector),
    tabs: makeTabs(page.base, (navigator as { locks?: LockManager }).locks), // Missing in some contexts.
    library: makeMapLibrary(site, libraryStore),
    unfinishedRuns: makeUnfinishedRuns(libraryStore),
  };
}

/** Opening, reading and saving maps. */
function makeMaps(core: Core) {
  const { mapFiles, analyst } = core.workers;
  const showing = makeShowing({ ...core, topicFinder: analyst });
  const waiting = makeWaiting({ ...core, keepMap: () => keptMaps.keepShownMap() });
  const opening = makeOpening({ ...core, mapFiles, showing, waiting });
  const keptMaps = makeKeptMaps({ ...core, mapFiles, showing, opening });
  return {
    showing,
    calling: makeCalling(core.store, showing),
    waiting,
    opening,
    keptMaps,
    saving: makeSaving({ ...core, mapFiles, showing }),
  };
}

interface LateParts {
  readonly importing: Importing;
  readonly orders: Orders;
  readonly making: Making;
  readonly adding: Adding;
  readonly compareMaps: CompareMaps;
  readonly reducing: Reducing;
  readonly findingAgain: FindingAgain;
  readonly exporting: Exporting;
}

/** Parts that are loaded from files of their own. */
function makeLateParts(core: Core, maps: Maps): LateParts {
  const parts = { ...core, ...maps };
  const orders = once(async () => (await import('./maps/orders.ts')).makeOrders({ ...parts, ...late }));
  const making = once(async () => {
    const [{ makeMaking }, { makeRates }] = await Promise.all([
      import('./maps/making.ts'),
      import('./maps/estimate.ts'),
    ]);
    return makeMaking({ ...parts, rates: makeRates(core.page, () => performance.now()) });
  });
  const adding = once(async () => (await import('./maps/adding.ts')).makeAdding(parts));
  const comparison = once(async () => (await import('./compare/compare-maps.ts')).makeCompareMaps(parts));
  const reducing = once(async () => (await import('./maps/reducing.ts')).makeReducing(parts));
  const finding = once(async () => (await import('./topics/finding-again.ts')).makeFindingAgain(parts));
  const exports = once(async () =>
    (await import('./maps/export-map.ts')).makeExporting({ ...parts, mapFiles: core.workers.mapFiles }),
  );
  const late: LateParts = {
    importing: makeLateImporting(parts),
    orders: {
      addWhenReady: async () => (await orders()).addWhenReady(),
      makeNext: async () => (await orders()).makeNext(),
      makeInstead: async () => (await orders()).makeInstead(),
    },
    making: {
      makePlannedMap: async () => (await making()).makePlannedMap(),
      makeShownMapAgain: async () => (await making()).makeShownMapAgain(),
      makeMap: async (...order) => (await making()).makeMap(...order),
      makeMapOf: async (plan) => (await making()).makeMapOf(plan),
    },
    adding: {
      addPlannedPapers: async () => (await adding()).addPlannedPapers(),
      addPapersOf: async (plan) => (await adding()).addPapersOf(plan),
      goOnAdding: async (...run) => (await adding()).goOnAdding(...run),
    },
    compareMaps: {
      withFile: async (file) => (await comparison()).withFile(file),
      withKept: async (map) => (await comparison()).withKept(map),
      withLayout: async (choice) => (await comparison()).withLayout(choice),
    },
    reducing: {
      surveyMap: async (...of) => (await reducing()).surveyMap(...of),
      reduceShownMap: async (...to) => (await reducing()).reduceShownMap(...to),
    },
    findingAgain: {
      findTopicsAgain: async () => (await finding()).findTopicsAgain(),
      removePapers: async (papers) => (await finding()).removePapers(papers),
    },
    exporting: {
      fileOf: async (order) => (await exports()).fileOf(order),
      picture: async (...of) => (await exports()).picture(...of),
      paint: async (...on) => (await exports()).paint(...on),
      exportMap: async (order) => (await exports()).exportMap(order),
    },
  };
  return late;
}

/** Reading files, loaded with the first one. */
function makeLateImporting(parts: Core & Maps): Importing {
  const importing = once(async () =>
    (await import('./maps/importing.ts')).makeImporting({ ...parts, reader: parts.workers.reader }),
  );
  return {
    openGiven: async (given) => (await importing()).openGiven(given),
    openFiles: async (...files) => (await importing()).openFiles(...files),
    openMapGiven: async (given) => (await importing()).openMapGiven(given),
    openPasted: async (...pasted) => (await importing()).openPasted(...pasted),
    change: async (...to) => (await importing()).change(...to),
    reset: async (files) => (await importing()).reset(files),
    chooseMerge: async (rule) => (await importing()).chooseMerge(rule),
    leave: async () => (await importing()).leave(),
  };
}

/** Calls `make` once and shares its result; after a failure the next call tries again. */
function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}

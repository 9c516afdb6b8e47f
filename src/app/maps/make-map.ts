import { modelSpecOf } from '../../encode/model-spec.ts';
import type { UnfinishedRun } from '../../library/database.web.ts';
import type { GivenVectors } from '../../model/given-vectors.ts';
import type { MapData } from '../../model/map-data.ts';
import type { Corpus } from '../../model/paper.ts';
import type { ReadReport } from '../../model/read-report.ts';
import { NO_SELECTION } from '../../model/selection.ts';
import { type BuildTools, buildMap } from '../../pipeline/build-map.ts';
import { givenEncoder } from '../../pipeline/given-encoder.ts';
import { urlOptions, withLayout } from '../address/url.ts';
import { defaultColor } from '../coloring.ts';
import { leaveComparison } from '../compare/leave-comparison.ts';
import { GENERATOR } from '../generator.ts';
import { formatCount, formatDuration, plural } from '../messages.ts';
import { inOneTab, MAKING } from '../one-tab.ts';
import { indexPapers } from '../search/search-papers.ts';
import {
  analyst,
  currentEncoder,
  currentModel,
  encoderOf,
  outliner,
  projector,
  reportFailure,
  runJob,
} from '../session.ts';
import { unfinishedRuns } from '../storage.ts';
import { forgetEdits, getState, type Job, NO_FILTERS, notify, type State, setState } from '../store.ts';
import { carryTopicEdits } from '../topics/carry-topic-edits.ts';
import { papersInView } from '../view/map-actions.ts';
import { showMap } from './open-map.ts';

/** A map to be made. */
export interface MapOrder {
  readonly name: string;
  readonly origin: string | null;
  readonly corpus: Corpus;
  readonly report: ReadReport;
  /** ISO 8601 time of the run. */
  readonly created: string;
  /** The options of the run, as an address has them after `#`. */
  readonly choices: string;
  /** Null: a model makes them. */
  readonly given: GivenVectors | null;
  /** What made the given ones; '' when not known. */
  readonly givenModel: string;
}

/** Makes the map of the papers that wait in the import dialog. */
export async function makePlannedMap(): Promise<void> {
  const { plan } = getState();
  if (!plan) return;
  setState({ plan: null });
  const { name, origin } = urlOptions();
  const given = plan.vectors.find(({ column }) => column === plan.vectorsFrom) ?? null;
  const titles = { name: name || plan.name, origin: origin || null };
  await makeMap({ ...plan, ...titles, given, givenModel: plan.vectorsModel, ...thisRun() });
}

/** Makes the shown map's papers anew, by the whole pipeline, in this browser. */
export async function makeShownMapAgain(): Promise<void> {
  const map = getState().shown?.map;
  if (!map) return;
  const { name, origin, counts } = map.info;
  const report: ReadReport = {
    ...counts,
    // How many were left out is known, not why: the reasons stayed with the first reading.
    skipped: Array.from({ length: counts.skipped }, () => ({
      file: name,
      line: 0,
      reason: 'left out when first read',
    })),
    groups: [],
    warnings: [],
    files: [],
  };
  await makeMap({ name, origin, corpus: map.corpus, report, given: null, givenModel: '', ...thisRun() });
}

function thisRun(): Pick<MapOrder, 'created' | 'choices'> {
  const options = urlOptions();
  const encoding = new URLSearchParams({ model: options.model, budget: getState().budget });
  const choices = withLayout(encoding.toString(), options);
  return { created: new Date().toISOString(), choices };
}

/**
 * Makes a map; the one that was shown comes back when this fails or is cancelled. Until then the order is kept in the
 * browser, so that it can go on after its tab has died. @param unfinished the run that it goes on with
 */
export async function makeMap(order: MapOrder, unfinished: UnfinishedRun | null = null): Promise<void> {
  leaveComparison();
  const before = getState();
  const began = performance.now();
  setState({ unfinished: null });
  await runJob({ kind: 'building', name: order.name }, 'project', async (signal, update) => {
    update({ total: order.corpus.papers.length });
    try {
      const map = await inOneTab(MAKING, async () => {
        if (unfinished) unfinishedRuns.resume(unfinished);
        else if (canGoOnLater(order)) unfinishedRuns.begin(order);
        return build(order, signal, update).finally(() => void unfinishedRuns.end());
      });
      finish(map, performance.now() - began);
      carryTopicEdits(before, map);
    } catch (error) {
      restore(before);
      throw error;
    }
  });
}

function build(
  order: MapOrder,
  signal: AbortSignal,
  update: (change: Partial<Pick<Job, 'progress' | 'places'>>) => void,
): Promise<MapData> {
  const { name, origin, created, corpus } = order;
  return buildMap(
    order,
    { name, origin, layout: urlOptions(order.choices), generator: GENERATOR, created },
    { ...encoding(order), projector, outliner, topicFinder: analyst },
    {
      signal,
      onProgress: (progress) => update({ progress }),
      first: papersLookedAt,
      onEmbedded: unfinishedRuns.embedded,
      onSetAside: (indices) => noteSetAside(corpus, indices, order.given !== null),
      onPlaces: ({ positions, ...places }) => {
        if (signal.aborted) return;
        showPlaces(corpus, positions);
        update({ places });
      },
      onFailure: reportFailure,
      onOtherStart: sayOtherStart,
    },
  );
}

/** What a tab that has died took along cannot be gone on with: a model's folder, and vectors, which are read again soon. */
function canGoOnLater({ given }: MapOrder): boolean {
  return given === null && !currentModel().isLocal;
}

function encoding({ corpus, given, givenModel, choices }: MapOrder): Pick<BuildTools, 'encoder' | 'readsPhrases'> {
  if (given) return { encoder: givenEncoder(corpus, given, givenModel), readsPhrases: false };
  if (currentModel().isLocal) return { encoder: currentEncoder() };
  const { model, budget } = urlOptions(choices);
  return { encoder: encoderOf(modelSpecOf(model, budget)) };
}

function finish(map: MapData, tookMs: number): void {
  showMap(map);
  setState(({ runs }) => ({ runs: runs + 1 }));
  notify('done', {
    title: 'The map is ready',
    text: `${plural(map.corpus.papers.length, 'paper')} in ${formatDuration(tookMs)}. “Save map” keeps it as a file.`,
  });
}

/** So many of those in view, the middle first, and none while the whole map is. */
const MOST_FIRST = 2000;

function papersLookedAt(): number[] {
  const { shown } = getState();
  const found = papersInView(MOST_FIRST);
  if (!found || !shown || found.total === shown.corpus.papers.length) return [];
  return Array.from(found.nearest);
}

function sayOtherStart(): void {
  notify('done', {
    title: 'The layout began on principal components',
    text: 'The spectral start was not found within its bound for these papers. The map is sound; it only began elsewhere.',
  });
}

const MOST_TITLES = 3;

/** Says which papers stand beside the map, if any. `wereGiven`: their vectors came with them. */
export function noteSetAside({ papers }: Corpus, indices: readonly number[], wereGiven: boolean): void {
  if (indices.length === 0) return;
  const titles = indices
    .slice(0, MOST_TITLES)
    .map((index) => `“${papers[index].title || papers[index].text.slice(0, 60)}”`);
  const others = indices.length - titles.length;
  notify('warning', {
    title: wereGiven
      ? `${plural(indices.length, 'paper')} without a usable vector`
      : `${plural(indices.length, 'paper')} could not be embedded`,
    text: `${titles.join(', ')}${others > 0 ? ` and ${formatCount(others)} more` : ''}${wereGiven ? '' : ': each stopped two workers'}. They stand beside the map.`,
  });
}

function showPlaces(corpus: Corpus, positions: Float32Array): void {
  const isNew = getState().shown?.corpus !== corpus;
  setState({ shown: { corpus, positions, map: null } });
  if (!isNew) return;
  // What is searched for stays, and is searched for among the new papers as soon as they are indexed.
  const filters = NO_FILTERS;
  setState({
    hits: null,
    hovered: -1,
    selected: -1,
    topic: -1,
    ground: -1,
    colorBy: 'source',
    filters,
    timeline: null,
    dayOrders: {},
  });
  setState({ selection: NO_SELECTION, kept: [], draft: null, selectionOpen: false });
  // Undoing them would select papers by indices of others.
  forgetEdits();
  void indexPapers(corpus.papers, null);
}

function restore({ shown: before, topicEdits, selection, kept }: State): void {
  const { shown } = getState();
  setState({ shown: before, topicEdits, selection, kept, draft: null, selectionOpen: false });
  if (shown?.corpus === before?.corpus) return;
  forgetEdits();
  setState({
    hits: null,
    hovered: -1,
    selected: -1,
    topic: -1,
    ground: -1,
    filters: NO_FILTERS,
    timeline: null,
    dayOrders: {},
    colorBy: before?.map ? defaultColor(before.map) : 'none',
  });
  if (before) void indexPapers(before.corpus.papers, before.map);
}

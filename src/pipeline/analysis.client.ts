import { proxy, transfer } from 'comlink';
import { isCancelled } from '../model/failure.ts';
import type { MapData } from '../model/map-data.ts';
import type { QuantizedMatrix } from '../model/matrix.ts';
import type { Corpus, Paper } from '../model/paper.ts';
import type { TopicTree } from '../model/topics.ts';
import type { LayoutComparison } from '../project/measure/compare-layouts.ts';
import type { KeptChoice } from '../project/measure/kept-dimensions.ts';
import type { MapMeasures, MeasuredMap } from '../project/measure/measure-map.ts';
import type { Contrast, ContrastRequest } from '../topics/naming/contrast.ts';
import type { TopicsInput } from '../topics/topic-session.ts';
import { makeWorkerSlot, type WorkerSlot } from '../worker/worker-slot.ts';
import type { AnalysisApi, ComparedMap, MapVectors, ReducedVectors } from './analysis.api.ts';

/** Vectors of phrases, phrases × d, row-major; null without a model to make them. */
export type EncodePhrases = (phrases: readonly string[]) => Promise<Float32Array | null>;

/** The parts of a map that are compared. */
export interface PlacedPapers {
  readonly corpus: Corpus;
  readonly positions: Float32Array;
}

/** Finds and names the topics of maps. */
export interface TopicFinder {
  /** Without `encodePhrases`, names are chosen by the words alone. Aborting rejects with `cancelled`. */
  findTopics(
    map: Pick<MapData, 'corpus' | 'positions' | 'neighbors' | 'embedding'> & Pick<TopicsInput, 'space'>,
    options?: { readonly encodePhrases?: EncodePhrases; readonly signal?: AbortSignal | undefined },
  ): Promise<TopicTree>;
}

/** Finds the topics of a map in the making, again and again while its papers move. */
export interface TopicDrafter {
  /** Starts a worker of its own and hands it the texts, a few at a time, so that the page stays free. */
  startDraft(papers: readonly Paper[], signal: AbortSignal): TopicDraft;
}

/** The topics of one map in the making. */
export interface TopicDraft {
  /** Resolves when the worker has read all texts. Rejects as calls do. */
  readonly isRead: Promise<void>;
  /** Topics of the papers at these positions (n×2, NaN for none), which are copied; null while there are none. */
  find(positions: Float32Array): Promise<TopicTree | null>;
  /** Ends the worker; pending calls reject with `cancelled`. */
  stop(): void;
}

/** Texts in one message, which takes one or two milliseconds of the page's time. */
const CHUNK = 200;

/**
 * Analyses maps in workers. All input is copied. Rejects with `worker-died` or `worker-silent` when the worker was
 * lost, with `cancelled` when the call was aborted.
 */
export interface Analyst extends TopicFinder, TopicDrafter {
  /**
   * The phrases that distinguish two sets of `papers`. The first call for a list of papers reads all their texts; later
   * calls for the same list only count. Only the newest call counts: a call resolves to null when a newer one or
   * `dispose` ends it. After a loss the next call starts a new worker.
   */
  tellApart(papers: readonly Paper[], request: ContrastRequest): Promise<Contrast | null>;
  /** How two maps differ; null when they share fewer than three papers. */
  compare(own: PlacedPapers, other: PlacedPapers, signal: AbortSignal): Promise<LayoutComparison | null>;
  /** See `measureMap`. A newer call ends an older one, which rejects with `cancelled`. */
  measure(map: MeasuredMap): Promise<MapMeasures>;
  /** What each number of dimensions would preserve, see `surveyDimensions`. */
  surveyDimensions(
    embedding: QuantizedMatrix,
    call: { readonly signal: AbortSignal; readonly onDone: (done: number, total: number) => void },
  ): Promise<KeptChoice[]>;
  /** Reduces vectors by a choice that `surveyDimensions` has measured on them. */
  reduceVectors(vectors: MapVectors, choice: KeptChoice, signal: AbortSignal): Promise<ReducedVectors>;
  /** Terminates all workers; pending calls are cancelled. A later call would start a new one. */
  dispose(): void;
}

/**
 * An analyst that starts workers on demand. Cancelling terminates a worker and must not end other jobs, which may run
 * at the same time, so each job has its own worker. Only the contrasts share one, which keeps the phrases.
 */
export function makeAnalyst(): Analyst {
  const slots = new Set<WorkerSlot<AnalysisApi>>();
  const contraster = startSlot('contrast');
  let measuring = new AbortController();

  function startSlot(job: string): WorkerSlot<AnalysisApi> {
    const slot = makeWorkerSlot<AnalysisApi>(
      job,
      () => new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' }),
    );
    slots.add(slot);
    return slot;
  }

  async function alone<Result>(job: string, run: (slot: WorkerSlot<AnalysisApi>) => Promise<Result>): Promise<Result> {
    const slot = startSlot(job);
    try {
      return await run(slot);
    } finally {
      slot.stop();
      slots.delete(slot);
    }
  }

  return {
    findTopics({ corpus: { papers }, positions, space = null, neighbors, embedding }, options = {}) {
      const { encodePhrases, signal } = options;
      const input: TopicsInput = { ...textsOf(papers), positions, space, neighbors, embedding };
      return alone('topics', async (slot) => {
        const phrases = await slot.call((api) => api.findTopics(input), { signal });
        const vectors = encodePhrases && phrases.length > 0 ? await encodePhrases(phrases) : null;
        return slot.call((api) => api.nameTopics(vectors && transfer(vectors, [vectors.buffer])), { signal });
      });
    },
    startDraft: (papers, signal) => {
      const slot = startSlot('draft');
      return draftBy(slot, papers, signal, () => slots.delete(slot));
    },
    tellApart: contrastBy(contraster),
    compare: (own, other, signal) =>
      alone('compare', (slot) => slot.call((api) => api.compare(comparedOf(own), comparedOf(other)), { signal })),
    measure({ positions, neighbors, embedding }) {
      measuring.abort();
      measuring = new AbortController();
      const { signal } = measuring;
      return alone('measures', (slot) =>
        slot.call((api) => api.measure({ positions, neighbors, embedding }), { signal }),
      );
    },
    surveyDimensions: (embedding, { signal, onDone }) =>
      alone('dimensions', (slot) => slot.call((api) => api.surveyDimensions(embedding, proxy(onDone)), { signal })),
    reduceVectors: (vectors, choice, signal) =>
      alone('dimensions', (slot) => slot.call((api) => api.reduceVectors(vectors, choice), { signal })),
    dispose() {
      for (const slot of slots) slot.stop();
    },
  };
}

function draftBy(
  slot: WorkerSlot<AnalysisApi>,
  papers: readonly Paper[],
  signal: AbortSignal,
  onStop: () => void,
): TopicDraft {
  return {
    isRead: readDraft(slot, papers, signal),
    find: (positions) => slot.call((api) => api.draftTopics(positions), { signal }),
    stop() {
      slot.stop();
      onStop();
    },
  };
}

async function readDraft(slot: WorkerSlot<AnalysisApi>, papers: readonly Paper[], signal: AbortSignal): Promise<void> {
  for (let from = 0; from < papers.length; from += CHUNK) {
    const texts = textsOf(papers.slice(from, from + CHUNK));
    await slot.call((api) => api.addDraftTexts(texts), { signal });
  }
  await slot.call((api) => api.readDraft(), { signal });
}

function contrastBy(slot: WorkerSlot<AnalysisApi>): Analyst['tellApart'] {
  let newest = 0;
  /** The papers whose phrases the worker has read or is reading. */
  let known: readonly Paper[] | null = null;
  let reading: Promise<void> = Promise.resolve();

  return async (papers, request) => {
    const ticket = ++newest;
    try {
      if (known !== papers) {
        known = papers;
        reading = slot.call((api) => api.readPhrases(textsOf(papers)));
      }
      await reading;
      if (ticket !== newest) return null;
      const contrast = await slot.call((api) => api.tellApart(request));
      return ticket === newest ? contrast : null;
    } catch (error) {
      // The phrases were lost with the worker.
      known = null;
      if (ticket !== newest || isCancelled(error)) return null;
      throw error;
    }
  };
}

function textsOf(papers: readonly Paper[]): Pick<TopicsInput, 'titles' | 'texts'> {
  return { titles: papers.map(({ title }) => title), texts: papers.map(({ text }) => text) };
}

function comparedOf({ corpus: { papers }, positions }: PlacedPapers): ComparedMap {
  return { ids: papers.map(({ id }) => id), titles: papers.map(({ title }) => title), positions };
}

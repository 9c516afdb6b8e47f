import type { Encoder } from '../encode/encode.client.ts';
import type { EncodedBatch } from '../encode/encode-run.web.ts';
import { type Failure, isCancelled, isWorkerLost, StageError, toFailure } from '../model/failure.ts';
import { checkMapData, FIRST_FORMAT_VERSION, type MapData } from '../model/map-data.ts';
import { type Corpus, MIN_PAPERS } from '../model/paper.ts';
import type { ReadReport } from '../model/read-report.ts';
import { joinSentences } from '../model/sentence-vectors.ts';
import type { TopicTree } from '../model/topics.ts';
import type { ProjectResult } from '../project/project.api.ts';
import type { TopicFinder } from './analysis.client.ts';
import { type EncodedPapers, type EncodeWatch, encodePapers } from './encode-papers.ts';
import { findMapTopics } from './find-topics.ts';
import { beginFirstMap, type FirstMap, type FirstMapTools, type FirstMapWatch, showGivenMap } from './first-map.ts';
import { type LayoutOptions, projectOptionsOf } from './layout.ts';

/** Options of making a map. */
export interface BuildOptions {
  readonly name: string;
  readonly origin: string | null;
  readonly layout: LayoutOptions;
  /** n×2 in map units, NaN for a paper without a place: kept as they are, and nothing is laid out. Default: none. */
  readonly places?: Float32Array | null;
  readonly generator: string;
  /** ISO 8601 time of the run. */
  readonly created: string;
}

/** The workers that make the map. */
export interface BuildTools extends FirstMapTools {
  readonly encoder: Pick<Encoder, 'encode'>;
  /** False for an encoder of given vectors; topics are then named by the words alone. */
  readonly readsPhrases?: boolean;
  readonly topicFinder: TopicFinder;
}

/** Callbacks and signal of making a map. */
export interface BuildWatch extends EncodeWatch, FirstMapWatch {
  /** Called with the papers that no worker could embed, once all others are embedded; may be empty. */
  readonly onSetAside: (papers: readonly number[]) => void;
  /** Called once with how many papers had a vector in storage, and for how many one was made. */
  readonly onEncoded?: (counts: { readonly cached: number; readonly computed: number }) => void;
  /** An optional part of the map has failed. */
  readonly onFailure: (failure: Failure) => void;
  /** Called once if the layout could not begin as asked for. */
  readonly onOtherStart: () => void;
}

/**
 * Makes a map of papers: encode, then kNN graph, layout, quality and topics. Meanwhile a map by shared words is shown,
 * with topics of its own, and moves as vectors arrive. The layout begins with that map unless another start is chosen. Papers with places of
 * their own keep these, and are shown there from the beginning. The result does not depend on the timing of what was
 * shown, or on lost workers, whose work is repeated once. Fails with `too-few-papers`, `cancelled`, or a stage's
 * failure; nothing is left half done.
 */
export async function buildMap(
  input: { readonly corpus: Corpus; readonly report: ReadReport },
  options: BuildOptions,
  tools: BuildTools,
  watch: BuildWatch,
): Promise<MapData> {
  const { corpus } = input;
  const n = corpus.papers.length;
  if (n < MIN_PAPERS) {
    throw new StageError('too-few-papers', 'project', `expected at least ${MIN_PAPERS} papers, got ${n}`);
  }
  const { places = null } = options;
  const first = places
    ? showGivenMap(corpus, places, tools, watch)
    : beginFirstMap(corpus, options.layout.seed, tools, watch);
  return finishMap(input, options, tools, watch, first).finally(first.endDraft);
}

async function finishMap(
  input: { readonly corpus: Corpus; readonly report: ReadReport },
  options: BuildOptions,
  tools: BuildTools,
  watch: BuildWatch,
  first: FirstMap,
): Promise<MapData> {
  const { corpus } = input;
  const { encoded, lost } = await encodeInto(corpus, first, tools, watch).finally(first.stop);
  watch.onEncoded?.(encoded.outcome);
  watch.onSetAside(encoded.outcome.setAside);
  const lay = (): Promise<ProjectResult> => project(first, { ...options, n: corpus.papers.length }, tools, watch);
  const projected = await (lost ? Promise.reject(lost) : lay()).catch(async (error: unknown) => {
    if (!isWorkerLost(error) || watch.signal.aborted) throw error;
    // Its vectors were lost with the worker, but they are in storage, so this is quick.
    const again = await encodeInto(corpus, first, tools, { ...watch, onEmbedded: () => undefined });
    if (again.lost) throw again.lost;
    return lay();
  });
  tools.outliner.stop();
  void first.endDraft();
  const topics = await findTopics(corpus, projected, tools, watch);
  return assemble(input, options, { encoded, projected, topics });
}

async function project(
  first: FirstMap,
  { layout, places = null, n }: BuildOptions & { readonly n: number },
  { projector }: BuildTools,
  watch: BuildWatch,
): Promise<ProjectResult> {
  // The map by texts and seed only, never the picture as shown, which depends on timing.
  const start = places ?? (layout.start === 'words' ? await first.outline : null);
  // Callbacks from a worker are delayed: the last ones may come after its result and after the next stage began.
  let isOver = false;
  let share = 0;
  try {
    const projected = await projector.run(
      { ...projectOptionsOf(layout, n), keepsStart: places !== null },
      {
        signal: watch.signal,
        start,
        onProgress: (progress) => {
          if (progress.stage === 'laying out') share = progress.done / Math.max(1, progress.total);
          if (!isOver) watch.onProgress(progress);
        },
        onPreview: (positions) => {
          if (!isOver) first.layingOut(positions, share);
        },
      },
    );
    if (!places && layout.start === 'spectral' && projected.start !== 'spectral') watch.onOtherStart();
    return projected;
  } finally {
    isOver = true;
  }
}

/** The topics; null on failure, which does not fail the map. */
async function findTopics(
  corpus: Corpus,
  { positions, space, neighbors, embedding }: ProjectResult,
  { encoder, topicFinder, readsPhrases = true }: BuildTools,
  { signal, onProgress, onFailure }: BuildWatch,
): Promise<TopicTree | null> {
  try {
    const map = { corpus, positions, space, neighbors, embedding };
    return await findMapTopics(map, { topicFinder, encoder: readsPhrases ? encoder : null }, { signal, onProgress });
  } catch (error) {
    if (isCancelled(error)) throw error;
    onFailure(toFailure(error, 'topics'));
    return null;
  }
}

/** What was encoded, and the error if the projector lost its vectors with its worker; otherwise null. */
interface SentPapers {
  readonly encoded: EncodedPapers;
  readonly lost: StageError | null;
}

/** Encodes all papers, and sends their vectors to the projector and the first map as they arrive. */
async function encodeInto(
  { papers }: Corpus,
  firstMap: FirstMap,
  { encoder, projector }: BuildTools,
  watch: EncodeWatch,
): Promise<SentPapers> {
  const errors: unknown[] = [];
  const sending: Promise<void>[] = [];
  const send = (call: Promise<void>): void => {
    sending.push(call.catch((error: unknown) => void errors.push(error)));
  };
  const onBatch = ({ indices, vectors, dimensions }: EncodedBatch): void => {
    if (sending.length === 0) send(projector.begin(papers.length, dimensions));
    // Copies first, because the projector takes the arrays themselves.
    firstMap.arrived(indices, vectors);
    send(projector.add(indices, vectors));
  };
  // If this throws, the projector fails by the same cancellation, so its error adds nothing.
  const encoded = await encodePapers(papers, encoder, watch, onBatch);
  // A vector of zeros has no direction, so its paper is placed beside the map.
  const { setAside, info } = encoded.outcome;
  const zeros = new Float32Array(setAside.length * info.dimensions);
  if (setAside.length > 0) send(projector.add(Int32Array.from(setAside), zeros));
  await Promise.all(sending);
  if (errors.length === 0) return { encoded, lost: null };
  const lost = errors.find((error) => error instanceof StageError && isWorkerLost(error));
  if (lost instanceof StageError) return { encoded, lost };
  throw errors[0];
}

/** The results of the stages. */
interface Stages {
  readonly encoded: EncodedPapers;
  readonly projected: ProjectResult;
  readonly topics: TopicTree | null;
}

function assemble(
  { corpus, report }: { readonly corpus: Corpus; readonly report: ReadReport },
  options: BuildOptions,
  { encoded: { outcome, summaries, sentences }, projected, topics }: Stages,
): MapData {
  const { positions, neighbors, embedding, preservation, quality, info } = projected;
  return checkMapData({
    corpus,
    positions,
    neighbors,
    embedding,
    ...(sentences.some(({ length }) => length > 0) ? { sentences: joinSentences(sentences, embedding.cols) } : {}),
    preservation,
    summaries,
    topics,
    info: {
      version: FIRST_FORMAT_VERSION,
      name: options.name,
      origin: options.origin,
      created: options.created,
      generator: options.generator,
      counts: {
        records: report.records,
        papers: report.papers,
        merged: report.merged,
        skipped: report.skipped.length,
      },
      encode: outcome.info,
      project: info,
      quality,
      other: {},
    },
  });
}

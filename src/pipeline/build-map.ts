import type { Encoder } from '../encode/encode.client.ts';
import type { EncodedBatch } from '../encode/encode-run.web.ts';
import type { Outliner } from '../lexical/lexical.client.ts';
import { type Failure, isCancelled, isWorkerLost, StageError, toFailure } from '../model/failure.ts';
import { checkMapData, FIRST_FORMAT_VERSION, type MapData } from '../model/map-data.ts';
import { type Corpus, MIN_PAPERS } from '../model/paper.ts';
import type { ReadReport } from '../model/read-report.ts';
import { joinSentences } from '../model/sentence-vectors.ts';
import type { TopicTree } from '../model/topics.ts';
import type { ProjectResult } from '../project/project.api.ts';
import type { Projector } from '../project/project.client.ts';
import type { EncodePhrases, TopicFinder } from './analysis.client.ts';
import { type EncodedPapers, type EncodeWatch, encodePapers, encodeTexts } from './encode-papers.ts';
import { beginFirstMap, type FirstMap, type FirstMapWatch } from './first-map.ts';
import { type LayoutOptions, projectOptionsOf } from './layout.ts';
import { retryIfLost } from './retry-if-lost.ts';

/** What a map is made with. */
export interface BuildOptions {
  readonly name: string;
  readonly origin: string | null;
  readonly layout: LayoutOptions;
  readonly generator: string;
  /** ISO 8601 time of the run. */
  readonly created: string;
}

/** The workers that make it. */
export interface BuildTools {
  readonly encoder: Pick<Encoder, 'encode'>;
  /** False for an encoder of given vectors: topics are then named by the words alone. */
  readonly readsPhrases?: boolean;
  readonly projector: Projector;
  readonly outliner: Outliner;
  readonly topicFinder: TopicFinder;
}

/** Who is told of the making, and can end it. */
export interface BuildWatch extends EncodeWatch, FirstMapWatch {
  /** Papers that no worker could embed, once all others are. Perhaps none. */
  readonly onSetAside: (papers: readonly number[]) => void;
  /** Something that the map can do without has failed. */
  readonly onFailure: (failure: Failure) => void;
  /** Told once, where the layout could not begin as asked for. */
  readonly onOtherStart: () => void;
}

/**
 * From papers to a map: encode, then kNN graph, layout, quality and topics. A map by shared words is shown meanwhile, moves
 * as vectors arrive, and is where the layout begins, unless another start is asked for; what was shown of it when has no
 * part in the result, and neither has a worker that was lost on the way: what it was at is done once more, by another.
 * Fails with `too-few-papers`, `cancelled`, or what the stages say; nothing is left half done.
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
  const first = beginFirstMap(corpus, options.layout.seed, tools, watch);
  const { encoded, lost } = await encodeInto(corpus, first, tools, watch).finally(first.stop);
  watch.onSetAside(encoded.outcome.setAside);
  const lay = (): Promise<ProjectResult> => project(first, options, tools, watch);
  const projected = await (lost ? Promise.reject(lost) : lay()).catch(async (error: unknown) => {
    if (!isWorkerLost(error) || watch.signal.aborted) throw error;
    // Its vectors went with the worker; they are in storage, so this takes a moment.
    const again = await encodeInto(corpus, first, tools, { ...watch, onEmbedded: () => undefined });
    if (again.lost) throw again.lost;
    return lay();
  });
  tools.outliner.stop();
  const topics = await findTopics(corpus, projected, tools, watch);
  return assemble(input, options, { encoded, projected, topics });
}

async function project(
  first: FirstMap,
  { layout }: BuildOptions,
  { projector }: BuildTools,
  watch: BuildWatch,
): Promise<ProjectResult> {
  // As the texts and the seed decide it, and never where the shown picture has got to: that is a matter of time.
  const start = layout.start === 'words' ? await first.outline : null;
  // Callbacks from a worker take their time: the last ones may come after its result, and after the next stage began.
  let isOver = false;
  let share = 0;
  try {
    const projected = await projector.run(projectOptionsOf(layout), {
      signal: watch.signal,
      start,
      onProgress: (progress) => {
        if (progress.stage === 'laying out') share = progress.done / Math.max(1, progress.total);
        if (!isOver) watch.onProgress(progress);
      },
      onPreview: (positions) => {
        if (!isOver) first.layingOut(positions, share);
      },
    });
    if (layout.start === 'spectral' && projected.start !== 'spectral') watch.onOtherStart();
    return projected;
  } finally {
    isOver = true;
  }
}

/** Topics, named by the words of the papers and by the vectors of these words. Null when that fails: the map stands. */
async function findTopics(
  corpus: Corpus,
  { positions, space, neighbors, embedding }: ProjectResult,
  { encoder, topicFinder, readsPhrases = true }: BuildTools,
  { signal, onProgress, onFailure }: BuildWatch,
): Promise<TopicTree | null> {
  const say = (stage: 'finding topics' | 'naming topics', done: number, total: number): void =>
    onProgress({ stage, done, total, unit: 'phrases', leftMs: null });
  say('finding topics', 0, 0);
  // Cached as papers are, so that the second naming of a map costs nothing.
  const encode: EncodePhrases = async (phrases) => {
    const onDone = (done: number): void => say('naming topics', done, phrases.length);
    onDone(0);
    const texts = phrases.map((phrase) => ({ segments: [phrase] }));
    return (await encodeTexts(texts, encoder, { signal, onProgress: () => undefined }, onDone)).data;
  };
  try {
    const map = { corpus, positions, space, neighbors, embedding };
    const reading = { signal, ...(readsPhrases ? { encodePhrases: encode } : {}) };
    return await retryIfLost(() => topicFinder.findTopics(map, reading), signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    onFailure(toFailure(error, 'topics'));
    return null;
  }
}

/** What was encoded, and why the projector does not hold all vectors, where its worker was lost meanwhile; else null. */
interface SentPapers {
  readonly encoded: EncodedPapers;
  readonly lost: StageError | null;
}

/** Encodes all papers, and sends their vectors to the projector and the first map as they come. */
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
    // Copies first: the projector takes the arrays themselves.
    firstMap.arrived(indices, vectors);
    send(projector.add(indices, vectors));
  };
  // When this throws, the projector dies of the same cancelling, and what it has to say is the same news.
  const encoded = await encodePapers(papers, encoder, watch, onBatch);
  // A vector of zeros has no direction: its paper stands beside the map.
  const { setAside, info } = encoded.outcome;
  const zeros = new Float32Array(setAside.length * info.dimensions);
  if (setAside.length > 0) send(projector.add(Int32Array.from(setAside), zeros));
  await Promise.all(sending);
  if (errors.length === 0) return { encoded, lost: null };
  const lost = errors.find((error) => error instanceof StageError && isWorkerLost(error));
  if (lost instanceof StageError) return { encoded, lost };
  throw errors[0];
}

/** What the stages have made. */
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

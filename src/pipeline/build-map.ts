import type { EncodedBatch, EncodeOutcome, Encoder, TextSource } from '../encode/encode.client.ts';
import { makeRandom, shuffledIndices } from '../math/random.ts';
import { type Failure, isCancelled, StageError, toFailure } from '../model/failure.ts';
import { checkMapData, MAP_FORMAT_VERSION, type MapData } from '../model/map-data.ts';
import type { Corpus } from '../model/paper.ts';
import type { OnProgress } from '../model/progress.ts';
import type { ReadReport } from '../model/read-report.ts';
import type { TopicTree } from '../model/topics.ts';
import { DEFAULT_PROJECT_OPTIONS, type EngineName, type StartName } from '../project/engine.ts';
import type { ProjectResult } from '../project/project.api.ts';
import type { Projector } from '../project/project.client.ts';
import { encodePhrases } from './encode-phrases.ts';
import { type LivePreview, makeLivePreview } from './live-preview.ts';
import { paperSegments } from './segments.ts';
import { pickSummary } from './summaries.ts';
import type { EncodePhrases, TopicFinder } from './topics.client.ts';

/** Two points are no map: their places would say nothing. */
export const MIN_PAPERS = 3;

export interface BuildOptions {
  readonly name: string;
  readonly origin: string | null;
  readonly seed: number;
  readonly engine: EngineName;
  readonly start: StartName;
  readonly generator: string;
  /** ISO 8601 time of the run. */
  readonly created: string;
}

export interface BuildTools {
  readonly encoder: Encoder;
  readonly projector: Projector;
  readonly topicFinder: TopicFinder;
}

export interface BuildWatch {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  /** Places so far, n×2 in map units; NaN for a paper that has none yet. Owned by the receiver. */
  readonly onPlaces: (positions: Float32Array) => void;
  /** Something that the map can do without has failed. */
  readonly onFailure: (failure: Failure) => void;
  /** Told once, where the layout could not begin as asked for. */
  readonly onOtherStart: () => void;
}

/**
 * From papers to a map: encode, then kNN graph, layout and quality, with places to show from the first vectors on.
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
  const summaries: number[][] = corpus.papers.map(() => []);
  const encoded = await encodeInto(corpus, summaries, options, tools, watch);
  const projected = await tools.projector.run(
    { ...DEFAULT_PROJECT_OPTIONS, seed: options.seed, engine: options.engine, start: options.start },
    { signal: watch.signal, onProgress: watch.onProgress, onPreview: watch.onPlaces },
  );
  if (projected.start !== options.start) watch.onOtherStart();
  const topics = await findTopics(corpus, projected, tools, watch);
  return assemble(input, options, { encoded, projected, summaries, topics });
}

/** Topics, named by the words of the papers and by the vectors of these words. Null when that fails: the map stands. */
async function findTopics(
  corpus: Corpus,
  { positions, neighbors, embedding }: ProjectResult,
  { encoder, topicFinder }: BuildTools,
  { signal, onProgress, onFailure }: BuildWatch,
): Promise<TopicTree | null> {
  const say = (stage: 'finding topics' | 'naming topics', done: number, total: number): void =>
    onProgress({ stage, done, total, unit: 'phrases', leftMs: null });
  say('finding topics', 0, 0);
  const encode: EncodePhrases = (phrases) =>
    encodePhrases(encoder, phrases, signal, (done) => say('naming topics', done, phrases.length));
  try {
    return await topicFinder.find({ corpus, positions, neighbors, embedding }, { signal, encodePhrases: encode });
  } catch (error) {
    if (isCancelled(error)) throw error;
    onFailure(toFailure(error, 'topics'));
    return null;
  }
}

/** Encodes all papers in a random order, so that the first places show the whole corpus, not its first file. */
async function encodeInto(
  corpus: Corpus,
  summaries: number[][],
  options: BuildOptions,
  { encoder, projector }: BuildTools,
  watch: BuildWatch,
): Promise<EncodeOutcome> {
  const n = corpus.papers.length;
  let preview: LivePreview | null = null;
  const sending: Promise<void>[] = [];
  const onBatch = (batch: EncodedBatch): void => {
    batch.indices.forEach((index, i) => {
      summaries[index] = pickSummary(paperSegments(corpus.papers[index]), batch.salience[i]);
    });
    if (!preview) {
      sending.push(projector.begin(n, batch.dimensions));
      preview = makeLivePreview(projector, watch);
    }
    sending.push(projector.add(batch.indices, batch.vectors));
    preview.arrived();
  };
  try {
    const outcome = await encoder.encode(textSource(corpus), {
      order: shuffledIndices(n, makeRandom(options.seed)),
      signal: watch.signal,
      onProgress: watch.onProgress,
      onBatch,
    });
    await Promise.all(sending);
    return outcome;
  } catch (error) {
    // The projector dies with the same cancelling; its rejections are the same news.
    await Promise.allSettled(sending);
    throw error;
  } finally {
    (preview as LivePreview | null)?.stop(); // Assigned in a callback, which the compiler does not follow.
  }
}

function textSource({ papers }: Corpus): TextSource {
  return {
    count: papers.length,
    lengthOf: (index) => papers[index].title.length + papers[index].text.length + 2,
    inputOf: (index) => paperSegments(papers[index]).input,
  };
}

/** What the stages have made. */
interface Stages {
  readonly encoded: EncodeOutcome;
  readonly projected: ProjectResult;
  readonly summaries: readonly number[][];
  readonly topics: TopicTree | null;
}

function assemble(
  { corpus, report }: { readonly corpus: Corpus; readonly report: ReadReport },
  options: BuildOptions,
  { encoded, projected, summaries, topics }: Stages,
): MapData {
  const { positions, neighbors, embedding, preservation, quality, info } = projected;
  return checkMapData({
    corpus,
    positions,
    neighbors,
    embedding,
    preservation,
    summaries,
    topics,
    info: {
      version: MAP_FORMAT_VERSION,
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
      encode: encoded.info,
      project: info,
      quality,
      other: {},
    },
  });
}

import type { Encoder } from '../encode/encode.client.ts';
import { StageError } from '../model/failure.ts';
import { checkMapData, type MapData, type ProjectInfo } from '../model/map-data.ts';
import { type Matrix, matrix } from '../model/matrix.ts';
import type { Corpus, Paper } from '../model/paper.ts';
import type { ReadReport } from '../model/read-report.ts';
import { type Reduction, reduceRows } from '../model/reduction.ts';
import {
  joinSentences,
  MAX_PAPERS_WITH_SENTENCES,
  reduceSentences,
  type SentenceVectors,
  sentenceParts,
} from '../model/sentence-vectors.ts';
import { DEFAULT_PROJECT_OPTIONS, type ProjectOptions } from '../project/layout/engine.ts';
import type { ExtendedMap } from '../project/project.api.ts';
import type { Projector } from '../project/project.client.ts';
import { assignPapers } from '../topics/clusters/assign-papers.ts';
import { copyRows, type EncodeWatch, encodePapers } from './encode-papers.ts';
import { joinCorpora } from './join-corpora.ts';
import { retryIfLost } from './retry-if-lost.ts';

/** What adding papers needs. */
export interface AddTools {
  readonly encoder: Encoder;
  readonly projector: Projector;
}

/** Callbacks and signal of adding papers. */
export interface AddWatch extends Omit<EncodeWatch, 'first'> {
  /** Called with the new papers, by index in the map, that no worker could embed; may be empty. */
  readonly onSetAside: (papers: readonly number[]) => void;
}

/**
 * The map with the papers of `found` that it does not have yet (see {@link joinCorpora}) appended. Only these are
 * embedded and placed; the map's own papers keep their positions. Neighbours and quality are computed for all papers;
 * existing topics are kept and grow; vectors of sentences are kept up to {@link MAX_PAPERS_WITH_SENTENCES}. Fails with
 * `map-invalid` for a map without vectors, `cancelled`, or a stage's failure; `map` is never changed.
 */
export async function addPapers(
  map: MapData,
  found: { readonly corpus: Corpus; readonly report: ReadReport },
  tools: AddTools,
  watch: AddWatch,
): Promise<MapData> {
  const { sentences: _, ...rest } = map;
  const { positions, neighbors, embedding, reduction, info } = map;
  if (!embedding) throw new StageError('map-invalid', 'project', 'a map without vectors takes in no papers');
  const { corpus, added } = joinCorpora(map.corpus, found.corpus);
  const before = map.corpus.papers.length;
  const papers = corpus.papers.slice(before);
  const counts = countsWith(map, found.report, added.length);
  if (papers.length === 0) return checkMapData({ ...map, corpus, info: { ...info, counts } });
  const { vectors, summaries, sentences, setAside } = await embed(
    papers,
    { cols: embedding.cols, reduction: reduction ?? null },
    tools.encoder,
    watch,
  );
  watch.onSetAside(setAside.map((i) => before + i));
  const order = { positions, neighbors, embedding, added: vectors, options: optionsOf(info.project) };
  const { signal, onProgress } = watch;
  const extended = await retryIfLost(() => tools.projector.extend(order, { signal, onProgress }), signal);
  return checkMapData({
    ...rest,
    corpus,
    ...arraysOf(extended),
    ...sentencesWith(map.sentences, sentences),
    summaries: map.summaries && [...map.summaries, ...summaries],
    topics: map.topics && assignPapers(map.topics, extended.beside, setAside),
    info: { ...info, counts, quality: extended.quality },
  });
}

/** How many papers of `found` the map does not have yet. O(n) in characters. */
export function countNew(map: MapData, found: Corpus): number {
  return joinCorpora(map.corpus, found).added.length;
}

function countsWith(
  { info: { counts }, corpus }: MapData,
  report: ReadReport,
  added: number,
): MapData['info']['counts'] {
  return {
    records: counts.records + report.records,
    papers: corpus.papers.length + added,
    merged: counts.merged + report.records - added,
    skipped: counts.skipped + report.skipped.length,
  };
}

function arraysOf({ positions, neighbors, embedding, preservation }: ExtendedMap) {
  return { positions, neighbors, embedding, preservation };
}

/** Null for a map without sentence vectors: with those of some papers only, papers would be ranked inconsistently. */
function sentencesWith(
  old: SentenceVectors | undefined,
  added: readonly Uint8Array[],
): { readonly sentences?: SentenceVectors } {
  const parts = old ? [...sentenceParts(old), ...added] : [];
  return old && parts.length <= MAX_PAPERS_WITH_SENTENCES ? { sentences: joinSentences(parts, old.cols) } : {};
}

/** The options of the map's layout, as far as it records them. */
function optionsOf(info: ProjectInfo | null): ProjectOptions {
  if (!info) return DEFAULT_PROJECT_OPTIONS;
  const { seed, neighbors, minDist, spread } = info;
  return { ...DEFAULT_PROJECT_OPTIONS, seed, neighbors, minDist, spread };
}

interface Embedded {
  readonly vectors: Matrix;
  readonly summaries: readonly number[][];
  readonly sentences: readonly Uint8Array[];
  readonly setAside: readonly number[];
}

async function embed(
  papers: readonly Paper[],
  { cols, reduction }: { readonly cols: number; readonly reduction: Reduction | null },
  encoder: Encoder,
  watch: AddWatch,
): Promise<Embedded> {
  const whole = reduction?.from ?? cols;
  const vectors = matrix(new Float32Array(papers.length * whole), papers.length, whole);
  const { outcome, summaries, sentences } = await encodePapers(papers, encoder, watch, (batch) => {
    const { dimensions } = batch;
    if (dimensions !== whole) {
      throw new StageError('map-invalid', 'encode', `the map has vectors of ${whole} numbers, not ${dimensions}`);
    }
    copyRows(batch, vectors.data);
  });
  return {
    summaries,
    setAside: outcome.setAside,
    vectors: reduction ? reduceRows(vectors, reduction) : vectors,
    sentences: reduction ? sentences.map((part) => reduceSentences(part, reduction)) : sentences,
  };
}

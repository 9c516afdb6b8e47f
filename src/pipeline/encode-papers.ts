import type { Encoder } from '../encode/encode.client.ts';
import type { EncodedBatch, EncodeOutcome, TextSource } from '../encode/encode-run.web.ts';
import type { EncodeInput } from '../encode/text-encoder.ts';
import { type Matrix, matrix } from '../model/matrix.ts';
import type { Paper } from '../model/paper.ts';
import type { OnProgress } from '../model/progress.ts';
import { MAX_PAPERS_WITH_SENTENCES } from '../model/sentence-vectors.ts';
import { cleanText, cleanWritingOf } from '../text/clean.ts';
import { splitSentences } from '../text/sentences.ts';

/** A paper as the encoder takes it, and where its sentences are in the raw text. */
export interface PaperSegments extends EncodeInput {
  /** How many segments belong to the title: 0 or 1. */
  readonly titleSegments: number;
  /** Half-open UTF-16 range of the raw text for each segment after the title's. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Callbacks and signal of encoding papers. */
export interface EncodeWatch {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  /** Called with the number of papers that have a vector. */
  readonly onEmbedded?: (papers: number) => void;
  /** Papers to embed before others: those that the user is looking at. */
  readonly first?: () => readonly number[];
}

/** The encoder's results besides the vectors, by paper. */
export interface EncodedPapers {
  readonly outcome: EncodeOutcome;
  /** See {@link MapData.summaries}; [] for a paper that was set aside. */
  readonly summaries: readonly number[][];
  /** Packed vectors of the sentences; empty where there are too many papers to keep them. */
  readonly sentences: readonly Uint8Array[];
}

/**
 * Encodes papers and picks their summaries; passes vectors to `onBatch` as they arrive. Each paper is cleaned and split
 * once. Rejects as the encoder does, or with what `onBatch` throws.
 */
export async function encodePapers(
  papers: readonly Paper[],
  encoder: Pick<Encoder, 'encode'>,
  { onEmbedded, ...watch }: EncodeWatch,
  onBatch: (batch: EncodedBatch) => void,
): Promise<EncodedPapers> {
  const keepsSentences = papers.length <= MAX_PAPERS_WITH_SENTENCES;
  const summaries: number[][] = papers.map(() => []);
  const sentences: Uint8Array[] = papers.map(() => new Uint8Array());
  let embedded = 0;
  const source: TextSource<PaperSegments> = {
    count: papers.length,
    lengthOf: (index) => papers[index].title.length + papers[index].text.length + 2,
    inputOf: (index) => paperSegments(papers[index]),
  };
  const outcome = await encoder.encode(source, {
    ...watch,
    onBatch(batch) {
      batch.indices.forEach((index, i) => {
        summaries[index] = pickSummary(batch.texts[i], batch.salience[i]);
        if (keepsSentences) sentences[index] = batch.sentences[i];
      });
      embedded += batch.indices.length;
      // Last, because the receiver may transfer the arrays to a worker.
      onBatch(batch);
      onEmbedded?.(embedded);
    },
  });
  return { outcome, summaries, sentences };
}

/**
 * Vectors of a few texts, in their order; none when all are set aside. Rejects as the encoder does.
 * @param onDone called with the number of vectors so far
 */
export async function encodeTexts(
  texts: readonly EncodeInput[],
  encoder: Pick<Encoder, 'encode'>,
  watch: Pick<EncodeWatch, 'signal' | 'onProgress'>,
  onDone: (done: number) => void,
): Promise<Matrix> {
  let vectors = new Float32Array();
  let cols = 0;
  let done = 0;
  const source: TextSource = {
    count: texts.length,
    lengthOf: (index) => texts[index].segments.reduce((sum, { length }) => sum + length + 1, 0),
    inputOf: (index) => texts[index],
  };
  await encoder.encode(source, {
    ...watch,
    onBatch(batch) {
      cols = batch.dimensions;
      if (vectors.length === 0) vectors = new Float32Array(texts.length * cols);
      copyRows(batch, vectors);
      done += batch.indices.length;
      onDone(done);
    },
  });
  return matrix(vectors, vectors.length === 0 ? 0 : texts.length, cols);
}

/** Copies the vectors of a batch into `rows`, each to its text's index. */
export function copyRows({ indices, vectors, dimensions }: EncodedBatch, rows: Float32Array): void {
  indices.forEach((index, i) => {
    rows.set(vectors.subarray(i * dimensions, (i + 1) * dimensions), index * dimensions);
  });
}

/**
 * The cleaned title, ended by a full stop so that it stays a separate sentence, then each sentence of the text,
 * cleaned. Joined by blanks, they are the model's input.
 */
export function paperSegments(paper: Pick<Paper, 'title' | 'text'>): PaperSegments {
  const segments: string[] = [];
  const title = cleanText(paper.title).trim();
  if (title !== '') segments.push(paper.text === '' || ENDS_SENTENCE.test(title) ? title : `${title}.`);
  const titleSegments = segments.length;
  const ranges: (readonly [number, number])[] = [];
  const writing = cleanWritingOf(paper.text);
  for (const range of splitSentences(paper.text)) {
    const sentence = cleanText(paper.text.slice(range[0], range[1]), writing).trim();
    if (sentence === '') continue;
    segments.push(sentence);
    ranges.push(range);
  }
  return { segments, titleSegments, ranges };
}

const ENDS_SENTENCE = /[.!?:;。！？]$/u;

const SUMMARY_SENTENCES = 2;
/** Shorter sentences ("Code is available.") are near everything and say nothing. */
const MIN_CHARACTERS = 40;

/**
 * The sentences nearest to the paper's own vector, as flat [start, end) pairs in the raw text, in reading order.
 * @param salience cosine between each segment and the paper's vector, from the encoder
 */
function pickSummary({ ranges, titleSegments }: PaperSegments, salience: Float32Array): number[] {
  const candidates = ranges.map(([start, end], i) => ({ start, end, score: salience[titleSegments + i] }));
  const long = candidates.filter(({ start, end }) => end - start >= MIN_CHARACTERS);
  return (long.length >= SUMMARY_SENTENCES ? long : candidates)
    .sort((a, b) => b.score - a.score || a.start - b.start)
    .slice(0, SUMMARY_SENTENCES)
    .sort((a, b) => a.start - b.start)
    .flatMap(({ start, end }) => [start, end]);
}

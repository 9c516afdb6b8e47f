import { StageError } from '../model/failure.ts';
import { packSentences } from '../model/sentence-vectors.ts';
import { NO_PROMPTS, type Prompts } from './model-spec.ts';
import { addWindow, finishPooling, type Pooled, type Pooling, type StateSums, startPooling } from './pooling.ts';

/** A text to encode: cleaned segments (title, sentences) that a blank joins to the whole. */
export interface EncodeInput {
  readonly segments: readonly string[];
}

/** A loaded model and its tokenizer. */
export interface TextModel {
  /** What the model wants around the pieces of a window. */
  readonly first: number;
  readonly last: number;
  /** Word pieces of a text, without the special ones. */
  pieces(text: string): number[];
  /**
   * Token states of some windows, in their order: each length × dimensions, row-major. Windows of unequal length are padded
   * to `width` on the way, and what stands in the padding is not returned.
   */
  run(rows: readonly (readonly number[])[], width: number): Promise<TokenStates[]>;
}

/** The states of one window's pieces: length × dimensions, row-major. */
export interface TokenStates {
  readonly data: Float32Array;
  readonly dimensions: number;
}

/** How a model takes texts. */
export interface EncodeLimits {
  /** Word pieces in one window, specials included. */
  readonly maxPieces: number;
  /** Word pieces of a text that are read at all; null: all. */
  readonly budget: number | null;
  /** Word pieces that run at once, padding included; null: each window alone and unpadded. */
  readonly batchPieces: number | null;
  readonly pooling: Pooling;
}

/** What is known of a text. */
export interface EncodedText extends Pooled {
  /**
   * The packed vectors of its segments (see `SentenceVectors`), each the mean of its own states in the run that makes the
   * text's vector; of segments that were read. Empty where the model is not pooled by the mean: it was not trained to have
   * such means say anything.
   */
  readonly sentences: Uint8Array;
  /** Word pieces, special ones of each window included. */
  readonly pieces: number;
}

/**
 * Texts to vectors: cut into windows, run, pooled. Fails with `model-failed` when a vector is not finite.
 * @param kind which prompt goes before each window
 */
export async function encodeTexts(
  model: TextModel,
  inputs: readonly EncodeInput[],
  limits: EncodeLimits,
  prompts: Prompts,
  kind: keyof Prompts,
): Promise<EncodedText[]> {
  const head = [model.first, ...model.pieces(prompts[kind])];
  const windows = inputs.flatMap((input, text) => windowsOf(model, input, text, head, limits));
  const states = await runAll(
    model,
    windows.map(({ ids }) => ids),
    limits.batchPieces,
  );
  const sums: (StateSums | undefined)[] = inputs.map(() => undefined);
  windows.forEach(({ text, segmentOf }, w) => {
    const own = sums[text] ?? startPooling(states[w].dimensions, inputs[text].segments.length);
    sums[text] = own;
    addWindow(own, states[w].data, segmentOf, limits.pooling);
  });
  return sums.map((own) => {
    if (!own) throw new StageError('internal', 'encode', 'a text without any window');
    const pooled = finishPooling(own);
    checkVector(pooled.vector);
    const { dimensions, bySegment, pieces } = own;
    const sentences = limits.pooling === 'mean' ? packSentences(bySegment, dimensions) : new Uint8Array();
    return { ...pooled, sentences, pieces };
  });
}

/**
 * Holds a model on a graphics device against the same model on the processor, by sentences of its own. Throws
 * `device-wrong` when a vector is not finite, or its cosine with the reference is below 0.995: drivers have been seen to
 * answer wrongly and fast.
 * @returns the smallest cosine
 */
export async function checkDevice(reference: TextModel, model: TextModel, limits: EncodeLimits): Promise<number> {
  const inputs = CHECK_TEXTS.map((text) => ({ segments: [text] }));
  const expected = await encodeTexts(reference, inputs, { ...limits, batchPieces: null }, NO_PROMPTS, 'document');
  const got = await encodeTexts(model, inputs, limits, NO_PROMPTS, 'document').catch((error: unknown) => {
    if (error instanceof StageError && error.failure.code === 'model-failed') throw wrong('it gave no finite vectors');
    throw error;
  });
  const cosines = got.map(({ vector }, i) => vector.reduce((sum, value, j) => sum + value * expected[i].vector[j], 0));
  const smallest = Math.min(...cosines);
  // Not `<`: a NaN must not pass.
  if (!(smallest >= MIN_COSINE)) {
    throw wrong(`a vector’s cosine with the right one is ${smallest.toFixed(3)}, and ${MIN_COSINE} is the least`);
  }
  return smallest;
}

/** Smallest cosine of a sentence's two vectors. */
const MIN_COSINE = 0.995;

/** Of unequal lengths, so that some of the batch is padding; signs, figures, another script. Short: slow devices wait. */
const CHECK_TEXTS = [
  'A map of papers keeps 39 % of the neighbours that their vectors have, and tears the others apart.',
  '量子誤り訂正 (quantum error correction), O(n·log n)',
  'Whales.',
];

function wrong(what: string): StageError {
  return new StageError('device-wrong', 'encode', `the graphics device computes wrongly: ${what}`);
}

interface TextWindow {
  /** Index of its text. */
  readonly text: number;
  readonly ids: readonly number[];
  readonly segmentOf: Int32Array;
}

/** Each window is a text to the model, and begins with what it expects. */
function windowsOf(
  model: TextModel,
  input: EncodeInput,
  text: number,
  head: readonly number[],
  { maxPieces, budget }: EncodeLimits,
): TextWindow[] {
  const { ids, segmentOf } = joinSegments(model, input);
  if (budget !== null) ids.length = Math.min(ids.length, budget - 2);
  const capacity = Math.max(1, maxPieces - head.length - 1);
  return equalWindows(ids.length, capacity).map(({ start, end }) => ({
    text,
    ids: [...head, ...ids.slice(start, end), model.last],
    segmentOf: Int32Array.from([...head.map(() => -1), ...segmentOf.slice(start, end), -1]),
  }));
}

/** Word pieces split at blanks and punctuation anyway, so the pieces of the segments are the pieces of the whole. */
function joinSegments(model: TextModel, input: EncodeInput): { ids: number[]; segmentOf: number[] } {
  const ids: number[] = [];
  const segmentOf: number[] = [];
  input.segments.forEach((segment, s) => {
    for (const id of model.pieces(segment)) {
      ids.push(id);
      segmentOf.push(s);
    }
  });
  return { ids, segmentOf };
}

/**
 * Equal windows (lengths differ by 1 at most) that cover `pieceCount` pieces, as few as fit `capacity` pieces each.
 * Equal ones, since a short last window would weigh a few words like a page. An empty text has one empty window.
 */
function equalWindows(pieceCount: number, capacity: number): { start: number; end: number }[] {
  const count = Math.max(1, Math.ceil(pieceCount / capacity));
  return Array.from({ length: count }, (_, w) => ({
    start: Math.floor((w * pieceCount) / count),
    end: Math.floor(((w + 1) * pieceCount) / count),
  }));
}

async function runAll(
  model: TextModel,
  rows: readonly (readonly number[])[],
  batchPieces: number | null,
): Promise<TokenStates[]> {
  const states: TokenStates[] = [];
  const lengths = rows.map(({ length }) => length);
  for (const { members, width } of packRows(lengths, batchPieces)) {
    const got = await model.run(
      members.map((row) => rows[row]),
      width,
    );
    members.forEach((row, i) => {
      states[row] = got[i];
    });
  }
  return states;
}

/** Rows that run at once, each padded to `width`. */
interface RowBatch {
  readonly members: readonly number[];
  readonly width: number;
}

/** A device compiles anew for each width that it has not seen. */
const WIDTH_STEP = 32;

/**
 * Rows of like length together: at most `budget` word pieces a batch, padding included, the longest first; widths are
 * multiples of 32, and no row is padded to twice its own. A single row that is longer than the budget is a batch of its
 * own. With a budget of null each row is alone and as wide as it is, in the order given. O(n·log n).
 */
function packRows(lengths: readonly number[], budget: number | null): RowBatch[] {
  if (budget === null) return lengths.map((width, row) => ({ members: [row], width }));
  const order = Array.from(lengths.keys()).sort((a, b) => lengths[b] - lengths[a] || a - b);
  const batches: { members: number[]; width: number }[] = [];
  for (const row of order) {
    const width = Math.ceil(lengths[row] / WIDTH_STEP) * WIDTH_STEP;
    const last = batches.at(-1);
    const fits = last && 2 * width > last.width && (last.members.length + 1) * last.width <= budget;
    if (fits) last.members.push(row);
    else batches.push({ members: [row], width });
  }
  return batches;
}

function checkVector(vector: Float32Array): void {
  for (const value of vector) {
    if (!Number.isFinite(value)) throw new StageError('model-failed', 'encode', 'the model gave a vector with NaN');
  }
}

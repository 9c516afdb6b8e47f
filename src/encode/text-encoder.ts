import { StageError } from '../model/failure.ts';
import { packSentences } from '../model/sentence-vectors.ts';
import { NO_PROMPTS, type Prompts } from './model-spec.ts';
import { addWindow, finishPooling, type Pooled, type Pooling, type StateSums, startPooling } from './pooling.ts';

/** A text to encode: cleaned segments (title, sentences), joined by blanks. */
export interface EncodeInput {
  readonly segments: readonly string[];
}

/** A loaded model and its tokenizer. */
export interface TextModel {
  /** Special pieces around the pieces of a window. */
  readonly first: number;
  readonly last: number;
  /** Word pieces of a text, without the special ones. */
  pieces(text: string): number[];
  /**
   * Token states of some windows, in their order: each length × dimensions, row-major. Shorter windows are padded to
   * `width` for the run; the states of the padding are not returned.
   */
  run(rows: readonly (readonly number[])[], width: number): Promise<TokenStates[]>;
}

/** The states of one window's pieces: length × dimensions, row-major. */
export interface TokenStates {
  readonly data: Float32Array;
  readonly dimensions: number;
}

/** Limits on the texts of a model. */
export interface EncodeLimits {
  /** Word pieces in one window, including specials. */
  readonly maxPieces: number;
  /** Word pieces read of a text; null: all. */
  readonly budget: number | null;
  /** Word pieces that run at once, including padding; null: each window alone and unpadded. */
  readonly batchPieces: number | null;
  readonly pooling: Pooling;
}

/** A text's vector and further results. */
export interface EncodedText extends Pooled {
  /**
   * The packed vectors of its segments (see `SentenceVectors`), each the mean of its own states in the run that makes
   * the text's vector, for the segments that were read. Empty if the model does not use mean pooling, since such means
   * would be meaningless.
   */
  readonly sentences: Uint8Array;
  /** Number of word pieces, including the special ones of each window. */
  readonly pieces: number;
}

/**
 * Splits texts into windows, runs the model, and pools. Fails with `model-failed` when a vector is not finite.
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
 * Compares a model on a graphics device with the same model on the processor, on built-in sentences. Throws
 * `device-wrong` when a vector is not finite, or its cosine with the reference is below 0.995, because some drivers
 * quickly return wrong results.
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
  // Not `<`, so that NaN fails.
  if (!(smallest >= MIN_COSINE)) {
    throw wrong(`a vector’s cosine with the right one is ${smallest.toFixed(3)}, and ${MIN_COSINE} is the least`);
  }
  return smallest;
}

/** Smallest allowed cosine between a sentence's two vectors. */
const MIN_COSINE = 0.995;

/** Of different lengths, so that there is padding; with symbols, digits, another script. Short for slow devices. */
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

/** Each window is a text to the model, so it begins with the prompt. */
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

/** Tokenises segments separately: word pieces never cross blanks, so the result is the same as for the joined text. */
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
 * Splits `pieceCount` pieces into the fewest windows of at most `capacity` pieces, with lengths that differ by at most
 * 1: a short last window would give a few words the weight of a page. An empty text has one empty window.
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

/** Rounds widths, since a device compiles again for each new one. */
const WIDTH_STEP = 32;

/**
 * Groups rows of similar length, longest first: at most `budget` word pieces in a batch, including padding; widths are
 * multiples of 32, and no row is padded to more than twice its length. A row longer than the budget has its own batch.
 * With a budget of null each row is alone and unpadded, in the order given. O(n·log n).
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

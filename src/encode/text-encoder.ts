import { StageError } from '../model/failure.ts';
import { packSentences } from '../model/sentence-vectors.ts';
import type { EncodeInput } from './encode-input.ts';
import { addWindow, finishPool, makePool, type Pool, type Pooled, type Pooling } from './pooling.ts';
import type { Prompts } from './prompts.ts';
import { packRows } from './row-batches.ts';
import { equalWindows } from './windows.ts';

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

export interface TokenStates {
  readonly data: Float32Array;
  readonly dimensions: number;
}

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
  const pools: (Pool | undefined)[] = inputs.map(() => undefined);
  windows.forEach(({ text, segmentOf }, w) => {
    const pool = pools[text] ?? makePool(states[w].dimensions, inputs[text].segments.length);
    pools[text] = pool;
    addWindow(pool, states[w].data, segmentOf, limits.pooling);
  });
  return pools.map((pool) => {
    if (!pool) throw new StageError('internal', 'encode', 'a text without any window');
    const pooled = finishPool(pool);
    checkVector(pooled.vector);
    const { dimensions, bySegment, pieces } = pool;
    const sentences = limits.pooling === 'mean' ? packSentences(bySegment, dimensions) : new Uint8Array();
    return { ...pooled, sentences, pieces };
  });
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

function checkVector(vector: Float32Array): void {
  for (const value of vector) {
    if (!Number.isFinite(value)) throw new StageError('model-failed', 'encode', 'the model gave a vector with NaN');
  }
}

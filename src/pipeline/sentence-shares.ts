import type { Encoder } from '../encode/encode.client.ts';
import type { EncodeInput } from '../encode/text-encoder.ts';
import type { Paper } from '../model/paper.ts';
import { type EncodeWatch, encodeTexts, paperSegments } from './encode-papers.ts';

/** What a sentence (or the title) of one of two papers contributes to their similarity. */
export interface SentenceShare {
  /** 0 for the first paper, 1 for the second. */
  readonly paper: 0 | 1;
  /** Its half-open range in the raw text; null for the title. */
  readonly range: readonly [start: number, end: number] | null;
  /** By how much the cosine falls without the sentence; negative if it rises. */
  readonly drop: number;
}

/** Why two papers are near, sentence by sentence. */
export interface PairShares {
  /** Cosine of the two whole texts by the same model. */
  readonly cosine: number;
  /** Largest contribution first; a paper of only one sentence has none. */
  readonly sentences: readonly SentenceShare[];
}

/** Progress: bytes of the model while it loads, then texts. `total` 0 means unknown. */
export interface ShareProgress {
  readonly unit: 'bytes' | 'texts';
  readonly done: number;
  readonly total: number;
}

/** Callback and signal of the run. */
export interface ShareCall {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ShareProgress) => void;
}

/**
 * Leave-one-out: encodes each text again without each of its sentences, and compares it with the other, whole text.
 * Runs the model once for each sentence, except for texts in its cache. Rejects as the encoder does, and with
 * `cancelled` on abort.
 */
export async function sentenceShares(
  encoder: Encoder,
  pair: readonly [Paper, Paper],
  { signal, onProgress }: ShareCall,
): Promise<PairShares> {
  const { inputs, cuts } = planCuts(pair);
  let done = 0;
  const tell = (count: number): void => {
    done = count;
    onProgress({ unit: 'texts', done, total: inputs.length });
  };
  const watch: Omit<EncodeWatch, 'first'> = {
    signal,
    onProgress: ({ stage, done: loaded, total }) =>
      stage === 'loading the model' ? onProgress({ unit: 'bytes', done: loaded, total }) : tell(done),
  };
  const { data, cols } = await encodeTexts(inputs, encoder, watch, tell);
  const row = (index: number): Float32Array => data.subarray(index * cols, (index + 1) * cols);
  const cosine = dot(row(0), row(1));
  const sentences = cuts.map(
    ({ paper, range }, i): SentenceShare => ({ paper, range, drop: cosine - dot(row(i + 2), row(1 - paper)) }),
  );
  return { cosine, sentences: sentences.sort((a, b) => b.drop - a.drop) };
}

type Cut = Pick<SentenceShare, 'paper' | 'range'>;

/** The two whole texts, then each text with one sentence left out. */
function planCuts(pair: readonly [Paper, Paper]): { inputs: EncodeInput[]; cuts: Cut[] } {
  const whole = pair.map(paperSegments);
  const inputs: EncodeInput[] = [...whole];
  const cuts: Cut[] = [];
  for (const paper of [0, 1] as const) {
    const { segments, titleSegments, ranges } = whole[paper];
    // Without its only sentence no text would be left.
    if (segments.length < 2) continue;
    segments.forEach((_, left) => {
      inputs.push({ segments: segments.toSpliced(left, 1) });
      cuts.push({ paper, range: left < titleSegments ? null : ranges[left - titleSegments] });
    });
  }
  return { inputs, cuts };
}

/** Cosine of two unit vectors. */
function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

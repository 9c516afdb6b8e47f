import { proxy, transfer } from 'comlink';
import { makeWorkerSlot } from '../worker/worker-slot.ts';
import type { Glide, LexicalApi, OnOutline } from './lexical.api.ts';

/** The instant map of one corpus at a time; its worker starts with the first call. */
export interface Outliner {
  /**
   * Lays out `count` papers by the words that they share; see {@link LexicalApi.outline}. Texts are asked for a few at a
   * time, so that the page stays free. Rejects with `cancelled` on abort, which ends the worker.
   */
  outline(texts: OutlineTexts, call: OutlineCall): Promise<Float32Array | null>;
  /** Takes vectors; both arrays are copied. */
  arrive(indices: Int32Array, vectors: Float32Array, signal: AbortSignal): Promise<void>;
  /** See {@link LexicalApi.glide}: only after an outline that was not null. */
  glide(signal: AbortSignal): Promise<Glide>;
  /** Ends the worker and frees its memory; the next call starts a new one. */
  stop(): void;
}

/** The texts of a corpus, by paper. */
interface OutlineTexts {
  readonly count: number;
  textOf(index: number): string;
}

/** What a call takes. */
export interface OutlineCall {
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onOutline: OnOutline;
}

/** Texts in one message, which takes one or two milliseconds of the page's time. */
const CHUNK = 200;

/** An outliner; see {@link Outliner}. */
export function makeOutliner(): Outliner {
  const slot = makeWorkerSlot<LexicalApi>(
    'lexical',
    () => new Worker(new URL('./lexical.worker.ts', import.meta.url), { type: 'module' }),
  );
  return {
    async outline({ count, textOf }, { seed, signal, onOutline }) {
      await slot.call((api) => api.begin(), { signal });
      for (let from = 0; from < count; from += CHUNK) {
        const texts = Array.from({ length: Math.min(CHUNK, count - from) }, (_, i) => textOf(from + i));
        await slot.call((api) => api.add(texts), { signal });
      }
      return slot.call((api) => api.outline(seed, proxy(onOutline)), { signal });
    },
    arrive(indices, vectors, signal) {
      const [own, copies] = [indices.slice(), vectors.slice()];
      return slot.call((api) => api.arrive(transfer(own, [own.buffer]), transfer(copies, [copies.buffer])), { signal });
    },
    glide: (signal) => slot.call((api) => api.glide(), { signal }),
    stop: () => slot.stop(),
  };
}

import type { OutlineCall, Outliner } from '../lexical/lexical.client.ts';
import { isCancelled } from '../model/failure.ts';
import type { Corpus, Paper } from '../model/paper.ts';
import type { Projector } from '../project/project.client.ts';

/** A picture of a map in the making. */
export interface Places {
  /** n×2 in map units; NaN for a paper that has none yet. Owned by the receiver. */
  readonly positions: Float32Array;
  /** What brought the papers to where they stand: the words that they share, or (more and more) their meaning. */
  readonly by: 'words' | 'meaning';
  /** Papers whose vector has had a part in it. */
  readonly embedded: number;
  /** Share (0…1) of the nearest papers by meaning that are nearest in this picture; null while it is not measured. */
  readonly agreement: number | null;
}

/** What is shown from the first second on, until the layout by all vectors is there. */
export interface FirstMap {
  /** Places by shared words: where the layout begins. Null when the texts share none, or two workers were lost over it. */
  readonly outline: Promise<Float32Array | null>;
  /** More vectors have arrived; copied. */
  arrived(indices: Int32Array, vectors: Float32Array): void;
  /** A picture of the layout by all vectors: `share` (0…1) of its epochs are done. */
  layingOut(positions: Float32Array, share: number): void;
  /** No more pictures by words. */
  stop(): void;
}

/** What a first map needs. */
export interface FirstMapTools {
  readonly outliner: Outliner;
  readonly projector: Projector;
}

/** Who is shown the pictures, until the signal. */
export interface FirstMapWatch {
  readonly signal: AbortSignal;
  /** A picture of the map so far. */
  readonly onPlaces: (places: Places) => void;
}

/** Share of the layout's epochs over which what was shown turns into it. */
const TURN = 0.4;

/** Begins at once. Shown by `watch.onPlaces`. */
export function beginFirstMap(corpus: Corpus, seed: number, tools: FirstMapTools, watch: FirstMapWatch): FirstMap {
  const { papers } = corpus;
  const { outliner, projector } = tools;
  let shown: Float32Array | null = null;
  let agreement: number | null = null;
  let embedded = 0;
  let stopped = false;
  const { signal } = watch;

  const show = (positions: Float32Array): void => {
    if (signal.aborted) return;
    shown = positions;
    watch.onPlaces({ positions: positions.slice(), by: embedded === 0 ? 'words' : 'meaning', embedded, agreement });
  };
  const onOutline = (positions: Float32Array): void => {
    if (!stopped) show(positions);
  };
  const outline = outlineOf(papers, outliner, { seed, signal, onOutline });

  async function glide(): Promise<void> {
    if ((await outline) === null) {
      const positions = await projector.preview({ signal });
      if (!stopped) show(positions);
      return;
    }
    const next = await outliner.glide(signal);
    ({ agreement, arrived: embedded } = next);
    if (!stopped) show(next.positions);
  }

  const preview: LivePreview = makeLivePreview(glide);
  return {
    outline,
    arrived(indices, vectors) {
      if (stopped) return;
      outliner.arrive(indices, vectors, signal).catch(() => undefined); // What is lost here is a picture.
      preview.arrived();
    },
    layingOut(positions, share) {
      embedded = papers.length;
      agreement = null;
      const from = shown ?? positions;
      const turned = Math.min(1, share / TURN);
      const picture = between(from, positions, turned);
      watch.onPlaces({ positions: picture, by: 'meaning', embedded, agreement });
    },
    stop() {
      stopped = true;
      preview.stop();
    },
  };
}

/** Places by shared words; null when there are none, or two workers were lost over them. */
async function outlineOf(
  papers: readonly Paper[],
  outliner: Outliner,
  call: OutlineCall,
): Promise<Float32Array | null> {
  const textOf = (index: number): string => `${papers[index].title}\n${papers[index].text}`;
  const draw = (): Promise<Float32Array | null> => outliner.outline({ count: papers.length, textOf }, call);
  try {
    return await draw().catch((error: unknown) => {
      // A worker that was lost by chance must not decide where the layout begins.
      if (call.signal.aborted) throw error;
      return draw();
    });
  } catch (error) {
    // The map can do without; the run itself will meet a cancelling.
    if (!isCancelled(error)) console.warn('no first map:', error);
    return null;
  }
}

/** Pictures of the map in the making, one after the other, while vectors arrive. */
interface LivePreview {
  /** More vectors have arrived. */
  arrived(): void;
  stop(): void;
}

const MIN_PAUSE_MS = 250;
/** A preview takes at most about a tenth of the time, or it would slow down what it shows. */
const PAUSE_FACTOR = 9;

/**
 * Calls `show` for the newest state each time: one at a time, none while nothing has arrived, and none after it has
 * failed.
 */
function makeLivePreview(show: () => Promise<void>): LivePreview {
  let waiting = false;
  let busy = false;
  let stopped = false;

  async function next(): Promise<void> {
    if (busy || stopped || !waiting) return;
    busy = true;
    waiting = false;
    const began = performance.now();
    try {
      await show();
    } catch (error) {
      stopped = true;
      // A preview is a courtesy: the run itself will meet the same failure and report it.
      if (!isCancelled(error)) console.warn('no preview:', error);
    }
    const tookMs = performance.now() - began;
    setTimeout(
      () => {
        busy = false;
        void next();
      },
      Math.max(MIN_PAUSE_MS, tookMs * PAUSE_FACTOR),
    );
  }

  return {
    arrived() {
      waiting = true;
      void next();
    },
    stop() {
      stopped = true;
    },
  };
}

/**
 * The way from one picture to the next: `share` 0 is `from`, 1 is `to`, n×2 each. A paper that has a place in one of them
 * alone stands there. O(n).
 */
function between(from: Float32Array, to: Float32Array, share: number): Float32Array {
  const out = new Float32Array(to.length);
  for (let at = 0; at < to.length; at++) {
    if (Number.isNaN(from[at])) out[at] = to[at];
    else if (Number.isNaN(to[at])) out[at] = from[at];
    else out[at] = from[at] + (to[at] - from[at]) * share;
  }
  return out;
}

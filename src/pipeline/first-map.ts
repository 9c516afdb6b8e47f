import type { OutlineCall, Outliner } from '../lexical/lexical.client.ts';
import { isCancelled } from '../model/failure.ts';
import type { Corpus, Paper } from '../model/paper.ts';
import type { Projector } from '../project/project.client.ts';
import type { TopicDrafter } from './analysis.client.ts';
import { type After, afterMs, type DraftTopics, type DraftWatch, makeDraftTopics } from './draft-topics.ts';

/** A preview of a map in the making. */
export interface Places {
  /** n×2 in map units; NaN for a paper without a position. Owned by the receiver. */
  readonly positions: Float32Array;
  /** What the positions are based on: shared words, or (more and more) meaning; or they were given. */
  readonly by: 'words' | 'meaning' | 'given';
  /** Number of papers whose vector has been used. */
  readonly embedded: number;
  /** Share (0…1) of the nearest papers by meaning that are also nearest here; null until measured. */
  readonly agreement: number | null;
}

/** The previews shown from the first second until the layout by all vectors is done. */
export interface FirstMap {
  /** Positions by shared words, where the layout begins. Null when there are none, or two workers were lost. */
  readonly outline: Promise<Float32Array | null>;
  /** Adds vectors, which are copied. */
  arrived(indices: Int32Array, vectors: Float32Array): void;
  /** Shows the layout by all vectors, when `share` (0…1) of its epochs are done. */
  layingOut(positions: Float32Array, share: number): void;
  /** Ends the previews by words. */
  stop(): void;
  /** Ends the draft of topics; see {@link DraftTopics.end}. */
  endDraft(): Promise<void>;
}

/** What a first map needs. */
export interface FirstMapTools {
  readonly outliner: Outliner;
  readonly projector: Projector;
  readonly topicDrafter: TopicDrafter;
  /** Waits between two drafts of topics. Default: the window's timer. */
  readonly after?: After;
}

/** Callbacks and signal of the previews. */
export interface FirstMapWatch extends DraftWatch {
  /** Called with each preview. */
  readonly onPlaces: (places: Places) => void;
}

/** So long the map by words may settle before topics are looked for on its first pictures, which tell less. */
const SETTLING_MS = 1000;

/** Shows at once the places that came with the papers, which stay. */
export function showGivenMap(
  corpus: Corpus,
  places: Float32Array,
  tools: FirstMapTools,
  watch: FirstMapWatch,
): FirstMap {
  const draft = draftOf(corpus, tools, watch);
  if (!watch.signal.aborted) {
    watch.onPlaces({ positions: places.slice(), by: 'given', embedded: 0, agreement: null });
    draft.see(places.slice(), 1);
  }
  return {
    outline: Promise.resolve(null),
    arrived: () => undefined,
    layingOut: () => undefined,
    stop: () => undefined,
    endDraft: draft.end,
  };
}

function draftOf(
  { papers }: Corpus,
  { topicDrafter, after = afterMs }: FirstMapTools,
  watch: FirstMapWatch,
): DraftTopics {
  const began = performance.now();
  const draft = makeDraftTopics(topicDrafter.startDraft(papers, watch.signal), watch, after);
  return {
    ...draft,
    see(positions, step) {
      if (step > 0 || performance.now() - began > SETTLING_MS) draft.see(positions, step);
    },
  };
}

/**
 * When topics are found anew: on the first picture by words, when that has settled, with each further tenth of the
 * papers that has a vector, and when the layout has begun and has taken the picture's place.
 */
function draftStep(embedded: number, papers: number, turned: number | null): number {
  if (turned !== null) return 12 + Math.floor(turned);
  return embedded === 0 ? 0 : 1 + Math.floor((10 * embedded) / papers);
}

/** Share of the layout's epochs during which the picture shown turns into the layout. */
const TURN = 0.4;

/** Begins at once to show previews by `watch.onPlaces`. */
export function beginFirstMap(corpus: Corpus, seed: number, tools: FirstMapTools, watch: FirstMapWatch): FirstMap {
  const { papers } = corpus;
  const { outliner, projector } = tools;
  let shown: Float32Array | null = null;
  let agreement: number | null = null;
  let embedded = 0;
  let stopped = false;
  const { signal } = watch;
  const draft = draftOf(corpus, tools, watch);

  const show = (positions: Float32Array): void => {
    if (signal.aborted) return;
    shown = positions;
    draft.see(positions, draftStep(embedded, papers.length, null));
    watch.onPlaces({ positions: positions.slice(), by: embedded === 0 ? 'words' : 'meaning', embedded, agreement });
  };
  const showUntilStopped = (positions: Float32Array): void => (stopped ? undefined : show(positions));
  const outline = outlineOf(papers, outliner, { seed, signal, onOutline: showUntilStopped });
  void outline.then((positions) => {
    if (!positions || stopped || embedded > 0) return;
    draft.see(positions, 1);
    show(positions); // The last picture on the way may be an early one.
  });

  async function glide(): Promise<void> {
    if ((await outline) === null) {
      showUntilStopped(await projector.preview({ signal }));
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
      outliner.arrive(indices, vectors, signal).catch(() => undefined); // Only a preview is lost.
      preview.arrived();
    },
    layingOut(positions, share) {
      embedded = papers.length;
      agreement = null;
      const from = shown ?? positions;
      const turned = Math.min(1, share / TURN);
      const picture = between(from, positions, turned);
      draft.see(picture, draftStep(embedded, papers.length, turned));
      watch.onPlaces({ positions: picture, by: 'meaning', embedded, agreement });
    },
    stop() {
      stopped = true;
      preview.stop();
    },
    endDraft: draft.end,
  };
}

/** Positions by shared words; null when there are none, or two workers were lost over them. */
async function outlineOf(
  papers: readonly Paper[],
  outliner: Outliner,
  call: OutlineCall,
): Promise<Float32Array | null> {
  const textOf = (index: number): string => `${papers[index].title}\n${papers[index].text}`;
  const draw = (): Promise<Float32Array | null> => outliner.outline({ count: papers.length, textOf }, call);
  try {
    return await draw().catch((error: unknown) => {
      // Retried, because losing a worker by chance must not decide where the layout begins.
      if (call.signal.aborted) throw error;
      return draw();
    });
  } catch (error) {
    // The map does not need it; the run itself will notice a cancellation.
    if (!isCancelled(error)) console.warn('no first map:', error);
    return null;
  }
}

/** Previews of the map in the making, one after the other, while vectors arrive. */
interface LivePreview {
  /** More vectors have arrived. */
  arrived(): void;
  stop(): void;
}

const MIN_PAUSE_MS = 250;
/** Previews take at most about a tenth of the time, so that they do not slow down the run. */
const PAUSE_FACTOR = 9;

/**
 * Calls `show` for the newest state: one call at a time, only after something has arrived, and never again after a
 * failure.
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
      // Previews are optional: the run itself will meet the same failure and report it.
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
 * Interpolates positions n×2: `share` 0 gives `from`, 1 gives `to`. A paper with a position in only one of them keeps
 * that position. O(n).
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

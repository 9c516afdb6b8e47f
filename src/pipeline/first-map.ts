import type { Outliner } from '../lexical/lexical.client.ts';
import { isCancelled } from '../model/failure.ts';
import type { Corpus } from '../model/paper.ts';
import type { Projector } from '../project/project.client.ts';
import type { BuildWatch } from './build-map.ts';
import { type LivePreview, makeLivePreview } from './live-preview.ts';
import { between } from './places.ts';

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

export interface FirstMapTools {
  readonly outliner: Outliner;
  readonly projector: Projector;
}

/** Share of the layout's epochs over which what was shown turns into it. */
const TURN = 0.4;

/** Begins at once. Shown by `watch.onPlaces`. */
export function beginFirstMap(corpus: Corpus, seed: number, tools: FirstMapTools, watch: BuildWatch): FirstMap {
  const { papers } = corpus;
  const { outliner, projector } = tools;
  let shown: Float32Array | null = null;
  let agreement: number | null = null;
  let embedded = 0;
  let stopped = false;
  const signal = watch.signal;

  const show = (positions: Float32Array): void => {
    if (signal.aborted) return;
    shown = positions;
    watch.onPlaces({ positions: positions.slice(), by: embedded === 0 ? 'words' : 'meaning', embedded, agreement });
  };
  const draw = (): Promise<Float32Array | null> =>
    outliner.outline(
      { count: papers.length, textOf: (index) => `${papers[index].title}\n${papers[index].text}` },
      { seed, signal, onOutline: (positions) => stopped || show(positions) },
    );
  const outline = draw()
    .catch((error: unknown) => {
      // A worker that was lost by chance must not decide where the layout begins.
      if (signal.aborted) throw error;
      return draw();
    })
    .catch((error: unknown) => {
      // The map can do without; the run itself will meet a cancelling.
      if (!isCancelled(error)) console.warn('no first map:', error);
      return null;
    });

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

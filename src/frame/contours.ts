import { papersOf, type TopicView } from '../model/topic-view.ts';
import type { ContourGroup } from '../render/contour-layer.ts';
import { CONTOUR_TINT, NEUTRAL_TINT, TOPIC_COLORINGS } from '../render/contour-tints.ts';
import type { PaletteTheme } from '../render/palette.ts';
import { rgbOf } from '../render/theme.ts';
import { topicColor } from '../render/topic-colors.ts';
import { makeContourSession } from '../topics/contours/contour-session.ts';
import type { Contours } from '../topics/contours/contours.ts';

/** What the tints under the map depend on. */
interface ContourSubject {
  /** Null for a map without topics, which has no contours. */
  readonly topics: TopicView | null;
  /** n×2. */
  readonly positions: Float32Array;
  /** What the map is coloured by. */
  readonly color: string;
  readonly theme: PaletteTheme;
}

/** The tints under the map of a frame. */
export interface FrameContours {
  /**
   * The tints as far as they are known. The first call for a map begins to trace them, topic by topic between the
   * frame's other tasks since a frame has no workers; `onTraced` is called when they are there.
   */
  tints(subject: ContourSubject): readonly ContourGroup[];
  /** Calls nothing any more. */
  dispose(): void;
}

/** Traces the contours of top topics, as the page draws them before it refines them for a view. */
export function makeFrameContours(onTraced: () => void): FrameContours {
  const session = makeContourSession(() => new Promise((done) => setTimeout(done)));
  let known: { readonly of: TopicView | null; readonly traced: readonly Contours[] } = { of: null, traced: [] };
  /** The same object until its inputs change, since the renderer builds triangles of it. */
  let tinted: { readonly of: readonly unknown[]; readonly groups: readonly ContourGroup[] } = { of: [], groups: [] };
  let ticket = 0;
  let isOver = false;

  async function trace(view: TopicView, positions: Float32Array): Promise<void> {
    const groups = view.tops.map((id) => Int32Array.from(papersOf(view, id)));
    const traced = await session.trace(++ticket, { positions, groups });
    if (!traced || known.of !== view || isOver) return;
    known = { of: view, traced };
    onTraced();
  }

  const tint = (view: TopicView | null, isByTopic: boolean, theme: PaletteTheme): ContourGroup[] =>
    known.traced.flatMap(({ levels }, i) => {
      const color = isByTopic && view ? rgbOf(topicColor(view, view.tops[i], theme)) : NEUTRAL_TINT[theme];
      return levels.map(({ rings }): ContourGroup => ({ rings, color, alpha: CONTOUR_TINT[theme] }));
    });

  return {
    tints({ topics, positions, color, theme }) {
      if (known.of !== topics) {
        known = { of: topics, traced: [] };
        if (topics) void trace(topics, positions);
      }
      const isByTopic = TOPIC_COLORINGS.includes(color);
      const of = [known.traced, isByTopic, theme];
      if (of.some((part, i) => part !== tinted.of[i])) tinted = { of, groups: tint(topics, isByTopic, theme) };
      return tinted.groups;
    },
    dispose() {
      isOver = true;
    },
  };
}

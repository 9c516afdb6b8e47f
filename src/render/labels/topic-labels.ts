import { papersByTopic, type TopicView } from '../../model/topic-view.ts';
import { chooseAnchors, spreadPapers } from './anchors.ts';
import { type LabelText, labelStyle, setLabel } from './label-text.ts';
import { GAP_PX, type LabelCandidate, type LabelIntervals, levelFloors, solveLabels } from './placement.ts';

/** The names of topics, with the scales at which each is shown: solved once for a map, never while the view moves. */
export interface TopicLabels {
  readonly intervals: LabelIntervals;
  /** In the order of the candidates. */
  readonly texts: readonly LabelText[];
}

/** What names are set for. */
export interface LabelSetting {
  /** Scale at which the whole map is seen, CSS pixels per map unit. */
  readonly fitScale: number;
  /** On a phone, or in a frame of its size. */
  readonly isNarrow: boolean;
  /** Width of a text in a font as CSS writes it, CSS pixels. */
  readonly widthOf: (text: string, font: string) => number;
}

/** Places that a topic offers to its name: more bring hardly more names onto the map. */
const PLACES = 8;

/**
 * Sets the names of all topics that are not hidden, each at its densest paper, or, where that place is taken when its
 * level comes into sight, at another one of its middle. As {@link solveLabels} and {@link chooseAnchors} in cost.
 */
export function solveTopicLabels(view: TopicView, positions: Float32Array, setting: LabelSetting): TopicLabels {
  const { fitScale, isNarrow, widthOf } = setting;
  const members = papersByTopic(view);
  const floors = levelFloors(fitScale, view.levels);
  const shown = [...view.nodes].filter(([, { isHidden }]) => !isHidden);
  const texts = shown.map(([, { topic, name }]) => {
    const style = labelStyle(topic.level, isNarrow);
    return setLabel(name, style, (part) => widthOf(part, style.font));
  });
  const labels = shown.map(([id, { topic, size }], i) => {
    const { widthPx, heightPx } = texts[i];
    const papers = spreadPapers(positions, members.get(id) ?? [], topic.densest, PLACES);
    const places = papers.map((paper) => ({ x: positions[2 * paper], y: positions[2 * paper + 1] }));
    return { id, parent: topic.parent, level: topic.level, size, widthPx, heightPx, places };
  });
  const anchors = chooseAnchors(labels, (level) => Math.max(fitScale, floors[level]), GAP_PX);
  const candidates: LabelCandidate[] = labels.map(({ places: _, ...label }, i) => ({ ...label, anchor: anchors[i] }));
  return { intervals: solveLabels(candidates, { floors }), texts };
}

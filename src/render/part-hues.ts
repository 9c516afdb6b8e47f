import { withPartHues } from '../math/topic-hues.ts';
import { type TopicView, topicView } from '../model/topic-view.ts';
import type { TopicTree } from '../model/topics.ts';

/**
 * The topics as they are shown on a map, with a person's edits; parts that stand for their topic have hues of their own.
 * `positions`: n×2.
 */
export function topicsOnMap(tree: TopicTree, positions: Float32Array): TopicView {
  const view = topicView(tree, positions);
  if (!tree.edits.split?.length) return view;
  const { levels, paths, nodes } = view;
  const topics = withPartHues(
    [...nodes.values()].map(({ topic }) => topic),
    { levels, paths, positions },
  );
  const hues = new Map(topics.map(({ id, hue }) => [id, hue]));
  const own = [...nodes].map(
    ([id, node]) => [id, { ...node, topic: { ...node.topic, hue: hues.get(id) ?? node.topic.hue } }] as const,
  );
  return { ...view, nodes: new Map(own) };
}

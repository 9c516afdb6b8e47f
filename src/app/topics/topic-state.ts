import { type TopicView, topicView } from '../../model/topic-view.ts';
import type { TopicEdits, TopicTree } from '../../model/topics.ts';
import type { State } from '../store.ts';

let last: { readonly tree: TopicTree; readonly edits: TopicEdits; readonly view: TopicView } | null = null;

/** The shown map's topics with the edits of this session; null when it has none. The same object until one changes. */
export function topicsOf({ shown, topicEdits }: Pick<State, 'shown' | 'topicEdits'>): TopicView | null {
  const tree = shown?.map?.topics;
  if (!tree) return null;
  if (last?.tree !== tree || last.edits !== topicEdits) {
    last = { tree, edits: topicEdits, view: topicView({ ...tree, edits: topicEdits }) };
  }
  return last.view;
}

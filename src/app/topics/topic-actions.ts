import { hideTopic, mergeTopic, papersOf, renameTopic } from '../../model/topic-view.ts';
import type { TopicEdits } from '../../model/topics.ts';
import { getState, notify, redo, setState, undo } from '../store.ts';
import { flyToPapers } from '../view/map-actions.ts';
import { namedTopicOf } from './shown-labels.ts';
import { topicsOf } from './topic-state.ts';

/** Opens a topic's panel, lets its papers stand out and moves the view to them. */
export function goToTopic(id: number): void {
  const view = topicsOf(getState());
  if (!view?.nodes.has(id)) return;
  setState({ topic: id, selected: -1, hovered: -1 });
  flyToPapers(papersOf(view, id));
}

export function closeTopic(): void {
  setState({ topic: -1 });
}

/** Opens the topic whose name `element` is a part of; false when it is none. */
export function openTopicOf(element: Element): boolean {
  const id = element.closest<HTMLElement>('[data-topic]')?.dataset.topic;
  if (id === undefined) return false;
  goToTopic(Number(id));
  return true;
}

/** The ground around a paper belongs to its topic; −1 for ground that is near no paper. */
export function setGround(paper: number): void {
  const view = topicsOf(getState());
  const ground = paper < 0 || !view ? -1 : (namedTopicOf(view, paper) ?? -1);
  if (ground !== getState().ground) setState({ ground });
}

/** Calls a topic by another name; an empty one gives back the name that was found. */
export function renameShownTopic(id: number, name: string): void {
  edit((edits) => renameTopic(edits, id, name), `The topic is called “${name.trim() || 'as found'}”`);
}

/** Counts a topic's papers for a sibling, whose panel opens. */
export function mergeShownTopic(id: number, into: number): void {
  const view = topicsOf(getState());
  const names = [id, into].map((topic) => view?.nodes.get(topic)?.name ?? '');
  edit((edits) => mergeTopic(edits, id, into), `“${names[0]}” is now a part of “${names[1]}”`);
  goToTopic(into);
}

export function hideShownTopic(id: number, isHidden: boolean): void {
  edit(
    (edits) => hideTopic(edits, id, isHidden),
    isHidden ? 'The name is off the map' : 'The name is on the map again',
  );
}

/** Takes back the last change of a topic or a selection, and says when there is none. */
export function undoEdit(): void {
  if (!undo()) notify('done', { title: 'Nothing to undo', text: 'Nothing has been selected or changed.' });
  closeLostTopic();
}

export function redoEdit(): void {
  if (!redo()) notify('done', { title: 'Nothing to redo', text: 'Nothing was taken back.' });
  closeLostTopic();
}

function edit(change: (edits: TopicEdits) => TopicEdits, title: string): void {
  setState(({ topicEdits }) => ({ topicEdits: change(topicEdits) }));
  notify('done', { title, text: '“Save map” keeps it.', action: { label: 'Undo', run: undoEdit } });
}

/** A topic whose merging was taken back or done again may be gone. */
function closeLostTopic(): void {
  const { topic } = getState();
  if (topic >= 0 && !topicsOf(getState())?.nodes.has(topic)) closeTopic();
}

import { type CarriedEdit, carryEdits } from '../../model/carry-edits.ts';
import type { MapData } from '../../model/map-data.ts';
import { plural } from '../messages.ts';
import type { State } from '../state.ts';
import type { Store } from '../store.ts';

/**
 * Transfers the topic edits of the map shown `before` to `map`, which is shown now, and reports what was kept and lost.
 * @param undo undoes the last edit; null when the change of the map is itself a step that undoes this too
 */
export function carryTopicEdits(
  store: Store,
  { shown, topicEdits }: Pick<State, 'shown' | 'topicEdits'>,
  map: MapData,
  undo: (() => void) | null,
): void {
  const old = shown?.map;
  if (!old?.topics || !map.topics) return;
  const before = { corpus: old.corpus, topics: { ...old.topics, edits: topicEdits } };
  const carried = carryEdits(before, { corpus: map.corpus, topics: map.topics });
  if (!carried) return;
  const { edits, kept, lost } = carried;
  if (kept.length > 0 || edits.never) (undo ? store.set : store.setQuietly)({ topicEdits: edits });
  if (kept.length + lost.length === 0) return;
  store.notify(lost.length > 0 ? 'warning' : 'done', {
    title: `${kept.length} of ${plural(kept.length + lost.length, 'change')} of topics carried over`,
    text: [listOf('Kept', kept), listOf('Lost, as no topic is like it now', lost)].filter(Boolean).join(' '),
    ...(kept.length > 0 && undo ? { action: { label: 'Undo', run: undo } } : {}),
  });
}

const KINDS: Readonly<Record<CarriedEdit['kind'], string>> = {
  name: 'the name',
  merge: 'the merging of',
  hiding: 'the hiding of',
};
const MAX_NAMED = 3;

function listOf(what: string, edits: readonly CarriedEdit[]): string {
  if (edits.length === 0) return '';
  const named = edits.slice(0, MAX_NAMED).map(({ kind, topic }) => `${KINDS[kind]} “${topic}”`);
  const others = edits.length - named.length;
  return `${what}: ${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}.`;
}

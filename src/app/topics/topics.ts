import { splitTopic } from '../../model/topic-cut.ts';
import { hideTopic, mergeTopic, namedTopic, papersOf, renameTopic, type TopicView } from '../../model/topic-view.ts';
import { barWord } from '../../model/topic-words.ts';
import type { TopicEdits } from '../../model/topics.ts';
import { withoutTopics } from '../filter/filters.ts';
import type { Selectors } from '../selectors.ts';
import type { Store } from '../store.ts';
import type { View } from '../view/view.ts';

/** Actions on topics, with undo and redo. */
export type Topics = ReturnType<typeof makeTopics>;

/** Creates the {@link Topics} of one store. */
export function makeTopics(store: Store, selectors: Selectors, view: Pick<View, 'flyToPapers'>) {
  let labels: ReadonlySet<number> = new Set();
  const topics = () => selectors.topics(store.get());

  /** Opens a topic's panel, highlights its papers and moves the view to them. */
  function goToTopic(id: number): void {
    const own = topics();
    if (!own?.nodes.has(id)) return;
    store.set({ topic: id, selected: -1, hovered: -1 });
    view.flyToPapers(papersOf(own, id));
  }
  /** Undoes the last edit of topics, filters or selections, or says that there is none. */
  function undoEdit(): void {
    if (!store.undo())
      store.notify('done', { title: 'Nothing to undo', text: 'Nothing has been selected or changed.' });
    closeLostTopic(store, topics());
  }
  function edit(change: (edits: TopicEdits) => TopicEdits, title: string): void {
    store.set(({ topicEdits }) => ({ topicEdits: change(topicEdits) }));
    store.notify('done', { title, text: '“Save map” keeps it.', action: { label: 'Undo', run: undoEdit } });
  }

  return {
    goToTopic,
    closeTopic: (): void => store.set({ topic: -1 }),
    /** Sets the topic of the ground near a paper; −1 for ground that is near no paper. */
    setGround(paper: number): void {
      const own = topics();
      const ground = paper < 0 || !own ? -1 : (namedTopic(own, paper, labels) ?? -1);
      if (ground !== store.get().ground) store.set({ ground });
    },
    /** Sets the topics whose names are visible on the map. */
    setShownLabels(ids: ReadonlySet<number>): void {
      labels = ids;
    },
    /** The topics last given to {@link setShownLabels}. */
    shownLabels: (): ReadonlySet<number> => labels,
    ...makeEdits(store, topics, { edit, goToTopic }),
    undoEdit,
    redoEdit(): void {
      if (!store.redo()) store.notify('done', { title: 'Nothing to redo', text: 'Nothing was taken back.' });
      closeLostTopic(store, topics());
    },
  };
}

interface EditParts {
  /** Makes a change that can be undone, and says so. */
  readonly edit: (change: (edits: TopicEdits) => TopicEdits, title: string) => void;
  readonly goToTopic: (id: number) => void;
}

/** The user's edits of topics. */
function makeEdits(store: Store, topics: () => TopicView | null, { edit, goToTopic }: EditParts) {
  return {
    /** Renames a topic; an empty name restores the original one. */
    renameTopic: (id: number, name: string): void =>
      edit((edits) => renameTopic(edits, id, name), `The topic is called “${name.trim() || 'as found'}”`),
    /** Merges a topic into a sibling and opens the sibling's panel. */
    mergeTopic(id: number, into: number): void {
      const [name, other] = [id, into].map((topic) => topics()?.nodes.get(topic)?.name ?? '');
      edit((edits) => mergeTopic(edits, id, into), `“${name}” is now a part of “${other}”`);
      goToTopic(into);
    },
    hideTopic: (id: number, isHidden: boolean): void =>
      edit(
        (edits) => hideTopic(edits, id, isHidden),
        isHidden ? 'The name is off the map' : 'The name is on the map again',
      ),
    /** Replaces a topic by its parts on the map, or joins them again; `name` is the topic's. */
    splitTopic(id: number, name: string, isSplit: boolean): void {
      // A filter by topics may name one that is about to go.
      store.set(({ filters }) => ({ topic: -1, filters: withoutTopics(filters) }));
      edit(
        (edits) => splitTopic(edits, id, isSplit),
        isSplit ? `“${name}” is shown as its parts` : `“${name}” is one topic again`,
      );
      if (!isSplit) goToTopic(id);
    },
    /** Takes a word or phrase out of all names, or lets it in again. */
    barWord: (word: string, isBarred: boolean): void =>
      edit(
        (edits) => barWord(edits, word, isBarred),
        isBarred ? `“${word}” is in no name any more` : `“${word}” may be in names again`,
      ),
  };
}

/** Closes the open topic if undoing or redoing a merge has removed it. */
function closeLostTopic(store: Store, topics: TopicView | null): void {
  const { topic } = store.get();
  if (topic >= 0 && !topics?.nodes.has(topic)) store.set({ topic: -1 });
}

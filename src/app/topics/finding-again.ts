import { nounOf } from '../../model/noun.ts';
import { removePapers, renumbered } from '../../model/remove-papers.ts';
import { type Selection, selectionOf } from '../../model/selection.ts';
import { NO_EDITS } from '../../model/topics.ts';
import { findMapTopics } from '../../pipeline/find-topics.ts';
import type { Encoders } from '../encoders.ts';
import { withoutTopics } from '../filter/filters.ts';
import type { Jobs } from '../jobs.ts';
import type { Showing } from '../maps/showing.ts';
import { countOf, plural } from '../messages.ts';
import type { Shown, State } from '../state.ts';
import type { Store } from '../store.ts';
import type { Workers } from '../workers.ts';
import { carryTopicEdits } from './carry-topic-edits.ts';

/** Changes of the shown map that its topics depend on. Each offers to undo it. */
export type FindingAgain = ReturnType<typeof makeFindingAgain>;

interface Parts {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly workers: Pick<Workers, 'analyst'>;
  readonly encoders: Pick<Encoders, 'modelOfMap' | 'encoderOf'>;
  readonly showing: Pick<Showing, 'showMap' | 'editedMap'>;
}

/** A map needs at least this many texts, else there is nothing to compare. */
const MIN_LEFT = 3;

/** Creates the {@link FindingAgain} of one store. */
export function makeFindingAgain(parts: Parts) {
  const { store } = parts;
  return {
    /** Finds the topics of the shown map once more, on the papers that it has now. Changes of topics are carried over. */
    async findTopicsAgain(): Promise<void> {
      const { shown, job } = store.get();
      if (!shown?.map || job) return;
      const { map } = shown;
      await parts.jobs.run({ kind: 'building', name: map.info.name }, 'topics', async (signal, update) => {
        update({ total: map.corpus.papers.length });
        const spec = parts.encoders.modelOfMap(map);
        const topics = await findMapTopics(
          map,
          {
            topicFinder: parts.workers.analyst,
            encoder: typeof spec === 'string' ? null : parts.encoders.encoderOf(spec),
          },
          { signal, onProgress: (progress) => update({ progress }) },
        );
        if (store.get().shown?.map !== map) return;
        const found = { ...map, topics };
        const edited = store.get();
        const title = `${plural(topics.topics.filter(({ parent }) => parent < 0).length, 'topic')} found`;
        const text = 'The map and its places are as before.';
        exchange(parts, { shown: { ...shown, map: found }, known: {}, title, text });
        carryTopicEdits(store, edited, found, null);
      });
    },
    /** Takes papers off the shown map for good: out of its lists, counts, topics and files. */
    async removePapers(papers: Selection): Promise<void> {
      const before = store.get();
      const map = parts.showing.editedMap();
      if (!map || !before.shown || papers.length === 0) return;
      const noun = nounOf(map.corpus);
      const left = map.corpus.papers.length - papers.length;
      if (left < MIN_LEFT) {
        const text = `A map needs at least three ${noun.many}, and ${left === 0 ? 'none' : countOf(left, noun)} would be left.`;
        store.notify('warning', { title: 'Too few would be left', text });
        return;
      }
      const { map: thinned, newIndex } = removePapers(map, papers);
      const { corpus, positions } = thinned;
      const edits = thinned.topics?.edits ?? NO_EDITS;
      const known = { ...stateWithout(before, newIndex), topicEdits: edits };
      const text = `“Save map” writes it without ${papers.length === 1 ? 'it' : 'them'}. “Find topics again” finds the topics of what is left.`;
      const title = `${countOf(papers.length, noun)} removed from the map`;
      exchange(parts, {
        shown: { corpus, positions, map: thinned, grownFrom: before.shown.corpus },
        known,
        title,
        text,
      });
    },
  };
}

/** A change of the shown map, and what is said of it. */
interface Exchange {
  readonly shown: Shown;
  readonly known: Partial<State>;
  readonly title: string;
  readonly text: string;
}

/** Shows a changed map in place of the shown one, without moving the view. It is one step that can be undone. */
function exchange({ store, showing }: Pick<Parts, 'store' | 'showing'>, { shown, known, title, text }: Exchange): void {
  const before = store.get();
  const { topicEdits, filters, selection, kept, like, unlike, mapAt, colorBy } = before;
  const undoTo = store.exchangeMap(
    () => showing.showMap(shown, 'of-papers', known),
    () => {
      const was = { topicEdits, filters, selection, kept, like, unlike, mapAt, colorBy, selected: -1 };
      if (before.shown) showing.showMap(before.shown, 'of-papers', was);
      store.dismissNotice(notice);
    },
  );
  const undo = (): void => {
    if (undoTo()) return;
    store.notify('done', { title: 'Too late to undo', text: 'It has been undone, or another map is open by now.' });
  };
  const notice = store.notify('done', { title, text, stays: true, action: { label: 'Undo', run: undo } });
}

/** What the page remembers about papers, by their new indices. */
function stateWithout(
  { selected, selection, kept, like, unlike, filters }: State,
  newIndex: Int32Array,
): Partial<State> {
  return {
    selected: selected < 0 ? -1 : newIndex[selected],
    hovered: -1,
    topic: -1,
    ground: -1,
    filters: withoutTopics(filters),
    selection: selectionOf(renumbered(selection, newIndex)),
    kept: kept.map((group) => ({ ...group, papers: selectionOf(renumbered(group.papers, newIndex)) })),
    like: renumbered(like, newIndex),
    unlike: renumbered(unlike, newIndex),
  };
}

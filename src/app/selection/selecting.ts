import { nounOf } from '../../model/noun.ts';
import {
  combineSelections,
  dropKept,
  editKept,
  invertSelection,
  isSameSelection,
  type KeptSelection,
  keepSelection,
  NO_SELECTION,
  type Selection,
  type SelectMode,
  selectionOf,
} from '../../model/selection.ts';
import { papersOf } from '../../model/topic-view.ts';
import { papersInBounds } from '../../render/area.ts';
import { toMap } from '../../render/viewport.ts';
import { countOf } from '../messages.ts';
import type { Selectors } from '../selectors.ts';
import type { Store } from '../store.ts';
import type { View } from '../view/view.ts';

/** The modifier keys that choose how a pick changes the selection. */
export interface ModeKeys {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Selects papers as a group. Modifier keys passed to these methods override the current mode. */
export type Picking = ReturnType<typeof makePicking>;

/** Shift adds, Alt removes, both intersect; null without either. */
export function modeOfKeys({ shiftKey, altKey }: ModeKeys): SelectMode | null {
  if (shiftKey) return altKey ? 'intersection' : 'union';
  return altKey ? 'difference' : null;
}

const NO_KEYS: ModeKeys = { shiftKey: false, altKey: false };

/** The selection of one store. */
export function makePicking(store: Store, selectors: Selectors, view: Pick<View, 'currentView'>) {
  function setSelection(next: Selection): void {
    const { selection } = store.get();
    // Keeping the same object avoids an undo step when nothing changes.
    store.set({ selection: isSameSelection(selection, next) ? selection : next, topic: -1, draft: null });
  }
  /** Selects papers in the mode of the keys, else the current one. Closes an open topic. */
  function pick(papers: Selection, keys: ModeKeys = NO_KEYS): void {
    const { selection, selectMode } = store.get();
    setSelection(combineSelections(selection, papers, modeOfKeys(keys) ?? selectMode));
  }
  /** Opens the panel of selections in place of one for a paper, a topic or a comparison. */
  function openSelections(): void {
    store.set(({ comparison }) => ({
      selectionOpen: true,
      selected: -1,
      topic: -1,
      comparison: comparison && { ...comparison, isOpen: false },
    }));
  }
  return {
    pick,
    /** Selects the papers in the part of the map that no panel covers, except those that filters leave out. */
    selectInView(keys?: ModeKeys): void {
      const seen = view.currentView();
      const positions = selectors.places(store.get());
      if (!seen || !positions) return;
      const { top, right, bottom, left } = seen.insets;
      const low = toMap(seen, { px: left, py: seen.heightPx - bottom });
      const high = toMap(seen, { px: seen.widthPx - right, py: top });
      pick(papersInBounds(positions, { minX: low.x, minY: low.y, maxX: high.x, maxY: high.y }), keys);
    },
    /** Selects the papers of a topic and opens the panel of selections. */
    selectTopic(id: number, keys?: ModeKeys): void {
      const topics = selectors.topics(store.get());
      if (!topics) return;
      pick(selectionOf(papersOf(topics, id)), keys);
      openSelections();
    },
    /** Selects the search hits and opens the panel of selections. */
    selectHits(keys?: ModeKeys): void {
      const { hits, shown } = store.get();
      if (!hits || !shown) return;
      pick(selectionOf(hits.indices.filter((paper) => paper < shown.corpus.papers.length)), keys);
      openSelections();
    },
    /** Replaces the selection by all other papers that pass the filters. */
    invertSelection(): void {
      const { shown, selection } = store.get();
      if (!shown) return;
      const { passing } = selectors.filtered(store.get());
      const others = invertSelection(selection, shown.corpus.papers.length);
      setSelection(passing ? others.filter((paper) => passing[paper] !== 0) : others);
    },
    clearSelection: (): void => setSelection(NO_SELECTION),
    openSelections,
    closeSelections: (): void => store.set({ selectionOpen: false }),
  };
}

/** Edits the kept selections of one store. @param undo undoes the last edit */
export function makeKeeping(store: Store, undo: () => void) {
  return {
    /** Keeps the selection under a generated name and colour. */
    keepCurrent(): void {
      const { selection, kept } = store.get();
      if (selection.length > 0) store.set({ kept: keepSelection(kept, selection), selectionOpen: true });
    },
    renameKept: (id: number, name: string): void => store.set(({ kept }) => ({ kept: editKept(kept, id, { name }) })),
    recolorKept: (id: number, hue: number): void => store.set(({ kept }) => ({ kept: editKept(kept, id, { hue }) })),
    /** Removes a kept selection and offers to undo that. */
    removeKept({ id, name, papers }: KeptSelection): void {
      store.set(({ kept }) => ({ kept: dropKept(kept, id) }));
      const noun = nounOf(store.get().shown?.corpus);
      store.notify('done', {
        title: `“${name}” was taken off the list`,
        text: `Its ${countOf(papers.length, noun)} stay on the map.`,
        action: { label: 'Undo', run: undo },
      });
    },
  };
}

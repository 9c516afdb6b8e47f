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
import { filteredOf, keptPlaces } from '../filter/filter-state.ts';
import { plural } from '../messages.ts';
import { getState, notify, setState } from '../store.ts';
import { undoEdit } from '../topics/topic-actions.ts';
import { topicsOf } from '../topics/topic-state.ts';
import { currentView } from '../view/map-actions.ts';

/** The modifier keys that choose what becomes of the selection. */
export interface ModeKeys {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Shift adds, Alt takes away, both keep what is in both; null without either. */
export function modeOfKeys({ shiftKey, altKey }: ModeKeys): SelectMode | null {
  if (shiftKey) return altKey ? 'intersection' : 'union';
  return altKey ? 'difference' : null;
}

/** Selects papers in the present mode, or in the one that the keys say. An open topic is closed: the selection stands out. */
export function pick(papers: Selection, keys: ModeKeys = NO_KEYS): void {
  const { selection, selectMode } = getState();
  setSelection(combineSelections(selection, papers, modeOfKeys(keys) ?? selectMode));
}

/** Selects what lies in the part of the map that no panel covers, without what filters leave out. */
export function selectInView(keys?: ModeKeys): void {
  const view = currentView();
  const positions = keptPlaces(getState());
  if (!view || !positions) return;
  const { top, right, bottom, left } = view.insets;
  const low = toMap(view, { px: left, py: view.heightPx - bottom });
  const high = toMap(view, { px: view.widthPx - right, py: top });
  pick(papersInBounds(positions, { minX: low.x, minY: low.y, maxX: high.x, maxY: high.y }), keys);
}

/** Selects the papers of a topic and opens the panel of selections. */
export function selectTopic(id: number, keys?: ModeKeys): void {
  const view = topicsOf(getState());
  if (!view) return;
  pick(selectionOf(papersOf(view, id)), keys);
  openSelections();
}

/** Selects the papers that were found and opens the panel of selections. */
export function selectHits(keys?: ModeKeys): void {
  const { hits, shown } = getState();
  if (!hits || !shown) return;
  pick(selectionOf(hits.indices.filter((paper) => paper < shown.corpus.papers.length)), keys);
  openSelections();
}

/** Selects the papers of a kept selection again. */
export function selectKept({ papers }: KeptSelection, keys?: ModeKeys): void {
  pick(papers, keys);
}

/** Selects all papers that are not selected, in place of those that are; none that filters leave out. */
export function invert(): void {
  const { shown, selection } = getState();
  if (!shown) return;
  const { passing } = filteredOf(getState());
  const others = invertSelection(selection, shown.corpus.papers.length);
  setSelection(passing ? others.filter((paper) => passing[paper] !== 0) : others);
}

export function clearSelection(): void {
  setSelection(NO_SELECTION);
}

/** Gives the selection a name and a colour. */
export function keepCurrent(): void {
  const { selection, kept } = getState();
  if (selection.length === 0) return;
  setState({ kept: keepSelection(kept, selection), selectionOpen: true });
}

export function renameKept(id: number, name: string): void {
  setState(({ kept }) => ({ kept: editKept(kept, id, { name }) }));
}

export function recolorKept(id: number, hue: number): void {
  setState(({ kept }) => ({ kept: editKept(kept, id, { hue }) }));
}

/** Takes a kept selection off the list, and offers to bring it back. */
export function removeKept({ id, name, papers }: KeptSelection): void {
  setState(({ kept }) => ({ kept: dropKept(kept, id) }));
  notify('done', {
    title: `“${name}” was taken off the list`,
    text: `Its ${plural(papers.length, 'paper')} stay on the map.`,
    action: { label: 'Undo', run: undoEdit },
  });
}

/** Opens the panel of selections in place of a paper's, a topic's or a comparison's. */
export function openSelections(): void {
  setState(({ comparison }) => ({
    selectionOpen: true,
    selected: -1,
    topic: -1,
    comparison: comparison && { ...comparison, isOpen: false },
  }));
}

export function closeSelections(): void {
  setState({ selectionOpen: false });
}

const NO_KEYS: ModeKeys = { shiftKey: false, altKey: false };

function setSelection(next: Selection): void {
  const { selection } = getState();
  // The same papers again are no step to undo.
  setState({ selection: isSameSelection(selection, next) ? selection : next, topic: -1, draft: null });
}

import type { AreaTool } from '../../render/area-line.ts';
import { leaveComparison } from '../compare/leave-comparison.ts';
import { chooseTool, leaveTool } from '../selection/area-actions.ts';
import { clearSelection, closeSelections, selectInView } from '../selection/selection-actions.ts';
import { getState, setState } from '../store.ts';
import { closeTopic, redoEdit, undoEdit } from '../topics/topic-actions.ts';
import { fitMap, panMap, zoomBy } from '../view/map-actions.ts';
import { pinPaper, walkBack, walkOn } from './walk.ts';

/** A key, with what is held down beside it. */
export interface Chord {
  /** As `KeyboardEvent.key` has it, letters in lower case. */
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. */
  readonly isCtrl?: boolean;
  readonly isShift?: boolean;
}

/** What some keys do. */
export interface Shortcut {
  readonly label: string;
  /** The first is shown; the others are the same on other keyboards. */
  readonly chords: readonly Chord[];
  /** `map`: only while the map, or nothing at all, has the focus; elsewhere these keys have other uses. */
  readonly where: 'page' | 'map';
  /** Works while a text is typed too. */
  readonly isGlobal?: boolean;
  /** False when there was nothing to do, and the key is anyone's. */
  run(event: KeyboardEvent): boolean | undefined;
}

const PAN_PX = 96;
const ZOOM = 1.5;

/** All keys of the page: what the sheet lists is what the handler does. */
export const SHORTCUTS: readonly Shortcut[] = [
  {
    label: 'Find a command, a topic or a paper',
    chords: [{ key: 'k', isCtrl: true }],
    where: 'page',
    isGlobal: true,
    run: () => open('palette'),
  },
  { label: 'This list', chords: [{ key: '?' }], where: 'page', run: () => open('shortcuts') },
  { label: 'Search', chords: [{ key: '/' }], where: 'page', run: focusSearch },
  pan('Move left', 'ArrowLeft', -1, 0),
  pan('Move right', 'ArrowRight', 1, 0),
  pan('Move up', 'ArrowUp', 0, -1),
  pan('Move down', 'ArrowDown', 0, 1),
  { label: 'Zoom in', chords: [{ key: '+' }, { key: '=' }], where: 'map', run: () => act(() => zoomBy(ZOOM)) },
  { label: 'Zoom out', chords: [{ key: '-' }, { key: '_' }], where: 'map', run: () => act(() => zoomBy(1 / ZOOM)) },
  { label: 'Show all', chords: [{ key: '0' }], where: 'map', run: () => act(fitMap) },
  { label: 'Walk on to the nearest paper', chords: [{ key: 'n' }], where: 'map', run: walkOn },
  { label: 'Walk back', chords: [{ key: 'p' }], where: 'map', run: walkBack },
  { label: 'Open the paper walked to or under the pointer', chords: [{ key: 'Enter' }], where: 'map', run: pinPaper },
  { label: 'Select with a lasso', chords: [{ key: 'l' }], where: 'map', run: () => choose('lasso') },
  { label: 'Select with a rectangle', chords: [{ key: 'r' }], where: 'map', run: () => choose('rectangle') },
  { label: 'Select what is in view', chords: [{ key: 'v' }], where: 'map', run: selectSeen },
  { label: 'Close what is open', chords: [{ key: 'Escape' }], where: 'page', run: leave },
  { label: 'Undo', chords: [{ key: 'z', isCtrl: true }], where: 'page', run: () => act(undoEdit) },
  {
    label: 'Redo',
    chords: [
      { key: 'z', isCtrl: true, isShift: true },
      { key: 'y', isCtrl: true },
    ],
    where: 'page',
    run: () => act(redoEdit),
  },
];

/** The shortcut that a key event means; undefined for none. Whether it applies at this place is not asked. */
export function shortcutOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>) {
  if (event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isCtrl = event.ctrlKey || event.metaKey;
  return SHORTCUTS.find(({ chords }) =>
    chords.some(
      (chord) =>
        chord.key === key &&
        (chord.isCtrl ?? false) === isCtrl &&
        // Shift makes the sign in the first place, and three times the way of an arrow.
        (!isCtrl || (chord.isShift ?? false) === event.shiftKey),
    ),
  );
}

/** Does it take one key that types a character? These can be switched off (WCAG 2.1.4). */
export function isSingleKey({ chords }: Shortcut): boolean {
  return chords[0].key.length === 1 && !chords[0].isCtrl;
}

function pan(label: string, key: string, right: number, down: number): Shortcut {
  const run = ({ shiftKey }: KeyboardEvent): boolean => {
    const px = PAN_PX * (shiftKey ? 3 : 1);
    return act(() => panMap(-right * px, -down * px));
  };
  return { label, chords: [{ key }], where: 'map', run };
}

function act(run: () => void): true {
  run();
  return true;
}

function open(dialog: 'palette' | 'shortcuts'): boolean {
  const { dialog: before, plan, pasting, exporting, keptMaps } = getState();
  if (before !== null || plan !== null || pasting || exporting || keptMaps !== null) return false;
  setState({ dialog });
  return true;
}

/** The search box, by the id that it has in the page. */
function focusSearch(): boolean {
  const input = document.getElementById(SEARCH_INPUT);
  if (!(input instanceof HTMLInputElement)) return false;
  input.focus();
  input.select();
  return true;
}

/** The id of the search box. */
export const SEARCH_INPUT = 'search-input';

/** Draws with a tool from now on, or no more: then arrows, + and − and Enter lead the area while it is drawn. */
function choose(tool: AreaTool): boolean {
  if (!getState().shown) return false;
  chooseTool(tool);
  return true;
}

function selectSeen(event: KeyboardEvent): boolean {
  if (!getState().shown) return false;
  selectInView(event);
  return true;
}

/**
 * Leads back one step at a time: closes the paper, else the topic, else gives up what is drawn, then the tool, closes the
 * panel of selections, selects none, lets go of the paper walked to, and at last ends the comparison of two maps. In menus
 * and lists only panels close.
 */
function leave({ target }: KeyboardEvent): boolean {
  const { selected, topic, hovered, selectionOpen, selection } = getState();
  if (selected >= 0) setState({ selected: -1 });
  else if (topic >= 0) closeTopic();
  else if (target instanceof Element && target.closest('[role="menu"], [role="listbox"]')) return false;
  else if (leaveTool()) return true;
  else if (selectionOpen) closeSelections();
  else if (selection.length > 0) clearSelection();
  else if (hovered >= 0) setState({ hovered: -1 });
  else return leaveComparison();
  return true;
}

import type { AreaTool } from '../../render/area-line.ts';
import type { Comparing } from '../compare/comparing.ts';
import type { Page } from '../page.ts';
import type { Drawing } from '../selection/drawing.ts';
import type { Picking } from '../selection/selecting.ts';
import type { Store } from '../store.ts';
import type { Topics } from '../topics/topics.ts';
import type { View } from '../view/view.ts';
import type { Walking } from './walk.ts';

/** The parts of the app that keys act on. */
export interface ShortcutParts {
  readonly store: Store;
  readonly page: Pick<Page, 'focusField'>;
  readonly view: View;
  readonly topics: Topics;
  readonly picking: Picking;
  readonly drawing: Drawing;
  readonly comparing: Comparing;
  readonly walking: Walking;
}

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
  run(parts: ShortcutParts, event: KeyboardEvent): boolean;
}

/** The id of the search box. */
export const SEARCH_INPUT = 'search-input';

const PAN_PX = 96;
const ZOOM = 1.5;

/** All keys of the page: what the sheet lists is what the handler does. */
export const SHORTCUTS: readonly Shortcut[] = [
  {
    label: 'Find a command, a topic or a paper',
    chords: [{ key: 'k', isCtrl: true }],
    where: 'page',
    isGlobal: true,
    run: ({ store }) => open(store, 'palette'),
  },
  { label: 'This list', chords: [{ key: '?' }], where: 'page', run: ({ store }) => open(store, 'shortcuts') },
  { label: 'Search', chords: [{ key: '/' }], where: 'page', run: ({ page }) => page.focusField(SEARCH_INPUT) },
  pan('Move left', 'ArrowLeft', -1, 0),
  pan('Move right', 'ArrowRight', 1, 0),
  pan('Move up', 'ArrowUp', 0, -1),
  pan('Move down', 'ArrowDown', 0, 1),
  { label: 'Zoom in', chords: [{ key: '+' }, { key: '=' }], where: 'map', run: ({ view }) => done(view.zoomBy(ZOOM)) },
  {
    label: 'Zoom out',
    chords: [{ key: '-' }, { key: '_' }],
    where: 'map',
    run: ({ view }) => done(view.zoomBy(1 / ZOOM)),
  },
  { label: 'Show all', chords: [{ key: '0' }], where: 'map', run: ({ view }) => done(view.fitMap()) },
  {
    label: 'Walk on to the nearest paper',
    chords: [{ key: 'n' }],
    where: 'map',
    run: ({ walking }) => walking.walkOn(),
  },
  { label: 'Walk back', chords: [{ key: 'p' }], where: 'map', run: ({ walking }) => walking.walkBack() },
  {
    label: 'Open the paper walked to or under the pointer',
    chords: [{ key: 'Enter' }],
    where: 'map',
    run: ({ walking }) => walking.pinPaper(),
  },
  { label: 'Select with a lasso', chords: [{ key: 'l' }], where: 'map', run: (parts) => choose(parts, 'lasso') },
  {
    label: 'Select with a rectangle',
    chords: [{ key: 'r' }],
    where: 'map',
    run: (parts) => choose(parts, 'rectangle'),
  },
  { label: 'Select what is in view', chords: [{ key: 'v' }], where: 'map', run: selectSeen },
  { label: 'Close what is open', chords: [{ key: 'Escape' }], where: 'page', run: leave },
  { label: 'Undo', chords: [{ key: 'z', isCtrl: true }], where: 'page', run: ({ topics }) => done(topics.undoEdit()) },
  {
    label: 'Redo',
    chords: [
      { key: 'z', isCtrl: true, isShift: true },
      { key: 'y', isCtrl: true },
    ],
    where: 'page',
    run: ({ topics }) => done(topics.redoEdit()),
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

/** What stands on the keys of a chord, in the order in which they are pressed. */
export function keyNames({ key, isCtrl, isShift }: Chord, isMac: boolean): string[] {
  const own = KEY_NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [...(isCtrl ? [isMac ? '⌘' : 'Ctrl'] : []), ...(isShift ? ['Shift'] : []), own];
}

/** Is this a keyboard with a ⌘ key? */
export function isMacKeyboard(): boolean {
  return /Mac|iP(?:hone|ad|od)/u.test(navigator.userAgent);
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  '-': '−',
};

function pan(label: string, key: string, right: number, down: number): Shortcut {
  const run: Shortcut['run'] = ({ view }, { shiftKey }) => {
    const px = PAN_PX * (shiftKey ? 3 : 1);
    return done(view.panMap(-right * px, -down * px));
  };
  return { label, chords: [{ key }], where: 'map', run };
}

/** Whatever was done, the key is taken. */
function done(_: unknown): true {
  return true;
}

function open(store: Store, dialog: 'palette' | 'shortcuts'): boolean {
  const { dialog: before, plan, pasting, exporting, keptMaps } = store.get();
  if (before !== null || plan !== null || pasting || exporting || keptMaps !== null) return false;
  store.set({ dialog });
  return true;
}

/** Draws with a tool from now on, or no more: then arrows, + and − and Enter lead the area while it is drawn. */
function choose({ store, drawing }: ShortcutParts, tool: AreaTool): boolean {
  if (!store.get().shown) return false;
  drawing.chooseTool(tool);
  return true;
}

function selectSeen({ store, picking }: ShortcutParts, event: KeyboardEvent): boolean {
  if (!store.get().shown) return false;
  picking.selectInView(event);
  return true;
}

/**
 * Leads back one step at a time: closes the paper, else the topic, else gives up what is drawn, then the tool, closes the
 * panel of selections, selects none, lets go of the paper walked to, and at last ends the comparison of two maps. In menus
 * and lists only panels close.
 */
function leave({ store, drawing, picking, comparing }: ShortcutParts, { target }: KeyboardEvent): boolean {
  const { selected, topic, hovered, selectionOpen, selection } = store.get();
  if (selected >= 0) store.set({ selected: -1 });
  else if (topic >= 0) store.set({ topic: -1 });
  else if (target instanceof Element && target.closest('[role="menu"], [role="listbox"]')) return false;
  else if (drawing.leaveTool()) return true;
  else if (selectionOpen) picking.closeSelections();
  else if (selection.length > 0) picking.clearSelection();
  else if (hovered >= 0) store.set({ hovered: -1 });
  else return comparing.leaveComparison();
  return true;
}

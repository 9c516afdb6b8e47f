import type { AreaTool } from '../../render/area-line.ts';
import type { Comparing } from '../compare/comparing.ts';
import type { Page } from '../page.ts';
import type { Drawing } from '../selection/drawing.ts';
import type { Picking } from '../selection/selecting.ts';
import type { Store } from '../store.ts';
import { toggleTable } from '../table/choices.ts';
import type { Topics } from '../topics/topics.ts';
import type { View } from '../view/view.ts';
import type { Walking } from './walk.ts';

/** The parts of the app that shortcuts act on. */
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

/** A key with its modifiers. */
export interface Chord {
  /** As in `KeyboardEvent.key`; letters in lower case. */
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. */
  readonly isCtrl?: boolean;
  readonly isShift?: boolean;
}

/** The action of one or more key chords. */
export interface Shortcut {
  readonly label: string;
  /** The first one is displayed; the others are its equivalents on other keyboards. */
  readonly chords: readonly Chord[];
  /** `map`: only while the map or nothing has the focus, since these keys have other uses elsewhere. */
  readonly where: 'page' | 'map';
  /** Works while text is being typed, too. */
  readonly isGlobal?: boolean;
  /** Returns false when there was nothing to do, so that the key keeps its default action. */
  run(parts: ShortcutParts, event: KeyboardEvent): boolean;
}

/** The id of the search box. */
export const SEARCH_INPUT = 'search-input';

const PAN_PX = 96;
const ZOOM = 1.5;

/** All shortcuts of the page; the handler and the help sheet both read this list. */
export const SHORTCUTS: readonly Shortcut[] = [
  {
    label: 'Find a command, a topic or a text',
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
    label: 'Walk on to the nearest text',
    chords: [{ key: 'n' }],
    where: 'map',
    run: ({ walking }) => walking.walkOn(),
  },
  { label: 'Walk back', chords: [{ key: 'p' }], where: 'map', run: ({ walking }) => walking.walkBack() },
  {
    label: 'Open the text walked to or under the pointer',
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
  { label: 'Table of rows', chords: [{ key: 't' }], where: 'page', run: openTable },
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

/** The shortcut for a key event, or undefined. Does not check `where` or the focus. */
export function shortcutOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>) {
  if (event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const isCtrl = event.ctrlKey || event.metaKey;
  return SHORTCUTS.find(({ chords }) =>
    chords.some(
      (chord) =>
        chord.key === key &&
        (chord.isCtrl ?? false) === isCtrl &&
        // Without Ctrl, Shift is ignored: it is part of typing some signs, and arrow keys read it themselves.
        (!isCtrl || (chord.isShift ?? false) === event.shiftKey),
    ),
  );
}

/** Whether a single key that types a character triggers it; users can switch these off (WCAG 2.1.4). */
export function isSingleKey({ chords }: Shortcut): boolean {
  return chords[0].key.length === 1 && !chords[0].isCtrl;
}

/** Labels of a chord's keys, in the order of pressing. */
export function keyNames({ key, isCtrl, isShift }: Chord, isMac: boolean): string[] {
  const own = KEY_NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [...(isCtrl ? [isMac ? '⌘' : 'Ctrl'] : []), ...(isShift ? ['Shift'] : []), own];
}

/** Whether the keyboard has a ⌘ key. */
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

/** Marks the key as handled. */
function done(_: unknown): true {
  return true;
}

function open(store: Store, dialog: 'palette' | 'shortcuts'): boolean {
  const { dialog: before, plan, pasting, exporting, keptMaps } = store.get();
  if (before !== null || plan !== null || pasting || exporting || keptMaps !== null) return false;
  store.set({ dialog });
  return true;
}

/** Turns a drawing tool on or off. Arrows, + and − and Enter then control the area that is being drawn. */
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

function openTable({ store }: ShortcutParts): boolean {
  if (!store.get().shown) return false;
  store.set(toggleTable);
  return true;
}

/**
 * Goes back one step: closes the paper, else the topic, drops the drawn area, the tool, closes the panel of selections,
 * clears the selection, the paper reached by walking, and finally ends the comparison of two maps. In menus and lists
 * it only closes panels.
 */
function leave({ store, drawing, picking, comparing }: ShortcutParts, { target }: KeyboardEvent): boolean {
  const { selected, stack, topic, hovered, selectionOpen, selection } = store.get();
  if (stack.length > 0) store.set({ stack: [] });
  else if (selected >= 0) store.set({ selected: -1 });
  else if (topic >= 0) store.set({ topic: -1 });
  else if (target instanceof Element && target.closest('[role="menu"], [role="listbox"]')) return false;
  else if (drawing.leaveTool()) return true;
  else if (selectionOpen) picking.closeSelections();
  else if (selection.length > 0) picking.clearSelection();
  else if (hovered >= 0) store.set({ hovered: -1 });
  else return comparing.leaveComparison();
  return true;
}

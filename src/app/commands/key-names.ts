import type { Chord } from './shortcuts.ts';

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  '-': '−',
};

/** What stands on the keys of a chord, in the order in which they are pressed. */
export function keyNames({ key, isCtrl, isShift }: Chord, isMac: boolean): string[] {
  const own = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [...(isCtrl ? [isMac ? '⌘' : 'Ctrl'] : []), ...(isShift ? ['Shift'] : []), own];
}

/** Is this a keyboard with a ⌘ key? */
export function isMacKeyboard(): boolean {
  return /Mac|iP(?:hone|ad|od)/u.test(navigator.userAgent);
}

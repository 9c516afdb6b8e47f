import { describe, expect, it } from 'vitest';
import { isSingleKey, keyNames, SHORTCUTS, shortcutOf } from './shortcuts.ts';

type Held = Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>>;
const press = (key: string, held: Held = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('shortcuts', () => {
  it('never mean two things', () => {
    const chords = SHORTCUTS.flatMap((shortcut) => shortcut.chords.map((chord) => keyNames(chord, false).join(' ')));
    expect(new Set(chords).size).toBe(chords.length);
    expect(new Set(SHORTCUTS.map(({ label }) => label)).size).toBe(SHORTCUTS.length);
  });

  it('are each found by every one of their keys', () => {
    for (const shortcut of SHORTCUTS) {
      for (const { key, isCtrl, isShift } of shortcut.chords) {
        const event = press(key, { ctrlKey: isCtrl ?? false, shiftKey: isShift ?? false });
        expect(shortcutOf(event)).toBe(shortcut);
      }
    }
  });

  it('do not care for shift where it makes the sign, for capitals, or which key a Mac has for Ctrl', () => {
    expect(shortcutOf(press('?', { shiftKey: true }))?.label).toBe('This list');
    expect(shortcutOf(press('N', { shiftKey: true }))?.label).toMatch(/nearest/u);
    expect(shortcutOf(press('ArrowLeft', { shiftKey: true }))?.label).toBe('Move left');
    expect(shortcutOf(press('Z', { metaKey: true, shiftKey: true }))?.label).toBe('Redo');
    expect(shortcutOf(press('z', { ctrlKey: true }))?.label).toBe('Undo');
    expect(shortcutOf(press('n', { ctrlKey: true }))).toBeUndefined();
    expect(shortcutOf(press('k', { ctrlKey: true, altKey: true }))).toBeUndefined();
  });

  it('can be switched off where they are a single character', () => {
    const single = SHORTCUTS.filter(isSingleKey).map(({ chords }) => chords[0].key);
    expect(single.sort()).toEqual(['+', '-', '/', '0', '?', 'l', 'n', 'p', 'r', 't', 'v']);
  });

  it('are named as on the keys', () => {
    expect(keyNames({ key: 'k', isCtrl: true }, true)).toEqual(['⌘', 'K']);
    expect(keyNames({ key: 'z', isCtrl: true, isShift: true }, false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyNames({ key: 'ArrowUp' }, false)).toEqual(['↑']);
  });
});

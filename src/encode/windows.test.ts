import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalWindows } from './windows.ts';

describe('equalWindows', () => {
  it('keeps a text that fits in one window', () => {
    expect(equalWindows(254, 254)).toEqual([{ start: 0, end: 254 }]);
  });

  it('gives an empty text one empty window', () => {
    expect(equalWindows(0, 254)).toEqual([{ start: 0, end: 0 }]);
  });

  it('cuts one piece too many into two halves, not into a page and a word', () => {
    expect(equalWindows(255, 254)).toEqual([
      { start: 0, end: 127 },
      { start: 127, end: 255 },
    ]);
  });

  it('covers every piece once, in windows that fit and differ by one piece at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 600 }), (pieces, capacity) => {
        const windows = equalWindows(pieces, capacity);
        const lengths = windows.map(({ start, end }) => end - start);
        expect(windows[0].start).toBe(0);
        expect(windows.at(-1)?.end).toBe(pieces);
        windows.slice(1).forEach((window, i) => {
          expect(window.start).toBe(windows[i].end);
        });
        expect(Math.max(...lengths)).toBeLessThanOrEqual(capacity);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
        expect(windows.length).toBe(Math.max(1, Math.ceil(pieces / capacity)));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelStyle, setLabel } from './label-text.ts';

const style = { font: '', lineHeightPx: 10, maxWidthPx: 100, minSidePx: 0 };
const widthOf = (text: string) => 6 * Array.from(text).length;

describe('a name on the map', () => {
  it.each([
    ['Graphs', ['Graphs']],
    ['Graphs · trees', ['Graphs · trees']],
    ['Knowledge graphs · link prediction', ['Knowledge graphs', 'link prediction']],
    ['Sparse autoencoder features of models', ['Sparse', 'autoencoder', 'features…']],
  ])('%s', (name, lines) => {
    expect(setLabel(name, { ...style, maxWidthPx: name.startsWith('Sparse') ? 72 : 100 }, widthOf).lines).toEqual(
      lines,
    );
  });

  it('leaves out a phrase that has no room', () => {
    const name = 'Click-through rate prediction · recommendation of items to users';
    expect(setLabel(name, style, widthOf).lines).toEqual(['Click-through', 'rate prediction']);
  });

  it('is large enough to tap on a phone, however short', () => {
    for (const name of ['AI', 'PIN · credit cards']) {
      const { widthPx, heightPx } = setLabel(name, labelStyle(1, true), widthOf);
      expect(Math.min(widthPx, heightPx)).toBeGreaterThanOrEqual(24);
    }
    expect(setLabel('AI', labelStyle(0, false), widthOf)).toEqual({ lines: ['AI'], widthPx: 12, heightPx: 19 });
  });

  it('is broken evenly', () => {
    expect(setLabel('one two three four five six', style, widthOf).lines).toEqual(['one two three', 'four five six']);
  });

  it('never exceeds three lines nor the width, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => {
        const { lines, widthPx, heightPx } = setLabel(name, style, widthOf);
        expect(lines.length).toBeLessThanOrEqual(3);
        expect(heightPx).toBe(10 * lines.length);
        expect(widthPx).toBeLessThanOrEqual(100);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(widthPx);
      }),
    );
  });
});

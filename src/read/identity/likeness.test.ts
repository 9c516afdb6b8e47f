import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareAuthors, compareTexts, compareTitles, isTelling, type Likeness, sketchOf } from './likeness.ts';
import { normalizeTitle } from './paper-ids.ts';

describe('lists of authors', () => {
  it.each<[string | null, string | null, Likeness]>([
    ['Smith, J.A.; Wu, K.', 'John Smith and Kai Wu', 'like'],
    ['Smith et al.', 'Smith, J; Lee, K; Roe, R', 'like'],
    ['Li J; Wu Y', 'Jian Li, Yu Wu', 'like'],
    ['张伟; 李娜', '李娜, 张伟', 'like'],
    ['Müller, K', 'Muller K', 'like'],
    ['Ada Quill', 'Ada Vole', 'unlike'],
    ['Person 1', 'Person 2', 'unlike'],
    ['Smith, J.; Reed, T.; Lund, G.', 'Smith, J.; Fisk, L.; Sayed, O.', 'unlike'],
    ['12 authors', 'Ada Quill', 'unknown'],
    [null, 'Ada Quill', 'unknown'],
    ['—', 'Ada Quill', 'unknown'],
  ])('%j and %j are %s', (one, two, likeness) => {
    expect(compareAuthors(one, two)).toBe(likeness);
    expect(compareAuthors(two, one)).toBe(likeness);
  });
});

describe('texts', () => {
  const words = 'lamps hang low over the slow river where boats of reed and bark pass each other without a sound'.split(
    ' ',
  );
  const more =
    'while on the bank five potters count their coins and speak of salt, of glass, of bells and of a road that ' +
    'will one day lead from their village over the pass to a market by the sea';
  const text = `${words.join(' ')} ${more}`;
  const compare = (one: string, two: string, areOfOneTable = false): Likeness =>
    compareTexts(sketchOf(one), sketchOf(two), areOfOneTable);

  it('are like when one is a version or the beginning of the other', () => {
    expect(compare(text, text.toUpperCase().replaceAll(' ', ', '), true)).toBe('like');
    expect(compare(text, `${text} © 2020 The Lamp Society.`, true)).toBe('like');
    expect(compare(text, text.replace('boats', 'ships'), true)).toBe('like');
    expect(compare(text, words.join(' '))).toBe('like');
    expect(compare(text, words.join(' '), true)).not.toBe('like');
  });

  it('are unlike when they have next to nothing in common, or are short and not the same', () => {
    expect(compare(text, [...words].reverse().join(' '))).toBe('unlike');
    expect(compare('Good', 'Fine')).toBe('unlike');
    expect(compare('Good', text)).toBe('unlike');
    expect(compare('Good', 'good!')).toBe('unknown');
    expect(compare('', text)).toBe('unknown');
  });

  it('are compared by character where no blanks stand between words', () => {
    const chinese = '河上的灯笼在风中轻轻摇晃照亮了沿岸的石阶和渡船';
    expect(compare(chinese, `${chinese}。`)).toBe('like');
    expect(compare(chinese, '本文研究山谷中陶工的窑炉以及他们后来的生活')).toBe('unlike');
  });

  it('are like themselves, whichever comes first, for any texts', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 400 }), fc.boolean(), (one, two, isOne) => {
        expect(compare(one, two, isOne)).toBe(compare(two, one, isOne));
        expect(compare(one, one, isOne)).not.toBe('unlike');
      }),
      { numRuns: 1000 },
    );
  });

  it('cost no more than their beginning, however long', () => {
    const long = Array.from({ length: 400_000 }, (_, i) => `w${i}`).join(' ');
    expect(sketchOf(long)).toEqual(sketchOf(long.slice(0, 20_000)));
  });
});

describe('titles', () => {
  it('may be the same with a subtitle more, or another word', () => {
    const compare = (one: string, two: string) => compareTitles(normalizeTitle(one), normalizeTitle(two));
    expect(compare('How lamps hang', 'How lamps hang: a study of five villages')).toBe('like');
    expect(compare('How lamps hang', 'A tax on salt')).toBe('unlike');
    expect(compare('', 'A tax on salt')).toBe('unknown');
  });

  it('tell by five words', () => {
    expect(['Editorial', 'Letter to the editor', '论河上的灯笼'].map(isTelling)).toEqual([false, false, true]);
    expect(isTelling('how lamps hang over water')).toBe(true);
  });
});

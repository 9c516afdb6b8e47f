import { describe, expect, it } from 'vitest';
import { forEachWord } from './words.ts';

function wordsOf(text: string): string[] {
  const words: string[] = [];
  forEachWord(text, (word) => words.push(word));
  return words;
}

describe('forEachWord', () => {
  it('gives runs of letters and digits in lower case, of two characters at least', () => {
    expect(wordsOf('A t-SNE of word2vec; GPT-4, naïve Übungen!')).toEqual([
      'sne',
      'of',
      'word2vec',
      'gpt',
      'naïve',
      'übungen',
    ]);
  });

  it('gives neighbouring pairs where no blanks stand between words', () => {
    expect(wordsOf('深度学习 and ทฤษ')).toEqual(['深度', '度学', '学习', 'and', 'ทฤ', 'ฤษ']);
  });

  it('gives nothing for nothing, and cuts what is no word', () => {
    expect(wordsOf(' … !')).toEqual([]);
    expect(wordsOf('x'.repeat(500))).toEqual(['x'.repeat(64)]);
  });
});

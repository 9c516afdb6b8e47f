import { describe, expect, it } from 'vitest';
import { extractPhrases } from './phrases.ts';
import { type Form, textAmong, writingsOf } from './surface-forms.ts';

const marked = (...papers: number[]): Uint8Array => {
  const isOwn = new Uint8Array(8);
  for (const paper of papers) isOwn[paper] = 1;
  return isOwn;
};

describe('how a phrase is written', () => {
  it('is told with the papers that write it so', () => {
    const texts = ['We train CNNs.', 'We study CNNs.', 'Here a CNN sees a CNN.', 'They train CNNs.'];
    const phrases = extractPhrases({ titles: texts.map(() => ''), texts });
    const all = [...writingsOf(phrases, new Set(phrases.papers.keys())).values()];
    const writing = all.find(({ text }) => text === 'CNNs');
    expect(writing?.forms).toEqual([
      { text: 'CNNs', papers: [0, 1, 3], isShort: false },
      { text: 'CNN', papers: [2], isShort: false },
    ]);
  });

  it('is, among some papers, as most of them have it; case does not count, and of equal ones the corpus’s', () => {
    const forms: readonly Form[] = [
      { text: 'CNNs', papers: [0, 1, 3], isShort: false },
      { text: 'CNN', papers: [2, 4], isShort: false },
      { text: 'cnns', papers: [5, 6], isShort: false },
    ];
    expect(textAmong(forms, marked(0, 1, 2))).toBe('CNNs');
    expect(textAmong(forms, marked(0, 2, 4))).toBe('CNN');
    expect(textAmong(forms, marked(0, 2))).toBe('CNNs');
    expect(textAmong(forms, marked(2, 4, 3, 5, 6))).toBe('CNNs');
    expect(textAmong([], marked(0))).toBe('');
  });
});

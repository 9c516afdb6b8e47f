import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDefinitions } from './short-forms.ts';

function pairs(text: string): string[] {
  return findDefinitions(text).map(({ short, long }) => `${short} = ${long}`);
}

describe('definitions of short forms', () => {
  it.each([
    ['We use large language models (LLMs) here', ['LLMs = large language models']],
    ['A new large language model (LLM)', ['LLM = large language model']],
    ['the method of convolutional networks (CNNs) is', ['CNNs = convolutional networks']],
    ['LLMs (large language models) and BERT (a model)', ['LLMs = large language models']],
    ['Mixture of Experts (MoE; see there)', ['MoE = Mixture of Experts']],
    ['by self-supervised learning (SSL)', ['SSL = self-supervised learning']],
    ['a multi-layer perceptron (MLP), a graph network (GN)', ['MLP = multi-layer perceptron', 'GN = graph network']],
    // Found by chance: the shortest match is one word.
    ['the daa dd (DD)', ['DD = daa dd']],
    // The example of the paper's first section.
    ['Heat shock transcription factor (HSF)', ['HSF = Heat shock transcription factor']],
  ])('are found in “%s”', (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  it('are none of words in brackets, numbers, or what does not begin with the first letter', () => {
    for (const text of [
      'a model (see Table)',
      'a model (2020)',
      'on the graph (ACM)',
      'a loss (L',
      '(LLM)',
      'words (Word)',
      'a sparse autoencoder (AE)',
    ]) {
      expect(pairs(text)).toEqual([]);
    }
  });

  it('end where the sentence before ends', () => {
    expect(pairs('We go long. Learning models (LLM)')).toEqual([]);
  });

  it('have the letters of the short form in order, for any words', () => {
    const word = fc.stringMatching(/^[a-z]{2,8}$/u);
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 5 }), fc.array(word, { maxLength: 3 }), (long, before) => {
        const short = long.map(([letter]) => letter.toUpperCase()).join('');
        const found = findDefinitions(`${['the', ...before, ...long].join(' ')} (${short})`);
        expect(found.length).toBe(1);
        const rest = [...short.toLowerCase()].reduce<string | null>((text, letter) => {
          const at = text === null ? -1 : text.indexOf(letter);
          return text === null || at < 0 ? null : text.slice(at + 1);
        }, found[0].long);
        expect(rest).not.toBeNull();
        expect(found[0].long.startsWith(long[0][0])).toBe(true);
        expect(long.join(' ').endsWith(found[0].long) || found[0].long.endsWith(long.join(' '))).toBe(true);
      }),
    );
  });

  it('do not throw whatever the text is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(findDefinitions(`${text} (${text}) A(`).length).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { baseForms, foldWord, isSameStem } from './word-fold.ts';

describe('folding', () => {
  it.each([
    ['BERT', 'bert'],
    ['Pre-Training', 'pretraining'],
    ['ｎｏｄｅ２ｖｅｃ', 'node2vec'],
    ['машинного', 'машинн'],
    ['машинный', 'машинн'],
    ['языка', 'язык'],
    ['الترجمة', 'ترجمة'],
    ['知识', '知识'],
  ])('%s is counted as %s', (written, folded) => {
    expect(foldWord(written)).toBe(folded);
  });

  it.each([
    ['embeddings', 'embedding'],
    ['studies', 'study'],
    ['matrices', 'matrix'],
    ['classes', 'class'],
    ['llms', 'llm'],
    ['번역을', '번역'],
  ])('%s may be a form of %s', (folded, base) => {
    expect(baseForms(folded)).toContain(base);
  });

  it.each(['class', 'analysis', 'corpus', 'lens', 'news', 'gas', '나는', 'graph'])(
    '%s is a form of nothing',
    (folded) => {
      expect(baseForms(folded)).toEqual([]);
    },
  );
});

describe('stems', () => {
  it.each([
    ['retrieval', 'retrieve', true],
    ['compress', 'compression', true],
    ['generation', 'generative', true],
    ['bert', 'bert', true],
    ['recognition', 'recommendation', false],
    ['multimodal', 'multilingual', false],
    ['sentence', 'sentiment', false],
    ['text', 'texture', false],
    ['ai', 'air', false],
    ['翻译', '翻转', false],
    ['冰川', '冰川学', true],
  ])('of %s and %s are the same: %s', (a, b, same) => {
    expect(isSameStem(a, b)).toBe(same);
    expect(isSameStem(b, a)).toBe(same);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import learned from './fixtures/names.json';
import { extractPhrases } from './phrases.ts';
import { activeLanguages, LANGUAGES, stopBits } from './stop-words.ts';
import { writingsOf } from './surface-forms.ts';
import { classTfIdf } from './term-statistics.ts';

/** The phrases of texts that have no titles, each with the papers that hold it. */
function phrasesOf(texts: readonly string[], minPapers = 1, titles = texts.map(() => '')): Map<string, number> {
  const phrases = extractPhrases({ titles, texts }, { minPapers });
  const writings = writingsOf(phrases, new Set(phrases.papers.keys()));
  return new Map(Array.from(writings, ([phrase, { text }]) => [text, phrases.papers[phrase]]));
}

describe('phrases', () => {
  it('are those that scikit-learn counts, in as many papers', () => {
    const counted = learned.terms.map(
      (term, t) => [term, learned.counts.reduce((sum, row) => sum + row[t], 0)] as const,
    );
    expect([...phrasesOf(learned.texts, 2)].sort()).toEqual(counted.sort());
  });

  it('are held by the papers that scikit-learn finds them in', () => {
    const phrases = extractPhrases({ titles: learned.texts.map(() => ''), texts: learned.texts }, { minPapers: 2 });
    const writings = writingsOf(phrases, new Set(phrases.papers.keys()));
    const counts = new Map(learned.terms.map((term) => [term, [0, 0, 0]]));
    for (let i = 0; i < phrases.n; i++) {
      for (let at = phrases.starts[i]; at < phrases.starts[i + 1]; at++) {
        const row = counts.get(writings.get(phrases.held[at] >> 1)?.text ?? '');
        if (row) row[learned.classes[i]]++;
      }
    }
    learned.terms.forEach((term, t) => {
      expect(counts.get(term)).toEqual(learned.counts.map((row) => row[t]));
    });
  });

  it('have one number for both numbers of a word, in the writing that is more frequent', () => {
    const found = phrasesOf(['a sparse autoencoder here', 'with sparse autoencoders', 'sparse autoencoders'], 3);
    expect([...found]).toEqual([
      ['sparse', 3],
      ['sparse autoencoders', 3],
      ['autoencoders', 3],
    ]);
    expect(phrasesOf(['two ponies', 'one pony', 'a pony', 'a lens', 'many lens'], 2)).toEqual(
      new Map([
        ['pony', 3],
        ['lens', 2],
      ]),
    );
  });

  it('are the same with a hyphen, a blank or neither', () => {
    expect(phrasesOf(['the zero-shot way', 'a zero shot', 'by zeroshot'], 3).size).toBe(1);
  });

  it('are written as the corpus writes them, where no title or sentence begins', () => {
    const titles = ['Fast BERT And Node2Vec', 'On Graph Walks', ''];
    const texts = ['Graph walks. We take BERT by node2vec', 'by graph walks with node2vec and BERT', 'so graph walks'];
    const found = [...phrasesOf(texts, 2, titles).keys()];
    expect(found).toEqual(expect.arrayContaining(['BERT', 'node2vec', 'graph walks']));
  });

  it('say which of their words name nothing alone, in either number', () => {
    const phrases = extractPhrases({ titles: [''], texts: ['two diffusion models of a model'] }, { minPapers: 1 });
    const found = [...writingsOf(phrases, new Set(phrases.papers.keys())).values()];
    expect(found.find(({ text }) => text === 'diffusion models')?.general.toSorted()).toEqual(['model', 'models']);
  });

  it('go over no punctuation, and have a stop word in the middle only where it is a link', () => {
    const found = [...phrasesOf(['mixture of experts, gates and routers. Towers']).keys()];
    expect(found).toEqual(['mixture', 'mixture of experts', 'gates', 'routers', 'towers'.replace('t', 'T')]);
  });

  it.each([
    '10x 3d 2nd 95%',
    'https://github.com/some/where www.example.org example.org mail@example.org arxiv.org/abs/1234.5678',
    '<b>bold</b> <br/> &nbsp; &amp; <a href="x">',
    '\\mathbb{R} R\\mtimes n mtimes ntimes mathbb hcirc f^*=hcirc x_i y^2 mathcalX textbfA',
    'vaswani2017attention smith2020 devlin-2019-bert',
    'a b c d',
    '😀 🎉 ½ —',
    'snake_case _private __init__',
  ])('are never found in %s', (text) => {
    expect([...phrasesOf([text]).keys()].filter((phrase) => !['bold', 'x', 'R'].includes(phrase))).toEqual([]);
  });

  it('never begin with a digit, hold marks of formulas and addresses, or have a stop word at an edge', () => {
    const hostile =
      'mtimes mathbb hcirc http://a.b/c www.x.org 3D x^2 a_b <i> &lt; the of und 的 smith2019x $y$ \\frac{a}{b} bert';
    const part = fc.oneof(fc.constantFrom(...hostile.split(' '), ' ', '.', '-', '’'), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(
        fc.array(
          fc.array(part).map((parts) => parts.join(' ')),
          { maxLength: 4 },
        ),
        (texts) => {
          for (const phrase of phrasesOf(texts).keys()) {
            expect(phrase).not.toMatch(/^\p{N}|[\\{}$^_<>&@#=|/:]|https?|www|mathbb|mtimes|hcirc|frac\b/u);
            expect(phrase).not.toMatch(/^(?:the|of)\b|(?:^| )(?:the|of)$/u);
            expect(phrase.trim()).toBe(phrase);
            expect(phrase).not.toBe('');
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('need no titles, no texts and no papers', () => {
    expect(phrasesOf([])).toEqual(new Map());
    expect(phrasesOf(['', '   ', '.'])).toEqual(new Map());
    expect(() => phrasesOf(['a', 'b'], 1, ['one'])).toThrow('expected 2 titles, got 1');
  });
});

describe('what a phrase looks like', () => {
  const texts = [
    'We learn a sparse encoder. The encoder is small',
    'A sparse encoder and a sparse index, with an encoder',
    'Many a sparse index of the encoder. This encoder',
    'With sparse grids, sparse maps, sparse rows and sparse trees of the encoder',
  ];
  const phrases = extractPhrases({ titles: ['Encoder', '', 'Encoder', ''], texts });
  const writings = writingsOf(phrases, new Set(phrases.papers.keys()));
  const of = (text: string) => [...writings].find(([, writing]) => writing.text === text)?.[0] ?? -1;

  it('is low for an adjective, which has nearly always a word behind it', () => {
    expect(phrases.wholeness[of('sparse')]).toBeLessThan(0.1);
    expect(phrases.wholeness[of('encoder')]).toBeGreaterThan(0.5);
  });

  it('says how often a paper repeats it, and whether titles have it', () => {
    expect(phrases.repeated[of('encoder')]).toBeGreaterThan(phrases.repeated[of('sparse encoder')]);
    expect(phrases.titled[of('encoder')]).toBeGreaterThan(phrases.titled[of('sparse')]);
    expect(extractPhrases({ titles: ['', '', '', ''], texts }).titled.every((share) => share === 1)).toBe(true);
  });
});

describe('class TF-IDF', () => {
  it('is what the formula says', () => {
    learned.counts.forEach((row, klass) => {
      row.forEach((count, t) => {
        const total = learned.counts.reduce((sum, other) => sum + other[t], 0);
        expect(classTfIdf(count, total, learned.average)).toBeCloseTo(learned.scores[klass][t], 7);
      });
    });
  });

  it('is nothing for what occurs nowhere', () => {
    expect(classTfIdf(0, 0, 12)).toBe(0);
  });
});

describe('stop words', () => {
  it('are those of the language of the text: `die` is one in German, and none in English', () => {
    const active = (words: string) => {
      const hits = new Int32Array(LANGUAGES);
      for (const word of words.split(' ')) {
        for (let at = 0; at < LANGUAGES; at++) hits[at] += (stopBits(word) >> at) & 1;
      }
      return activeLanguages(hits);
    };
    expect(stopBits('die') & active('der die das und nicht von wir')).not.toBe(0);
    expect(stopBits('die') & active('we show that the cells of it die with this')).toBe(0);
  });

  it.each(['we', 'the', 'proposed', 'achieves', 'significantly', 'state-of-the-art', 'der', 'и', 'में', 'します'])(
    'hold %s',
    (word) => {
      expect(stopBits(word)).not.toBe(0);
    },
  );

  it.each(['graph', 'retrieval', 'anomaly', 'learning', 'языка', '知识', '模型'])('do not hold %s', (word) => {
    expect(stopBits(word)).toBe(0);
  });
});

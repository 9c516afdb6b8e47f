import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeMapFile } from '../../model/map-file/decode-map-file.ts';
import { findChoices, phraseCandidates } from './choices.ts';
import { LANGUAGE_CASES } from './fixtures/languages.ts';
import { treeOf } from './fixtures/trees.ts';
import { type NamedCluster, nameTopics, rerankChoices } from './name-topics.ts';
import { extractPhrases } from './phrases.ts';
import { stopBits } from './stop-words.ts';
import type { Texts } from './token-stream.ts';

const LINKS = new Set('of to in for de du des del della di da do dos das von para par pour zur'.split(' '));

function name(texts: Texts, labels: readonly (readonly number[])[]): readonly NamedCluster[] {
  const tree = treeOf(labels);
  return nameTopics(tree, findChoices(extractPhrases(texts), tree));
}

function bodies(texts: readonly string[]): Texts {
  return { titles: texts.map(() => ''), texts };
}

/** The words of a name, in lower case and the singular, without links such as `of`. */
function contentWords({ phrases }: Pick<NamedCluster, 'phrases'>): Set<string> {
  const words = phrases.flatMap((phrase) => phrase.toLowerCase().split(/[\s-]+/u));
  return new Set(words.filter((word) => !LINKS.has(word)).map((word) => word.replace(/s$/u, '')));
}

function share(a: NamedCluster, b: NamedCluster): boolean {
  const own = contentWords(a);
  return [...contentWords(b)].some((word) => own.has(word));
}

function siblingPairs(topics: readonly NamedCluster[]): [NamedCluster, NamedCluster][] {
  return topics.flatMap((a) =>
    topics.filter((b) => b.parent === a.parent && b.id > a.id).map((b) => [a, b] as [NamedCluster, NamedCluster]),
  );
}

describe('names on the sample map', () => {
  let texts: Texts;
  let labels: number[][];
  let topics: readonly NamedCluster[];

  beforeAll(async () => {
    const bytes = readFileSync(join(import.meta.dirname, '../../../public/data/sample.parquet'));
    const { corpus, positions } = await decodeMapFile(new Uint8Array(bytes).buffer);
    texts = { titles: corpus.papers.map(({ title }) => title), texts: corpus.papers.map(({ text }) => text) };
    labels = [gridLabels(positions, 4), gridLabels(positions, 10)];
    topics = name(texts, labels);
  });

  it('are there, one to three phrases each, and no two are the same', () => {
    expect(topics.length).toBeGreaterThan(40);
    for (const { phrases, size } of topics) {
      expect(phrases.length).toBeLessThanOrEqual(3);
      if (size > 4) expect(phrases.length).toBeGreaterThan(0);
    }
    const named = topics.filter(({ phrases }) => phrases.length > 0).map(({ phrases }) => phrases.join().toLowerCase());
    expect(new Set(named).size).toBe(named.length);
  });

  it('share no content word in nine of ten pairs of siblings', () => {
    const pairs = siblingPairs(topics);
    expect(pairs.length).toBeGreaterThan(100);
    expect(pairs.filter(([a, b]) => !share(a, b)).length / pairs.length).toBeGreaterThanOrEqual(0.9);
  });

  it('have a word that is not in the name above, and mostly no other', () => {
    const large = topics.filter(({ parent, size, phrases }) => parent >= 0 && size >= 3 && phrases.length > 0);
    expect(large.length).toBeGreaterThan(10);
    const isOwn = (topic: NamedCluster): boolean => {
      const above = contentWords(topics[topic.parent]);
      return [...contentWords(topic)].some((word) => !above.has(word));
    };
    expect(large.filter((topic) => !isOwn(topic))).toEqual([]);
    expect(large.filter((topic) => share(topic, topics[topic.parent])).length).toBeLessThan(0.3 * large.length);
  });

  it('carry no two forms of one phrase at a level', () => {
    const { stream } = extractPhrases(texts);
    const letters = (text: string): string => text.toLowerCase().replace(/[\s-]/gu, '').replace(/s$/u, '');
    const longOf = new Map(stream.meanings.map(({ short, long }) => [letters(short), letters(long)]));
    expect([longOf.get('llm'), longOf.get('cnn')]).toEqual(['largelanguagemodel', 'convolutionalneuralnetwork']);
    for (const level of [0, 1]) {
      const phrases = topics.filter((topic) => topic.level === level).flatMap((topic) => topic.phrases.map(letters));
      const forms = phrases.map((phrase) => longOf.get(phrase) ?? phrase);
      expect(new Set(forms).size).toBe(forms.length);
    }
  });

  it('hold no word alone that is in most papers, and no filler at an edge', () => {
    const phrases = topics.flatMap((topic) => topic.phrases.map((phrase) => phrase.toLowerCase()));
    expect(
      phrases.filter((phrase) => /^(?:embeddings?|models?|methods?|papers?|approach(?:es)?)$/u.test(phrase)),
    ).toEqual([]);
    // A defined phrase may begin with a word that otherwise could not begin a name: `large language models`.
    const defined = extractPhrases(texts).stream.meanings.map(({ long }) => long);
    const others = phrases.filter((phrase) => !defined.some((long) => phrase.replace(/[\s-]/gu, '').startsWith(long)));
    expect(others.length).toBeGreaterThan(0.9 * phrases.length);
    const edges = others.flatMap((phrase) => [phrase.split(' ')[0], phrase.split(' ').at(-1) ?? '']);
    expect(edges.filter((word) => (stopBits(word) & 1) === 1)).toEqual([]);
  });

  it('say how many papers hold each term, those of the name among them', () => {
    for (const { phrases, terms, size } of topics) {
      expect(terms.map(({ term }) => term)).toEqual(expect.arrayContaining([...phrases]));
      for (const { papers, corpusPapers } of terms) {
        expect(papers).toBeGreaterThan(0);
        expect(papers).toBeLessThanOrEqual(Math.min(size, corpusPapers));
      }
      expect(terms.map(({ score }) => score)).toEqual([...terms.map(({ score }) => score)].sort((a, b) => b - a));
    }
    const all = texts.titles.map((title, i) => `${title}\n${texts.texts[i]}`.toLowerCase());
    const { term, corpusPapers } = topics[0].terms[0];
    const found = all.filter((text) => text.includes(term.toLowerCase().replace(/s$/u, ''))).length;
    expect(corpusPapers).toBeLessThanOrEqual(found + 3);
    expect(corpusPapers).toBeGreaterThan(found / 2);
  });

  it('cover five papers or more at the top, but for small topics', () => {
    const tops = topics.filter(({ parent, size }) => parent < 0 && size >= 15);
    const covered = tops.map(({ id, phrases }) => {
      const held = topics[id].terms.filter(({ term }) => phrases.includes(term));
      return Math.max(...held.map(({ papers }) => papers));
    });
    expect(covered.filter((papers) => papers >= 5).length / tops.length).toBeGreaterThanOrEqual(0.8);
  });

  it('are the same each time', () => {
    expect(name(texts, labels)).toEqual(topics);
  });
});

describe('names', () => {
  it('leave to a part what tells it from the other parts', () => {
    // Four of eight papers, the first part, say `glass pond`; four, two of each part, say `stone bridge`.
    const pond = [0, 1, 2, 3];
    const bridge = [2, 3, 4, 5];
    const texts = Array.from({ length: 24 }, (_, i) => {
      if (i >= 8) return `an owl by a red barn ${'abcdefghijklmnop'[i - 8]}`;
      return `${pond.includes(i) ? 'in a glass pond' : ''}. ${bridge.includes(i) ? 'on a stone bridge' : ''}`;
    });
    const whole = texts.map((_, i) => (i < 8 ? 0 : 1));
    const parts = texts.map((_, i) => (i < 4 ? 0 : i < 8 ? 1 : 2));
    const tree = treeOf([whole, parts]);
    const best = findChoices(extractPhrases(bodies(texts)), tree).map((choices) => choices[0].text);
    const [parent, part] = [tree.paths[0], tree.paths[1]];
    expect([best[parent], best[part]]).toEqual(['stone bridge', 'glass pond']);
  });

  it.each(LANGUAGE_CASES)(
    'tell two topics apart in $language, without stop words',
    ({ language, topics, expected }) => {
      const texts = topics.flat();
      const named = name(bodies(texts), [texts.map((_, i) => (i < topics[0].length ? 0 : 1))]);
      expect(named.map(({ size }) => size)).toEqual([topics[0].length, topics[1].length]);
      named.forEach(({ phrases }, t) => {
        expect(phrases.length, language).toBeGreaterThan(0);
        expect(
          expected[t].some((word) => phrases.join(' ').toLowerCase().includes(word)),
          phrases.join(' · '),
        ).toBe(true);
        for (const phrase of phrases) {
          const words = phrase.toLowerCase().split(/[\s’]/u);
          expect(stopBits(words[0]), phrase).toBe(0);
          expect(stopBits(words.at(-1) ?? ''), phrase).toBe(0);
        }
      });
      expect(share(named[0], named[1])).toBe(false);
    },
  );

  it('are there for two papers, as long as they share a phrase', () => {
    const texts = [
      'Speaker verification with noise',
      'Robust speaker verification',
      'A graph of roads',
      'Graph of roads',
    ];
    const [a, b] = name(bodies(texts), [[0, 0, 1, 1]]);
    expect(a.phrases[0].toLowerCase()).toBe('speaker verification');
    expect(b.phrases[0].toLowerCase()).toMatch(/graph|roads/u);
    expect(name(bodies(['one apple', 'some pear', 'apple tree', 'the tree']), [[0, 0, 1, 1]])[0].phrases).toEqual([]);
  });

  it('of small topics are drawn to what their titles share', () => {
    const texts = Array.from({ length: 10 }, () => 'We see a maple grove with a heron nest');
    const others = Array.from({ length: 10 }, () => 'A granite quarry');
    const labels = [[...texts.map(() => 0), ...others.map(() => 1)]];
    for (const [titled, phrase] of [
      ['Maple groves', 'maple grove'],
      ['Heron nests', 'heron nest'],
    ]) {
      const titles = [...texts.map((_, i) => (i % 2 === 0 ? titled : '')), ...others.map(() => '')];
      const [{ phrases }] = name({ titles, texts: [...texts, ...others] }, labels);
      expect(phrases[0].toLowerCase().replace(/s$/u, '')).toBe(phrase);
    }
  });

  it('are given when all papers are equal, and do not throw whatever the papers are', () => {
    const equal = Array.from({ length: 8 }, () => 'Sparse autoencoders find features of language models');
    const named = name(bodies(equal), [[0, 0, 0, 0, 1, 1, 1, 1]]);
    expect(named[0].phrases.length).toBeGreaterThan(0);
    expect(named[1].phrases).not.toEqual(named[0].phrases);
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', 'a', '😀', 'graph walk', '知识图谱', '\\'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, fc.integer({ min: -1, max: 2 })), { minLength: 1 }), (papers) => {
        const texts = { titles: papers.map(([title]) => title), texts: papers.map(([, body]) => body) };
        for (const { phrases } of name(texts, [papers.map(([, , label]) => label)])) {
          expect(phrases.length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});

describe('vectors of phrases', () => {
  const texts = bodies([
    'red apple, blue whale',
    'blue whale, red apple',
    'green grass, black coal',
    'black coal, green grass',
  ]);
  const tree = treeOf([[0, 0, 1, 1]]);
  const choices = findChoices(extractPhrases(texts), tree);
  const embedding = {
    data: Int8Array.from([1, 0, 1, 0, 0, 1, 0, 1]),
    scales: new Float32Array(4).fill(1),
    rows: 4,
    cols: 2,
  };

  it('are wanted of phrases that may be in a name, each once', () => {
    const wanted = phraseCandidates(choices);
    expect(new Set(wanted).size).toBe(wanted.length);
    expect(wanted).toEqual(expect.arrayContaining(['red apple', 'blue whale', 'green grass', 'black coal']));
    expect(phraseCandidates(choices, 1).length).toBeLessThanOrEqual(2);
  });

  it.each(['red apple', 'blue whale'])('draw a name to what is near the centroid: %s', (near) => {
    const vectors = new Map(
      phraseCandidates(choices).map((text) => [text, Float32Array.from(text === near ? [1, 0] : [0, 1])]),
    );
    const named = nameTopics(tree, rerankChoices({ tree, choices, embedding, vectors }));
    expect(named[0].phrases[0]).toBe(near);
  });

  it('do not draw a name to a phrase that is near but rare', () => {
    const rare = bodies(['red apple, blue whale', ...Array<string>(4).fill('red apple'), 'blue whale', 'green grass']);
    const tree = treeOf([[0, 0, 0, 0, 0, 0, 1]]);
    const found = findChoices(extractPhrases(rare), tree);
    const data = Int8Array.from([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 1]);
    const embedding = { data, scales: new Float32Array(7).fill(1), rows: 7, cols: 2 };
    const vectors = new Map([
      ['red apple', Float32Array.of(0, 1)],
      ['blue whale', Float32Array.of(1, 0)],
    ]);
    const scores = (choices: typeof found) => new Map(choices[0].map(({ text, score }) => [text, score]));
    const [before, after] = [scores(found), scores(rerankChoices({ tree, choices: found, embedding, vectors }))];
    const gain = (text: string) => (after.get(text) ?? 0) / (before.get(text) ?? 0);
    expect(gain('red apple')).toBeCloseTo(2 ** -0.5, 5);
    expect(gain('blue whale')).toBeCloseTo(2 ** (0.5 * (2 / 5)), 5);
  });

  it('change nothing when there are none, and are refused in another length', () => {
    expect(rerankChoices({ tree, choices, embedding, vectors: new Map() })).toEqual(choices);
    const vectors = new Map([['red apple', new Float32Array(3)]]);
    expect(() => rerankChoices({ tree, choices, embedding, vectors })).toThrow('expected 2 values, got 3');
  });
});

/** The cell of each paper in a `side`×`side` grid. */
function gridLabels(positions: Float32Array, side: number): number[] {
  const cell = (at: number) => Math.min(side - 1, Math.floor(((positions[at] + 1) / 2) * side));
  return Array.from({ length: positions.length / 2 }, (_, i) => cell(i * 2) * side + cell(i * 2 + 1));
}

import { describe, expect, it } from 'vitest';
import type { Choice } from './choices.ts';
import { chooseNames, type Nameless } from './choose-names.ts';

function choice(text: string, score: number, holders: readonly number[], more: Partial<Choice> = {}): Choice {
  const words = text.toLowerCase().split(' ');
  return {
    text,
    words,
    spelled: [` ${words.join(' ')} `],
    general: [],
    score,
    corpusPapers: 10,
    holders: Int32Array.from(holders),
    common: false,
    doubtful: false,
    ...more,
  };
}

function nameless(choices: readonly Choice[], barred: readonly string[] = []): Nameless {
  return { choices, barred, size: 10 };
}

function names(siblings: readonly Nameless[], taken = new Set<string>()): string[][] {
  return chooseNames(siblings, taken).map((name) => name.map(({ text }) => text));
}

const FIRST = [0, 1, 2, 3];
const OTHERS = [4, 5, 6, 7];

describe('choosing names', () => {
  it('adds a phrase of other papers rather than a better one of the same', () => {
    const choices = [
      choice('graph walk', 1, FIRST),
      choice('node pair', 0.95, [...FIRST, 4]),
      choice('road net', 0.8, OTHERS),
    ];
    expect(names([nameless(choices)])[0].slice(0, 2)).toEqual(['graph walk', 'road net']);
  });

  it('adds none that is much weaker, or that covers no further paper', () => {
    const choices = [choice('graph walk', 1, OTHERS), choice('node pair', 0.9, OTHERS), choice('road net', 0.2, FIRST)];
    expect(names([nameless(choices)])).toEqual([['graph walk']]);
  });

  it('adds a weak one of a few more papers to a name that hardly any hold, and not to one that many do', () => {
    const weak = choice('road net', 0.06, [8, 9]);
    const size = 16;
    const named = (...choices: Choice[]): string[][] => names([{ ...nameless(choices), size }]);
    expect(named(choice('graph walk', 1, [0, 1, 2]), weak)).toEqual([['graph walk', 'road net']]);
    expect(named(choice('graph walk', 1, [0, 1, 2, 3, 4, 5, 6, 7, 10, 11]), weak)).toEqual([['graph walk']]);
    expect(named(choice('graph walk', 1, [0, 1, 2]), { ...weak, score: 0.04 })).toEqual([['graph walk']]);
  });

  it('takes no form of a phrase that stands in another name', () => {
    const twin = choice('graph walks', 1, FIRST, { words: ['graph', 'walk'] });
    const taken = new Set<string>();
    expect(names([nameless([choice('graph walk', 1, FIRST)])], taken)).toEqual([['graph walk']]);
    expect(names([nameless([twin, choice('road net', 0.9, FIRST)])], taken)).toEqual([['road net']]);
  });

  it('gives a word to the sibling that has least to fall back on, and its alternative to the other', () => {
    const a = [choice('graph walk', 0.9, FIRST), choice('street map', 0.7, FIRST)];
    const b = [choice('graph cut', 1, FIRST), choice('pixel', 0.9, FIRST)];
    expect(names([nameless(a), nameless(b)])).toEqual([['graph walk'], ['pixel']]);
    const poorer = [choice('graph cut', 1, FIRST), choice('pixel', 0.6, FIRST)];
    expect(names([nameless(a), nameless(poorer)])).toEqual([['street map'], ['graph cut']]);
  });

  it('gives no sibling what is nearly the same, as long as there is anything else', () => {
    const a = nameless([choice('graph walk', 1, FIRST)]);
    const wider = choice('long graph walk', 1, FIRST);
    expect(names([a, nameless([wider, choice('pixel', 0.01, FIRST, { doubtful: true })])])).toEqual([
      ['graph walk'],
      ['pixel'],
    ]);
    expect(names([a, nameless([wider])])).toEqual([['graph walk'], ['long graph walk']]);
  });

  it('begins with what enough papers hold, unless it is much weaker', () => {
    const rare = choice('graph walk', 1, [0, 1]);
    expect(names([nameless([rare, choice('road net', 0.35, FIRST)])])[0][0]).toBe('road net');
    expect(names([nameless([rare, choice('road net', 0.25, FIRST)])])[0][0]).toBe('graph walk');
  });

  it('repeats a word from above beside one of its own rather than take what few papers hold', () => {
    const rare = choice('road net', 0.5, [0, 1]);
    const named = (text: string, barred: string[]): string =>
      names([nameless([choice(text, 1, FIRST), rare], barred)])[0][0];
    expect(named('vision graph', ['graph'])).toBe('vision graph');
    expect(named('vision graph', ['graph', 'vision'])).toBe('road net');
    expect(names([nameless([choice('vision graph', 1, FIRST), choice('road net', 0.5, FIRST)], ['graph'])])[0][0]).toBe(
      'road net',
    );
  });

  it('lets siblings share a word when there is no alternative, but never a whole phrase', () => {
    const a = nameless([choice('graph walk', 0.9, FIRST)]);
    const b = nameless([choice('graph cut', 1, FIRST)]);
    expect(names([a, b])).toEqual([['graph walk'], ['graph cut']]);
    expect(names([a, a])).toEqual([['graph walk'], []]);
    expect(names([a], new Set(['graph walk']))).toEqual([[]]);
  });

  it('lets general words stand in several names', () => {
    const general = { general: ['model'] };
    const a = nameless([choice('language model', 1, FIRST, general), choice('token', 0.4, FIRST)]);
    const b = nameless([choice('diffusion model', 0.9, FIRST, general), choice('pixel', 0.4, FIRST)]);
    expect(names([a, b]).map(([first]) => first)).toEqual(['language model', 'diffusion model']);
  });

  it('keeps clear of the words above and of common words while it can', () => {
    const choices = [
      choice('graphs', 1, FIRST),
      choice('text', 0.9, FIRST, { common: true }),
      choice('pixel', 0.1, FIRST),
    ];
    expect(names([nameless(choices, ['graph'])])).toEqual([['pixel']]);
    expect(names([nameless(choices.slice(0, 2), ['graph'])])).toEqual([['text']]);
    expect(names([nameless(choices.slice(0, 1), ['graph'])])).toEqual([['graphs']]);
  });

  it('begins with a choice in doubt only when there is no other, and never goes on with one', () => {
    const doubtful = { doubtful: true };
    const choices = [choice('look', 1, [...FIRST, 4], doubtful), choice('graph walk', 0.2, FIRST)];
    expect(names([nameless(choices)])).toEqual([['graph walk']]);
    expect(names([nameless(choices.slice(0, 1))])).toEqual([['look']]);
    expect(names([nameless([...choices.slice(1), choice('road net', 0.2, OTHERS, doubtful)])])).toEqual([
      ['graph walk'],
    ]);
  });

  it('puts a longer phrase of a third as many papers beside a plain word alone, or in its place', () => {
    const word = choice('pixel', 1, [0, 1, 2, 3, 4, 5]);
    expect(names([nameless([word, choice('road net', 0.01, [0, 1])])])).toEqual([['pixel', 'road net']]);
    expect(names([nameless([word, choice('pixel grid', 0.01, [0, 1])])])).toEqual([['pixel grid']]);
    expect(names([nameless([word, choice('road net', 0.01, [0])])])).toEqual([['pixel']]);
    expect(names([nameless([word, choice('road net', 0.01, [0, 1])], ['road'])])).toEqual([['pixel']]);
    const most = choice('pixel', 1, [0, 1, 2, 3, 4, 5, 6, 7]);
    expect(names([nameless([most, choice('road net', 0.01, [0, 1, 2])])])).toEqual([['pixel']]);
  });

  it('does not trade a phrase that covers well for a rare one, to share no general word with a sibling', () => {
    const general = { general: ['model'] };
    const a = nameless([choice('language model', 2, FIRST, general)]);
    const b = nameless([choice('diffusion model', 1, FIRST, general), choice('layered image', 0.9, [0, 1])]);
    expect(names([a, b]).map(([first]) => first)).toEqual(['language model', 'diffusion model']);
    const c = nameless([choice('diffusion model', 1, FIRST, general), choice('layered image', 0.9, [0, 1, 2])]);
    expect(names([a, c]).map(([first]) => first)).toEqual(['language model', 'layered image']);
  });

  it('holds as many phrases as asked for, and none without a choice', () => {
    const choices = [
      choice('walk', 1, [0, 1]),
      choice('cut', 1, [2, 3]),
      choice('flow', 1, [4, 5]),
      choice('pixel', 1, [6, 7]),
    ];
    expect(names([nameless(choices)])[0]).toHaveLength(3);
    expect(chooseNames([nameless(choices)], new Set(), { maxPhrases: 1 })[0]).toHaveLength(1);
    expect(names([nameless([])])).toEqual([[]]);
  });
});

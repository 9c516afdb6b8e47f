import { describe, expect, it } from 'vitest';
import type { Grouping } from './grouping.ts';
import { nameFigures } from './name-figures.ts';

/** Names, parents and papers of groups, as a grouping. */
function grouping(
  groups: readonly (readonly [phrases: readonly string[], parent: number, papers: readonly number[]])[],
): Grouping {
  const groupOf = new Int32Array(1 + Math.max(-1, ...groups.flatMap(([, , papers]) => papers))).fill(-1);
  groups.forEach(([, , papers], group) => {
    for (const paper of papers) groupOf[paper] = group;
  });
  return {
    recipe: 'test',
    groups: groups.map(([phrases, parent, papers], id) => ({ id, phrases, parent, size: papers.length })),
    groupOf,
    seconds: null,
  };
}

const covers = (phrases: readonly string[], text: string): boolean =>
  nameFigures(grouping([[phrases, -1, [0]]]), [text]).covered[0] === 1;

describe('nameFigures', () => {
  it.each([
    [['owl'], 'An Owl, twice', true],
    [['owl'], 'growling owls', false],
    [['barn owl', 'heron'], 'the heron', true],
    [['barn owl'], 'a barn near an owl', false],
    [['t-SNE (fast)'], 'our T-SNE (fast)!', true],
    [['C++'], 'in C++, not C', true],
    [['a.b'], 'axb', false],
    [['état'], 'l’État', true],
    [[], 'anything', false],
  ])('finds %j in “%s”: %s', (phrases, text, expected) => {
    expect(covers(phrases, text)).toBe(expected);
  });

  it('counts papers of the own group for cover, and those of others against F1', () => {
    const texts = ['owl', 'owl', 'owl', 'owl', 'owl', 'crow', 'crow owl', 'heron', 'heron', 'crow'];
    const figures = nameFigures(
      grouping([
        [['owl'], -1, [0, 1, 2, 3, 4, 5]],
        [['crow'], -1, [6, 7, 8, 9]],
      ]),
      texts,
    );
    expect(figures.covered).toEqual([5, 2]);
    expect(figures.enough).toBe(0.5);
    expect(figures.medianCoverage).toBeCloseTo((5 / 6 + 2 / 4) / 2, 12);
    // 5 of 6 and 5 of 6 for owl, 2 of 4 and 2 of 3 for crow.
    expect(figures.medianF1).toBeCloseTo((5 / 6 + (2 * 0.5 * (2 / 3)) / (0.5 + 2 / 3)) / 2, 12);
  });

  it('compares the words of siblings alone, without stop words, hyphens and case', () => {
    const figures = nameFigures(
      grouping([
        [['training of owls'], -1, [0]],
        [['Pre-training', 'owl nests'], -1, [1]],
        [['pretraining of crows'], -1, [2]],
        [[], -1, [3]],
        [['owl nests'], 1, [4]],
        [['nests'], 1, [5]],
        [['herons'], 2, [6]],
      ]),
      Array<string>(7).fill(''),
    );
    expect([figures.siblingPairs, figures.apartPairs]).toEqual([4, 2]);
  });

  it.each([
    [['3d scenes'], 1],
    [['scenes in 3d'], 1],
    [['mathcal'], 1],
    [['loss \\alpha'], 1],
    [['x_i'], 1],
    [['https'], 1],
    [['br'], 1],
    [['word2vec · t-SNE'], 0],
    [['mathematics', 'textbooks'], 0],
  ])('counts the residue in %j: %i', (phrases, expected) => {
    expect(nameFigures(grouping([[phrases, -1, [0]]]), ['']).residue).toBe(expected);
  });

  it('has figures for no groups at all', () => {
    expect(nameFigures(grouping([]), [])).toEqual({
      covered: [],
      enough: 0,
      medianCoverage: 0,
      medianF1: 0,
      siblingPairs: 0,
      apartPairs: 0,
      residue: 0,
    });
  });
});

import { makeRandom } from '../math/random.ts';

/** How near texts without sense come to one set of papers, as cosines. */
export interface Chance {
  /** Half of them come nearer than this to some paper. */
  readonly middle: number;
  /** None comes nearer. */
  readonly highest: number;
}

/**
 * With 39 texts, one more without sense is nearer than all of them once in 40 times: a Monte Carlo test at the level of
 * .025 (Barnard 1963; Hope 1968).
 */
const TEXTS = 39;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const MAX_WORDS = 3;
const LEAST_LETTERS = 4;
const MOST_LETTERS = 9;

/**
 * Texts without sense: one to three words of random letters, the same each time. Random pieces of a model's vocabulary
 * come as near to papers as these do (measured on the sample with MiniLM: a ninth decile of .25 against .26).
 */
export function randomTexts(): readonly string[] {
  const random = makeRandom(1);
  const below = (count: number): number => Math.floor(random() * count);
  const word = (): string =>
    Array.from({ length: LEAST_LETTERS + below(MOST_LETTERS - LEAST_LETTERS + 1) }, () => LETTERS[below(26)]).join('');
  return Array.from({ length: TEXTS }, () => Array.from({ length: 1 + below(MAX_WORDS) }, word).join(' '));
}

/** The chance that the cosines of random texts with the papers nearest to them show; null for none. */
export function chanceOf(nearest: readonly number[]): Chance | null {
  if (nearest.length === 0) return null;
  const rising = [...nearest].sort((a, b) => a - b);
  return { middle: rising[Math.floor(rising.length / 2)], highest: rising[rising.length - 1] };
}

/**
 * The least cosine of a hit by meaning. A text most of whose words no paper has may be no question at all, so it must
 * come nearer than every random text; one of words that the papers have is a question about them, which must come
 * nearer than half of these. Figures: docs/how-it-works.md.
 */
export function floorOf(chance: Chance | null, isStrange: boolean): number {
  if (chance === null) return Number.NEGATIVE_INFINITY;
  return isStrange ? chance.highest : chance.middle;
}

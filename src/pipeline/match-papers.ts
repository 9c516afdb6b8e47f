import { normalizeTitle } from '../read/identity/paper-ids.ts';

/** What identifies papers, in their order. */
export interface PaperNames {
  readonly ids: readonly string[];
  readonly titles: readonly string[];
}

/** Minimum share of equal titles among papers with the same id; with less, ids are taken for mere row numbers. */
const SAME_TITLES = 0.5;

/**
 * For each paper of `own` its row in `other`, −1 for none; each row at most once. Matches by id, unless most papers of
 * the same id have different titles; then the rest by normalised title, the first of several equal ones. O(n + n₂).
 */
export function matchPapers(own: PaperNames, other: PaperNames): Int32Array {
  const titles = own.titles.map(normalizeTitle);
  const otherTitles = other.titles.map(normalizeTitle);
  const partners = new Int32Array(titles.length).fill(-1);
  const taken = new Uint8Array(otherTitles.length);
  pairUp(own.ids, other.ids, partners, taken);
  if (!haveSameTitles(partners, titles, otherTitles)) {
    partners.fill(-1);
    taken.fill(0);
  }
  pairUp(titles, otherTitles, partners, taken);
  return partners;
}

/** Pairs papers with the same key that have no partner yet; '' never matches. */
function pairUp(keys: readonly string[], otherKeys: readonly string[], partners: Int32Array, taken: Uint8Array): void {
  const rows = new Map<string, number>();
  otherKeys.forEach((key, row) => {
    if (key !== '' && taken[row] === 0 && !rows.has(key)) rows.set(key, row);
  });
  keys.forEach((key, i) => {
    const row = partners[i] < 0 ? rows.get(key) : undefined;
    if (row === undefined) return;
    partners[i] = row;
    taken[row] = 1;
    rows.delete(key);
  });
}

function haveSameTitles(partners: Int32Array, titles: readonly string[], otherTitles: readonly string[]): boolean {
  let [titled, same] = [0, 0];
  partners.forEach((row, i) => {
    if (row < 0 || titles[i] === '' || otherTitles[row] === '') return;
    titled++;
    if (titles[i] === otherTitles[row]) same++;
  });
  return same >= SAME_TITLES * titled;
}

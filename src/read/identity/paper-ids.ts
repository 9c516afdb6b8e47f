/** Column for the source's ids when they are not unique and so cannot be the papers' ids. */
export const LOST_IDS = 'source id';

/**
 * A whole number below 2^48 that depends only on the UTF-16 units of `text`: two FNV-1a sums with different multipliers
 * (Fowler, Noll & Vo), each finished by MurmurHash3's finaliser (Appleby). Not cryptographic.
 */
export function hashOf(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 15;
  }
  return stir(a ^ (b >>> 7)) * 0x10000 + (stir(b) >>> 16);
}

/** {@link hashOf} of the bits of `numbers`. */
export function hashNumbers(numbers: Float32Array | Float64Array): number {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.byteLength / 4);
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (const unit of bits) {
    a = Math.imul(a ^ unit, 0x01000193);
    a ^= a >>> 13;
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 15;
  }
  return stir(a ^ (b >>> 7)) * 0x10000 + (stir(b) >>> 16);
}

/** {@link hashOf} as twelve hexadecimal digits. */
export function hashText(text: string): string {
  return hexOf(hashOf(text));
}

/** A number below 2^48 as twelve hexadecimal digits. */
function hexOf(hash: number): string {
  return hash.toString(16).padStart(12, '0');
}

/**
 * One id for each paper: the source's own if it is unique, otherwise `hashes[i]` as in {@link hashText}, with `-2`, `-3` …
 * appended if that is taken. So a paper keeps its id when others are added.
 */
export function assignIds(sourceIds: readonly (string | null)[], hashes: ArrayLike<number>): string[] {
  const claims = new Map<string, number>();
  for (const id of sourceIds) if (id !== null) claims.set(id, (claims.get(id) ?? 0) + 1);
  const taken = new Set<string>();
  for (const [id, count] of claims) if (count === 1) taken.add(id);
  const suffixes = new Map<string, number>();
  return sourceIds.map((id, i) => {
    if (id !== null && claims.get(id) === 1) return id;
    const base = hexOf(hashes[i]);
    let suffix = suffixes.get(base) ?? 1;
    let free = suffix === 1 ? base : `${base}-${suffix}`;
    while (taken.has(free)) free = `${base}-${++suffix}`;
    suffixes.set(base, suffix + 1);
    taken.add(free);
    return free;
  });
}

/**
 * The key by which two records are one paper: the title in lower case, with each run of characters other than a-z and
 * 0-9 as one blank. A title with letters of another script keeps all letters, marks and digits, since otherwise nothing
 * would be left. Compatibility forms are folded first (NFKC), so that composed and decomposed accents agree. May be ''.
 */
export function normalizeTitle(title: string): string {
  if (title === '') return '';
  const folded = title.normalize('NFKC').toLowerCase();
  const others = NON_LATIN_LETTER.test(folded) ? /[^\p{L}\p{M}\p{N}]+/gu : /[^a-z0-9]+/gu;
  return folded.replace(others, ' ').trim();
}

function stir(sum: number): number {
  let h = sum;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const NON_LATIN_LETTER = /[^\p{Script=Latin}\P{L}]/u;

const NON_LATIN_LETTER = /[^\p{Script=Latin}\P{L}]/u;

/**
 * What two records must share to be one paper: the title in lower case, every run of other than a-z and 0-9 as one
 * blank. A title with letters of another script keeps all letters, marks and digits instead, or nothing would be left
 * of it. Compatibility forms are folded first (NFKC), so that a composed and a decomposed accent agree. May be ''.
 */
export function normalizeTitle(title: string): string {
  if (title === '') return '';
  const folded = title.normalize('NFKC').toLowerCase();
  const others = NON_LATIN_LETTER.test(folded) ? /[^\p{L}\p{M}\p{N}]+/gu : /[^a-z0-9]+/gu;
  return folded.replace(others, ' ').trim();
}

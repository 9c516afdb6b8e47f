import { HANGUL_WORD } from '../../text/scripts.ts';

/**
 * The form of a word for counting, apart from its number: NFKC, lower case, without hyphens, so that `pre-training` and
 * `pretraining` are one. Cyrillic words lose their ending, Arabic words their article.
 */
export function foldWord(written: string): string {
  if (ASCII.test(written)) return written.toLowerCase().replaceAll('-', '');
  const folded = written.normalize('NFKC').toLowerCase().replace(HYPHENS, '');
  if (CYRILLIC.test(folded)) return folded.length > 4 ? folded.replace(CYRILLIC_ENDING, '$1') : folded;
  if (ARABIC.test(folded)) return folded.replace(ARABIC_ARTICLE, '');
  return folded;
}

/**
 * Other words, already folded, of which `folded` may be a form: the singular of an English, French, Spanish or
 * Portuguese plural, or a Korean word without its particle. The form is counted as the first of them that the corpus
 * has, so that `lens` stays as it is.
 */
export function baseForms(folded: string): readonly string[] {
  if (HANGUL_WORD.test(folded))
    return KOREAN_PARTICLES.filter((end) => isSuffix(folded, end, 2)).map((end) => cut(folded, end));
  if (folded.length < 4 || !folded.endsWith('s') || /(?:ss|us|is|news|lens|series)$/u.test(folded)) return [];
  if (/[^aeiou]ies$/u.test(folded)) return [`${folded.slice(0, -3)}y`, folded.slice(0, -1)];
  if (folded.endsWith('ces')) return [folded.slice(0, -1), `${folded.slice(0, -3)}x`];
  return folded.endsWith('es') ? [folded.slice(0, -1), folded.slice(0, -2)] : [folded.slice(0, -1)];
}

/**
 * Whether two folded words are forms of one: equal, or with a common beginning of at least four letters (two in scripts
 * that need fewer) and 65 % of the longer one, as `retrieval` and `retrieve`. O(length).
 */
export function isSameStem(a: string, b: string): boolean {
  if (a === b) return true;
  const longer = Math.max(a.length, b.length);
  let same = 0;
  while (same < a.length && same < b.length && a.charCodeAt(same) === b.charCodeAt(same)) same++;
  return same >= (a.charCodeAt(0) < 0x0e00 ? 4 : 2) && same >= 0.65 * longer;
}

const ASCII = /^[\0-\x7f]*$/;
const HYPHENS = /[-\u2010\u2011]/gu;
const CYRILLIC = /^\p{sc=Cyrillic}+$/u;
const CYRILLIC_ENDING =
  /^(\p{L}{3,}?)(?:иями|ями|ами|ией|иях|иям|ого|его|ому|ему|ыми|ими|ией|ий|ие|ия|ию|ии|ой|ей|ый|ая|яя|ое|ее|ые|ых|их|ую|юю|ым|им|ом|ем|ам|ям|ах|ях|ов|ев|ью|[аяоеыиуюьй])$/u;
const ARABIC = /^\p{sc=Arabic}{5,}$/u;
const ARABIC_ARTICLE = /^(?:[وبفك]?ال|لل)(?=.{3})/u;
const KOREAN_PARTICLES = '에서는 으로는 에서 에게 으로 부터 까지 은 는 이 가 을 를 의 에 와 과 로 도 만'.split(' ');

function isSuffix(word: string, end: string, stem: number): boolean {
  return word.length >= stem + end.length && word.endsWith(end);
}

function cut(word: string, end: string): string {
  return word.slice(0, word.length - end.length);
}

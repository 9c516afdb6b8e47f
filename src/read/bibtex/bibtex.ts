import type { LazyTextFormat, TextHead } from '../format.ts';

/** BibTeX and BibLaTeX. */
export const BIBTEX: LazyTextFormat = {
  name: 'bibtex',
  score: (head) => (hasEntry(head) ? 0.9 : head.extension === 'bib' ? 0.5 : 0),
  load: async () => (await import('./bibtex-parser.ts')).makeBibtexParser,
};

/**
 * Whether the first line that is not a comment opens an entry, `@article{key,` or `@article{`, or, behind the words of an
 * export, some line does and others give fields.
 */
function hasEntry({ start, text }: TextHead): boolean {
  const line = start.split('\n').find((each) => each.trim() !== '' && !each.startsWith('%')) ?? '';
  if (/^\s*@\s*[A-Za-z]+\s*\{\s*(?:[^\s,{}]*\s*,|[A-Za-z]+\s*=|$)/u.test(line)) return true;
  if (/^\s*@\s*[A-Za-z]+\s*\(\s*(?:[^\s,{}()]+\s*,\s*(?:$|[A-Za-z]+\s*=)|[A-Za-z]+\s*=)/u.test(line)) return true;
  return (
    /^\s*@[A-Za-z]+\s*[{(]\s*[^\s,{}()]+\s*,\s*$/mu.test(text) && /^\s*[A-Za-z][\w -]{0,40}=\s*[{"\d]/mu.test(text)
  );
}

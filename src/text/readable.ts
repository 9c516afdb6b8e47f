import { type MarkupNames, markupNames, mayBeHtml, stripHtml } from './html.ts';
import { dashes, dropBraces, isLatex, MAY_BE_LATEX, showLatex } from './latex-shown.ts';

/** What a whole text is written in, by evidence; parts of it are shown accordingly. */
export interface Writing {
  /** Elements that are mark-up; null for none. */
  readonly names: MarkupNames;
  readonly isLatex: boolean;
}

/** The writing of `text`. Linear; a cheap test for ordinary texts. */
export function writingOf(text: string): Writing {
  return { names: text.includes('<') ? markupNames(text) : null, isLatex: isLatex(text) };
}

/**
 * A text as it is shown: HTML, JATS and MathML without tags, character references and TeX resolved, line breaks by tags
 * as line breaks. Only where evidence shows that it is mark-up: `a < b and c > d`, `{curly}`, `C:\temp`, `$5`, `<EOS>`
 * and addresses stay. The raw text is what is kept and exported.
 * @param writing that of the whole text, if `raw` is a part of it
 */
export function readableText(raw: string, writing?: Writing): string {
  return readable(raw, false, writing);
}

/** A title as it is shown: as {@link readableText}, in one line, without braces around words: `{Deep} {L}earning`. */
export function readableTitle(raw: string): string {
  const title = readable(raw, true);
  return title === raw ? raw : title.replace(/\s+/gu, ' ').trim();
}

/** Names of authors as they are shown: as {@link readableTitle}, without any braces in balance (`{NASA} Team`). */
export function readableNames(raw: string): string {
  const names = readableTitle(raw);
  return names.includes('{') ? names.replace(/\{([^{}]{0,200})\}/gu, '$1') : names;
}

/**
 * A title to show for a paper: its own, or the beginning of its text, at most `maxLength` UTF-16 units. Both as they
 * are read, not as they are written.
 */
export function displayTitle(paper: { readonly title: string; readonly text: string }, maxLength = 120): string {
  const title = readableTitle(paper.title);
  if (title !== '') return title;
  const beginning = readableText(
    paper.text.slice(0, 40 * maxLength),
    paper.text.length > 40 * maxLength ? writingOf(paper.text) : undefined,
  );
  const flat = beginning.replace(/\s+/gu, ' ').trim();
  if (flat === '') return 'Untitled';
  if (flat.length <= maxLength) return flat;
  const cut = flat.lastIndexOf(' ', maxLength);
  return `${flat.slice(0, cut > maxLength / 2 ? cut : maxLength)}…`;
}

/** Mark-up may itself be written as character references, once or twice. */
const MAX_PASSES = 3;

function readable(raw: string, isTitle: boolean, writing?: Writing): string {
  let text = raw;
  for (let pass = 0; pass < MAX_PASSES && mayBeHtml(text); pass++) {
    const names = pass === 0 && writing ? writing.names : markupNames(text);
    const next = stripHtml(text, names, 'small');
    if (next === text) break;
    text = next;
  }
  if (MAY_BE_LATEX.test(text) && (writing ? writing.isLatex : isLatex(text))) return showLatex(text, isTitle);
  return isTitle ? dashes(dropBraces(text)) : text;
}

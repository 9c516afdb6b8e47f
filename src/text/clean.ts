import { type MarkupNames, markupNames, mayBeHtml, stripHtml } from './html.ts';
import { resolveLatex } from './latex-plain.ts';
import { isMarkdown, mayBeMarkdown, stripMarkdown } from './markdown.ts';

/** A text that still changes after this many passes, as only a made-up one does, is stripped of every mark. */
const MAX_PASSES = 6;
/** A text without any of these needs no cleaning except of its blanks. */
const MARKS = /[\\{}$~*`]|''|:\/\/|www\.|this https? URL|[^\P{C}\n\t ]/iu;

const ADDRESS = /([([]?)\s?\b(?:https?:\/\/|www\.)([^\s{}"<>\\^`|]*)((?:\{?this https? URL\}?[.,;:!?)\]]*)?)/giu;
const ADDRESS_PLACEHOLDER = /\{?\bthis https? URL\}?/giu;
const ADDRESS_MACRO = /\\(?:url|href|footnote)\s?\{\s?(?=https?:|www\.)/giu;
/** Markdown emphasis, from opening to closing stars. No star may lie between them, which keeps the search linear. */
const EMPHASIS = /(^|[\s([{"'“‘—-])(\*{1,3})(?=[^\s*])([^*]*[^\s*])\2(?=$|[\s.,;:!?)\]}"'”’—-])/gu;
const TILDE_BLANK = /([\p{L}.,)\]"'])~(?=[\p{L}\p{N}([\\$"'])|(\p{N})~(?=[\p{L}([\\$])/gu;
/** A dollar that delimits a formula: any but one before a price, a number that does not end in another mark. */
const DOLLAR = /\$(?!\d[\d.,]*(?:[\s\p{L};:)!?-]|$))/gu;
const CONTROL = /[^\P{Cc}\n\t]|[\u200b-\u200d\u2060\ufeff\u00ad]|\p{Cs}/gu;

/** What a whole text is written in, as far as its parts are cleaned by it. */
export interface CleanWriting {
  /** Elements that are mark-up; null for none. */
  readonly names: MarkupNames;
  readonly isMarkdown: boolean;
}

/** The writing of `text`, by which its parts are cleaned as the whole would be. */
export function cleanWritingOf(text: string): CleanWriting {
  if (!isMarked(text)) return { names: null, isMarkdown: false };
  return { names: markupNames(text), isMarkdown: isMarkdown(text) };
}

/**
 * The text that is embedded, searched and used for names; the interface shows the readable text. Resolves HTML, JATS,
 * Markdown and character references where there is evidence for them, TeX accents and macros; removes `$…$`, braces,
 * Markdown stars and addresses, turns TeX quotes into `"`, and a TeX `~` and any run of blanks into one blank. Keeps
 * `<EOS>`, `Si<->En`, `30%~50%` and `about ~5`. Idempotent, and linear in the length.
 * @param writing that of the whole text, if `raw` is a part of it
 */
export function cleanText(raw: string, writing?: CleanWriting): string {
  let text = collapse(isMarked(raw) ? resolveMarkup(raw, writing ?? cleanWritingOf(raw)) : raw);
  if (!MARKS.test(text) && !isMarked(text)) return text;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = cleanOnce(isMarked(text) ? resolveMarkup(text, cleanWritingOf(text)) : text);
    if (next === text) return text;
    text = next;
  }
  return stripMarks(text);
}

function isMarked(text: string): boolean {
  return mayBeHtml(text) || mayBeMarkdown(text);
}

function resolveMarkup(text: string, { names, isMarkdown }: CleanWriting): string {
  const plain = mayBeHtml(text) ? stripHtml(text.replace(AUTOLINK, ' '), names, 'plain') : text;
  return isMarkdown ? stripMarkdown(plain) : plain;
}

/** An address in angle brackets, as in Markdown and mails. */
const AUTOLINK = /<https?:\/\/[^\s<>]{1,1000}>/giu;

function stripMarks(text: string): string {
  const bare = collapse(text.replace(CONTROL, '').replace(/[\\{}$~*`<&[\]|#]|''+|:\/\/|\bwww\./giu, ' '));
  return bare.replace(/(?:https? )+URL/giu, 'URL');
}

function cleanOnce(text: string): string {
  const plain = resolveLatex(dropAddresses(text.replace(CONTROL, '')).replace(TILDE_BLANK, '$1$2 '))
    .replace(DOLLAR, '')
    .replace(/[{}]/gu, '')
    .replace(EMPHASIS, '$1$3')
    .replace(/``|''/gu, '"')
    .replace(/`/gu, "'");
  return collapse(plain);
}

function dropAddresses(text: string): string {
  if (!/:\/\/|www\.|this https? URL/iu.test(text)) return text;
  return text
    .replace(ADDRESS_MACRO, '')
    .replace(ADDRESS, (_, opening, address, ending) =>
      afterAddress(opening, address + ending.replace(ADDRESS_PLACEHOLDER, '')),
    )
    .replace(ADDRESS_PLACEHOLDER, '');
}

/** What remains of an address and the bracket before it: the punctuation of the sentence around it. */
function afterAddress(opening: string, address: string): string {
  let end = address.length;
  while (end > 0 && ".,;:!?)]'’”*".includes(address[end - 1])) end--;
  const rest = address.slice(end);
  const closing = opening === '(' ? ')' : ']';
  if (opening === '') return rest === '' ? ' ' : rest;
  return rest.startsWith(closing) ? rest.slice(1) : `${opening}${rest}`;
}

function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

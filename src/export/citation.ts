import { type Corpus, type Paper, yearOf } from '../model/paper.ts';
import { splitAuthors } from '../text/authors.ts';
import { readableNames, readableText, readableTitle } from '../text/readable.ts';
import { papersBibtex } from './paper-formats.ts';
import { type Publication, publicationOf } from './publication.ts';

/** How a paper is cited: as a reference of the APA's style (7th edition), or as an entry of BibTeX. */
export type CitationStyle = 'apa' | 'bibtex';

/** Whether a paper has what a reference needs; others are quoted. */
export function isReference({ title, authors }: Pick<Paper, 'title' | 'authors'>): boolean {
  return title !== '' && authors !== null;
}

/** A paper's citation, in plain text. Small words of titles stay as they are written. O(length). */
export function citationOf(corpus: Corpus, index: number, style: CitationStyle): string {
  return style === 'bibtex'
    ? papersBibtex({ corpus }, [index]).trim()
    : apa(corpus.papers[index], publicationOf(corpus, index));
}

/** UTF-16 units of a quote. */
const MAX_QUOTE = 600;

/** The text in quotation marks, its beginning if it is long, and where it was read. */
export function quoteOf({ title, text, date, url, sources }: Paper): string {
  const whole = readableText(text === '' ? title : text).trim();
  const cut = whole.length > MAX_QUOTE ? `${whole.slice(0, MAX_QUOTE).replace(/\s+\S*$/u, '')} …` : whole;
  const [source] = sources;
  const named = text !== '' && title !== '' ? [readableTitle(title)] : [];
  const place = source ? [`${source.file}, line ${source.line}`] : [];
  return `“${cut}” (${[...named, ...(date === null ? [] : [date]), ...place, ...(url === null ? [] : [url])].join('; ')})`;
}

/** An APA reference. Names past the 20th are left out but the last (APA 7, §9.8). */
function apa({ title, authors, date, url }: Paper, at: Publication): string {
  const names = splitAuthors(readableNames(authors ?? '')).map(inverted);
  const listed = names.length > 20 ? [...names.slice(0, 19), `… ${names[names.length - 1]}`] : names;
  const joined =
    names.length > 20 || listed.length < 2
      ? listed.join(', ')
      : `${listed.slice(0, -1).join(', ')}, & ${listed[listed.length - 1]}`;
  const issue = at.number === null ? '' : `(${at.number})`;
  const pages = at.pages?.replace(/\s*-+\s*/gu, '–') ?? null;
  const within = at.journal
    ? [at.journal, at.volume === null ? null : `${at.volume}${issue}`, pages].filter((part) => part !== null).join(', ')
    : at.booktitle && `In ${at.booktitle}${pages === null ? '' : ` (pp. ${pages})`}`;
  const publisher = at.journal ? null : at.publisher;
  const link = at.doi === null ? url : `https://doi.org/${at.doi}`;
  const parts = [joined, `(${yearOf(date) ?? 'n.d.'})`, readableTitle(title), within, publisher].filter((part) => part);
  return [...parts.map((part) => (/[.!?]$/u.test(String(part)) ? part : `${part}.`)), ...(link ? [link] : [])].join(
    ' ',
  );
}

/** `Lund, A. B.` from `Ana B. Lund`, `Lund, Ana B.` or `Lund AB`. A number of authors and a single name stay. */
function inverted(name: string): string {
  if (/^\d/u.test(name)) return name;
  const [family, given] = name.includes(',') ? name.split(/\s*,\s*/u, 2) : parted(name);
  if (!given) return family;
  const initials = given
    .split(/\s+/u)
    .flatMap((word) => (/^\p{Lu}{2,3}$/u.test(word) ? [...word] : [word]))
    .map((word) =>
      word
        .split('-')
        .map((part) => `${part.charAt(0).toUpperCase()}.`)
        .join('-'),
    );
  return `${family}, ${initials.join(' ')}`;
}

/** Family name and given names of a name in its usual order, or with initials behind as PubMed writes it. */
function parted(name: string): [string, string] {
  const words = name.split(/\s+/u);
  const last = words[words.length - 1];
  if (words.length > 1 && /^\p{Lu}{1,3}$/u.test(last)) return [words.slice(0, -1).join(' '), last];
  // Particles such as `van der` belong to the family name.
  const particle = words.findIndex((word, i) => i > 0 && /^\p{Ll}/u.test(word));
  const from = particle > 0 ? particle : words.length - 1;
  return [words.slice(from).join(' '), words.slice(0, from).join(' ')];
}

import type { MapData } from '../model/map-data.ts';
import type { ColumnValue, Paper } from '../model/paper.ts';
import { pathOf, type TopicView } from '../model/topic-view.ts';
import { splitAuthors } from '../text/authors.ts';
import { type Publication, publicationOf } from './publication.ts';

/**
 * Papers as CSV (RFC 4180, CRLF, UTF-8 with a byte order mark, by which spreadsheets recognize it): id, title, text,
 * authors, date, url, sources, x, y, the names of its coarsest and its finest topic where the map has topics, then the
 * corpus's own columns; one of these with such a name gets “ (column)” after it. A text that a spreadsheet would run as a formula
 * gets a leading apostrophe, which shows it as text (OWASP, "CSV injection"); numbers stay numbers.
 * @param indices which papers, in this order
 */
export function papersCsv(
  { corpus, positions }: MapData,
  indices: readonly number[],
  topics: TopicView | null = null,
): string {
  const head = ['id', 'title', 'text', 'authors', 'date', 'url', 'sources', 'x', 'y'];
  if (topics) head.push('topic', 'finest topic');
  const rows = indices.map((i) => {
    const { id, title, text, authors, date, url, sources } = corpus.papers[i];
    const files = sources.map(({ file }) => file).join('; ');
    const own = corpus.columns.map(({ values }) => values[i]);
    const named = topics ? topicNames(topics, i) : [];
    return [id, title, text, authors, date, url, files, positions[2 * i], positions[2 * i + 1], ...named, ...own];
  });
  // A file that brings places has columns `x` and `y` of its own.
  const names = [...head, ...corpus.columns.map(({ name }) => (head.includes(name) ? `${name} (column)` : name))];
  return `\uFEFF${[names, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** The names of a paper's coarsest and finest topic; '' for none. */
function topicNames(view: TopicView, paper: number): string[] {
  const path = pathOf(view, paper);
  return [path.at(0), path.at(-1)].map((id) => view.nodes.get(id ?? -1)?.name ?? '');
}

/** Whether a bibliography of the papers makes sense: most have a title, and some have an author or address. */
export function fitsBibtex({ corpus: { papers } }: MapData): boolean {
  const titled = papers.filter(({ title }) => title !== '').length;
  return titled > papers.length / 2 && papers.some(({ authors, url }) => authors !== null || url !== null);
}

/**
 * Papers with a title as BibTeX entries: `@article` or `@inproceedings` where a column says so, else `@misc`. Keys are
 * made from the ids.
 * @param indices which papers, in this order
 */
export function papersBibtex({ corpus }: Pick<MapData, 'corpus'>, indices: readonly number[]): string {
  const used = new Set<string>();
  return indices
    .filter((i) => corpus.papers[i].title !== '')
    .map((i) => entry(corpus.papers[i], publicationOf(corpus, i), used))
    .join('\n');
}

/** One cell, quoted where needed and escaped where it would be a formula. */
function csvCell(value: ColumnValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA_START.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n\t']|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Also after blanks and control characters, and in full-width forms, which some spreadsheets treat alike. */
const FORMULA_START = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
const PLAIN_NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;

function entry({ id, title, text, authors, date, url }: Paper, at: Publication, used: Set<string>): string {
  const fields: [string, string | null][] = [
    ['title', title],
    ['author', authors === null || COUNTED.test(authors) ? null : splitAuthors(authors).join(' and ')],
    ['year', /^\d{4}/u.exec(date ?? '')?.[0] ?? null],
    ['journal', at.journal],
    ['booktitle', at.journal === null ? at.booktitle : null],
    ['volume', at.volume],
    ['number', at.number],
    ['pages', at.pages],
    ['publisher', at.publisher],
    ['doi', at.doi],
    ['url', url],
    ['abstract', text === '' ? null : text],
  ];
  const lines = fields
    .filter((field): field is [string, string] => field[1] !== null)
    .map(([name, value]) => `  ${name} = {${balanced(value)}},\n`);
  const kind = at.journal !== null ? 'article' : at.booktitle !== null ? 'inproceedings' : 'misc';
  return `@${kind}{${keyOf(id, used)},\n${lines.join('')}}\n`;
}

/** A number of authors in place of their names, as in some listings. */
const COUNTED = /^\d+ authors?$/u;

function keyOf(id: string, used: Set<string>): string {
  const plain = id.replace(/[^\w.:/-]+/gu, '-').slice(0, 60) || 'paper';
  let key = plain;
  for (let n = 2; used.has(key); n++) key = `${plain}-${n}`;
  used.add(key);
  return key;
}

/** Removes all braces from a value in which they do not balance, since BibTeX would lose the entries after it. */
function balanced(value: string): string {
  const flat = value.replace(/\s+/gu, ' ').trim();
  let depth = 0;
  for (const character of flat) {
    if (character === '{') depth++;
    else if (character === '}' && --depth < 0) break;
  }
  return depth === 0 ? flat : flat.replace(/[{}]/gu, '');
}

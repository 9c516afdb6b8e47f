import type { MapData } from '../model/map-data.ts';
import type { Paper } from '../model/paper.ts';

/** Whether papers are such that a bibliography makes sense of them: most have a title, and some an author or address. */
export function fitsBibtex({ corpus: { papers } }: MapData): boolean {
  const titled = papers.filter(({ title }) => title !== '').length;
  return titled > papers.length / 2 && papers.some(({ authors, url }) => authors !== null || url !== null);
}

/**
 * Papers with a title as BibTeX entries, `@misc` since the kind of publication is not known. Keys are made of the ids.
 * @param indices which papers, in this order
 */
export function papersBibtex({ corpus }: MapData, indices: readonly number[]): string {
  const used = new Set<string>();
  return indices
    .map((i) => corpus.papers[i])
    .filter(({ title }) => title !== '')
    .map((paper) => entry(paper, used))
    .join('\n');
}

function entry({ id, title, text, authors, date, url }: Paper, used: Set<string>): string {
  const fields: [string, string | null][] = [
    ['title', title],
    ['author', authors === null || COUNTED.test(authors) ? null : authors.replace(/\s*[;,]\s+/gu, ' and ')],
    ['year', /^\d{4}/u.exec(date ?? '')?.[0] ?? null],
    ['url', url],
    ['abstract', text === '' ? null : text],
  ];
  const lines = fields
    .filter((field): field is [string, string] => field[1] !== null)
    .map(([name, value]) => `  ${name} = {${balanced(value)}},\n`);
  return `@misc{${keyOf(id, used)},\n${lines.join('')}}\n`;
}

/** A number in place of names, as some listings have it. */
const COUNTED = /^\d+ authors?$/u;

function keyOf(id: string, used: Set<string>): string {
  const plain = id.replace(/[^\w.:/-]+/gu, '-').slice(0, 60) || 'paper';
  let key = plain;
  for (let n = 2; used.has(key); n++) key = `${plain}-${n}`;
  used.add(key);
  return key;
}

/** A value's braces must balance, or the entries after it are lost: without balance they go. */
function balanced(value: string): string {
  const flat = value.replace(/\s+/gu, ' ').trim();
  let depth = 0;
  for (const character of flat) {
    if (character === '{') depth++;
    else if (character === '}' && --depth < 0) break;
  }
  return depth === 0 ? flat : flat.replace(/[{}]/gu, '');
}

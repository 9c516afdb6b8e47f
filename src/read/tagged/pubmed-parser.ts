import { bestDate } from '../../text/dates.ts';
import { makeLineFeed, makeRecordBuffer, type RecordSink, type TextParser } from '../format.ts';
import { MAX_RECORD_LENGTH } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { makeTable } from '../table.ts';
import { ROLE_COLUMNS } from './tagged-row.ts';

/** A record begins with its number, counted on, after two blank lines or in a line that has a year. */
export function makePubmedParser(sink: RecordSink, options: FileOptions): TextParser {
  const buffer = makeRecordBuffer();
  const rows = makeTable(sink, options, {
    names: ['title', 'abstract', 'authors', 'date', 'url', 'pmid'],
    roles: { ...ROLE_COLUMNS, id: 'pmid' },
  });
  let begunAt = 1;
  let count = 0;
  let blanks = 2;

  function finish(): void {
    if (buffer.length === 0) return;
    const text = buffer.take();
    if (text === null) sink.skip(begunAt, `longer than ${MAX_RECORD_LENGTH} characters`);
    else if (count === 0) sink.warn(begunAt, 'what stands before the first numbered record is not read');
    else addRecord(text);
  }

  function addRecord(text: string): void {
    const columns = /\n\s*\n/u.test(text.trim()) ? readAbstract(text) : readSummary(text);
    if (columns) rows.add([...columns.keys()], [...columns.values()], begunAt);
    else sink.skip(begunAt, 'this record has neither a title nor an abstract');
  }

  return makeLineFeed(sink, {
    line(text, number) {
      if (text.trim() === '') {
        blanks++;
        if (buffer.length > 0) buffer.add('\n');
        return;
      }
      const begin = blanks > 0 ? /^(\d{1,6})[.:] (\S.*)$/u.exec(text) : null;
      const follows = begin !== null && (count === 0 || Number(begin[1]) === count + 1);
      if (begin && follows && (blanks > 1 || YEAR.test(text))) {
        finish();
        count = Number(begin[1]);
        begunAt = number;
        buffer.add(`${begin[2]}\n`);
      } else {
        if (buffer.length === 0) begunAt = number;
        buffer.add(`${text}\n`);
      }
      blanks = 0;
    },
    end() {
      finish();
      rows.end();
    },
  });
}

const YEAR = /\b(?:18|19|20)\d\d\b/u;
/** Journal, date, and the rest of a reference: `J Exam. 2019 Mar 5;7(2):1-9. doi: …`. */
const CITATION = /^(.*?)\.\s+((?:18|19|20)\d\d(?:[ -][\p{L}\d –-]{1,24})?)\s*[;:.]/u;
/** Blocks that are neither title, authors nor abstract, by their first words. */
const NOTES: readonly (readonly [RegExp, string])[] = [
  [/^Author information:\s*/iu, 'author information'],
  [/^Collaborators(?:\s*\([^)]*\))?:\s*/iu, 'collaborators'],
  [/^Conflict of interest statement:\s*/iu, 'conflict of interest'],
  [
    /^(?:Comment (?:in|on)|Erratum (?:in|for)|Update (?:in|of)|Republished|Retract|Expression of concern)/iu,
    'comments',
  ],
  [/^(?:Copyright\b|©|\(c\) )/iu, 'copyright'],
  [/^Publisher: Abstract available/iu, 'note'],
];

type Columns = Map<string, string>;

function readAbstract(text: string): Columns | null {
  const [citation, ...blocks] = text
    .trim()
    .split(/\n\s*\n/u)
    .map(unwrap);
  const columns: Columns = new Map();
  const texts: string[] = [];
  let [title, authors] = ['', ''];
  for (const [i, block] of blocks.entries()) {
    if (/^(?:DOI|PMID|PMCID): /u.test(block)) continue;
    const note = NOTES.find(([pattern]) => pattern.test(block));
    if (note) columns.set(note[1], `${columns.get(note[1]) ?? ''} ${block.replace(note[0], '')}`.trim());
    else if (title === '' && i === 0) title = block.replace(/^\[(.*)\]\.?$/u, '$1');
    else if (authors === '' && texts.length === 0 && isAuthors(block, blocks.slice(i + 1))) authors = block;
    else texts.push(block);
  }
  if (title === '' && texts.length === 0) return null;
  const names = authors.replace(/\((?:\d+|#|\*)\)/gu, '').replace(/\.\s*$/u, '');
  return finishColumns({ text, citation, title, abstract: texts.join('\n'), authors: names }, columns);
}

/** `Person A, Person B. Title. J Exam. 2019 Mar;7(2):1-9. doi: …. PMID: …` */
function readSummary(text: string): Columns | null {
  const parts = unwrap(text).split(/(?<=[.?!])\s+(?=[\p{L}\p{N}[])/u);
  const year = parts.findIndex((part, i) => i > 1 && /^(?:18|19|20)\d\d\b/u.test(part));
  if (year < 2) return null;
  const hasAuthors = year > 2 && isAuthors(parts[0], ['']);
  const citation = parts.slice(year - 1).join(' ');
  const title = parts.slice(hasAuthors ? 1 : 0, year - 1).join(' ');
  const authors = hasAuthors ? parts[0].replace(/\.$/u, '') : '';
  return finishColumns({ text, citation, title, abstract: '', authors }, new Map());
}

interface Found {
  readonly text: string;
  readonly citation: string;
  readonly title: string;
  readonly abstract: string;
  readonly authors: string;
}

function finishColumns({ text, citation, title, abstract, authors }: Found, notes: Columns): Columns {
  const [, journal = '', date = ''] = CITATION.exec(citation) ?? [];
  const last = (pattern: RegExp): string => Array.from(text.matchAll(pattern)).at(-1)?.[1] ?? '';
  const doi = last(/\bdoi:\s*(10\.\d{4,9}\/\S*[^\s.,;])/giu);
  const pmid = last(/\bPMID: (\d+)/gu);
  const url = doi ? `https://doi.org/${doi}` : pmid && `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`;
  const columns: Columns = new Map([
    ['title', title],
    ['abstract', abstract],
    ['authors', authors],
    ['date', bestDate([date]) ?? date],
    ['url', url],
    ['pmid', pmid],
    ['doi', doi],
    ['PMC ID', last(/\bPMCID: (PMC\d+)/gu)],
    ['journal', journal],
    ['citation', citation],
    ...notes,
  ]);
  for (const [name, value] of columns) if (value === '') columns.delete(name);
  return columns;
}

/** Whether a block is a list of names such as `Person AB(1)(2), de Person C.`, or a short name of a group. */
function isAuthors(block: string, rest: readonly string[]): boolean {
  const first = block.replace(/\.\s*$/u, '').split(/[,;]\s*/u, 1)[0];
  if (/^[\p{L}\p{M}'’ .-]{2,60} [\p{Lu}-]{1,4}(?: (?:Jr|Sr|\d?[a-zI]{1,3}))?(?:\((?:\d+|#|\*)\))*$/u.test(first))
    return true;
  return block.length < 80 && /^[\p{Lu}]/u.test(block) && rest.some((other) => other.length > 2 * block.length);
}

function unwrap(block: string): string {
  return block.replace(/\s*\n\s*/gu, ' ').trim();
}

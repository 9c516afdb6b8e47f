import { bestDate } from '../../text/dates.ts';
import { type Cell, makeLineFeed, makeRecordBuffer, type RecordSink, type TextParser } from '../format.ts';
import { MAX_RECORD_LENGTH } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { doiUrl, makeTable, parseUrl } from '../table.ts';
import { type BibtexEntry, parseBibtexEntries } from './bibtex-entries.ts';
import { type Fields, makeCrossrefs } from './crossref.ts';

const ENTRY_LINE = /^\s*@\s*[A-Za-z]+\s*[{(]/u;
/** Fields that are part of a column with a role. */
const USED = new Set(['title', 'subtitle', 'abstract', 'author', 'url', 'date', 'year', 'month', 'day']);
const COLUMNS = ['title', 'abstract', 'author', 'date', 'url', 'key'];

/**
 * An entry ends no later than the line that begins the next one, so a missing brace damages one entry only. Values keep
 * their TeX, with line breaks turned into blanks as BibTeX does. An entry with `crossref` has what it lacks from that entry.
 */
export function makeBibtexParser(sink: RecordSink, options: FileOptions): TextParser {
  const roles = { title: 'title', text: 'abstract', authors: 'author', date: 'date', url: 'url', id: 'key' };
  const rows = makeTable(sink, options, { names: COLUMNS, roles });
  const macros = new Map<string, string>();
  const crossrefs = makeCrossrefs(addEntry);
  const buffer = makeRecordBuffer();
  let begunAt = 1;

  function finish(): void {
    const text = buffer.take();
    if (text === null) sink.skip(begunAt, `this entry is longer than ${MAX_RECORD_LENGTH} characters`);
    else addEntries(text);
  }

  function addEntries(text: string): void {
    let [counted, line] = [0, begunAt];
    for (const entry of parseBibtexEntries(text, macros)) {
      for (; counted < entry.start; counted++) if (text[counted] === '\n') line++;
      if (entry.damaged) sink.warn(line, `the entry “${entry.key}” is damaged: what could be read is kept`);
      crossrefs.take(entry, line);
    }
  }

  function addEntry({ type, key }: BibtexEntry, fields: Fields, line: number): void {
    const row = rowOf(type, key, fields);
    if (row) rows.add([...row.keys()], [...row.values()], line);
    else sink.skip(line, `the entry “${key}” has neither a title nor an abstract`);
  }

  return makeLineFeed(sink, {
    line(text, number) {
      if (ENTRY_LINE.test(text)) {
        finish();
        begunAt = number;
      } else if (buffer.length === 0) return;
      buffer.add(`${text}\n`);
    },
    end() {
      finish();
      crossrefs.end((line, key) => sink.warn(line, `its crossref “${key}” is not in this file`));
      rows.end();
    },
  });
}

/** The columns of an entry; null when it has neither a title nor an abstract. */
function rowOf(type: string, key: string, fields: Fields): Map<string, Cell> | null {
  const title = [fields.get('title') ?? '', fields.get('subtitle') ?? ''].filter((part) => part !== '').join(': ');
  const text = fields.get('abstract') ?? '';
  const shown = title || (text === '' ? (fields.get('booktitle') ?? '') : '');
  if (shown === '' && text === '') return null;
  const authors = joinAuthors(fields.get('author') ?? '');
  const given: readonly Cell[] = [shown, text, authors, dateOf(fields), urlOf(fields), key];
  const row = new Map<string, Cell>(COLUMNS.map((name, i) => [name, given[i]]));
  row.set('type', type);
  for (const [name, value] of fields) {
    const column = COLUMNS.includes(name) || name === 'type' ? `${name} (field)` : name;
    if (value !== '' && !USED.has(name)) row.set(column, name.endsWith('keywords') ? listOf(value) : value);
  }
  return row;
}

function listOf(value: string): readonly string[] {
  const words = value.split(value.includes(';') ? ';' : ',').map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ''))];
}

function joinAuthors(value: string): string {
  const names = value.split(/\s+and\s+/u).filter((name) => name !== '');
  return names.join(names.some((name) => name.includes(',')) ? '; ' : ', ');
}

function dateOf(fields: Fields): string {
  const [date, year, month, day] = ['date', 'year', 'month', 'day'].map((name) =>
    (fields.get(name) ?? '').replace(/~|\\,/gu, ' ').replace(/--+/gu, '-').trim(),
  );
  const numbered = /^\d{1,2}$/u.test(month) ? `${year}-${month.padStart(2, '0')}` : '';
  const written = [date, year, month, day && `${month} ${day}`, numbered, day && numbered && `${numbered}-${day}`];
  return (
    bestDate(written.filter((value) => value !== '')) ?? [date, month, year].filter((part) => part !== '').join(' ')
  );
}

/** The address of an entry, of its DOI, of its preprint, or in PubMed. */
function urlOf(fields: Fields): string {
  const plain = (name: string): string => (fields.get(name) ?? '').replace(/^\\url\s*\{|\}$/gu, '').trim();
  const [eprint, pmid] = [plain('eprint'), plain('pmid')];
  const isArxiv = /arxiv/iu.test(`${plain('archiveprefix')} ${plain('eprinttype')} ${eprint}`);
  const number = /(?:^|arxiv:\s*)(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})$/iu.exec(eprint)?.[1];
  return (
    parseUrl(plain('url')) ??
    doiUrl(plain('doi').replace(/^https?:\/\/(?:dx\.)?doi\.org\//iu, '')) ??
    (isArxiv && number ? `https://arxiv.org/abs/${number}` : null) ??
    parseUrl(plain('howpublished')) ??
    (/^\d{1,9}$/u.test(pmid) ? `https://pubmed.ncbi.nlm.nih.gov/${pmid}/` : plain('url'))
  );
}

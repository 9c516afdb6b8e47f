import { bestDate, parseDate } from '../../text/dates.ts';
import type { Cell } from '../format.ts';
import { parseUrl } from '../table.ts';
import type { TagTable } from './tag-table.ts';

/** The values of one record by tag, in order. */
export type Fields = Map<string, string[]>;

/** Which column of a tagged record has which role. */
export const ROLE_COLUMNS = { title: 'title', text: 'abstract', authors: 'authors', date: 'date', url: 'url' } as const;

/** The named cells of one record. */
interface TaggedRow {
  readonly names: readonly string[];
  readonly values: readonly Cell[];
}

/** A record as a row of named columns; null when it has neither a title nor a text. */
export function rowOf(table: TagTable, fields: Fields): TaggedRow | null {
  const used = new Set<string>();
  const take = (tags: readonly string[]): readonly string[] => {
    const tag = tags.find((each) => fields.get(each)?.some((value) => value !== ''));
    if (tag === undefined) return [];
    used.add(tag);
    return (fields.get(tag) ?? []).filter((value) => value !== '');
  };
  const title = take(table.title).join(' ');
  const text = take(table.text).join(' ');
  if (title === '' && text === '') return null;
  const authors = take(table.authors).join('; ');
  const date = takeDate(table, fields, used);
  const doi = takeDoi(table, fields, used);
  const id = take(table.id)[0] ?? '';
  const url = takeUrl(table, fields, used) || (doi && `https://doi.org/${doi}`) || (id && table.urlOfId?.(id)) || '';
  const columns = new Map<string, Cell>([
    ['title', title],
    ['abstract', text],
    ['authors', authors],
    ['date', date],
    ['url', url],
    [table.idName ?? 'id', id],
  ]);
  if (doi !== '') columns.set('doi', doi);
  for (const [tag, values] of fields) if (!used.has(tag)) addColumn(columns, table, tag, values);
  return { names: [...columns.keys()], values: [...columns.values()] };
}

/** Adds what has no role. A name that is taken by another value is replaced by the tag itself, so that nothing is lost. */
function addColumn(columns: Map<string, Cell>, table: TagTable, tag: string, found: readonly string[]): void {
  const parts = table.split?.includes(tag) ? found.flatMap((value) => value.split(';')) : found;
  const values = parts.map((value) => value.trim()).filter((value) => value !== '');
  if (values.length === 0) return;
  const isList = table.lists.includes(tag) || table.split?.includes(tag) || values.length > 1;
  const value = isList ? [...new Set(values)] : values[0];
  const name = Object.hasOwn(table.names, tag) ? table.names[tag] : tag;
  const taken = columns.get(name);
  if (taken === undefined) columns.set(name, value);
  else if (String(taken) !== String(value) && !columns.has(tag)) columns.set(tag, value);
}

/**
 * The most exact date of a record. A date whose day and month could be either is left as it is written, to be settled by
 * all dates of the file.
 */
function takeDate(table: TagTable, fields: Fields, used: Set<string>): string {
  const written = table.date.flatMap((tag) => fields.get(tag) ?? []).filter((value) => value !== '');
  const best = bestDate(written);
  const open = written.find((value) => (parseDate(value, 'day-first')?.length ?? 0) > (best?.length ?? 0));
  const date = open ?? best ?? written.join(' ');
  for (const tag of table.date) {
    const values = fields.get(tag) ?? [];
    if (values.every((value) => value === date || value === '' || isPartOf(value, best))) used.add(tag);
  }
  return date;
}

/** Whether `value`, a date or a part of one, says no more than `date` does. */
function isPartOf(value: string, date: string | null): boolean {
  if (date === null) return true;
  const parsed = parseDate(value);
  if (parsed === null) return (bestDate([date.slice(0, 4), value])?.length ?? 0) > 4;
  return date.startsWith(parsed) || parsed === `-${date.slice(4)}`;
}

function takeDoi(table: TagTable, fields: Fields, used: Set<string>): string {
  let doi = '';
  for (const tag of table.doi) {
    const values = fields.get(tag) ?? [];
    const found = values.map((value) => DOI.exec(value)?.[1] ?? null);
    doi ||= found.find((each) => each !== null) ?? '';
    if (values.length > 0 && found.every((each) => each?.toLowerCase() === doi.toLowerCase())) used.add(tag);
  }
  return doi;
}

/** A DOI alone, as an address, or before its mark in MEDLINE: `10.1000/x [doi]`. */
const DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/[^\s"<>]+)(?:\s*\[doi\])?$/iu;

function takeUrl(table: TagTable, fields: Fields, used: Set<string>): string {
  for (const tag of table.url) {
    const values = (fields.get(tag) ?? []).filter((value) => value !== '');
    const url = values.map(parseUrl).find((each) => each !== null);
    if (!url) continue;
    if (values.length === 1) used.add(tag);
    return url;
  }
  return '';
}

import { columnDates } from '../../facet/column-facet.ts';
import { itemsOf } from '../../model/list-values.ts';
import type { Column, ColumnValue, Corpus } from '../../model/paper.ts';
import { type TopicView, topicAt } from '../../model/topic-view.ts';
import { displayTitle, readableNames, readableText } from '../../text/readable.ts';
import { COLUMN } from '../coloring.ts';
import { formatDate } from '../messages.ts';
import type { State } from '../state.ts';
import type { SortKey } from './order.ts';

/** A column of the table. */
export interface TableColumn {
  /** `title`, `text`, `topic`, `authors`, `date`, `source`, `id`, or `column:` and a name. */
  readonly id: string;
  readonly name: string;
  /** What its values are ordered as, and told by: `lowest first`, `earliest first`, `A to Z`. */
  readonly kind: 'text' | 'number' | 'date';
  /** The cell of paper `index` in one line; '' for no value. O(length). */
  cellOf(index: number): string;
  /** What paper `index` is ordered by. */
  keyOf(index: number): SortKey;
}

/** What the columns are made of. */
export interface ColumnSource {
  readonly corpus: Corpus;
  readonly topics: TopicView | null;
  readonly dayOrders: State['dayOrders'];
}

/** Longest text of a cell or a key: more is neither seen nor needed to order by. */
const MAX_CELL = 300;
/** Columns at first, so that they fit beside each other. */
const FIRST_COLUMNS = 6;
/** Values of a column that are longer than this on average are texts, which are not shown at first. */
const MAX_FIRST_LENGTH = 40;
/** Values looked at to tell that. */
const LOOKED_AT = 200;

/** Every column of the shown papers that has values, in order: the papers' own fields, then the file's columns. O(n). */
export function tableColumns(source: ColumnSource): TableColumn[] {
  return [...fieldColumns(source), ...source.corpus.columns.map((column) => ownColumn(column, source.dayOrders))];
}

/** The ids of the columns to show at first: title, topic, date, authors, and further ones of short values. */
export function firstColumns({ corpus }: ColumnSource, columns: readonly TableColumn[]): string[] {
  const fields = ['title', 'topic', 'date', 'authors'].filter((id) => columns.some((column) => column.id === id));
  const short = corpus.columns.filter(isShort).map(({ name }) => COLUMN + name);
  return [...fields, ...short].slice(0, FIRST_COLUMNS);
}

function fieldColumns({ corpus: { papers }, topics }: ColumnSource): TableColumn[] {
  const topicOf = (index: number): string => topics?.nodes.get(topicAt(topics, index, 0))?.name ?? '';
  const fileOf = (index: number): string => papers[index]?.sources[0]?.file ?? '';
  const hasText = papers.some(({ title, text }) => title !== '' && text !== '');
  const isDated = papers.some(({ date }) => date !== null);
  return [
    textColumn('title', 'Title', (index) => titleOf(papers[index])),
    ...(hasText ? [textColumn('text', 'Text', (index) => papers[index]?.text ?? '', oneLine)] : []),
    ...(topics && topics.tops.length > 0 ? [textColumn('topic', 'Topic', topicOf)] : []),
    ...(papers.some(({ authors }) => authors) ? [textColumn('authors', 'Authors', (i) => namesOf(papers[i]))] : []),
    ...(isDated ? [dateColumn('date', 'Date', (index) => papers[index]?.date ?? null)] : []),
    ...(severalFiles(papers) ? [textColumn('source', 'File', fileOf)] : []),
    textColumn('id', 'Id', (index) => papers[index]?.id ?? ''),
  ];
}

type Papers = Corpus['papers'];

/** '' for a paper of no text at all. */
function titleOf(paper: Papers[number] | undefined): string {
  return paper && paper.title + paper.text !== '' ? displayTitle(paper) : '';
}

function namesOf(paper: Papers[number] | undefined): string {
  return readableNames(paper?.authors?.slice(0, MAX_CELL) ?? '');
}

function severalFiles(papers: Papers): boolean {
  const [first] = papers;
  return papers.some(({ sources }) => sources[0]?.file !== first.sources[0]?.file);
}

function textColumn(
  id: string,
  name: string,
  textOf: (index: number) => string,
  shown: (text: string) => string = cut,
): TableColumn {
  const cellOf = (index: number): string => shown(textOf(index));
  return { id, name, kind: 'text', cellOf, keyOf: (index) => cellOf(index) || null };
}

function dateColumn(id: string, name: string, dateOf: (index: number) => string | null): TableColumn {
  return {
    ...{ id, name, kind: 'date' },
    cellOf: (index) => formatDate(dateOf(index) ?? ''),
    keyOf: (index) => timeOf(dateOf(index)),
  };
}

/** A column of the file, read when it is first asked for: reading all of many columns takes long. */
function ownColumn(column: Column, dayOrders: State['dayOrders']): TableColumn {
  let read: TableColumn | null = null;
  const known = (): TableColumn => {
    read ??= readColumn(column, dayOrders);
    return read;
  };
  return {
    id: COLUMN + column.name,
    name: column.name,
    get kind() {
      return known().kind;
    },
    cellOf: (index) => known().cellOf(index),
    keyOf: (index) => known().keyOf(index),
  };
}

/** As dates if nearly all values are, as filters read them; as numbers if all are; otherwise as texts. */
function readColumn({ name, values, isList }: Column, dayOrders: State['dayOrders']): TableColumn {
  const id = COLUMN + name;
  if (isList) return textColumn(id, name, (index) => itemsOf(values[index]).join(', '), oneLine);
  const read = columnDates(values, name, dayOrders[id] ?? null);
  if (read) {
    const keyOf = (index: number): SortKey => exactTime(values[index]) ?? timeOf(read.dates[index]);
    const shown = (value: ColumnValue, index: number): string =>
      typeof value === 'number' ? formatDate(read.dates[index] ?? '') : textOf(value);
    return { ...{ id, name, kind: 'date', keyOf }, cellOf: (index) => shown(values[index], index) };
  }
  if (areNumbers(values)) {
    const keyOf = (index: number): SortKey => numberOf(values[index]);
    return { ...{ id, name, kind: 'number', keyOf }, cellOf: (index) => textOf(values[index]) };
  }
  return textColumn(id, name, (index) => textOf(values[index]), oneLine);
}

function isShort({ values }: Column): boolean {
  const looked = values.filter((value) => value !== null && value !== '').slice(0, LOOKED_AT);
  const length = looked.reduce<number>((sum, value) => sum + textOf(value).length, 0);
  return looked.length > 0 && length <= MAX_FIRST_LENGTH * looked.length;
}

function textOf(value: ColumnValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** Numbers that a file has as texts count too. */
function areNumbers(values: readonly ColumnValue[]): boolean {
  let found = 0;
  for (const value of values) {
    if (value === null || value === '') continue;
    if (typeof value === 'boolean' || numberOf(value) === null) return false;
    found++;
  }
  return found > 0;
}

function numberOf(value: ColumnValue | undefined): number | null {
  if (typeof value !== 'number' && (typeof value !== 'string' || value.trim() === '')) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

const DATE = /^(\d{4,6})(?:-(\d\d))?(?:-(\d\d))?/u;
const WITH_TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/u;

/** The beginning of an ISO 8601 date in milliseconds; null for none, and for a date without a year. */
function timeOf(date: string | null): number | null {
  const match = DATE.exec(date ?? '');
  if (!match) return null;
  const [, year, month = '1', day = '1'] = match;
  // Date.UTC would read the years 0 to 99 as those of the last century.
  return new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
}

/** The time of a value that has one, which is lost where columns are read as dates. */
function exactTime(value: ColumnValue | undefined): number | null {
  const time = typeof value === 'string' && WITH_TIME.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isFinite(time) ? time : null;
}

function oneLine(text: string): string {
  return readableText(text.slice(0, MAX_CELL)).replace(/\s+/gu, ' ').trim();
}

function cut(text: string): string {
  return text.slice(0, MAX_CELL);
}

import type { PortolanFilter, PortolanLayout, PortolanReadOptions } from '../../../public/portolan.d.ts';
import { SHEET_SHAPES } from '../../export/picture/sheet.ts';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { Facet } from '../../facet/facet.ts';
import { nounFrom } from '../../model/noun.ts';
import type { FilePreview, ReadOptions } from '../../read/read.api.ts';
import { urlOptions, withLayout } from '../address/url.ts';
import type { ExportOrder } from '../maps/export-map.ts';
import type { ImportPlan, State } from '../state.ts';

/** The rejection of a port call: a failure in the page's words, or `bad-call` for a wrong argument. */
export class PortError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'PortolanError';
    this.code = code;
  }
}

/** The error for a wrong call. */
export function badCall(message: string): PortError {
  return new PortError('bad-call', message);
}

// Scripts are not bound by the port's types: each function below rejects an argument of the wrong type before the call
// changes anything on the page.

/** Checks the argument of `open`. */
export function needMap(map: unknown): void {
  const isMap = typeof map === 'string' || map instanceof Blob || map instanceof ArrayBuffer;
  if (!isMap) throw badCall('open() takes an address, a Blob or an ArrayBuffer');
}

/** Checks the argument of `read`. */
export function needPapers(papers: unknown): void {
  const files = Array.isArray(papers) ? papers : [papers];
  const isPapers = typeof papers === 'string' || (files.length > 0 && files.every((file) => file instanceof File));
  if (!isPapers) throw badCall('read() takes a text, a File or a list of them that is not empty');
}

/** The papers that wait, all of them read. */
export function needPlan({ plan }: State): ImportPlan {
  if (!plan) throw badCall('no papers wait: read() some first');
  if (!plan.isCounted) throw badCall('the papers are still being read: wait for read()');
  return plan;
}

/** Rejects what would end a run. */
export function needNoRun({ job }: State): void {
  if (job?.kind === 'building') throw new PortError('busy', `“${job.name}” is being made: wait for it, or cancel() it`);
}

/** Checks the second argument of `read`. */
export function needReadOptions(options: unknown): void {
  const { all, files, merge, noun, ...others } = needObject('the options of read()', options);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw badCall(`read() has no option “${unknown}”: it takes all, files, merge and noun`);
  if (merge !== undefined) needOneOf('merge', merge, ['id', 'same', 'title', 'none']);
  if (noun !== undefined && (typeof noun !== 'string' || !nounFrom(noun)))
    throw badCall('noun takes a word, or two with a slash between');
  if (all !== undefined) needFileOptions(all);
  if (files !== undefined) Object.values(needObject('files', files)).forEach(needFileOptions);
}

/** Checks that the columns that `read` was told to use are in the files; those that could not be read are left out. */
export function needColumns(previews: readonly FilePreview[], { all, files }: PortolanReadOptions): void {
  const tables = previews.flatMap(({ file, table }) => (table ? [{ file, headers: table.headers }] : []));
  for (const [role, column] of Object.entries(all?.roles ?? {})) {
    const isThere = typeof column !== 'string' || tables.some(({ headers }) => headers.includes(column));
    if (!isThere)
      throw badCall(`${role}: no file has a column “${column}”: ${namesOf(tables.flatMap((one) => one.headers))}`);
  }
  for (const [file, { roles }] of Object.entries(files ?? {})) {
    if (!previews.some((one) => one.file === file)) throw badCall(`there is no file “${file}” among those read`);
    const headers = tables.find((one) => one.file === file)?.headers ?? [];
    for (const [role, column] of Object.entries(roles ?? {})) {
      if (typeof column !== 'string' || headers.includes(column)) continue;
      throw badCall(`${role}: ${file} has no column “${column}”: ${namesOf(headers)}`);
    }
  }
}

/** What the reader takes, from checked options of `read`. */
export function readingChoices({ noun: words = '', ...options }: PortolanReadOptions): ReadOptions {
  const noun = nounFrom(words);
  return noun ? { ...options, noun } : options;
}

/**
 * Checks the argument of `make`. Options that the address does not give back are unknown or out of range.
 * @returns the page's hash with the layout in it
 */
export function hashWithLayout(hash: string, layout: PortolanLayout): string {
  const given = Object.entries(layout ?? {}).filter(([, value]) => value !== undefined);
  const changed = withLayout(hash, Object.fromEntries(given));
  const read = new Map<string, unknown>(Object.entries(urlOptions(changed)));
  const wrong = given.find(([name, value]) => read.get(name) !== value);
  if (wrong) throw badCall(`make() takes no layout with ${wrong[0]} ${String(wrong[1])}`);
  return given.length > 0 ? changed : hash;
}

/** Checks the arguments of `search`. */
export function needQuery(query: unknown, mode: unknown, limit: unknown): void {
  if (typeof query !== 'string') throw badCall('search() takes a query, which is a string');
  needOneOf('mode', mode, ['hybrid', 'words', 'meaning']);
  if (typeof limit !== 'number' || !(limit >= 0)) throw badCall(`limit takes a number from 0 up, got ${String(limit)}`);
}

/** Checks the argument of `select`: paper numbers of a map of `count` papers. */
export function needPaperNumbers(papers: unknown, count: number): void {
  const isPapers = Array.isArray(papers) && papers.every((paper) => isIndex(paper, count));
  if (!isPapers) throw badCall('select() takes numbers of papers, or a topic');
}

/** Checks the argument of `openPaper`: a paper number of a map of `count` papers, or −1. */
export function needPaperNumber(paper: unknown, count: number): void {
  if (paper !== -1 && !isIndex(paper, count)) throw badCall(`the map has no paper ${String(paper)}`);
}

/** Checks the argument of `filter`: a filter that `facet` can have, or null. */
export function needFilter(filter: PortolanFilter | null, facet: Facet): void {
  if (filter === null) return;
  const kinds = facet.kind === 'category' ? ['only', 'without'] : ['ranges'];
  needOneOf('kind', filter?.kind, kinds);
  if (filter.kind === 'ranges') {
    const { ranges, keepsMissing } = filter;
    const isWhole = Array.isArray(ranges) && ranges.every((one) => Number(one?.from) <= Number(one?.to));
    if (!isWhole || typeof keepsMissing !== 'boolean') throw badCall('a filter has ranges from … to, and keepsMissing');
    return;
  }
  if (!Array.isArray(filter.keys)) throw badCall('a filter by values has keys');
  const { keys, tree } = facet.kind === 'category' ? facet : { keys: [], tree: undefined };
  const known = new Set([...keys, ...(tree?.branches.keys() ?? []), NO_VALUE_KEY]);
  const unknown = filter.keys.find((key) => !known.has(key));
  if (unknown !== undefined) throw badCall(`the facet has no value with the key “${unknown}”`);
}

/** Checks the argument of `export`. */
export function needExport({ format, scale, theme, picture = {} }: ExportOrder): void {
  needOneOf('format', format, ['parquet', 'jsonl', 'csv', 'bibtex', 'png', 'svg', 'html', 'wizmap', 'atlas']);
  needOneOf('theme', theme, ['light', 'dark']);
  if (!(scale > 0 && scale <= MAX_SCALE))
    throw badCall(`scale takes a number above 0 up to ${MAX_SCALE}, got ${scale}`);
  const { shape = 'wide', shows = 'whole', names = 'top', title, subtitle, source } = picture;
  needOneOf('picture.shape', shape, Object.keys(SHEET_SHAPES));
  needOneOf('picture.shows', shows, ['whole', 'view']);
  needOneOf('picture.names', names, ['none', 'top', 'more']);
  for (const [key, text] of Object.entries({ title, subtitle, source }))
    if (text !== undefined && text !== null) needText(`picture.${key}`, text);
}

/** Checks the argument of `on`. */
export function needListener(listener: unknown): void {
  if (typeof listener !== 'function') throw badCall('on() takes a function that is called with each event');
}

/** The largest scale in the export dialog: larger canvases fail, at a size that depends on the browser. */
const MAX_SCALE = 4;

type Check = (name: string, value: unknown) => void;

const needText: Check = (name, value) => {
  if (typeof value !== 'string') throw badCall(`${name} takes a string, got ${String(value)}`);
};

const needCount: Check = (name, value) => {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
    throw badCall(`${name} takes a whole number from 0 up, got ${String(value)}`);
};

const needCharacter: Check = (name, value) => {
  if (typeof value !== 'string' || value.length > 1) throw badCall(`${name} takes one character, got ${String(value)}`);
};

const needRoles: Check = (_, value) => {
  for (const [role, column] of Object.entries(needObject('roles', value))) {
    needOneOf('a role', role, ['id', 'title', 'text', 'authors', 'date', 'url']);
    if (column !== null) needText(role, column);
  }
};

/** What each option of a file takes. */
const FILE_OPTIONS = new Map<string, Check>(
  Object.entries({
    ...{ format: needText, encoding: needText, list: needText, sheet: needText },
    ...{ delimiter: needCharacter, quote: needCharacter, skipLines: needCount, headerRow: needCount },
    roles: needRoles,
    dayOrder: (name: string, value: unknown) => needOneOf(name, value, ['day-first', 'month-first']),
  }),
);

function needFileOptions(options: unknown): void {
  for (const [name, value] of Object.entries(needObject('the options of a file', options))) {
    const check = FILE_OPTIONS.get(name);
    if (!check) throw badCall(`a file has no option “${name}”: there are ${[...FILE_OPTIONS.keys()].join(', ')}`);
    if (value !== undefined) check(name, value);
  }
}

function needObject(what: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badCall(`${what} must be an object`);
  return { ...value };
}

/** Columns named in an error. */
const MAX_NAMED = 20;

function namesOf(headers: readonly string[]): string {
  const all = [...new Set(headers)];
  if (all.length === 0) return 'there are none';
  return `there are ${all.slice(0, MAX_NAMED).join(', ')}${all.length > MAX_NAMED ? ' and others' : ''}`;
}

function needOneOf(name: string, value: unknown, all: readonly string[]): void {
  if (typeof value !== 'string' || !all.includes(value)) {
    throw badCall(`${name} takes one of ${all.join(', ')}, got ${String(value)}`);
  }
}

function isIndex(value: unknown, count: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count;
}

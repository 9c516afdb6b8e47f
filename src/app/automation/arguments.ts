import type { PortolanFilter, PortolanLayout } from '../../../public/portolan.d.ts';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { Facet } from '../../facet/facet.ts';
import { urlOptions, withLayout } from '../address/url.ts';
import type { ExportOrder } from '../maps/export-map.ts';

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
export function needExport({ format, scale, theme }: ExportOrder): void {
  needOneOf('format', format, ['parquet', 'jsonl', 'csv', 'bibtex', 'png', 'svg', 'html']);
  needOneOf('theme', theme, ['light', 'dark']);
  if (!(scale > 0 && scale <= MAX_SCALE))
    throw badCall(`scale takes a number above 0 up to ${MAX_SCALE}, got ${scale}`);
}

/** Checks the argument of `on`. */
export function needListener(listener: unknown): void {
  if (typeof listener !== 'function') throw badCall('on() takes a function that is called with each event');
}

/** The largest scale in the export dialog: larger canvases fail, at a size that depends on the browser. */
const MAX_SCALE = 4;

function needOneOf(name: string, value: unknown, all: readonly string[]): void {
  if (typeof value !== 'string' || !all.includes(value)) {
    throw badCall(`${name} takes one of ${all.join(', ')}, got ${String(value)}`);
  }
}

function isIndex(value: unknown, count: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count;
}

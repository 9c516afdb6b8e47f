import type { PortolanFilter, PortolanLayout } from '../../../public/portolan.d.ts';
import { NO_VALUE_KEY } from '../../facet/category-facet.ts';
import type { Facet } from '../../facet/facet.ts';
import { urlOptions, withLayout } from '../address/url.ts';
import type { ExportOrder } from '../maps/export-map.ts';

/** What a call of the port rejects with: a failure of the page in its own words, or `bad-call` for a wrong argument. */
export class PortError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'PortolanError';
    this.code = code;
  }
}

/** The error of a call that cannot be served as it was made. */
export function badCall(message: string): PortError {
  return new PortError('bad-call', message);
}

// Scripts are not held to the types of the port: each function below refuses what is not of its argument's type, before
// the call changes anything of the page.

/** Of `open`. */
export function needMap(map: unknown): void {
  const isMap = typeof map === 'string' || map instanceof Blob || map instanceof ArrayBuffer;
  if (!isMap) throw badCall('open() takes an address, a Blob or an ArrayBuffer');
}

/** Of `read`. */
export function needPapers(papers: unknown): void {
  const files = Array.isArray(papers) ? papers : [papers];
  const isPapers = typeof papers === 'string' || (files.length > 0 && files.every((file) => file instanceof File));
  if (!isPapers) throw badCall('read() takes a text, a File or a list of them that is not empty');
}

/**
 * Of `make`. What the address would not give back is none of its options, or out of range.
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

/** Of `search`. */
export function needQuery(query: unknown, mode: unknown, limit: unknown): void {
  if (typeof query !== 'string') throw badCall('search() takes a query, which is a string');
  needOneOf('mode', mode, ['hybrid', 'words', 'meaning']);
  if (typeof limit !== 'number' || !(limit >= 0)) throw badCall(`limit takes a number from 0 up, got ${String(limit)}`);
}

/** Of `select`: numbers of papers of a map of `count`. */
export function needPaperNumbers(papers: unknown, count: number): void {
  const isPapers = Array.isArray(papers) && papers.every((paper) => isIndex(paper, count));
  if (!isPapers) throw badCall('select() takes numbers of papers, or a topic');
}

/** Of `openPaper`: the number of a paper of a map of `count`, or −1. */
export function needPaperNumber(paper: unknown, count: number): void {
  if (paper !== -1 && !isIndex(paper, count)) throw badCall(`the map has no paper ${String(paper)}`);
}

/** Of `filter`: one that says something about `facet`, or null. */
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

/** Of `export`. */
export function needExport({ format, scale, theme }: ExportOrder): void {
  needOneOf('format', format, ['parquet', 'jsonl', 'csv', 'bibtex', 'png', 'svg', 'html']);
  needOneOf('theme', theme, ['light', 'dark']);
  if (!(scale > 0 && scale <= MAX_SCALE))
    throw badCall(`scale takes a number above 0 up to ${MAX_SCALE}, got ${scale}`);
}

/** Of `on`. */
export function needListener(listener: unknown): void {
  if (typeof listener !== 'function') throw badCall('on() takes a function that is called with each event');
}

/** The largest pictures that the export dialog offers: beyond it canvases fail, each browser at its own size. */
const MAX_SCALE = 4;

function needOneOf(name: string, value: unknown, all: readonly string[]): void {
  if (typeof value !== 'string' || !all.includes(value)) {
    throw badCall(`${name} takes one of ${all.join(', ')}, got ${String(value)}`);
  }
}

function isIndex(value: unknown, count: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < count;
}

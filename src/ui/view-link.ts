import type { ThemeChoice } from './store.ts';

/** Colourings that are no columns. */
export const LINK_COLORS = ['topic', 'nearest-topic', 'trust', 'source', 'year', 'none'] as const;

export type LinkColor = (typeof LINK_COLORS)[number];

/**
 * What a link to a view says besides the map: nothing of the user's texts but the words that they searched for. Papers
 * and columns are told by number, since their names are data.
 */
export interface ViewLink {
  /** Middle of the canvas in map units, and the zoom as in map-actions.ts; null for the whole map. */
  readonly camera: { readonly x: number; readonly y: number; readonly zoom: number } | null;
  /** '' when nothing is searched for; at most {@link MAX_QUERY} UTF-16 units. */
  readonly query: string;
  /** Paper index, −1 for none. */
  readonly selected: number;
  /** One of {@link LINK_COLORS}, or a column by its number from 0; null for the map's own choice. */
  readonly color: LinkColor | number | null;
  /** Null for the reader's own choice. */
  readonly theme: Exclude<ThemeChoice, 'auto'> | null;
}

export const PLAIN_VIEW: ViewLink = { camera: null, query: '', selected: -1, color: null, theme: null };

const MAX_QUERY = 300;

/** Characters of a whole hash, `#` included: what mail programs and chats pass on unbroken. */
const MAX_HASH = 2000;

/** Of the meaning of the keys below. A link of a later version is read as far as it is understood. */
const VERSION = '1';

const KEYS = ['v', 'at', 'q', 'sel', 'color', 'theme'];

/** The view that `hash` asks for. Whatever is malformed or out of range counts as absent, key by key. Never throws. */
export function readViewLink(hash: string): ViewLink {
  const pairs = new URLSearchParams(hash.replace(/^#/u, ''));
  const theme = pairs.get('theme');
  return {
    camera: cameraOf(pairs.get('at')),
    query: (pairs.get('q') ?? '').slice(0, MAX_QUERY),
    selected: wholeNumber(pairs.get('sel')) ?? -1,
    color: colorOf(pairs.get('color')),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}

/**
 * `hash` with `view` in place of the view that it held; the other keys (the map, the seed, whatever a later version
 * knows) stay as they are. A hash that would grow over 2,000 characters loses its query, then every key that is unknown
 * here: a view that cannot be passed on is none.
 */
export function writeViewLink(hash: string, view: ViewLink): string {
  const pairs = new URLSearchParams(hash.replace(/^#/u, ''));
  for (const key of KEYS) pairs.delete(key);
  const own = ownPairs(view);
  const whole = format([...pairs, ...own]);
  if (whole.length <= MAX_HASH) return whole;
  const withoutQuery = format([...pairs, ...own.filter(([key]) => key !== 'q')]);
  if (withoutQuery.length <= MAX_HASH) return withoutQuery;
  return format(own.filter(([key]) => key !== 'q'));
}

function ownPairs({ camera, query, selected, color, theme }: ViewLink): [string, string][] {
  const pairs: [string, string][] = [];
  if (camera) pairs.push(['at', [camera.x, camera.y, camera.zoom].map(shortNumber).join(',')]);
  if (query !== '') pairs.push(['q', query.slice(0, MAX_QUERY)]);
  if (selected >= 0) pairs.push(['sel', String(selected)]);
  if (color !== null) pairs.push(['color', String(color)]);
  if (theme !== null) pairs.push(['theme', theme]);
  return pairs.length === 0 ? [] : [['v', VERSION], ...pairs];
}

/** Commas and slashes stand for themselves: nothing in a hash needs them escaped, and links are read by people. */
function format(pairs: readonly [string, string][]): string {
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, value])).toString();
  return text === '' ? '' : `#${text.replaceAll('%2C', ',').replaceAll('%2F', '/')}`;
}

/** Four digits after the point: a tenth of a pixel at the deepest zoom of a large screen is not told, nor seen. */
function shortNumber(value: number): string {
  return String(Math.round(value * 1e4) / 1e4);
}

const MAX_COORDINATE = 100;
const MIN_ZOOM = 0.01;
const MAX_ZOOM = 1000;

function cameraOf(value: string | null): ViewLink['camera'] {
  const parts = (value ?? '').split(',');
  if (parts.length !== 3 || parts.some((part) => !/^-?\d{1,4}(?:\.\d{1,8})?$/u.test(part))) return null;
  const [x, y, zoom] = parts.map(Number);
  const isNear = Math.abs(x) <= MAX_COORDINATE && Math.abs(y) <= MAX_COORDINATE;
  return isNear && zoom >= MIN_ZOOM && zoom <= MAX_ZOOM ? { x, y, zoom } : null;
}

function colorOf(value: string | null): ViewLink['color'] {
  const named = LINK_COLORS.find((color) => color === value);
  if (named) return named;
  return wholeNumber(value);
}

function wholeNumber(value: string | null): number | null {
  return value !== null && /^\d{1,7}$/u.test(value) ? Number(value) : null;
}

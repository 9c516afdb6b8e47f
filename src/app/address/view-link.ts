import type { SearchMode } from '../../search/search.api.ts';
import type { ThemeChoice } from '../state.ts';
import {
  formatFacet,
  formatFilters,
  formatSpans,
  type LinkFacet,
  type LinkFilter,
  MAX_PAPER,
  parseFacet,
  parseFilters,
  parseSpans,
  type Span,
} from './link-parts.ts';

/** Colourings that are not columns. */
export const LINK_COLORS = ['topic', 'nearest-topic', 'trust', 'kept', 'source', 'year', 'none'] as const;

/** One of {@link LINK_COLORS}. */
export type LinkColor = (typeof LINK_COLORS)[number];

/**
 * What a link to a view says besides the map. Of the user's texts it contains only the words searched for: papers,
 * topics, columns and values are given by number, since their names are data.
 */
export interface ViewLink {
  /** Middle of the canvas in map units, and the zoom as in view.ts; null for the whole map. */
  readonly camera: { readonly x: number; readonly y: number; readonly zoom: number } | null;
  /** '' for no query; at most {@link MAX_QUERY} UTF-16 units. */
  readonly query: string;
  readonly mode: SearchMode;
  /** Papers that serve as examples: more like these, less like those. */
  readonly like: readonly number[];
  readonly unlike: readonly number[];
  /** Paper index, −1 for none. */
  readonly selected: number;
  /** The open topic's id, −1 for none. */
  readonly topic: number;
  /** The papers selected as a group. */
  readonly selection: readonly Span[];
  readonly filters: readonly LinkFilter[];
  /** The facet of the timeline; null for none. */
  readonly timeline: LinkFacet | null;
  /** One of {@link LINK_COLORS}, or a column by its number from 0; null for the map's own choice. */
  readonly color: LinkColor | number | null;
  /** Null for the reader's own theme. */
  readonly theme: Exclude<ThemeChoice, 'auto'> | null;
}

/** A written link. */
export interface WrittenLink {
  readonly hash: string;
  /** The parts that did not fit. */
  readonly left: readonly LinkPart[];
}

/** Parts of a view that may be long; the first is left out first. */
const LONG_PARTS = ['selection', 'filters', 'examples', 'query'] as const;

/** A part of a view that may be left out of a link. */
export type LinkPart = (typeof LONG_PARTS)[number];

const MAX_QUERY = 300;

/** Longest hash in characters, `#` included, that mail programs and chats pass on unbroken. */
const MAX_HASH = 2000;

/** Version of the keys' meaning. Links of a later version are read as far as they are understood. */
const VERSION = '1';

const MODES: readonly SearchMode[] = ['hybrid', 'words', 'meaning'];

/** The view that `hash` asks for. Each malformed or out-of-range key counts as absent. Never throws. */
export function readViewLink(hash: string): ViewLink {
  const pairs = new URLSearchParams(hash.replace(/^#/u, ''));
  const text = (key: OwnKey): string => (pairs.get(key) ?? '').slice(0, MAX_HASH);
  const theme = pairs.get('theme');
  return {
    camera: cameraOf(pairs.get('at')),
    query: (pairs.get('q') ?? '').slice(0, MAX_QUERY),
    mode: MODES.find((mode) => mode === pairs.get('mode')) ?? 'hybrid',
    like: papersOf(text('like')),
    unlike: papersOf(text('unlike')),
    selected: wholeNumber(pairs.get('sel')) ?? -1,
    topic: wholeNumber(pairs.get('topic')) ?? -1,
    selection: parseSpans(text('group')),
    filters: parseFilters(text('f')),
    timeline: parseFacet(pairs.get('time')),
    color: colorOf(pairs.get('color')),
    theme: theme === 'light' || theme === 'dark' ? theme : null,
  };
}

/**
 * `hash` with its view replaced by `view`. Other keys (the map, the seed, keys of a later version) stay as they are. If
 * the hash would exceed {@link MAX_HASH}, the long parts are dropped one by one, and finally every unknown key, because
 * a link that cannot be passed on is of no use.
 */
export function writeViewLink(hash: string, view: ViewLink): WrittenLink {
  const pairs = new URLSearchParams(hash.replace(/^#/u, ''));
  for (const [key] of OWN_KEYS) pairs.delete(key);
  const others = [...pairs];
  const left: LinkPart[] = [];
  let whole = format([...others, ...ownPairs(view, left)]);
  for (const part of LONG_PARTS) {
    if (whole.length <= MAX_HASH) break;
    const without = format([...others, ...ownPairs(view, [...left, part])]);
    if (without.length < whole.length) left.push(part);
    whole = without;
  }
  return { hash: whole.length <= MAX_HASH ? whole : format(ownPairs(view, left)), left };
}

type OwnKey = (typeof OWN_KEYS)[number][0];

/** The keys in the order of writing, each with the long part that it belongs to. */
const OWN_KEYS = [
  ['v', null],
  ['at', null],
  ['q', 'query'],
  ['mode', null],
  ['like', 'examples'],
  ['unlike', 'examples'],
  ['sel', null],
  ['topic', null],
  ['group', 'selection'],
  ['f', 'filters'],
  ['time', null],
  ['color', null],
  ['theme', null],
] as const;

function ownPairs(view: ViewLink, left: readonly LinkPart[]): [string, string][] {
  const { camera, query, mode, selected, topic, timeline, color, theme } = view;
  const values: Readonly<Record<OwnKey, string>> = {
    v: '',
    at: camera ? [camera.x, camera.y, camera.zoom].map(shortNumber).join(',') : '',
    q: query.slice(0, MAX_QUERY),
    mode: mode === 'hybrid' ? '' : mode,
    like: view.like.join(','),
    unlike: view.unlike.join(','),
    sel: selected < 0 ? '' : String(selected),
    topic: topic < 0 ? '' : String(topic),
    group: formatSpans(view.selection),
    f: formatFilters(view.filters),
    time: timeline === null ? '' : formatFacet(timeline),
    color: color === null ? '' : String(color),
    theme: theme ?? '',
  };
  const pairs = OWN_KEYS.filter(([key, part]) => values[key] !== '' && (part === null || !left.includes(part)));
  return pairs.length === 0 ? [] : [['v', VERSION], ...pairs.map(([key]): [string, string] => [key, values[key]])];
}

/** Leaves commas and slashes unescaped: a hash does not need them escaped, and people read links. */
function format(pairs: readonly [string, string][]): string {
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, value])).toString();
  return text === '' ? '' : `#${text.replaceAll('%2C', ',').replaceAll('%2F', '/')}`;
}

/** Four decimals: anything finer is under a tenth of a pixel at the deepest zoom of a large screen. */
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

function papersOf(text: string): number[] {
  const numbers = text === '' ? [] : text.split(',').map(wholeNumber);
  return numbers.every((number) => number !== null && number <= MAX_PAPER) ? numbers.filter((n) => n !== null) : [];
}

function wholeNumber(value: string | null): number | null {
  return value !== null && /^\d{1,7}$/u.test(value) ? Number(value) : null;
}

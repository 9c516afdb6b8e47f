import type { DeviceChoice } from '../../encode/backends.web.ts';
import type { TokenBudget } from '../../encode/model-spec.ts';
import { DEFAULT_LAYOUT, type LayoutOptions, NEIGHBOR_RANGE } from '../../pipeline/layout.ts';

/** The options in the address: after `#`, as `key=value` pairs joined by `&`. Unknown keys are ignored. */
export interface UrlOptions extends LayoutOptions {
  /** Map file to open, relative to the page; '' for the sample map, `none` to start without a map. */
  readonly map: string;
  /** Read only this many papers; 0 for all. */
  readonly limit: number;
  /** '' for the model that ships with the page. */
  readonly model: string;
  /** How much of each text is read. */
  readonly budget: TokenBudget;
  /** Encode workers (1…16); null to choose by the device. */
  readonly workers: number | null;
  /** What runs the model; `auto` for whichever is faster. */
  readonly device: DeviceChoice;
  /** The column of vectors for the next map; '' for the first one there is. */
  readonly vectors: string;
  /** Columns of places for the next map, as `x,y`; `none` to lay out, '' for the likeliest if there are any. */
  readonly places: string;
  /** Name of the next map, and the origin and terms of its texts; '' when not given. */
  readonly name: string;
  readonly origin: string;
}

/** Seeds are unsigned 32-bit integers. */
export const MAX_SEED = 2 ** 32 - 1;
const MAX_LENGTH = 300;

/** The options in `hash`; malformed values count as absent. */
export function urlOptions(hash: string): UrlOptions {
  const pairs = new URLSearchParams(hash.replace(/^#/u, ''));
  return {
    map: text(pairs.get('map')),
    limit: wholeNumber(pairs.get('limit'), Number.MAX_SAFE_INTEGER) ?? 0,
    model: text(pairs.get('model')),
    ...layoutOf(pairs),
    budget: pairs.get('budget') === 'fast' ? 'fast' : 'full',
    workers: wholeNumber(pairs.get('workers'), 16) || null,
    vectors: text(pairs.get('vectors')),
    places: text(pairs.get('places')),
    device: deviceOf(pairs.get('device')),
    name: text(pairs.get('name')),
    origin: text(pairs.get('origin')),
  };
}

function deviceOf(value: string | null): DeviceChoice {
  return value === 'webgpu' || value === 'wasm' ? value : 'auto';
}

function layoutOf(pairs: URLSearchParams): LayoutOptions {
  const start = pairs.get('start');
  const neighbors = wholeNumber(pairs.get('neighbors'), NEIGHBOR_RANGE.max);
  return {
    engine: pairs.get('engine') === 'umap-js' ? 'umap-js' : 'portolan',
    start: start === 'spectral' || start === 'pca' ? start : 'words',
    neighbors: neighbors !== null && neighbors >= NEIGHBOR_RANGE.min ? neighbors : DEFAULT_LAYOUT.neighbors,
    minDist: share(pairs.get('mindist')) ?? DEFAULT_LAYOUT.minDist,
    densMap: pairs.get('densmap') === 'on',
    centre: pairs.get('centre') !== 'off',
    topics: pairs.get('topics') === 'umap5' ? 'umap5' : 'map',
    seed: wholeNumber(pairs.get('seed'), MAX_SEED) ?? DEFAULT_LAYOUT.seed,
    threads: wholeNumber(pairs.get('threads'), 16) || null,
  };
}

/** `hash` with another layout; default values are left out. */
export function withLayout(hash: string, changed: Partial<LayoutOptions>): string {
  const pairs = new URLSearchParams(hash.replace(/^#/u, ''));
  const layout = { ...layoutOf(pairs), ...changed };
  const set = (key: string, name: keyof LayoutOptions, value = String(layout[name])): void => {
    if (layout[name] === DEFAULT_LAYOUT[name]) pairs.delete(key);
    else pairs.set(key, value);
  };
  set('engine', 'engine');
  set('start', 'start');
  set('neighbors', 'neighbors');
  set('mindist', 'minDist');
  set('densmap', 'densMap', 'on');
  set('centre', 'centre', 'off');
  set('topics', 'topics');
  set('seed', 'seed');
  set('threads', 'threads');
  return `#${pairs.toString().replaceAll('%2C', ',').replaceAll('%2F', '/')}`;
}

function text(value: string | null): string {
  return value !== null && value.length <= MAX_LENGTH ? value : '';
}

/** 0…1, with at most four decimals. */
function share(value: string | null): number | null {
  return value !== null && /^(?:0(?:\.\d{1,4})?|1(?:\.0{1,4})?)$/u.test(value) ? Number(value) : null;
}

function wholeNumber(value: string | null, max: number): number | null {
  if (value === null || !/^\d{1,16}$/u.test(value)) return null;
  const number = Number(value);
  return number <= max ? number : null;
}

import { StageError } from '../failure.ts';
import { FIRST_FORMAT_VERSION, MAP_FORMAT_VERSION, type MapInfo } from '../map-data.ts';
import { MAX_NOUN_LENGTH, type Noun } from '../noun.ts';
import type { Checksum } from './bytes.ts';
import type { ColumnKind, StoredColumn } from './columns.ts';

/** The Parquet metadata key under which a map file keeps its info as JSON. */
export const INFO_KEY = 'portolan';

/** The beginning of `created_by` in our own files. */
export const CREATED_BY = 'portolan';

/** The key of {@link MapInfo.other} that holds a file's other metadata entries, text by key. */
export const FILE_KEYS = 'fileKeys';

/** What the decoder needs besides the info. */
export interface MapLayout {
  readonly columns: readonly StoredColumn[];
  readonly checksum: Checksum | null;
  /** The topic tree as parsed JSON, not validated yet; null when there is none. */
  readonly topics: unknown;
  /** Kept selections, not validated yet; null when there are none. */
  readonly selections: unknown;
  /** The reduction of the vectors, not validated yet; null when there is none. */
  readonly reduction: unknown;
  /** What the texts are called; absent for papers. */
  readonly noun?: Noun;
}

type Fields = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const KINDS: readonly unknown[] = ['string', 'boolean', 'integer', 'number', 'json'] satisfies ColumnKind[];
const isText: Check = (value) => typeof value === 'string';
const isWord: Check = (value) => typeof value === 'string' && value !== '' && value.length <= MAX_NOUN_LENGTH;
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isBoolean: Check = (value) => typeof value === 'boolean';
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

const SHAPES = {
  counts: { records: isCount, papers: isCount, merged: isCount, skipped: isCount },
  encode: {
    model: isText,
    dtype: isText,
    device: optional(isText),
    dimensions: isCount,
    matryoshka: optional(isBoolean),
    maxPieces: isCount,
  },
  project: {
    engine: isText,
    seed: isNumber,
    neighbors: isCount,
    minDist: isNumber,
    spread: isNumber,
    epochs: isCount,
    start: optional(isText),
    metric: optional(isText),
    centre: optional(isBoolean),
    components: optional((value) => value === null || isCount(value)),
    whiten: optional(isBoolean),
    learningRate: optional(isNumber),
    negativeSampleRate: optional(isNumber),
    setOpMixRatio: optional(isNumber),
    densMap: optional(
      (value) => value === null || (isFields(value) && [value.lambda, value.fraction, value.varShift].every(isNumber)),
    ),
    spaceDimensions: optional((value) => value === null || isCount(value)),
    filled: optional(isBoolean),
  },
  quality: {
    k: isCount,
    neighborPreservation: isNumber,
    trustworthiness: isNumber,
    continuity: optional(isNumber),
    sampled: isCount,
  },
  checksum: { bytes: isCount, hash: isText },
  noun: { one: isWord, many: isWord },
  column: {
    name: isText,
    stored: isText,
    kind: (value: unknown) => KINDS.includes(value),
    isList: optional((value) => value === true),
  },
};
const KNOWN = ['version', 'name', 'origin', 'created', 'generator', 'counts', 'encode', 'project', 'quality'];
const LAYOUT = ['columns', 'checksum', 'topics', 'selections', 'reduction', 'noun'];

/** The JSON stored under {@link INFO_KEY}. Unknown keys come first, so that none of them replaces one of ours. */
export function infoToJson(info: MapInfo, layout: MapLayout): string {
  const { other, ...known } = info;
  const kept = Object.fromEntries(Object.entries(other).filter(([key]) => key !== FILE_KEYS));
  return JSON.stringify({ ...kept, ...known, ...layout });
}

/**
 * The info and layout in `json`. Missing keys get defaults for `n` papers. Keys of a wrong type and invalid JSON are
 * `map-invalid`; a version above ours is `map-newer`.
 */
export function infoFromJson(json: string, n: number): { info: MapInfo; layout: MapLayout } {
  const fields = parseObject(json);
  const version = fields.version ?? FIRST_FORMAT_VERSION;
  if (!isCount(version) || version === 0) throw invalid('version', 'a whole number from 1', version);
  if (Number(version) > MAP_FORMAT_VERSION) {
    const message = `the map file has version ${String(version)}, and this program reads up to ${MAP_FORMAT_VERSION}`;
    throw new StageError('map-newer', 'map-file', message);
  }
  const defaults = defaultInfo(n);
  const info: MapInfo = {
    version: Number(version),
    name: text(fields, 'name', defaults.name),
    origin: fields.origin === null || fields.origin === undefined ? null : text(fields, 'origin', ''),
    created: text(fields, 'created', defaults.created),
    generator: text(fields, 'generator', defaults.generator),
    counts: shaped<MapInfo['counts']>(fields, 'counts', SHAPES.counts) ?? defaults.counts,
    encode: shaped<NonNullable<MapInfo['encode']>>(fields, 'encode', SHAPES.encode),
    project: shaped<NonNullable<MapInfo['project']>>(fields, 'project', SHAPES.project),
    quality: shaped<NonNullable<MapInfo['quality']>>(fields, 'quality', SHAPES.quality),
    other: Object.fromEntries(Object.entries(fields).filter(([key]) => !KNOWN.includes(key) && !LAYOUT.includes(key))),
  };
  const layout = {
    columns: columnsOf(fields),
    checksum: shaped<Checksum>(fields, 'checksum', SHAPES.checksum),
    topics: fields.topics ?? null,
    selections: fields.selections ?? null,
    reduction: fields.reduction ?? null,
    ...nounIn(fields),
  };
  return { info, layout };
}

/** The info of a file of `n` papers that has no metadata of ours. */
export function defaultInfo(n: number): MapInfo {
  return {
    version: FIRST_FORMAT_VERSION,
    name: '',
    origin: null,
    created: '',
    generator: 'unknown',
    counts: { records: n, papers: n, merged: 0, skipped: 0 },
    encode: null,
    project: null,
    quality: null,
    other: {},
  };
}

function parseObject(json: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new StageError('map-invalid', 'map-file', `the metadata is no JSON: ${String(error)}`, { cause: error });
  }
  if (!isFields(parsed)) throw invalid('metadata', 'an object', parsed);
  return parsed;
}

function text(fields: Fields, key: string, otherwise: string): string {
  const value = fields[key] ?? otherwise;
  if (typeof value !== 'string') throw invalid(key, 'text', value);
  return value;
}

function nounIn(fields: Fields): Pick<MapLayout, 'noun'> {
  const noun = shaped<Noun>(fields, 'noun', SHAPES.noun);
  return noun ? { noun: { one: noun.one, many: noun.many } } : {};
}

/** The object under `key` if each of its known fields passes its check; null when there is none. */
function shaped<Shape>(fields: Fields, key: string, shape: Readonly<Record<keyof Shape, Check>>): Shape | null {
  const value = fields[key];
  return value === undefined || value === null ? null : checkShape<Shape>(key, value, shape);
}

function checkShape<Shape>(key: string, value: unknown, shape: Readonly<Record<keyof Shape, Check>>): Shape {
  if (!isFields(value)) throw invalid(key, 'an object', value);
  for (const [field, check] of Object.entries<Check>(shape)) {
    if (!check(value[field])) throw invalid(`${key}.${field}`, 'another value', value[field]);
  }
  return value as Shape; // Each field of the shape has just passed its check.
}

function columnsOf(fields: Fields): StoredColumn[] {
  const columns = fields.columns ?? [];
  if (!Array.isArray(columns)) throw invalid('columns', 'a list', columns);
  return columns.map((column: unknown) => checkShape<StoredColumn>('columns', column, SHAPES.column));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(key: string, expected: string, got: unknown): StageError {
  const shown = (JSON.stringify(got) ?? 'nothing').slice(0, 60);
  return new StageError('map-invalid', 'map-file', `metadata ${key}: expected ${expected}, got ${shown}`);
}

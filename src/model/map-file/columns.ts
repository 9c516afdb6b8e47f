import type { Column, ColumnValue } from '../paper.ts';

/** What a corpus column is stored as. `json`: values of several types, each as its JSON text. */
export type ColumnKind = 'string' | 'boolean' | 'integer' | 'number' | 'json';

/** How a corpus column is stored; kept in the metadata so that reading the file restores its name and types. */
export interface StoredColumn {
  readonly name: string;
  readonly stored: string;
  readonly kind: ColumnKind;
  /** As in {@link Column}; files of older programs have none. */
  readonly isList?: true;
}

const LIST_COLUMNS = ['sources', 'source_lines', 'neighbors', 'neighbor_distances', 'summary', 'topic_path'];

/** The packed vectors of a paper's sentences. */
export const SENTENCES_COLUMN = 'sentence_vectors';

/** Column names used by the map file itself, which a corpus column never gets. */
export const RESERVED_COLUMNS: ReadonlySet<string> = new Set([
  'id',
  'title',
  'text',
  'authors',
  'date',
  'url',
  'x',
  'y',
  'embedding',
  'embedding_scale',
  'topic_confidence',
  'topic_nearest',
  'preservation',
  SENTENCES_COLUMN,
  ...LIST_COLUMNS,
]);

/** The names and kinds under which `columns` are stored: their own names, with `_2`, `_3`… where a name is taken. */
export function planColumns(columns: readonly Column[]): StoredColumn[] {
  const taken = new Set(RESERVED_COLUMNS);
  return columns.map(({ name, values, isList }) => {
    // UTF-8 has no lone surrogates, and readers treat an empty name differently.
    const base = name.replace(/\p{Surrogate}/gu, '\uFFFD') || 'column';
    let stored = base;
    for (let suffix = 2; taken.has(stored) || isInsideList(stored); suffix++)
      stored = `${base.replaceAll('.', '_')}_${suffix}`;
    taken.add(stored);
    return { name, stored, kind: kindOf(values), ...(isList ? { isList } : {}) };
  });
}

/** `values` as the writer needs them for `kind`: integers as bigint, mixed values as JSON text, null for no value. */
export function toStoredValues(values: readonly ColumnValue[], kind: ColumnKind): (ColumnValue | bigint)[] {
  if (kind === 'integer') return values.map((value) => (typeof value === 'number' ? BigInt(value) : null));
  if (kind === 'json') return values.map((value) => (value === null ? null : JSON.stringify(value)));
  return [...values];
}

/** Reverses `toStoredValues` for one value from the reader. Throws a SyntaxError on broken JSON. */
export function fromStoredValue(value: unknown, kind: ColumnKind): ColumnValue {
  if (kind === 'json' && typeof value === 'string') return toColumnValue(JSON.parse(value));
  return toColumnValue(value);
}

/**
 * Converts any Parquet value to a value of a corpus column: integers beyond 2^53 as their digits, bytes as hexadecimal,
 * lists and structs as JSON text.
 */
export function toColumnValue(value: unknown): ColumnValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' || part instanceof Uint8Array ? toColumnValue(part) : part,
  );
}

function kindOf(values: readonly ColumnValue[]): ColumnKind {
  let kind: ColumnKind | null = null;
  for (const value of values) {
    if (value === null) continue;
    const own = kindOfValue(value);
    if (kind === null || kind === own) kind = own;
    else if (isNumeric(kind) && isNumeric(own)) kind = 'number';
    else return 'json';
  }
  return kind ?? 'string';
}

function kindOfValue(value: string | number | boolean): ColumnKind {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'number';
}

function isNumeric(kind: ColumnKind): boolean {
  return kind === 'integer' || kind === 'number';
}

/** hyparquet joins a path with dots, so it would take such a name for a part of one of our lists. */
function isInsideList(name: string): boolean {
  return LIST_COLUMNS.some((list) => name.startsWith(`${list}.`));
}

import type { ColumnSource, SchemaElement } from 'hyparquet-writer';
import type { ColumnKind } from './columns.ts';

/** One column of the file: its schema elements in preorder, and its rows. */
export interface FileColumn {
  readonly schema: readonly SchemaElement[];
  readonly source: ColumnSource;
}

/** One value of such a column. */
export type FileCell = string | number | bigint | boolean | null | Uint8Array | readonly (string | number)[];

/** Text in UTF-8. */
export const STRING: Partial<SchemaElement> = {
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  logical_type: { type: 'STRING' },
};
/** Whole numbers. */
export const INT32: Partial<SchemaElement> = { type: 'INT32' };
/** Numbers of 32 bits. */
export const FLOAT: Partial<SchemaElement> = { type: 'FLOAT' };

/** The type of a column of the corpus by its kind. */
export const KIND_ELEMENTS: Readonly<Record<ColumnKind, Partial<SchemaElement>>> = {
  string: STRING,
  json: STRING,
  boolean: { type: 'BOOLEAN' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
};

/** A column of single values. */
export function flatColumn(
  name: string,
  element: Partial<SchemaElement>,
  data: FileCell[],
  repetition: 'REQUIRED' | 'OPTIONAL',
): FileColumn {
  return { schema: [{ ...element, name, repetition_type: repetition }], source: { name, data } };
}

/**
 * A column of numbers or vectors, written without a dictionary since they hardly repeat. Vectors have no statistics,
 * since bounds of 384 bytes are useless; neither have numbers with NaN among them, whose bounds would be wrong.
 */
export function plainColumn(
  name: string,
  element: Partial<SchemaElement>,
  data: Float32Array | Uint8Array[],
): FileColumn {
  const statistics = data instanceof Float32Array && !data.some(Number.isNaN);
  const source: ColumnSource = { name, data, encoding: 'PLAIN', statistics };
  return { schema: [{ ...element, name, repetition_type: 'REQUIRED' }], source };
}

/** A standard LIST of three levels; neither the list nor an entry is ever null. */
export function listColumn(name: string, element: Partial<SchemaElement>, data: FileCell[]): FileColumn {
  const list: SchemaElement = { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' };
  const schema: SchemaElement[] = [
    { ...list, logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { ...element, name: 'element', repetition_type: 'REQUIRED' },
  ];
  return { schema, source: { name, data } };
}

/** The rows of `n` papers. */
export function rowsOf<Row>(n: number, row: (i: number) => Row): Row[] {
  return Array.from({ length: n }, (_, i) => row(i));
}

import type { SchemaTree } from 'hyparquet';
import type { Page } from './pages.ts';

/** One row of a column of number lists; null for none or an empty one. A list's null is NaN. */
export type NumberList = Float32Array | Float64Array | null;

/** Whether a column holds lists of numbers (one level deep) that can be read as they lie in the pages. */
export function isNumberList(column: SchemaTree): boolean {
  const leaf = leafOf(column);
  if (!leaf || repetitions(column) !== 1) return false;
  const { type, converted_type: converted, logical_type: logical, type_length: length } = leaf.element;
  if (type === 'FLOAT' || type === 'DOUBLE') return true;
  if (type === 'INT32') return converted === undefined || /^U?INT_/u.test(converted);
  return type === 'FIXED_LEN_BYTE_ARRAY' && length === 2 && logical?.type === 'FLOAT16';
}

/**
 * Joins pages of numbers to rows. Rows may go on from one page to the next, so a row is given once the next one begins.
 * @param column the list's schema, for which {@link isNumberList} holds
 */
export function makeListAssembler(column: SchemaTree): { push(page: Page): NumberList[]; end(): NumberList[] } {
  // Below this level there is no list or an empty one; at the highest there is a value, between them a null in a list.
  const { member, value } = levelsOf(column);
  const make =
    leafOf(column)?.element.type === 'DOUBLE' || leafOf(column)?.element.type === 'INT32' ? Float64Array : Float32Array;
  let open: { numbers: (Float32Array | Float64Array)[] } | null = null;

  function close(): NumberList {
    const numbers = open?.numbers ?? [];
    open = null;
    return joined(numbers);
  }

  return {
    push({ values, count, definition, repetition }) {
      const rows: NumberList[] = [];
      const { numbers, ends } = membersOf({ numbers: numbersOf(values, make), count, definition }, member, value);
      let from = 0;
      for (let i = 0; i < count; i++) {
        if (i > 0 ? repetition[i] !== 0 : repetition.length > 0 && repetition[0] !== 0) continue;
        const at = ends ? ends[i] : i;
        if (open) {
          if (at > from) open.numbers.push(numbers.subarray(from, at));
          rows.push(close());
        }
        from = at;
        open = { numbers: [] };
      }
      if (numbers.length > from) {
        open ??= { numbers: [] };
        // Copied, so that the page can be freed: the row may go on.
        open.numbers.push(numbers.slice(from));
      }
      return rows;
    },
    end: () => (open ? [close()] : []),
  };
}

interface Members {
  readonly numbers: Float32Array | Float64Array;
  /** How many members stand before each entry of the page; null when every entry is one. */
  readonly ends: Int32Array | null;
}

interface Entries extends Omit<Page, 'values' | 'repetition'> {
  readonly numbers: Float32Array | Float64Array;
}

function membersOf({ numbers, count, definition }: Entries, member: number, value: number): Members {
  if (definition.length === 0) return { numbers, ends: null };
  const ends = new Int32Array(count);
  const members = numbers instanceof Float64Array ? new Float64Array(count) : new Float32Array(count);
  let kept = 0;
  let used = 0;
  for (let i = 0; i < count; i++) {
    ends[i] = kept;
    if (definition[i] === value) members[kept++] = numbers[used++];
    else if (definition[i] >= member) members[kept++] = Number.NaN;
  }
  return { numbers: members.subarray(0, kept), ends };
}

/** A dictionary gives plain lists, and whole numbers come as integers. */
function numbersOf(values: Page['values'], make: Float32ArrayConstructor | Float64ArrayConstructor) {
  if (values instanceof make) return values;
  return make.from(values as ArrayLike<number>); // Such columns hold numbers: `isNumberList`.
}

function joined(parts: readonly (Float32Array | Float64Array)[]): NumberList {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length === 0) return null;
  if (parts.length === 1) return parts[0];
  const whole = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return parts.every((part) => part instanceof Float32Array) ? Float32Array.from(whole) : whole;
}

function leafOf(column: SchemaTree): SchemaTree | null {
  let node = column;
  while (node.children.length === 1) node = node.children[0];
  return node.children.length === 0 ? node : null;
}

function repetitions(column: SchemaTree): number {
  const own = column.element.repetition_type === 'REPEATED' ? 1 : 0;
  return column.children.reduce((sum, child) => sum + repetitions(child), own);
}

function levelsOf(column: SchemaTree): { readonly member: number; readonly value: number } {
  let level = 0;
  let member = 0;
  for (let node: SchemaTree | undefined = column; node; node = node.children[0]) {
    if (node.element.repetition_type !== 'REQUIRED') level++;
    if (node.element.repetition_type === 'REPEATED') member = level;
  }
  return { member, value: level };
}

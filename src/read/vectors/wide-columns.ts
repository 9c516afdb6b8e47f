import type { Cell } from '../format.ts';
import { MIN_DIMENSIONS } from './vector-text.ts';

/** A row of a table, as its reader gives it. */
interface WideRow {
  readonly names: readonly string[];
  readonly values: readonly Cell[];
}

/** Joins the columns of vectors that were written with a number in each column. */
export interface WideColumns {
  /** The row with one cell of numbers in place of each group. */
  fold<Row extends WideRow>(row: Row): Row;
  /** The names with one in place of each group. */
  foldNames(names: readonly string[]): readonly string[];
}

/** A numbered column: `dim_0`, `v12`, `embedding[3]`, `7`. */
const NUMBERED = /^(.{0,60}?)[\s_.:\-[(]*(\d{1,5})[\])]?$/u;
/** Words for the numbers of a vector; of columns so named even whole numbers are a vector, if there are many. */
const VECTOR_WORD =
  /(?:^|[^a-z])(?:v|vec|vector|vectors|e|emb|embed|embedding|embeddings|d|dim|dims|dimension|f|feat|feature|latent|x|h|hidden)$/iu;
const MANY = 32;
/** Share of a group's cells that must be numbers, and of these that have a fraction: counts by year are none. */
const MIN_NUMBERS = 0.75;
const MIN_FRACTIONS = 0.5;

/**
 * Groups of at least 8 columns that have one stem and successive numbers from 0 or 1, and hold numbers with fractions;
 * null when there is none. @param rows the first rows of the table
 */
export function findWideColumns(known: readonly string[], rows: readonly WideRow[]): WideColumns | null {
  const groups = groupNames(known, rows).filter((group) => areNumbers(group, rows));
  if (groups.length === 0) return null;
  const groupOf = new Map(groups.flatMap((group) => group.columns.map((name) => [name, group] as const)));
  let lastNames: readonly string[] = [];
  let lastFold: Fold | null = null;

  function foldOf(names: readonly string[]): Fold {
    if (lastFold && names === lastNames) return lastFold;
    lastNames = names;
    lastFold = planFold(names, groupOf);
    return lastFold;
  }

  return {
    foldNames: (names) => foldOf(names).names,
    fold(row) {
      const plan = foldOf(row.names);
      if (plan.groups.length === 0) return row;
      const vectors = plan.groups.map((at) => vectorOf(at, row.values));
      return { ...row, names: plan.names, values: [...plan.kept.map((i) => row.values[i]), ...vectors] };
    },
  };
}

interface Group {
  /** `v0…v383` */
  readonly name: string;
  readonly stem: string;
  /** In the order of their numbers. */
  readonly columns: readonly string[];
}

interface Fold {
  readonly names: readonly string[];
  /** Positions of the columns that stay. */
  readonly kept: readonly number[];
  /** For each group the positions of its columns in a row, −1 for one that is missing. */
  readonly groups: readonly (readonly number[])[];
}

function groupNames(known: readonly string[], rows: readonly WideRow[]): Group[] {
  const stems = new Map<string, Map<number, string>>();
  const seen = new Set<string>();
  let last: readonly string[] | null = null;
  for (const names of [known, ...rows.map((row) => row.names)]) {
    if (names === last) continue;
    last = names;
    for (const name of names) {
      if (seen.has(name)) continue;
      seen.add(name);
      const [, stem, number] = NUMBERED.exec(name) ?? [];
      if (stem === undefined || number === undefined) continue;
      const numbers = stems.get(stem) ?? new Map<number, string>();
      stems.set(stem, numbers);
      if (!numbers.has(Number(number))) numbers.set(Number(number), name);
    }
  }
  return [...stems].flatMap(([stem, numbers]) => {
    const from = numbers.has(0) ? 0 : 1;
    const columns: string[] = [];
    for (let name = numbers.get(from); name !== undefined; name = numbers.get(from + columns.length))
      columns.push(name);
    if (columns.length < MIN_DIMENSIONS || columns.length < numbers.size) return [];
    return [{ name: `${columns[0]}…${columns[columns.length - 1]}`, stem, columns }];
  });
}

function areNumbers({ stem, columns }: Group, rows: readonly WideRow[]): boolean {
  const isIn = new Set(columns);
  let [cells, numbers, fractions] = [0, 0, 0];
  for (const { names, values } of rows) {
    names.forEach((name, i) => {
      if (!isIn.has(name) || values[i] === null || values[i] === '') return;
      cells++;
      const number = numberOf(values[i]);
      if (Number.isNaN(number)) return;
      numbers++;
      if (!Number.isInteger(number)) fractions++;
    });
  }
  if (cells === 0 || numbers < MIN_NUMBERS * cells || cells < MIN_NUMBERS * rows.length * columns.length) return false;
  return fractions >= MIN_FRACTIONS * numbers || (columns.length >= MANY && VECTOR_WORD.test(stem));
}

function planFold(names: readonly string[], groupOf: ReadonlyMap<string, Group>): Fold {
  const at = new Map(names.map((name, i) => [name, i]));
  const kept: number[] = [];
  const groups = new Set<Group>();
  names.forEach((name, i) => {
    const group = groupOf.get(name);
    if (group) groups.add(group);
    else kept.push(i);
  });
  return {
    kept,
    names: [...kept.map((i) => names[i]), ...[...groups].map(({ name }) => name)],
    groups: [...groups].map(({ columns }) => columns.map((name) => at.get(name) ?? -1)),
  };
}

/** Null where there is no number at all; a missing one is NaN, which the store of vectors reports. */
function vectorOf(at: readonly number[], values: readonly Cell[]): Cell {
  const vector = new Float64Array(at.length);
  let isEmpty = true;
  for (let i = 0; i < at.length; i++) {
    const value = at[i] < 0 ? null : values[at[i]];
    if (value !== null && value !== '') isEmpty = false;
    vector[i] = numberOf(value);
  }
  return isEmpty ? null : vector;
}

function numberOf(value: Cell): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > 40 || value.trim() === '') return Number.NaN;
  return Number(value);
}

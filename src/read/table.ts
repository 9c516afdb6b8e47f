import { StageError } from '../model/failure.ts';
import { parseDate } from '../text/dates.ts';
import type { Cell, ExtraValue, RecordSink } from './format.ts';
import { MAX_COLUMNS } from './limits.ts';
import type { ColumnRole, FileOptions } from './read.api.ts';
import { ROLES } from './table/column-names.ts';
import { byName, type ColumnSample, guessRoles, type Roles } from './table/guess-roles.ts';
import { parseListCell } from './table/list-cell.ts';
import { filledCell, isNoValue } from './table/null-words.ts';
import { findWideColumns, type WideColumns } from './vectors/wide-columns.ts';

export { isKnownName } from './table/column-names.ts';

/** Turns rows with named columns into records. */
export interface Table {
  /** Adds one row: `values[i]` belongs to `names[i]`. Names are distinct within a row but may differ between rows. */
  add(names: readonly string[], values: readonly Cell[], line: number): void;
  /** Throws `no-text-column` when there are rows but none has a title or a text. */
  end(): void;
}

type GivenRoles = Partial<Record<ColumnRole, string>>;

/** What a format knows of its columns before any row. */
interface TableFormat {
  /** Names that apply even if there is no row. */
  readonly names?: readonly string[];
  /** Columns whose role the format itself defines, or a function that finds them; a user's choice comes before it. */
  readonly roles?: GivenRoles | ((headers: readonly string[]) => GivenRoles);
  /** Columns that hold structures, such as lists in JSON: no role is guessed for them. Names may be added until rows end. */
  readonly structures?: ReadonlySet<string>;
  /** As in `TablePreview`. */
  readonly delimiter?: string | null;
  readonly quote?: string;
  readonly headerRow?: number;
}

/**
 * Chooses the columns from the first rows and turns every row into a record. A row that lacks the column of a role
 * altogether, as the records of a second source in one JSONL do, gives the first of its own columns whose name is usual
 * for that role, the most usual one; a user's choice of columns holds for all rows. A value that its role cannot hold whole (a
 * date in words, an address without http) is also kept as a further column, so nothing of the source is lost.
 */
export function makeTable(
  sink: RecordSink,
  options: FileOptions,
  { names: known = [], roles: given = {}, structures = new Set(), delimiter = null, ...shape }: TableFormat = {},
): Table {
  let sample: Row[] = [];
  let sampleLength = 0;
  let roles: Roles | null = null;
  let wide: WideColumns | null = null;

  function decide(): Roles {
    wide = findWideColumns(known, sample);
    if (wide) sample = sample.map(wide.fold);
    const { headers, hidden } = uniteNames(wide?.foldNames(known) ?? known, sample);
    const rows = sample.map((row) => alignRow(headers, row));
    const wanted = Object.values(options.roles ?? {});
    const open = withoutColumns({ headers, rows }, (name) => structures.has(name) && !wanted.includes(name));
    const ofFormat = typeof given === 'function' ? given(open.headers) : given;
    const { roles: chosen, reasons } = guessRoles(open, { ...ofFormat, ...options.roles });
    const preview = rows.slice(0, PREVIEW_ROWS).map((row) => row.map((cell) => cell.slice(0, PREVIEW_CELL)));
    sink.table({ headers, roles: chosen, reasons, rows: preview, delimiter, ...shape });
    if (hidden > 0) sink.warn(0, `only the first ${MAX_COLUMNS} columns are kept, ${hidden} are not`);
    if (chosen.text === null && chosen.title === null && sample.length > 0) throw noTextColumn(headers);
    for (const row of sample) emit(sink, rolesIn(row, chosen, options), row);
    sample = [];
    return chosen;
  }

  return {
    add(names, values, line) {
      const row = { names, values, line };
      if (roles) {
        const folded = wide?.fold(row) ?? row;
        emit(sink, rolesIn(folded, roles, options), folded);
        return;
      }
      sample.push(row);
      for (const value of values) sampleLength += typeof value === 'string' ? value.length : 8;
      if (sample.length >= SAMPLE_ROWS || sampleLength > SAMPLE_LENGTH) roles = decide();
    },
    end() {
      if (!roles && (sample.length > 0 || known.length > 0)) roles = decide();
    },
  };
}

/** `value` if it is an http(s) address; `www.…` gets a scheme; otherwise null. */
export function parseUrl(value: string): string | null {
  if (/^https?:\/\/[^\s"<>]+$/iu.test(value)) return value;
  return /^www\.[^\s"<>]+$/iu.test(value) ? `https://${value}` : null;
}

/** The address of a DOI, or null when `value` is not one. */
export function doiUrl(value: string): string | null {
  const doi = /^(?:doi:\s*)?(10\.\d{4,9}\/[^\s"<>]+)$/iu.exec(value.trim());
  return doi ? `https://doi.org/${doi[1]}` : null;
}

/** Rows read before the columns' roles are chosen, or fewer if their text fills SAMPLE_LENGTH. */
const SAMPLE_ROWS = 200;
const SAMPLE_LENGTH = 2_000_000;
const PREVIEW_ROWS = 20;
const PREVIEW_CELL = 300;

interface Row {
  readonly names: readonly string[];
  readonly values: readonly Cell[];
  readonly line: number;
}

function uniteNames(known: readonly string[], sample: readonly Row[]): { headers: string[]; hidden: number } {
  const names = new Set(known);
  let last: readonly string[] = known;
  for (const row of sample) {
    if (row.names === last) continue;
    last = row.names;
    for (const name of row.names) names.add(name);
  }
  const headers = [...names];
  const hidden = Math.max(0, headers.length - MAX_COLUMNS);
  return { headers: headers.slice(0, MAX_COLUMNS), hidden };
}

function withoutColumns({ headers, rows }: ColumnSample, isHidden: (name: string) => boolean): ColumnSample {
  if (!headers.some(isHidden)) return { headers, rows };
  const at = headers.flatMap((name, i) => (isHidden(name) ? [] : [i]));
  return { headers: at.map((i) => headers[i]), rows: rows.map((row) => at.map((i) => row[i])) };
}

function alignRow(headers: readonly string[], row: Row): string[] {
  const at = new Map(row.names.map((name, i) => [name, i]));
  return headers.map((header) => asText(row.values[at.get(header) ?? -1] ?? null));
}

/** `roles` with a like column of `row` in place of each that it lacks. */
function rolesIn(row: Row, roles: Roles, options: FileOptions): Roles {
  const isMissing = (role: ColumnRole): boolean => roles[role] !== null && !row.names.includes(roles[role]);
  const missing = ROLES.filter((role) => options.roles?.[role] === undefined && isMissing(role));
  if (missing.length === 0) return roles;
  const taken = new Set(Object.values(roles));
  const free = new Set(row.names.filter((name) => !taken.has(name)));
  const own = { ...roles };
  for (const role of missing) {
    own[role] = byName(free, role);
    if (own[role] !== null) free.delete(own[role]);
  }
  return own;
}

function emit(sink: RecordSink, roles: Roles, row: Row): void {
  const role = { id: '', title: '', text: '', authors: '', date: '', url: '' };
  const extra: ExtraValue[] = [];
  row.names.forEach((name, i) => {
    const value = row.values[i];
    if (name === roles.text) role.text = filledCell(asText(value));
    else if (name === roles.title) role.title = filledCell(asText(value));
    else if (name === roles.id) role.id = filledCell(asText(value));
    else if (name === roles.authors) role.authors = namesOf(filledCell(asText(value)));
    else if (name === roles.date) role.date = filledCell(asText(value));
    else if (name === roles.url) role.url = filledCell(asText(value));
    else if (value !== null && !(typeof value === 'string' && isNoValue(value))) extra.push([name, value]);
  });
  if (role.title === '' && role.text === '') {
    sink.skip(row.line, 'neither a title nor a text');
    return;
  }
  const date = parseDate(role.date);
  const url = parseUrl(role.url);
  if (roles.date !== null && role.date !== (date ?? '')) extra.push([roles.date, role.date]);
  if (roles.url !== null && role.url !== (url ?? '')) extra.push([roles.url, role.url]);
  sink.record({
    title: role.title,
    text: role.text,
    authors: role.authors || null,
    date,
    url: url ?? doiUrl(role.url) ?? doiUrl(role.id),
    id: role.id || null,
    extra,
    line: row.line,
  });
}

function asText(value: Cell): string {
  if (value === null) return '';
  return (typeof value === 'object' ? Array.from<string | number>(value).join('; ') : String(value)).trim();
}

/** Authors in a list that a program wrote, as names between semicolons; other authors as they are. */
function namesOf(authors: string): string {
  return parseListCell(authors)?.join('; ') ?? authors;
}

function noTextColumn(headers: readonly string[]): StageError {
  const shown = headers.slice(0, 20).map((name) => `“${name.slice(0, 40)}”`);
  const more = headers.length > shown.length ? ` and ${headers.length - shown.length} more` : '';
  return new StageError('no-text-column', 'read', `no column holds titles or texts; found ${shown.join(', ')}${more}`);
}

import { StageError } from '../model/failure.ts';
import { parseDate } from '../text/dates.ts';
import type { Cell, ExtraValue, RecordSink } from './format.ts';
import { MAX_COLUMNS } from './limits.ts';
import type { ColumnRole, FileOptions } from './read.api.ts';

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
  /** As in `TablePreview`. */
  readonly delimiter?: string | null;
  readonly quote?: string;
  readonly headerRow?: number;
}

/**
 * Chooses the columns from the first rows and turns every row into a record. A row that lacks the column of a role
 * altogether, as the records of a second source in one JSONL do, gives the first of its own columns whose name is usual
 * for that role, in the order of {@link NAMES}; a user's choice of columns holds for all rows. A value that its role cannot hold whole (a
 * date in words, an address without http) is also kept as a further column, so nothing of the source is lost.
 */
export function makeTable(
  sink: RecordSink,
  options: FileOptions,
  { names: known = [], roles: given = {}, delimiter = null, ...shape }: TableFormat = {},
): Table {
  let sample: Row[] = [];
  let sampleLength = 0;
  let roles: Roles | null = null;

  function decide(): Roles {
    const { headers, hidden } = uniteNames(known, sample);
    const rows = sample.map((row) => alignRow(headers, row));
    const ofFormat = typeof given === 'function' ? given(headers) : given;
    const chosen = guessRoles({ headers, rows }, { ...ofFormat, ...options.roles });
    const preview = rows.slice(0, PREVIEW_ROWS).map((row) => row.map((cell) => cell.slice(0, PREVIEW_CELL)));
    sink.table({ headers, roles: chosen, rows: preview, delimiter, ...shape });
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
        emit(sink, rolesIn(row, roles, options), row);
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

type Roles = Record<ColumnRole, string | null>;

/** The names, and the cells of some rows as strings, each row as long as `headers`. */
interface ColumnSample {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
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
    if (name === roles.text) role.text = asText(value);
    else if (name === roles.title) role.title = asText(value);
    else if (name === roles.id) role.id = asText(value);
    else if (name === roles.authors) role.authors = asText(value);
    else if (name === roles.date) role.date = asText(value);
    else if (name === roles.url) role.url = asText(value);
    else if (value !== null && value !== '') extra.push([name, value]);
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

function noTextColumn(headers: readonly string[]): StageError {
  const shown = headers.slice(0, 20).map((name) => `“${name.slice(0, 40)}”`);
  const more = headers.length > shown.length ? ` and ${headers.length - shown.length} more` : '';
  return new StageError('no-text-column', 'read', `no column holds titles or texts; found ${shown.join(', ')}${more}`);
}

/** Names for each role as {@link plainName} makes them, most reliable first. */
const NAMES: Readonly<Record<ColumnRole, readonly string[]>> = {
  title: words(
    'title papertitle articletitle documenttitle doctitle name headline heading subject ti titre titel titulo',
  ),
  text: words(
    `abstract paperabstract abstracttext abstractnote text content contents fulltext body articlebody summary description
    plaintext document article passage paragraph sentence review reviewtext comment message tweet post transcript
    excerpt question prompt note notes ab resumen zusammenfassung`,
  ),
  id: words('id paperid docid documentid articleid arxivid identifier doi pmid corpusid key citekey uuid guid uid di'),
  authors: words(
    'authors author authornames authorlist authorname creators creator writtenby byline by au autor autoren',
  ),
  date: words(
    `date published publicationdate publisheddate pubdate datepublished publishedat publishedon issued createdat created
    creationdate submitted submitteddate year publicationyear pubyear yearpublished updated updatedate timestamp datetime
    time py datum`,
  ),
  url: words(
    'url link href paperurl articleurl absurl htmlurl sourceurl pdfurl permalink webpage website uri entryid ur',
  ),
};

const ROLES: readonly ColumnRole[] = ['title', 'text', 'id', 'authors', 'date', 'url'];
/** Mean cell length from which a column beside a title counts as texts although its name does not say so. */
const MIN_TEXT_MEAN = 60;
/** Allows `e` as an exponent, which does not make a vector a text. */
const NUMBER_LIST = /^[\s[(]*[-+.\d][-+.\d\seE,;\])]*$/u;

/**
 * Assigns roles to columns: by name, ignoring case and punctuation; otherwise the text is the column with the longest
 * cells, if there is no title or if they are longer than a title would be. `wanted` overrides this, except for names
 * that are not among `headers`. A column has at most one role. `text` and `title` may both stay null.
 */
function guessRoles(sample: ColumnSample, wanted: Partial<Record<ColumnRole, string | null>> = {}): Roles {
  const { headers } = sample;
  const roles: Roles = { id: null, title: null, text: null, authors: null, date: null, url: null };
  const free = new Set(headers);
  const fixed = new Set<ColumnRole>();
  for (const role of ROLES) {
    const name = wanted[role];
    if (name === undefined || (name !== null && !headers.includes(name))) continue;
    roles[role] = name;
    fixed.add(role);
    if (name !== null) free.delete(name);
  }
  for (const role of ROLES) {
    if (fixed.has(role)) continue;
    roles[role] = byName(free, role);
    if (roles[role] !== null) free.delete(roles[role]);
  }
  if (roles.text === null && !fixed.has('text')) roles.text = longestColumn(sample, free, roles.title !== null);
  return roles;
}

function byName(free: ReadonlySet<string>, role: ColumnRole): string | null {
  let best: string | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const header of free) {
    const rank = NAMES[role].indexOf(plainName(header));
    if (rank >= 0 && rank < bestRank) {
      best = header;
      bestRank = rank;
    }
  }
  return best;
}

function longestColumn(sample: ColumnSample, free: ReadonlySet<string>, hasTitle: boolean): string | null {
  let best: string | null = null;
  let bestMean = 0;
  sample.headers.forEach((header, column) => {
    if (!free.has(header)) return;
    const mean = meanWordLength(sample.rows, column);
    if (mean > bestMean) {
      best = header;
      bestMean = mean;
    }
  });
  return hasTitle && bestMean < MIN_TEXT_MEAN ? null : best;
}

/** Mean length of the cells that are words, not numbers, dates or addresses; 0 when they are few. */
function meanWordLength(rows: readonly (readonly string[])[], column: number): number {
  let filled = 0;
  let wordy = 0;
  let length = 0;
  for (const row of rows) {
    const cell = row[column].slice(0, 5000);
    if (cell.trim() === '') continue;
    filled++;
    if (!/\p{L}/u.test(cell) || /^\w+:\/\/\S*$/u.test(cell) || NUMBER_LIST.test(cell)) continue;
    wordy++;
    length += cell.length;
  }
  return wordy * 2 > filled ? length / wordy : 0;
}

function plainName(name: string): string {
  return name
    .slice(0, 100)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function words(list: string): readonly string[] {
  return list.split(/\s+/u);
}

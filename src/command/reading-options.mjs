import { basename } from 'node:path';
import { fail } from './command-line.mjs';

/** @typedef {import('../../public/portolan.d.ts').PortolanReadOptions} ReadOptions */
/** @typedef {import('../../public/portolan.d.ts').PortolanFileOptions} FileOptions */

/** Options of how files are read. Each applies to all files, or to one as `--text papers.csv=Abstract`. */
export const READING = /** @type {const} */ ([
  ...['format', 'encoding', 'delimiter', 'quote', 'header-row', 'skip', 'list', 'sheet'],
  ...['title', 'text', 'authors', 'date', 'url', 'id', 'day-order'],
]);

/** How these options are used. */
export const READING_USAGE = `  reading: [--format NAME] [--encoding LABEL] [--delimiter C|tab] [--quote C] [--header-row N] [--skip LINES] [--list PATH] [--sheet NAME]
           [--title|--text|--authors|--date|--url|--id COLUMN] [--day-order day-first|month-first]   each for all files, or for one: FILE=VALUE
           [--merge id|same|title|none] [--dry-run]`;

const ROLES = ['title', 'text', 'authors', 'date', 'url', 'id'];
const MERGING = ['id', 'same', 'title', 'none'];

/**
 * What the options say about reading, as `portolan.read` takes it. An empty column means that no column has the role.
 * Ends the process on a value that cannot be meant.
 * @param {Partial<Record<typeof READING[number], string[]>>} given
 * @param {string | undefined} merge
 * @param {readonly string[]} paths the files to which an option may apply alone
 * @returns {ReadOptions}
 */
export function readingOptions(given, merge, paths) {
  if (merge !== undefined && !MERGING.includes(merge))
    fail(`--merge takes one of ${MERGING.join(', ')}, got ${merge}.`);
  const names = paths.map((path) => basename(path));
  /** @type {Map<string | null, FileOptions>} null: for all files */
  const found = new Map();
  for (const option of READING) {
    for (const value of given[option] ?? []) {
      // A file's name before `=`; a column may contain that sign too.
      const own = names.filter((name) => value.startsWith(`${name}=`)).sort((a, b) => b.length - a.length)[0] ?? null;
      const before = found.get(own) ?? {};
      found.set(own, { ...before, ...optionOf(option, own === null ? value : value.slice(own.length + 1), before) });
    }
  }
  const all = found.get(null);
  found.delete(null);
  /** @type {Record<string, FileOptions>} */
  const files = {};
  for (const [name, options] of found) if (name !== null) files[name] = options;
  return {
    ...(all ? { all } : {}),
    ...(found.size > 0 ? { files } : {}),
    ...(merge === undefined ? {} : { merge: /** @type {NonNullable<ReadOptions['merge']>} */ (merge) }),
  };
}

/**
 * @param {string} option
 * @param {string} value
 * @param {FileOptions} before what was said before about the same files
 * @returns {FileOptions}
 */
function optionOf(option, value, before) {
  if (ROLES.includes(option)) return { roles: { ...before.roles, [option]: value === '' ? null : value } };
  if (option === 'header-row') return { headerRow: count(option, value) };
  if (option === 'skip') return { skipLines: count(option, value) };
  if (option === 'delimiter')
    return { delimiter: character(option, value === 'tab' || value === '\\t' ? '\t' : value) };
  if (option === 'quote') return { quote: value === '' ? '' : character(option, value) };
  if (option === 'day-order') {
    if (value === 'day-first' || value === 'month-first') return { dayOrder: value };
    return fail(`--day-order takes day-first or month-first, got ${value}.`);
  }
  return { [option]: value };
}

/**
 * @param {string} option
 * @param {string} value
 */
function count(option, value) {
  return /^\d{1,6}$/u.test(value) ? Number(value) : fail(`--${option} takes a whole number from 0 up, got ${value}.`);
}

/**
 * @param {string} option
 * @param {string} value
 */
function character(option, value) {
  return value.length === 1 ? value : fail(`--${option} takes one character, got “${value}”.`);
}

import { parse } from 'yaml';
import type { Cell, ExtraValue } from '../format.ts';

/** What stands before a document's text, and the lines that it takes. */
export interface FrontMatter {
  readonly fields: readonly ExtraValue[];
  readonly lines: number;
  /** Why it was not understood; it is no text all the same. */
  readonly problem: string | null;
}

/** Lines and UTF-16 units of front matter; what is longer is text. */
const MAX_LINES = 500;
const MAX_LENGTH = 64 * 1024;
/** Fields, members of a list and levels of front matter. */
const MAX_FIELDS = 100;
const MAX_MEMBERS = 500;
const MAX_DEPTH = 3;

const NOTHING: FrontMatter = { fields: [], lines: 0, problem: null };

/**
 * Reads what stands before a text: YAML between lines `---` (as in Jekyll, Hugo, Obsidian and Pandoc), TOML between lines
 * `+++`, or lines `Title: …` and `Date: …` up to a blank line (as in MultiMarkdown and in mail).
 */
export function readFrontMatter(lines: readonly string[]): FrontMatter {
  const [first = ''] = lines;
  const fence = /^(---|\+\+\+)\s*$/u.exec(first)?.[1];
  if (!fence) return readHeader(lines);
  const until = lines.slice(0, MAX_LINES);
  const end = until.findIndex(
    (line, i) => i > 0 && (line.trimEnd() === fence || (fence === '---' && line.trimEnd() === '...')),
  );
  if (end < 0) return NOTHING;
  const source = lines.slice(1, end).join('\n');
  if (source.length > MAX_LENGTH) return NOTHING;
  if (fence === '+++') return { fields: tomlFields(lines.slice(1, end)), lines: end + 1, problem: null };
  // A line of dashes also separates parts of a text; front matter has a key.
  if (source.trim() !== '' && !/^[^\S\n]*["']?[\p{L}\p{N}_][^:\n]*["']?:(?:\s|$)/mu.test(source)) return NOTHING;
  const { fields, problem } = yamlFields(source);
  return { fields, lines: end + 1, problem };
}

function yamlFields(source: string): Pick<FrontMatter, 'fields' | 'problem'> {
  try {
    const quoted = source.split('\n').map(quoteLinks).join('\n');
    return { fields: flatten(parse(quoted, { maxAliasCount: 20, logLevel: 'error' })), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0].slice(0, 120) : String(error);
    return {
      fields: plainFields(source),
      problem: `the front matter is not valid YAML (${reason}): simple lines of it are kept`,
    };
  }
}

/** Quotes wiki links and templates such as `{{date}}`, which are written bare but would be lists and maps in YAML. */
function quoteLinks(line: string): string {
  if (line.length > 1000 || !/[[{]{2}/u.test(line)) return line;
  return line.replace(/^(\s*(?:-|[\w-][\w -]*:)\s+)(\[\[[^\]']*\]\]|\{\{[^}']*\}\})\s*$/u, "$1'$2'");
}

/** Lines `key: value` of front matter that is not valid. */
function plainFields(source: string): ExtraValue[] {
  return source.split('\n').flatMap((line): ExtraValue[] => {
    const [, key, value] = /^([\w -]{1,40}):[^\S\n]+(\S.*)$/u.exec(line) ?? [];
    return key ? [[key.trim(), value.replace(/^(["'])(.*)\1$/u, '$2')]] : [];
  });
}

function flatten(value: unknown, prefix = '', depth = 0): ExtraValue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const found: ExtraValue[] = [];
  for (const [key, each] of Object.entries(value).slice(0, MAX_FIELDS)) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const cell = cellOf(name, each);
    if (cell !== null && cell !== '') found.push([name, cell]);
    else if (cell === null && depth < MAX_DEPTH) found.push(...flatten(each, name, depth + 1));
  }
  return found.slice(0, MAX_FIELDS);
}

function cellOf(name: string, value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return isTags(name) ? tagsOf(String(value)) : value;
  }
  if (!Array.isArray(value)) return null;
  const members = value
    .slice(0, MAX_MEMBERS)
    .map(memberOf)
    .filter((each) => each !== '');
  if (members.length === 0) return null;
  return /^authors?$|^creators?$/iu.test(name) ? members.join('; ') : members;
}

/** A member of a list; of an object, such as an author's, its name. */
function memberOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === null || value === undefined ? '' : String(value);
  const named = value as { readonly name?: unknown; readonly title?: unknown }; // Anything that YAML can hold.
  const [name] = [named.name, named.title, ...Object.values(value)].filter((each) => typeof each === 'string');
  return name ?? '';
}

function isTags(name: string): boolean {
  return /^(?:tags?|keywords?|categor(?:y|ies)|topics?|subjects?|filetags)$/iu.test(name);
}

/** `a, b`, `#a #b` and `:a:b:` as a list; other words stay one tag. */
function tagsOf(value: string): string | readonly string[] {
  const parts = /[,;]/u.test(value)
    ? value.split(/[,;]/u)
    : /^#\S+(?:\s+#\S+)*$/u.test(value.trim())
      ? value.split(/\s+/u)
      : /^:\S+:$/u.test(value.trim())
        ? value.split(':')
        : [value];
  const tags = parts.map((part) => part.trim().replace(/^#/u, '')).filter((part) => part !== '');
  return tags.length === 1 ? tags[0] : tags;
}

/** Keys and values of TOML's simple lines: strings, numbers, dates and lists on one line. */
function tomlFields(lines: readonly string[]): ExtraValue[] {
  let table = '';
  return lines.flatMap((line): ExtraValue[] => {
    const section = /^\s*\[([\w.-]+)\]\s*$/u.exec(line)?.[1];
    if (section) table = `${section}.`;
    const [, key, value = ''] = /^\s*"?([\w-]+)"?\s*=\s*(\S.*)$/u.exec(line) ?? [];
    if (!key) return [];
    const trimmed = value.trim();
    const list = /^\[(.*)\]$/u.exec(trimmed)?.[1];
    const items =
      list === undefined
        ? null
        : list
            .split(',')
            .map(unquote)
            .filter((each) => each !== '');
    const cell = items ?? unquote(trimmed);
    return cell.length === 0 ? [] : [[table + key, cell]];
  });
}

function unquote(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/u, '$2');
}

/** Keys by which lines `Key: value` before a text are known for its header. */
const HEADER_KEYS = /^(?:title|subject|authors?|from|by|date|published|created|tags?|keywords?|url|source|link)$/iu;

/** The lines `Key: value` at the beginning, if there are two or more, one is a known key and a blank line follows. */
function readHeader(lines: readonly string[]): FrontMatter {
  const fields: ExtraValue[] = [];
  let at = 0;
  for (; at < Math.min(lines.length, 60) && lines[at].trim() !== ''; at++) {
    const [, key, value] = /^([A-Za-z][\w -]{0,40}):\s+(\S.*)$/u.exec(lines[at]) ?? [];
    if (key)
      fields.push([key.toLowerCase() === 'subject' ? 'title' : key.toLowerCase(), isTags(key) ? tagsOf(value) : value]);
    else if (at === 0 || !/^\s/u.test(lines[at])) return NOTHING;
  }
  const known = fields.filter(([key]) => HEADER_KEYS.test(key)).length;
  if (fields.length < 2 || known === 0 || at >= lines.length) return NOTHING;
  return { fields: distinct(fields).slice(0, MAX_FIELDS), lines: at + 1, problem: null };
}

function distinct(fields: readonly ExtraValue[]): ExtraValue[] {
  return [...new Map(fields.map((field) => [field[0], field])).values()];
}

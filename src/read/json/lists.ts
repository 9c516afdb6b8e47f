import { isKnownName } from '../table.ts';
import { isMachineTalk } from './conversation.ts';
import { type Members, membersOf } from './people.ts';
import { hasWords, makeNameMeanings, type NameMeanings, unwrap } from './unwrap.ts';

/** A list of records inside a JSON value. */
export interface FoundList {
  /** Names of members with points between; '' for the value itself. */
  readonly path: string;
  readonly records: readonly unknown[];
}

/** The lists in a JSON value, the likeliest first. */
export interface FoundLists {
  readonly best: FoundList | null;
  /** Paths of all lists of objects or strings. */
  readonly paths: readonly string[];
}

/** Levels of nested objects that are searched, and lists that are kept. */
const SEARCH_DEPTH = 6;
const MAX_LISTS = 50;
const SAMPLE = 50;
const CONTAINER =
  /^(?:items?|entries|results?|records?|rows|data|docs?|documents|papers|articles|publications|works|posts|messages|hits?|features|nodes|edges|orderedItems|list|values|tweets|issues|conversations|feed|children|elements|collection)$/iu;
/** Lists in an answer, which is no record itself. */
const PAGE =
  /^(?:results?|hits?|items|records|docs|documents|articles|works|papers|publications|entries|data|rows|nodes|edges|features)$/iu;
/** Lists that are part of a record. */
const PART =
  /^(?:references?|citations?|bibliography|bib_entries|authors?|comments?|tags|keywords|subjects?|links|images?|attachments|related\w*|sections|paragraphs|chapters|body_text|abstract|text|affiliations|institutions|figures|tables|chunks|segments|pages|versions)$/iu;

/**
 * Finds the list of records in `root`: a list of objects with a title or a text, the one that holds most; the values of
 * an object of records by id; a table by columns; or `root` itself, if it is a record and its lists are only parts of it.
 */
export function findLists(root: unknown): FoundLists {
  const object = membersOf(root);
  if (!object) return { best: typeof root === 'string' ? { path: '', records: [root] } : null, paths: [] };
  const lists = collectLists(object);
  return { best: choose(object, lists), paths: lists.map(({ path }) => path) };
}

/**
 * The records of an element that is itself no record but a page of them, as of an answer of a catalogue: `{meta, results:
 * […]}`; null for any other element.
 */
export function recordsOfPage(element: Members, names: NameMeanings): FoundList | null {
  if (hasWords(element, names) || hasWords(unwrap(element, names), names)) return null;
  const pages = collectLists(element).filter(
    ({ path, records }) =>
      PAGE.test(path.slice(path.lastIndexOf('.') + 1)) && sample(records).some((item) => hasWordsWithin(item, names)),
  );
  return heaviest(pages);
}

/** The list at `path`, or the values of the object there; null when there is neither. */
export function listAt(root: unknown, path: string): readonly unknown[] | null {
  const object = membersOf(root);
  if (!object) return null;
  const known = collectLists(object).find((list) => list.path === path);
  if (known) return known.records;
  const value = path.split('.').reduce<unknown>((at, name) => membersOf(at)?.[name], object);
  if (Array.isArray(value)) return value;
  const members = membersOf(value);
  return members ? Object.values(members) : null;
}

/** Rows as objects where a table is given by its columns: `{columns, data}`, `{title: {0: …}}`, `{title: […]}`. */
function columnar(root: Members): readonly unknown[] | null {
  const { columns, data } = root;
  if (Array.isArray(columns) && Array.isArray(data) && data.every(Array.isArray)) {
    const names = columns.map((name) => (Array.isArray(name) ? name.join('.') : String(membersOf(name)?.name ?? name)));
    return data.map((row: unknown[]) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
  }
  const entries = Object.entries(root);
  const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;
  const isNamed = entries.some(([name]) => isKnownName(name, 'title') || isKnownName(name, 'text'));
  if (entries.length < 2 && !isNamed) return null;
  const lists = entries.filter(([, value]) => Array.isArray(value)) as [string, unknown[]][]; // Filtered.
  const [first] = lists;
  if (isNamed && lists.length === entries.length && lists.length >= 2 && first[1].length >= 2) {
    const isEven = lists.every(([, list]) => list.length === first[1].length);
    if (isEven) return first[1].map((_, i) => Object.fromEntries(lists.map(([name, list]) => [name, list[i]])));
  }
  const members = entries.map(([name, value]) => [name, membersOf(value)] as const);
  const keys = Object.keys(members[0]?.[1] ?? {});
  const isColumn = ([, column]: readonly [string, Members | null]): boolean =>
    column !== null && Object.keys(column).length === keys.length && keys.every((key) => Object.hasOwn(column, key));
  if (keys.length < 2 || !isNamed || !members.every(isColumn)) return null;
  // One object alone is a column only if its keys number the rows: a `response` is a text in a survey, and an answer here.
  if (entries.length < 2 && !keys.every((key) => /^\d+$/u.test(key))) return null;
  if (!members.every(([, column]) => keys.every((key) => isScalar(column?.[key]) || Array.isArray(column?.[key]))))
    return null;
  return keys.map((key) => Object.fromEntries(members.map(([name, column]) => [name, column?.[key]])));
}

function choose(root: Members, lists: readonly FoundList[]): FoundList | null {
  const rows = columnar(root);
  if (rows) return { path: '', records: rows };
  const names = makeNameMeanings();
  const isWorded = (item: unknown): boolean => hasWordsWithin(item, names);
  const record = unwrap(root, names);
  const isRecord = hasWords(record, names);
  const named = lists.filter(({ records }) => sample(records).some(isWorded));
  const best = heaviest(named);
  const talk = lists.find(({ records }) => isMachineTalk(records));
  if (talk && best?.path === talk.path) return { path: '', records: [root] };
  if (best && !(isRecord && isPartOf(record, best))) return best;
  if (isRecord) return { path: '', records: [root] };
  const members = Object.entries(root);
  const worded = members.filter(([, value]) => isWorded(value));
  if (worded.length > 0 && worded.length >= 0.8 * members.length) return { path: '', records: worded.map(keyed) };
  const objects = lists.filter(({ records }) =>
    sample(records).some((item) => typeof item === 'object' && item !== null),
  );
  return heaviest(objects) ?? heaviest(lists);
}

/** Whether a list is only a part of the record `root`, which has a title or a text itself. */
function isPartOf(root: Members, { path, records }: FoundList): boolean {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (PART.test(name)) return true;
  if (CONTAINER.test(name) && records.length > 1) return false;
  const own = Object.entries(root).filter(([each, value]) => typeof value === 'string' && isKnownName(each, 'text'));
  const length = own.reduce((sum, [, value]) => sum + String(value).length, 0);
  return length > 0 && (records.length < 2 || weightOf(records) <= length);
}

/** A record of an object of records; its key there becomes its id if it has no other. */
function keyed([id, item]: [string, unknown]): unknown {
  const members = membersOf(item);
  if (!members || Object.keys(members).some((name) => isKnownName(name, 'id'))) return item;
  return { id, ...members };
}

/** All lists of objects, lists or strings nested in objects of `root`, shallowest first. */
function collectLists(root: Members): FoundList[] {
  const lists: FoundList[] = [];
  let level: { readonly path: string; readonly object: Members }[] = [{ path: '', object: root }];
  for (let depth = 0; depth < SEARCH_DEPTH && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { path, object } of level) {
      for (const [name, value] of Object.entries(object)) {
        const at = path === '' ? name : `${path}.${name}`;
        if (Array.isArray(value)) {
          const isList = value.some((item) => typeof item === 'string' || (typeof item === 'object' && item !== null));
          if (isList && lists.length < MAX_LISTS) lists.push({ path: at, records: value });
        } else {
          const members = membersOf(value);
          if (members && next.length < 10_000) next.push({ path: at, object: members });
        }
      }
    }
    level = next;
  }
  return lists;
}

function heaviest(lists: readonly FoundList[]): FoundList | null {
  let best: FoundList | null = null;
  let most = -1;
  for (const list of lists) {
    const name = list.path.slice(list.path.lastIndexOf('.') + 1);
    const weight = weightOf(list.records) * (PART.test(name) ? 0.1 : 1) * (CONTAINER.test(name) ? 2 : 1);
    if (weight > most) [best, most] = [list, weight];
  }
  return best;
}

/** UTF-16 units of words in a list, judged by its first items. */
function weightOf(records: readonly unknown[]): number {
  const items = sample(records);
  const length = items.reduce<number>((sum, item) => sum + wordLength(item, 0), 0);
  return items.length === 0 ? 0 : (length / items.length) * records.length;
}

function wordLength(value: unknown, depth: number): number {
  if (typeof value === 'string') return Math.min(value.length, 5000);
  if (depth > 4 || typeof value !== 'object' || value === null) return 0;
  return Object.values(value)
    .slice(0, 100)
    .reduce<number>((sum, each) => sum + wordLength(each, depth + 1), 0);
}

function hasWordsWithin(item: unknown, names: NameMeanings): boolean {
  const members = membersOf(item);
  return members !== null && hasWords(unwrap(members, names), names);
}

function sample(records: readonly unknown[]): readonly unknown[] {
  return records.slice(0, SAMPLE);
}

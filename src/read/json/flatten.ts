import type { Cell } from '../format.ts';
import { MIN_DIMENSIONS } from '../vectors/vector-text.ts';
import { conversationText, isMachineTalk, mappedTurns } from './conversation.ts';
import { isPerson, type Members, membersOf, PEOPLE_NAME, personName, wordOf } from './people.ts';
import { invertedText, isByLanguage, isKeyedList, proseOf, scalarOf } from './shapes.ts';
import { makeNameMeanings, type NameMeanings, OTHERS, unwrap } from './unwrap.ts';

/** One JSON object as a row of a table. */
export interface JsonRow {
  readonly names: readonly string[];
  readonly values: readonly Cell[];
}

/** What is learnt of the columns while records are flattened. */
export interface ColumnHints {
  /** Columns of people, of conversations, and of prose from lists. */
  readonly people: Set<string>;
  readonly talks: Set<string>;
  readonly prose: Set<string>;
  /** Columns of JSON, and of what describes an account, a journal or the like: no roles are guessed for them. */
  readonly structures: Set<string>;
  /** What the names of members mean. */
  readonly names: NameMeanings;
}

/** Makes empty hints. */
export function makeHints(): ColumnHints {
  return { people: new Set(), talks: new Set(), prose: new Set(), structures: new Set(), names: makeNameMeanings() };
}

/**
 * The members of a record as columns. What is within an object has a dotted name (`venue.name`); a wrapper around the
 * record (`_source`, `row`, `data`, `attributes`) is taken off. Lists of words stay lists; people become names, the turns
 * of a conversation one text, lists of objects with prose that prose, dates in parts ISO dates, an inverted index its
 * text. Other lists of objects become their JSON.
 */
export function flattenRecord(record: object, hints: ColumnHints): JsonRow {
  const row: Row = { entries: new Map(), hints };
  addMembers(row, unwrap(membersOf(record) ?? {}, hints.names), '', 0);
  return { names: [...row.entries.keys()], values: [...row.entries.values()] };
}

/** A list as a cell; see {@link flattenRecord}. `name` is its column's. */
export function listCell(list: readonly unknown[], name: string, hints: ColumnHints): Cell {
  const items = list.filter((item) => item !== null && item !== undefined && item !== '');
  if (items.length === 0) return null;
  if (items.every((item) => typeof item === 'number')) {
    return items.length === list.length && list.length >= MIN_DIMENSIONS ? Float64Array.from(items) : items.join(', ');
  }
  if (items.every((item) => typeof item !== 'object')) return wordList(items.map(String), name, hints);
  if (items.every(Array.isArray)) return listOfLists(items);
  const objects = items.map(membersOf);
  if (objects.every((item) => item !== null)) return objectsCell(objects, name, hints);
  return mixedText(items) ?? structure(list, name, hints);
}

interface Row {
  readonly entries: Map<string, Cell>;
  readonly hints: ColumnHints;
}

const MAX_LEVELS = 5;
/** Columns of one record, and members of one object that become columns. */
const MAX_ENTRIES = 400;
const MAX_MEMBERS = 60;
/** Lists of what a record cites. */
const CITED =
  /^(?:references?|reference_?list|citations?|cited\w*|bib_?entries|bibliography|related\w*|(?:in|out)bound\w*|referenced_works)$/iu;

function addMembers(row: Row, object: Members, prefix: string, level: number): void {
  const isAside = OTHERS.test(prefix.slice(prefix.lastIndexOf('.') + 1)) || row.hints.structures.has(prefix);
  for (const [key, value] of Object.entries(object)) {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (isAside) row.hints.structures.add(name);
    if (value === null || value === undefined) {
      if (level === 0) put(row, name, null);
    } else if (Array.isArray(value)) put(row, name, listCell(value, name, row.hints));
    else if (typeof value === 'object') addObject(row, name, key, object);
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      put(row, name, value);
  }
}

/** Adds the member `key` of `parent`, which is an object. */
function addObject(row: Row, name: string, key: string, parent: Members): void {
  const object = membersOf(parent[key]) ?? {};
  const entries = Object.entries(object);
  const scalar = scalarOf(object);
  const level = name.split('.').length;
  if (scalar !== null) put(row, name, scalar);
  else if (entries.length === 0 || /^_highlight/u.test(key)) return;
  else if (addText(row, name, key, parent)) return;
  else if (PEOPLE_NAME.test(key) && (isPerson(object) || personName(object) !== null))
    addPerson(row, name, object, level);
  else if (entries.length === 1 && isSame(entries[0][0], key)) addInner(row, name, entries[0][1]);
  else if (typeof object[key] === 'string') {
    put(row, name, object[key]);
    const { [key]: _, ...rest } = object;
    addMembers(row, rest, name, level);
  } else if (isByLanguage(object)) addByLanguage(row, name, object);
  else if (isPoint(object)) addPoint(row, object);
  else if (isKeyedList(object)) put(row, name, listCell(Object.values(object), name, row.hints));
  else if (entries.length > MAX_MEMBERS || level > MAX_LEVELS) put(row, name, structure(object, name, row.hints));
  else addMembers(row, object, name, level);
}

/** Adds what is one text: an inverted index or a tree of messages. Returns whether it was one. */
function addText(row: Row, name: string, key: string, parent: Members): boolean {
  const object = membersOf(parent[key]) ?? {};
  const inverted = /inverted|index/iu.test(key) ? invertedText(object) : null;
  if (inverted !== null) {
    put(row, name.replace(/_?inverted_?index$/iu, '') || name, inverted);
    return true;
  }
  const talk = conversationText(mappedTurns(object, parent.current_node) ?? []);
  if (talk === null) return false;
  row.hints.talks.add(name);
  put(row, name, talk);
  return true;
}

function addPerson(row: Row, name: string, person: Members, level: number): void {
  row.hints.people.add(name);
  put(row, name, personName(person));
  if (isPerson(person)) return;
  const rest = Object.entries(person).filter(([, value]) => typeof value !== 'object');
  addMembers(row, Object.fromEntries(rest), name, level);
}

function addInner(row: Row, name: string, inner: unknown): void {
  const list = Array.isArray(inner) ? inner : [inner];
  put(row, name, listCell(list, name, row.hints));
}

/** Adds a text in several languages: English, or else the first, under its own name, and the others beside it. */
function addByLanguage(row: Row, name: string, object: Members): void {
  const filled = Object.entries(object).filter(([, value]) => typeof value === 'string' && value !== '');
  const main = filled.find(([language]) => language.startsWith('en')) ?? filled[0];
  for (const [language, value] of filled) put(row, language === main[0] ? name : `${name}.${language}`, String(value));
}

/** Whether an object is a point of GeoJSON (RFC 7946). */
function isPoint({ type, coordinates }: Members): boolean {
  return type === 'Point' && Array.isArray(coordinates) && coordinates.every((each) => typeof each === 'number');
}

function addPoint(row: Row, { coordinates }: Members): void {
  const [longitude, latitude] = Array.isArray(coordinates) ? coordinates : [];
  if (typeof longitude === 'number') put(row, 'longitude', longitude);
  if (typeof latitude === 'number') put(row, 'latitude', latitude);
}

/** Whether `inner` is the one kind of member of `outer`: `authors.author`, `keywords.keyword`, `list.item`. */
function isSame(inner: string, outer: string): boolean {
  const plain = inner.toLowerCase();
  return (
    outer.toLowerCase().startsWith(plain) || /^(?:item|element|entry|li|string|value|values|results?)$/u.test(plain)
  );
}

/** Longest mean item of a list that is no text, such as one of keywords or addresses. */
const SHORT = 60;
const PERSON = /^\p{Lu}[\p{L}.'’-]*(?:,? \p{Lu}[\p{L}.'’-]*){1,3}$/u;

/** A list of words. Several short ones are no text, however many they are. */
function wordList(items: readonly string[], name: string, hints: ColumnHints): readonly string[] {
  const length = items.reduce((sum, item) => sum + (/^\w+:\/\/\S+$/u.test(item) ? 0 : item.length), 0);
  const isShort = items.length > 1 && length / items.length < SHORT && !items.every((item) => PERSON.test(item));
  if (isShort && !hints.names(name).isKnown) hints.structures.add(name);
  return items;
}

function listOfLists(lists: readonly unknown[][]): Cell {
  const [first] = lists;
  if (lists.length === 1 && first.length >= MIN_DIMENSIONS && first.every((item) => typeof item === 'number')) {
    return Float64Array.from(first);
  }
  const words = lists.map((each) =>
    each.filter((item) => item !== '' && item !== null && typeof item !== 'object').join(' '),
  );
  return words.filter((word) => word !== '');
}

/** Members that hold the turns of a conversation; a list of names and values is none. */
const TALK = /^(?:messages?|conversations?|turns?|dialog(?:ue)?s?|utterances?|chats?|threads?|transcript|history)$/iu;

function objectsCell(objects: readonly Members[], name: string, hints: ColumnHints): Cell {
  const key = name.slice(name.lastIndexOf('.') + 1);
  const talk = TALK.test(key) || isMachineTalk(objects) ? conversationText(objects) : null;
  if (talk !== null) {
    hints.talks.add(name);
    return talk;
  }
  if (PEOPLE_NAME.test(key) || objects.every(isPerson)) {
    const names = objects.map((object) => personName(object)).filter((each) => each !== null);
    if (names.length > 0) {
      hints.people.add(name);
      return names.join('; ');
    }
  }
  const prose = CITED.test(key) ? null : proseOf(objects);
  if (prose) {
    hints.prose.add(name);
    return prose.join('\n\n');
  }
  const names = objects.map(nameOf).filter((each) => each !== null);
  if (names.length * 2 > objects.length && !CITED.test(key)) return [...new Set(names)];
  return structure(objects, name, hints);
}

const NAME = /^(?:full_?name|name|display_?name|label|term|title|value|tag|keyword|#text|\$t|_|text|code|id)$/iu;

function nameOf(object: Members): string | null {
  const entries = Object.entries(object).filter(([, value]) => value !== null);
  if (entries.length === 1 && typeof entries[0][1] !== 'object') return String(entries[0][1]);
  for (const each of [/^display_?name$/iu, /^name$/iu, NAME]) {
    const word = wordOf(object, each);
    if (word !== null) return word;
  }
  return null;
}

/** Strings and objects with a text in turn, as Telegram writes a text with links: one text. */
function mixedText(items: readonly unknown[]): string | null {
  const parts = items.map((item) => (typeof item === 'string' ? item : membersOf(item)?.text));
  return parts.every((part) => typeof part === 'string') ? parts.join('') : null;
}

function structure(value: unknown, name: string, hints: ColumnHints): string {
  hints.structures.add(name);
  return JSON.stringify(value);
}

function put({ entries }: Row, name: string, value: Cell): void {
  if (entries.size < MAX_ENTRIES && (!entries.has(name) || entries.get(name) === null)) entries.set(name, value);
}

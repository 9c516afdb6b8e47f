import type { Cell } from '../format.ts';
import { personName } from './select.ts';
import { elementsOf, hasWords, textOf, type XmlNode } from './tree.ts';

/** A column's name and value. */
type Entry = readonly [name: string, value: Cell];

/** Levels of elements that become dotted names; deeper ones are read as text. */
const MAX_LEVELS = 6;
/** Columns of one record. */
const MAX_ENTRIES = 300;
const PEOPLE =
  /^(?:authors?|creators?|contributors?|editors?|inventors?|persons?|people|investigators?|speakers?|translators?)$/iu;
/** Elements whose like is a text in parts. */
const TEXT_PART = /^(?:p|para|paragraph|sec|section|div|head|line|l|lg|s|seg|br|li|table|tr|td|i|b|em|strong|span)$/iu;

/**
 * The values of a record of unknown vocabulary: a child or attribute is a column, one within another has a dotted name,
 * repeated ones are a list. `<field name="x">` is a column `x`, and children told apart by their `type` are columns of
 * their own. People become names; parts of a text become one text.
 */
export function flattenXml(record: XmlNode): Entry[] {
  const entries = new Map<string, Cell>();
  addNode(entries, record, '', 0);
  return [...entries];
}

function addNode(entries: Map<string, Cell>, node: XmlNode, prefix: string, level: number): void {
  for (const [name, value] of Object.entries(node.attributes)) {
    if (/^xmlns(?::|$)|^xsi:|^xml:space$/u.test(name) || value.trim() === '') continue;
    put(entries, join(prefix, name), listed(value));
  }
  const elements = elementsOf(node);
  if (elements.length === 0 || hasWords(node) || elements.every(({ name }) => TEXT_PART.test(name))) {
    const text = withoutProlog(textOf(node));
    if (text !== '') put(entries, prefix === '' ? 'text' : prefix, text);
    return;
  }
  for (const [name, group] of groupsOf(elements)) addGroup(entries, join(prefix, name), group, level);
}

function addGroup(entries: Map<string, Cell>, name: string, group: readonly XmlNode[], level: number): void {
  const [first] = group;
  if (PEOPLE.test(first.name)) {
    const names = group.flatMap(peopleIn);
    if (names.length > 0) put(entries, name, names.join('; '));
    return;
  }
  if (group.length === 1) {
    const inner = elementsOf(first);
    const isAlike = inner.length > 0 && inner.every((each) => each.name === inner[0].name);
    // `<tags><tag>` is a list of one, `<meta><title>` is not.
    const isList = inner.length > 1 || first.name === 'arr' || first.name.startsWith(inner[0]?.name ?? ' ');
    const only = isAlike && isList ? inner : null;
    if (only && !hasWords(first) && !TEXT_PART.test(only[0].name)) addGroup(entries, name, only, level + 1);
    else if (level >= MAX_LEVELS || hasWords(first)) addLeaf(entries, name, first);
    else addNode(entries, first, name, level + 1);
    return;
  }
  const values = group.map((each) => withoutProlog(textOf(each))).filter((value) => value !== '');
  const isLong = group.some((each) => elementsOf(each).length > 0) || values.some((value) => value.length > 300);
  if (values.length > 0) put(entries, name, isLong ? values.join('\n\n') : [...new Set(values)]);
  else {
    const attributes = group.flatMap((each) => Object.values(each.attributes)).filter((value) => value.trim() !== '');
    if (attributes.length > 0) put(entries, name, [...new Set(attributes)]);
  }
}

function addLeaf(entries: Map<string, Cell>, name: string, node: XmlNode): void {
  for (const [key, value] of Object.entries(node.attributes)) {
    if (!/^xml/u.test(key) && value.trim() !== '') put(entries, join(name, key), listed(value));
  }
  const text = withoutProlog(textOf(node));
  if (text !== '') put(entries, name, text);
}

/** Elements that an attribute names, as in answers of Solr. */
const NAMED =
  /^(?:field|str|arr|int|date|long|float|double|bool|data|meta|property|param|value|column|attribute|text)$/iu;

/** Elements by the name of their column: their own, or what a `name` or `type` attribute calls them. */
function groupsOf(elements: readonly XmlNode[]): Map<string, XmlNode[]> {
  const groups = new Map<string, XmlNode[]>();
  const counts = new Map<string, number>();
  for (const { name } of elements) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const node of elements) {
    const { name: called, key, type, ...others } = node.attributes;
    const named = NAMED.test(node.name) ? (called ?? key) : undefined;
    let column = node.name;
    if (named) column = named;
    else if (type && (counts.get(node.name) ?? 0) > 1) column = `${node.name}.${type}`;
    const group = groups.get(column);
    const own = named ? { ...node, attributes: others } : node;
    if (group) group.push(own);
    else groups.set(column, [own]);
  }
  return groups;
}

function peopleIn(node: XmlNode): string[] {
  const inner = elementsOf(node);
  const isList = inner.length > 0 && inner.every((each) => PEOPLE.test(each.name) || each.name === inner[0].name);
  if (isList && (inner.length > 1 || PEOPLE.test(inner[0].name))) return inner.flatMap(peopleIn);
  const name = personName(node);
  return name === '' ? [] : [name];
}

/** `<a><b>` and `|a|b|`, as dumps of Stack Exchange write tags, are lists. */
function listed(value: string): Cell {
  if (/^(?:<[^<>\s]{1,60}>)+$/u.test(value)) return value.slice(1, -1).split('><');
  if (/^\|(?:[^|\s]{1,60}\|)+$/u.test(value)) return value.slice(1, -1).split('|');
  return value;
}

/** A document within a text, as in notes of Evernote, begins with its declaration. */
function withoutProlog(text: string): string {
  return text.startsWith('<?xml') || text.startsWith('<!DOCTYPE')
    ? text.replace(/^(?:<\?[^>]*>\s*|<!DOCTYPE[^>]*>\s*)+/iu, '')
    : text;
}

function put(entries: Map<string, Cell>, name: string, value: Cell): void {
  if (entries.size < MAX_ENTRIES && !entries.has(name)) entries.set(name, value);
}

function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

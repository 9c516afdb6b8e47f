import type { Cell } from '../format.ts';
import { elementsOf, textOf, type XmlNode } from './tree.ts';

/** Takes one column's value from a record. */
export type Getter = (record: XmlNode) => Cell;

/**
 * The elements at a path from `node`: names with `/` between, `*` for any; `//` before a name means at any depth,
 * `[@type=doi]` one of the alternatives `doi|DOI` of an attribute, `[!@type]` its absence.
 */
export function select(node: XmlNode, path: string): XmlNode[] {
  let found: XmlNode[] = [node];
  for (const step of stepsOf(path)) {
    found = found
      .flatMap((each) => (step.deep ? descendants(each) : elementsOf(each)))
      .filter((each) => fits(each, step));
  }
  return found;
}

/** The words of the first element at the first of `paths` that has any; `@name` at a path's end is an attribute. */
export function text(...paths: readonly string[]): Getter {
  return (record) => paths.flatMap((path) => valuesAt(record, path))[0] ?? null;
}

/** The words of all elements at the first of `paths` that has any, as a list without repetitions. */
export function list(...paths: readonly string[]): Getter {
  return (record) => {
    const values = paths.map((path) => valuesAt(record, path)).find((found) => found.length > 0);
    return values ? [...new Set(values)] : null;
  };
}

/** The words of all elements at all `paths`, separated by an empty line. */
export function joined(...paths: readonly string[]): Getter {
  return (record) => paths.flatMap((path) => valuesAt(record, path)).join('\n\n') || null;
}

/** The names of the people at the first of `paths` that has any, separated by semicolons. */
export function people(...paths: readonly string[]): Getter {
  return (record) => {
    for (const path of paths) {
      const names = select(record, path)
        .map(personName)
        .filter((name) => name !== '');
      if (names.length > 0) return [...new Set(names)].join('; ');
    }
    return null;
  };
}

/** The date of the first element at the first of `paths` that has one, in ISO 8601 where it is given in parts. */
export function date(...paths: readonly string[]): Getter {
  return (record) => {
    for (const path of paths) {
      if (path.includes('/@') || path.startsWith('@')) {
        const [value] = valuesAt(record, path);
        if (value) return value;
      } else {
        const value = select(record, path)
          .map(dateOf)
          .find((found) => found !== '');
        if (value) return value;
      }
    }
    return null;
  };
}

/** Sections with labels in attributes or titles, one paragraph each: `METHODS: …`. */
export function sections(...paths: readonly string[]): Getter {
  return (record) => {
    for (const path of paths) {
      const parts = select(record, path)
        .map(sectionText)
        .filter((part) => part !== '');
      if (parts.length > 0) return parts.join('\n\n');
    }
    return null;
  };
}

/** The first of `getters` that gives something. */
export function firstOf(...getters: readonly Getter[]): Getter {
  return (record) => {
    for (const get of getters) {
      const value = get(record);
      if (value !== null && value !== '') return value;
    }
    return null;
  };
}

/** What `get` gives, as a string after `before`: the address of an identifier. */
export function prefixed(before: string, get: Getter): Getter {
  return (record) => {
    const value = get(record);
    return typeof value === 'string' && value !== '' ? before + value : null;
  };
}

/** A person's name in `node`, family name first where the parts are known; '' without one. */
export function personName(node: XmlNode): string {
  const part = (names: RegExp): string => {
    const found = elementsOf(node).filter(
      ({ name, attributes }) => names.test(attributes.type ?? name) || names.test(name),
    );
    return found.map(textOf).join(' ');
  };
  const family = part(/^(?:last_?name|surname|family|family_?name|keyname|last)$/iu);
  const given =
    part(/^(?:fore_?name|forenames|first_?name|given|given-?names?|given_?name|first|middle)$/iu) ||
    part(/^initials$/iu);
  if (family !== '') return given === '' ? family : `${family}, ${given}`;
  const inner = elementsOf(node).find(({ name }) =>
    /^(?:name|persName|string-name|name-alternatives|individualName|author)$/u.test(name),
  );
  if (inner && elementsOf(node).length > 0) return elementsOf(inner).length > 0 ? personName(inner) : textOf(inner);
  const alone = part(/^(?:CollectiveName|collab|display_?name|full_?name|user_?name|name|literal|orgName|namePart)$/iu);
  return (alone || textOf(node)).replace(/\s+/gu, ' ');
}

interface Step {
  readonly name: string;
  readonly deep: boolean;
  readonly attribute?: string;
  readonly values?: readonly string[];
}

function stepsOf(path: string): Step[] {
  const steps = path.matchAll(/(^|\/)(\/?)([^/[\]]+)(?:\[(!?)@([\w:.-]+)(?:=([^\]]*))?\])?/gu);
  return Array.from(steps, ([, , deep, name, not, attribute, values]) => ({
    name,
    deep: deep === '/',
    ...(attribute ? { attribute, values: not ? [] : (values?.split('|') ?? ['*']) } : {}),
  }));
}

function fits(node: XmlNode, { name, attribute, values }: Step): boolean {
  if (name !== '*' && node.name !== name) return false;
  if (attribute === undefined || values === undefined) return true;
  const value = node.attributes[attribute];
  if (value === undefined) return values.length === 0;
  return values.includes('*') || values.some((each) => each.toLowerCase() === value.toLowerCase());
}

function descendants(node: XmlNode): XmlNode[] {
  const all: XmlNode[] = [];
  const waiting = elementsOf(node).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    all.push(next);
    waiting.push(...elementsOf(next).reverse());
  }
  return all;
}

function valuesAt(record: XmlNode, path: string): string[] {
  const [, where, attribute] = /^(.*?)(?:\/?@([\w:.-]+))?$/u.exec(path) ?? [];
  const isAttribute = attribute !== undefined;
  const nodes = select(record, isAttribute ? where : path);
  const values = nodes.map((node) => (isAttribute ? (node.attributes[attribute] ?? '').trim() : textOf(node)));
  return values.filter((value) => value !== '');
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function dateOf(node: XmlNode): string {
  const iso = node.attributes['iso-8601-date'] ?? node.attributes.when ?? node.attributes.isoDate;
  if (iso) return iso;
  const part = (name: RegExp): string => {
    const found = elementsOf(node).find((each) => name.test(each.name));
    return found ? textOf(found) : '';
  };
  const year = part(/^year$/iu);
  if (!/^\d{4}$/u.test(year)) return textOf(node);
  const word = part(/^month$/iu);
  const month = /^\d{1,2}$/u.test(word) ? Number(word) : MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1;
  if (month < 1 || month > 12) return year;
  const day = part(/^day$/iu);
  const two = (number: number | string): string => String(number).padStart(2, '0');
  return `${year}-${two(month)}${/^\d{1,2}$/u.test(day) ? `-${two(day)}` : ''}`;
}

function sectionText(node: XmlNode): string {
  const label = (node.attributes.Label ?? '').trim();
  const [first] = elementsOf(node);
  if (label !== '' && !/^un(?:labell?ed|assigned)$/iu.test(label)) return `${label}: ${textOf(node)}`;
  const nested = elementsOf(node).filter(({ name }) => name === 'sec' || name === 'AbstractText');
  if (nested.length > 0)
    return elementsOf(node)
      .filter(({ name }) => !isHeading(name))
      .map(sectionText)
      .filter(Boolean)
      .join('\n\n');
  if (first && isHeading(first.name) && elementsOf(node).length > 1) {
    const rest = { ...node, children: node.children.slice(node.children.indexOf(first) + 1) };
    const heading = textOf(first).replace(/[.:]$/u, '');
    return /^abstract$|^summary$/iu.test(heading) ? textOf(rest) : `${heading}: ${textOf(rest)}`;
  }
  return isHeading(node.name) ? '' : textOf(node);
}

function isHeading(name: string): boolean {
  return name === 'title' || name === 'head' || name === 'label';
}

import { type Members, membersOf, wordOf } from './people.ts';

/** A value that is written as an object: a date in parts, a number of MongoDB, the words of an XML element. */
export function scalarOf(object: Members): string | number | boolean | null {
  const dateParts = object['date-parts'] ?? object.dateParts;
  if (Array.isArray(dateParts)) return partsDate(dateParts);
  const names = Object.keys(object);
  if (typeof object.raw === 'string' && ('literal' in object || 'season' in object || names.length === 1))
    return object.raw;
  if (typeof object.literal === 'string' && names.length <= 2) return object.literal;
  const extended = names.length === 1 ? object[names[0]] : null;
  if (names.length === 1 && /^\$(?:oid|date|number\w+|uuid|timestamp)$/u.test(names[0])) {
    return typeof extended === 'string' || typeof extended === 'number'
      ? extended
      : scalarOf(membersOf(extended) ?? {});
  }
  if (
    names.length > 1 &&
    typeof object.year === 'number' &&
    names.every((name) => /^(?:year|month|day|hour|minute)$/u.test(name))
  ) {
    return partsDate([[object.year, object.month, object.day]]);
  }
  const isElement =
    names.some((name) => /^[@$#_]/u.test(name)) &&
    names.every((name) => /^[@$#_]|^(?:text|content|value)$/u.test(name));
  return isElement ? wordOf(object, /^(?:#text|_|\$t?|__text|@value|text|content|value)$/u) : null;
}

/** Date parts as in CSL JSON, `[[2011, 3, 13]]`, in ISO 8601; null when there is no year. */
function partsDate(parts: readonly unknown[]): string | null {
  const first = Array.isArray(parts[0]) ? parts[0] : parts;
  const numbers = first.map((part: unknown) =>
    typeof part === 'string' || typeof part === 'number' ? Number(part) : Number.NaN,
  );
  const [year, month, day] = numbers;
  if (!Number.isInteger(year) || year < 1) return null;
  const two = (number: number): string => String(number).padStart(2, '0');
  const text = String(year).padStart(4, '0');
  if (!(month >= 1 && month <= 12)) return text;
  return day >= 1 && day <= 31 ? `${text}-${two(month)}-${two(day)}` : `${text}-${two(month)}`;
}

/** Longest text that is built from an inverted index, in words. */
const MAX_WORDS = 200_000;

/** The text of an inverted index, `{word: [places]}` as OpenAlex has it; null for any other object. */
export function invertedText(object: Members): string | null {
  const entries = Object.entries(object);
  const isPlaces = (value: unknown): value is number[] =>
    Array.isArray(value) && value.length > 0 && value.every((at) => Number.isInteger(at) && at >= 0 && at < MAX_WORDS);
  if (entries.length < 2 || !entries.every(([, value]) => isPlaces(value))) return null;
  const words: string[] = [];
  for (const [word, places] of entries) if (isPlaces(places)) for (const at of places) words[at] = word;
  return words.filter((word) => word !== undefined).join(' ');
}

/** Whether an object is a list in disguise: like objects by id. */
export function isKeyedList(object: Members): boolean {
  const values = Object.values(object);
  const first = membersOf(values[0]);
  if (values.length < 2 || !first) return false;
  const names = Object.keys(first);
  return values.every((value) => {
    const members = membersOf(value);
    return (
      members !== null &&
      names.filter((name) => Object.hasOwn(members, name)).length * 2 >= names.length &&
      names.length > 0
    );
  });
}

/** Whether the members of an object are one text in several languages. */
export function isByLanguage(object: Members): boolean {
  const entries = Object.entries(object);
  return (
    entries.length > 0 &&
    entries.every(
      ([name, value]) =>
        /^[a-z]{2}(?:[-_][A-Za-z]{2,4})?$/u.test(name) && (value === null || typeof value === 'string'),
    ) &&
    entries.some(([name]) =>
      /^(?:en|de|fr|es|pt|it|nl|pl|ru|zh|ja|ko|ar|cs|sv|da|fi|no|tr|uk|el|hu)(?:[-_]|$)/u.test(name),
    )
  );
}

/** Shortest mean text of a list's objects that makes them prose. */
const PROSE_LENGTH = 40;

/** The texts of a list of objects if they hold prose: sections, paragraphs, comments; null when they do not. */
export function proseOf(objects: readonly Members[]): string[] | null {
  const lengths = new Map<string, number>();
  for (const object of objects.slice(0, 200)) {
    for (const [name, value] of Object.entries(object)) {
      if (typeof value !== 'string' || !/\s/u.test(value.trim()) || /^(?:id|url|href)$/iu.test(name)) continue;
      lengths.set(name, (lengths.get(name) ?? 0) + Math.min(value.length, 2000));
    }
  }
  const [best] = [...lengths].sort((a, b) => b[1] - a[1]);
  if (!best || best[1] / Math.min(objects.length, 200) < PROSE_LENGTH) return null;
  return objects
    .map((object) => object[best[0]])
    .filter((text) => typeof text === 'string')
    .map((text) => text.trim())
    .filter(Boolean);
}

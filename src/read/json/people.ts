/** A JSON object with its members by name. */
export type Members = Readonly<Record<string, unknown>>;

/** The members of an object; null for a list and for any other value. */
export function membersOf(value: unknown): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : null; // Checked before.
}

/** The first member of `object` whose name matches, if it is a string with words, or a number. */
export function wordOf(object: Members, names: RegExp): string | null {
  for (const [name, value] of Object.entries(object)) {
    if (!names.test(name)) continue;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (typeof value === 'number') return String(value);
  }
  return null;
}

/** Names of members and columns that hold people. */
export const PEOPLE_NAME =
  /^(?:authors?|authorships?|author_?list|creators?|contributors?|editors?|users?|account|from|sender|owner|by|reporter|assignees?|actor|inventors?|speakers?|people|persons?|participants?|members|investigators?|user_profile|byline|written_?by|poster|posted_?by|submitter|reviewer|artist|commenter|autor(?:es|en)?|auteurs?|autori|principal_?investigators?|translators?)$/iu;
const FAMILY =
  /^(?:family|family_?name|last|last_?name|surname|apellidos?|nom|nachname|familienname|cognome|sobrenome)$/iu;
const GIVEN = /^(?:given|given_?names?|first|first_?name|fore_?name|nombres?|pr[eé]nom|vorname|nome)$/iu;
const WHOLE =
  /^(?:display_?name|full_?name|real_?name|name|literal|author_?name|text|label|user_?name|screen_?name|login|nick(?:name)?|handle|acct|collective(?:_?name)?|#text|\$t?|_)$/iu;
const WITHIN = /^(?:author|person|user|profile|creator|account|contributor|researcher|name)$/iu;

/** Whether an object is a person by its parts: family and given name. */
export function isPerson(object: Members): boolean {
  return wordOf(object, FAMILY) !== null;
}

/**
 * The name of a person: `Family, Given` if that is how it is divided (CSL JSON, Crossref), else the name as a whole, which
 * may be in a member of its own (`author.display_name` in OpenAlex). Null without one.
 */
export function personName(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  const object = membersOf(value);
  if (!object) return null;
  const family = wordOf(object, FAMILY);
  if (family !== null) {
    const middle = object.middle;
    const given = [wordOf(object, GIVEN), Array.isArray(middle) ? middle.join(' ') : middle];
    const first = given.filter((part) => typeof part === 'string' && part.trim() !== '').join(' ');
    const particle = wordOf(object, /^(?:non-dropping-particle|von)$/u);
    const last = particle === null ? family : `${particle} ${family}`;
    return first === '' ? last : `${last}, ${first}`;
  }
  for (const names of [/^display_?name$/iu, /^(?:full_?name|real_?name)$/iu, /^name$/iu, WHOLE]) {
    const whole = wordOf(object, names);
    if (whole !== null) return whole;
  }
  if (depth > 2) return null;
  const inner = Object.entries(object).find(([name, each]) => WITHIN.test(name) && membersOf(each));
  return inner ? personName(inner[1], depth + 1) : null;
}

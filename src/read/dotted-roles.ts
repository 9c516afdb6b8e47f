import type { ColumnRole } from './read.api.ts';
import { isKnownName } from './table.ts';

/** A nested id is mostly that of a part. */
const ROLES: readonly ColumnRole[] = ['title', 'text', 'date', 'url'];
/** Members that describe something else than the record: where it appeared, who wrote it, what it cites. */
const OTHERS =
  /(?:^|[._ ])(?:journal|venue|source|host|parent|series|channel|feed|publisher|publication|institution|affiliation|references?|citations?|related|user|author|creator|account|owner|actor|sender|from|location|license|label|milestone|repository|repo|media|thumbnail|image|picture|avatar|preview|reactions?|highlights?|_highlightResult|concepts?|topics?|entities|_links|links)s?(?:$|[._ ])/iu;
const PEOPLE =
  /(?:^|\.)(?:authors?|users?|creators?|account|from|sender|owner|contributors?|reporter|actor|by|profile|user_profile)\.(?:(?:full|real|display|user|screen)[_ ]?name|name|login|acct|nick|handle)$|\.(?:contributors?|sender|reporter)$/iu;

/**
 * Roles of columns that are members of nested objects or elements, by the last part of their dotted names: `info.title`
 * is a title where no column is called `title`. The shallowest such column has the role. What describes a journal, an
 * account or the like is left aside, but an account's name is an author.
 */
export function dottedRoles(headers: readonly string[]): Partial<Record<ColumnRole, string>> {
  const dotted = headers.filter((name) => name.includes('.'));
  if (dotted.length === 0) return {};
  const roles: Partial<Record<ColumnRole, string>> = {};
  const taken = new Set<string>();
  const own = dotted.filter((name) => !OTHERS.test(name.slice(0, name.lastIndexOf('.'))));
  own.sort((a, b) => depthOf(a) - depthOf(b));
  for (const role of ROLES) {
    if (headers.some((name) => !name.includes('.') && isKnownName(name, role))) continue;
    const found = own.find((name) => !taken.has(name) && isKnownName(leafOf(name), role));
    if (found === undefined) continue;
    roles[role] = found;
    taken.add(found);
  }
  if (!headers.some((name) => !name.includes('.') && isKnownName(name, 'authors'))) {
    const names =
      dotted.find((name) => isKnownName(leafOf(name), 'authors')) ?? dotted.find((name) => PEOPLE.test(name));
    if (names !== undefined && !taken.has(names)) roles.authors = names;
  }
  return roles;
}

function leafOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function depthOf(name: string): number {
  return name.split('.').length;
}

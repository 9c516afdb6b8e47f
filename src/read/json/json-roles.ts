import { dottedRoles } from '../dotted-roles.ts';
import type { ColumnRole } from '../read.api.ts';
import { isKnownName } from '../table.ts';
import type { ColumnHints } from './flatten.ts';

type Roles = Partial<Record<ColumnRole, string>>;

/** Names of authors and dates where no column has a usual name, the likeliest first. */
const AUTHORS =
  /^(?:author_?string|authorships?|submitter|user_?name|screen_?name|sender_?name|user|account|nick|handle)$/iu;
const DATES =
  /^(?:first_?publication_?date|created_?utc|create_?time|created_?time|date_?created|date_?added|ts|inserted_?at|time_?stamp)$/iu;

/**
 * Roles that the shape of records tells, where names do not: conversations are texts, lists of people authors. A page's
 * address comes before that of an interface (`html_url` beside `url`), and a DOI stands for an address.
 */
export function jsonRoles(headers: readonly string[], hints: ColumnHints): Roles {
  const roles: Roles = dottedRoles(headers);
  const has = (role: ColumnRole): boolean => headers.some((name) => isKnownName(name, role));
  const [talk] = hints.talks;
  const [prose] = hints.prose;
  if (talk !== undefined) roles.text = talk;
  else if (prose !== undefined && !has('text') && roles.text === undefined) roles.text = prose;
  if (!has('authors')) {
    const people = [...hints.people].filter((name) => !/editor|assignee|translator|member|participant/iu.test(name));
    const isAuthor = (name: string): boolean => /(?:^|\.)authors?$/iu.test(name) || AUTHORS.test(name);
    const found = people.find(isAuthor) ?? people[0] ?? roles.authors ?? headers.find((name) => AUTHORS.test(name));
    if (found !== undefined) roles.authors = found;
  }
  if (!has('date') && roles.date === undefined) {
    const date = headers.find((name) => DATES.test(name));
    if (date !== undefined) roles.date = date;
  }
  const page = headers.find((name) => /^html_?url$/iu.test(name));
  if (page !== undefined) roles.url = page;
  else if (!has('url') && roles.url === undefined) {
    const doi = headers.find((name) => /^doi$/iu.test(name));
    if (doi !== undefined && headers.some((name) => name !== doi && isKnownName(name, 'id'))) roles.url = doi;
  }
  return roles;
}

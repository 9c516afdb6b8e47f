import { isKnownName } from '../table.ts';
import { type Members, membersOf } from './people.ts';

/** What the name of a member says of it: that it is a title or a text, a text, or has any usual role. */
interface Meaning {
  readonly isWords: boolean;
  readonly isText: boolean;
  readonly isKnown: boolean;
}

/** The meaning of a name. */
export type NameMeanings = (name: string) => Meaning;

/** Names that are remembered: records have the same ones. */
const MAX_NAMES = 5000;

/** Looks names up, each once. */
export function makeNameMeanings(): NameMeanings {
  const known = new Map<string, Meaning>();
  return (name) => {
    const found = known.get(name);
    if (found) return found;
    const isText = isKnownName(name, 'text');
    const meaning = { isWords: isText || isKnownName(name, 'title'), isText, isKnown: isKnownName(name) };
    if (known.size < MAX_NAMES) known.set(name, meaning);
    return meaning;
  };
}

const WRAPPER =
  /^(?:_source|row|node|attributes|properties|fields|record|document|doc|item|info|data|object|paper|tweet)$/iu;
/** Members that are about something else than the record. */
export const OTHERS =
  /^(?:journal|venue|source|publisher|host|parent|channel|users?|accounts?|authors?|creator|from|owner|license|milestone|repository|reactions|media|location|primary_location|best_oa_location|thumbnail|_links|links|card|poll|application|conference|highlights?|_highlightresult|reply_to|quoted_status)$/iu;

/** Whether a record has a title or a text by the names of its members. */
export function hasWords(object: Members, names: NameMeanings): boolean {
  return Object.entries(object).some(
    ([name, value]) =>
      names(name).isWords && (typeof value === 'string' || (Array.isArray(value) && typeof value[0] === 'string')),
  );
}

function hasText(object: Members, names: NameMeanings): boolean {
  return Object.entries(object).some(([name, value]) => typeof value === 'string' && names(name).isText);
}

/** The record within `object`: itself, or the one member that has a title or a text where it has neither. */
export function unwrap(object: Members, names: NameMeanings, depth = 0): Members {
  if (depth > 2 || hasWords(object, names)) return object;
  const inner = Object.entries(object).filter(([, value]) => membersOf(value) !== null);
  const worded = inner.filter(([name, value]) => {
    const members = unwrap(membersOf(value) ?? {}, names, depth + 1);
    return OTHERS.test(name) ? hasText(members, names) : hasWords(members, names);
  });
  const isWrapper = ([name]: readonly [string, unknown]): boolean => WRAPPER.test(name);
  const found = worded.find(isWrapper) ?? (worded.length > 0 ? worded[0] : inner.find(isWrapper));
  if (!found || (worded.length > 1 && !isWrapper(found))) return object;
  const [name, value] = found;
  const members = unwrap(membersOf(value) ?? {}, names, depth + 1);
  const others = Object.entries(object).filter(([each]) => each !== name);
  const renamed = others.map(([each, one]): [string, unknown] => [
    Object.hasOwn(members, each) ? `outer.${each}` : each,
    one,
  ]);
  return Object.fromEntries([...Object.entries(members), ...renamed]);
}

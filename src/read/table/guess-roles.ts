import type { ColumnRole } from '../read.api.ts';
import { isAbstractName, isOtherName, isRemarkName, nameScore, ROLES } from './column-names.ts';
import { type ColumnTraits, columnTraits } from './column-traits.ts';

/** A column for each role, or null. */
export type Roles = Record<ColumnRole, string | null>;

/** The roles of a table's columns, and why each column has its role. */
export interface RoleGuess {
  readonly roles: Roles;
  readonly reasons: Partial<Record<ColumnRole, string>>;
}

/** The names, and the cells of some rows as strings, each row as long as `headers`. */
export interface ColumnSample {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How likely a column has a role, and what speaks for it. 0: it has not. */
interface Bid {
  readonly score: number;
  readonly reason: string;
}

const NO_BID: Bid = { score: 0, reason: '' };
const NAME = 'its name';

/** Words from which a longer text is no likelier to be the text: abstracts, not whole articles. */
const LONG_TEXT = 150;
/** Words from which what is called an abstract is one. */
const MIN_ABSTRACT = 15;
/** Mean length from which a column beside a title counts as texts although its name does not say so. */
const MIN_TEXT_LENGTH = 60;
/** The name score above which a name is itself a usual one. */
const USUAL = 0.65;
/** With fewer cells than this, what a column holds says less than its name. */
const FEW_ROWS = 3;
/** The name score from which a name says by itself what a column is. */
const NAMED = 0.55;

/**
 * Assigns roles to columns by their names and by what the first rows hold; where the two disagree, the cells are
 * believed: a column `abstract` of numbers is no text. The text is the column with the most prose, the title a shorter
 * one. `wanted` overrides this, except for names that are not among `headers`. A column has at most one role; `text` and
 * `title` may both stay null. O(cells).
 */
export function guessRoles(sample: ColumnSample, wanted: Partial<Record<ColumnRole, string | null>> = {}): RoleGuess {
  const { headers, rows } = sample;
  const roles: Roles = { id: null, title: null, text: null, authors: null, date: null, url: null };
  const reasons: Partial<Record<ColumnRole, string>> = {};
  const fixed = ROLES.filter((role) => wanted[role] === null || headers.includes(wanted[role] ?? ''));
  for (const role of fixed) roles[role] = wanted[role] ?? null;
  const taken = new Set(Object.values(roles));
  const at = new Map(headers.map((name, i) => [name, i]));
  const all = headers.map((name) =>
    columnTraits(name, taken.has(name) ? [] : rows.map((row) => row[at.get(name) ?? 0])),
  );
  const give = (role: ColumnRole, bid: (traits: ColumnTraits) => Bid): void => {
    if (fixed.includes(role)) return;
    const best = highest(
      all.filter(({ name }) => !taken.has(name)),
      bid,
    );
    if (!best) return;
    roles[role] = best.name;
    reasons[role] = best.reason;
    taken.add(best.name);
  };
  const traitsOf = (name: string | null): ColumnTraits | null =>
    name === null
      ? null
      : columnTraits(
          name,
          rows.map((row) => row[at.get(name) ?? 0]),
        );

  const title = fixed.includes('title')
    ? null
    : highest(
        all.filter(({ name }) => !taken.has(name)),
        namedTitle,
      );
  const hasBody = all.some(({ name, words, wordy }) => {
    const isNamed = nameScore(name, 'text') > NAMED && nameScore(name, 'title') < NAMED && !isRemarkName(name);
    return isNamed && !taken.has(name) && wordy > 0.5 && words >= MIN_ABSTRACT;
  });
  give('text', (traits) => {
    const { score, reason } = textBid(traits, roles.title !== null || (title !== null && title.name !== traits.name));
    return { score: hasBody && isRemarkName(traits.name) ? score * 0.4 : score, reason };
  });
  const text = traitsOf(roles.text);
  give('title', (traits) => titleBid(traits, text));
  if (roles.text === null && (traitsOf(roles.title)?.count ?? 0) === 0) {
    // Numbers and the like, if nothing else is there.
    give('text', ({ name }) => usualBid(name, 'text'));
    give('title', ({ name }) => usualBid(name, 'title'));
  }
  give('id', idBid);
  give('authors', authorsBid);
  give('date', dateBid);
  give('url', urlBid);
  return { roles, reasons };
}

/** The free column whose name alone says most for `role`; null when none does. */
export function byName(free: Iterable<string>, role: ColumnRole): string | null {
  let best: string | null = null;
  let bestScore = NAMED;
  for (const name of free) {
    const score = nameScore(name, role);
    if (score <= bestScore) continue;
    best = name;
    bestScore = score;
  }
  return best;
}

function highest(
  columns: readonly ColumnTraits[],
  bid: (traits: ColumnTraits) => Bid,
): { readonly name: string; readonly reason: string } | null {
  let best: { name: string; reason: string } | null = null;
  let bestScore = 0;
  for (const traits of columns) {
    const { score, reason } = bid(traits);
    if (score <= bestScore) continue;
    best = { name: traits.name, reason };
    bestScore = score;
  }
  return best;
}

function textBid(traits: ColumnTraits, hasTitle: boolean): Bid {
  const named = nameScore(traits.name, 'text');
  if (traits.wordy <= 0.5 && !isTrusted(traits, named)) return NO_BID;
  const asTitle = nameScore(traits.name, 'title');
  if (named < NAMED && hasTitle && traits.length < MIN_TEXT_LENGTH) return NO_BID;
  if (asTitle >= NAMED && asTitle > named && !hasTitle && traits.words < 12) return NO_BID;
  const isAbstract = isAbstractName(traits.name);
  // A whole article says no more of itself than its abstract.
  const words = isAbstract && traits.words >= MIN_ABSTRACT ? LONG_TEXT : Math.min(Math.max(traits.words, 1), LONG_TEXT);
  const prose = Math.sqrt(words) * Math.max(traits.filled, 0.01) ** 0.25;
  const variety = isConstant(traits) ? 0.05 : 0.5 + 0.5 * traits.distinct;
  const doubt = traits.lists > 0.5 ? 0.2 : 1;
  const other = isOtherName(traits.name) || otherRole(traits.name, named) ? 0.3 : asTitle > named ? 0.5 : 1;
  const unsure = named < NAMED && traits.count < FEW_ROWS ? 0.3 : 1;
  const name = unsure * (1 + 2 * named + (isAbstract ? 1 : 0));
  return { score: prose * variety * doubt * other * name, reason: named >= NAMED ? NAME : 'the longest texts' };
}

function usualBid(name: string, role: ColumnRole): Bid {
  const named = nameScore(name, role);
  return named > USUAL ? { score: named, reason: NAME } : NO_BID;
}

function namedTitle(traits: ColumnTraits): Bid {
  const named = nameScore(traits.name, 'title');
  return named >= NAMED && (traits.wordy > 0.5 || isTrusted(traits, named)) ? { score: named, reason: NAME } : NO_BID;
}

function titleBid(traits: ColumnTraits, text: ColumnTraits | null): Bid {
  const named = nameScore(traits.name, 'title');
  if ((traits.wordy <= 0.5 && !isTrusted(traits, named)) || traits.length > 300) return NO_BID;
  const isShorter = text === null || traits.count < FEW_ROWS || traits.words < 0.8 * text.words;
  if (named > 0.25) {
    if (!isShorter && named < 0.9) return NO_BID;
    // What may as well be a person or a product must differ from row to row.
    if (named < NAMED && traits.count >= FEW_ROWS && traits.distinct < 0.5) return NO_BID;
    return { score: named * (0.5 + 0.5 * traits.distinct), reason: NAME };
  }
  const isOther = isOtherName(traits.name) || ROLES.some((role) => nameScore(traits.name, role) > 0.25);
  const isLikeTitle =
    traits.count >= 3 && traits.filled > 0.8 && traits.distinct > 0.9 && traits.words >= 3 && traits.words <= 25;
  if (isOther || !isLikeTitle || traits.lists > 0.2 || traits.people > 0.3) return NO_BID;
  if (text === null || traits.words * 2 > text.words) return NO_BID;
  return { score: 0.05 + traits.words / 1000, reason: 'short texts that differ' };
}

function idBid(traits: ColumnTraits): Bid {
  if (traits.length > 120 || traits.words > 3) return NO_BID;
  // The same id in most rows names something else: a user, a product.
  if (traits.count >= 4 && traits.distinct < 0.5) return NO_BID;
  if (traits.dates - traits.bareDates > 0.5 || traits.mails > 0.5) return NO_BID;
  const named = nameScore(traits.name, 'id');
  if (traits.dois > 0.5) return { score: Math.max(named, 0.65), reason: 'DOIs' };
  return named > 0.5 ? { score: named, reason: NAME } : NO_BID;
}

function authorsBid(traits: ColumnTraits): Bid {
  const named = nameScore(traits.name, 'authors');
  const isWordy = traits.wordy + traits.mails > 0.5 || isTrusted(traits, named);
  if (!isWordy || traits.length > 2000) return NO_BID;
  if (named > 0.25) return { score: named * (1 - traits.mails / 2), reason: NAME };
  const isPeople = traits.people > 0.8 && traits.lists > 0.3 && !isOtherName(traits.name);
  return isPeople ? { score: 0.2, reason: 'names of people' } : NO_BID;
}

function dateBid(traits: ColumnTraits): Bid {
  const named = nameScore(traits.name, 'date');
  if (traits.dates <= (named > USUAL ? 0.1 : 0.5) && !isTrusted(traits, named)) return NO_BID;
  const exact = traits.dates * traits.filled ** 0.5 * (traits.yearless > 0.5 ? 0.3 : 1);
  if (named > 0.25) return { score: named * Math.max(exact, 0.01), reason: NAME };
  const isSure = traits.dates > 0.9 && traits.bareDates + traits.yearless < 0.1;
  return isSure && nameScore(traits.name, 'id') < NAMED ? { score: 0.2 * traits.filled, reason: 'dates' } : NO_BID;
}

function urlBid(traits: ColumnTraits): Bid {
  const named = nameScore(traits.name, 'url');
  if (traits.urls + traits.dois <= (named > USUAL ? 0.1 : 0.5) && !isTrusted(traits, named)) return NO_BID;
  const kind = traits.urls > 0.5 ? 'addresses' : 'DOIs';
  if (named > 0.25) return { score: named, reason: NAME };
  const isOwn = traits.distinct > 0.9 || traits.count < 3;
  return isOwn && !isOtherName(traits.name) ? { score: kind === 'DOIs' ? 0.25 : 0.2, reason: kind } : NO_BID;
}

/** Whether there are too few cells to contradict a usual name. */
function isTrusted({ count }: ColumnTraits, named: number): boolean {
  return named > USUAL && count < FEW_ROWS;
}

function isConstant({ count, distinct }: ColumnTraits): boolean {
  return count >= 3 && distinct * count < 1.5;
}

/** Whether the name says authors, a date, an address or an id, and that more than it says text. */
function otherRole(name: string, named: number): boolean {
  return (['authors', 'date', 'url', 'id'] as const).some((role) => {
    const score = nameScore(name, role);
    return score >= NAMED && score > named;
  });
}

/** The tag and the value of a line. */
export type TagLine = readonly [tag: string, value: string];

/**
 * A format of records whose lines begin with tags: the grammar of a line, where a record begins and ends, and what the
 * tags mean. Every tag may stand anywhere in its record. Tags without a name here are columns of their own name.
 */
export interface TagTable {
  /** The tag and the value of a line that begins a field; null for one that continues the field before. */
  readonly cut: (line: string, isKnown: (tag: string) => boolean) => TagLine | null;
  /** The tag that begins a record in the usual order. */
  readonly begins: string;
  /** The tag that ends a record; null when the format has none. */
  readonly ends: string | null;
  /** Tags about the file, which belong to no record. */
  readonly around?: readonly string[];
  /** Tags for each role, the best first; what the best does not use becomes a column. */
  readonly title: readonly string[];
  readonly text: readonly string[];
  readonly authors: readonly string[];
  /** Dates and parts of dates, which are joined to the most exact one. */
  readonly date: readonly string[];
  readonly url: readonly string[];
  readonly doi: readonly string[];
  readonly id: readonly string[];
  /** The name of the column of ids. Default: `id`. */
  readonly idName?: string;
  /** The address of a record by its id, for records without another. */
  readonly urlOfId?: (id: string) => string;
  /** Names of further columns. Of several tags of one name, the first that a record has fills it. */
  readonly names: Readonly<Record<string, string>>;
  /** Tags whose values are lists: each value is a member. */
  readonly lists: readonly string[];
  /** Tags whose value is a list with semicolons. */
  readonly split?: readonly string[];
  /** Tags of which every line is a value of its own. */
  readonly byLine?: readonly string[];
  /** Lines between records that say nothing, such as `Record #1 of 5`. */
  readonly between?: RegExp;
  /** Whether such lines alone separate records: a tag that comes again is a second value. */
  readonly marked?: boolean;
  /** The tag of lines without one before the first tag of a record. */
  readonly untagged?: string | undefined;
  /** Beginnings of texts without any tag that are about the file. */
  readonly aside?: RegExp;
}

/** All tags that a table names. */
export function knownTags(table: TagTable): ReadonlySet<string> {
  const { title, text, authors, date, url, doi, id, names, begins, ends, around = [] } = table;
  const roles = [...title, ...text, ...authors, ...date, ...url, ...doi, ...id];
  return new Set([...roles, ...Object.keys(names), begins, ...(ends === null ? [] : [ends]), ...around]);
}

import type { BibtexEntry } from './bibtex-entries.ts';

/** Values by the name of their field. */
export type Fields = ReadonlyMap<string, string>;

/** Gives entries what they inherit. */
interface Crossrefs {
  /** Passes an entry on, or holds it until the one that it refers to has come. */
  take(entry: BibtexEntry, line: number): void;
  /** Passes on what is still held; `missing` is told of entries whose reference never came. */
  end(missing: (line: number, key: string) => void): void;
}

/** Entries held, and entries kept because others may refer to them. Beyond, entries are passed on as they are. */
const MAX_HELD = 100_000;
const MAX_PARENTS = 20_000;
/** Types that others refer to. */
const PARENTS = /^(?:mv)?(?:proceedings|book|collection|reference|periodical)$/u;
/** Fields that an entry never has from another. */
const OWN = new Set([
  'title',
  'subtitle',
  'titleaddon',
  'author',
  'abstract',
  'keywords',
  'doi',
  'url',
  'pages',
  'crossref',
  'note',
  'ids',
]);

/**
 * Resolves `crossref` as BibLaTeX does (manual, appendix B): an entry has the fields that it lacks from the one it refers to,
 * whose title is its book title. The reference may come before or after.
 */
export function makeCrossrefs(pass: (entry: BibtexEntry, fields: Fields, line: number) => void): Crossrefs {
  const parents = new Map<string, Fields>();
  const held: { readonly entry: BibtexEntry; readonly fields: Fields; readonly line: number }[] = [];

  return {
    take(entry, line) {
      const fields = new Map(entry.fields);
      const key = fields.get('crossref')?.toLowerCase();
      if (PARENTS.test(entry.type) && parents.size < MAX_PARENTS) parents.set(entry.key.toLowerCase(), fields);
      const parent = key === undefined ? undefined : parents.get(key);
      if (key === undefined || held.length >= MAX_HELD) pass(entry, fields, line);
      else if (parent) pass(entry, inherit(fields, parent), line);
      else held.push({ entry, fields, line });
    },
    end(missing) {
      for (const { entry, fields, line } of held) {
        const key = fields.get('crossref') ?? '';
        const parent = parents.get(key.toLowerCase());
        if (!parent) missing(line, key);
        pass(entry, parent ? inherit(fields, parent) : fields, line);
      }
      held.length = 0;
    },
  };
}

function inherit(fields: Fields, parent: Fields): Fields {
  const all = new Map(fields);
  // A date and a year are the same thing: an entry with either has its own.
  const isDated = fields.has('year') || fields.has('date');
  for (const [name, value] of parent) {
    const isDate = /^(?:year|month|day|date)$/u.test(name);
    if (name === 'title' && !all.has('booktitle')) all.set('booktitle', value);
    if (!OWN.has(name) && !(isDate && isDated) && !all.has(name)) all.set(name, value);
  }
  return all;
}

import type { LazyTextFormat, TextHead } from '../format.ts';
import type { TagLine, TagTable } from './tag-table.ts';

/**
 * Records whose lines begin with a label: `Title: …` as ProQuest, Cochrane, CSA and many catalogues write it, or labels on
 * lines of their own above indented values, as Ovid and Embase do. Rules, `Document 1 of 4` or blank lines stand between.
 */
export const LABELLED: LazyTextFormat = {
  name: 'labelled',
  score(head) {
    const { known, share, marks } = measure(head);
    const hasText = known.has('title') || known.has('abstract') || (marks > 1 && known.size > 2);
    if (!hasText || known.size < 2 || share < 0.15) return 0;
    return marks > 1 && known.size > 2 ? 0.85 : share >= 0.4 ? 0.62 : 0;
  },
  load: async () => {
    const { makeTaggedParser } = await import('./tagged-parser.ts');
    return (sink, options, head) => makeTaggedParser(tableOf(head), { sink, options, head });
  },
};

/** Labels that databases use, for the columns that have roles and some others. Of each list the first is the best. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  title: ['title', 'ti', 'document title', 'article title', 'original title'],
  abstract: ['abstract', 'ab', 'summary', 'description', 'abstract/summary', 'text', 'body', 'full text'],
  authors: ['author', 'authors', 'au', 'author names', 'author(s)', 'by', 'creator', 'from'],
  date: ['publication date', 'date', 'date of publication', 'publication year', 'year', 'yr', 'py', 'pd', 'dp', 'dt'],
  url: ['url', 'document url', 'link', 'us', 'web address', 'proquest document link'],
  doi: ['doi', 'do'],
  id: ['unique identifier', 'accession number', 'an', 'id', 'ui', 'pmid', 'proquest document id'],
  journal: ['source', 'publication title', 'so', 'journal', 'source title', 'jn'],
  keywords: [
    'keywords',
    'subject',
    'subjects',
    'descriptors',
    'kw',
    'de',
    'identifier / keyword',
    'mesh subject headings',
  ],
  language: ['language', 'la', 'language of publication'],
  publisher: ['publisher', 'pb'],
  type: ['document type', 'publication type', 'source type', 'pt'],
};
const ROLE_OF = new Map(
  Object.entries(LABELS).flatMap(([column, labels]) => labels.map((label) => [label, column] as const)),
);

/** `Title: value`; a label has up to five words. */
const COLON = /^([\p{L}][\p{L}\p{N} /&().'-]{0,40}?)\s?:(?:\s+(\S.*)?)?$/u;
/** A label on a line of its own. */
const BARE = /^[A-Z][\p{L} /&()-]{1,40}$/u;
/** What stands between records: a rule, or their number. */
const MARK = /^\s*(?:[_=*-]{5,}|<\d+>\.?|(?:document|record|item|result) #?\d+(?: of \d+)?:?)\s*$/iu;
/** Parts of an abstract, which look like labels. */
const PARTS =
  /^(?:background|introduction|context|objectives?|aims?|purpose|setting|design|patients?|participants?|interventions?|main outcome|methods?|methodology|materials?|results?|findings?|measurements?|discussion|conclusions?|limitations?|significance|interpretation|funding|registration|note|nb|https?)\b/iu;

/** What databases write before and after all records. */
const ASIDE =
  /^(?:report information from proquest|contact us|terms and conditions|database copyright|copyright|about proquest|table of contents)/iu;

interface Measure {
  /** The columns whose labels are there, and all labels. */
  readonly known: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
  /** Of the lines that are not blank. */
  readonly share: number;
  readonly marks: number;
  readonly first: string;
}

/** The labels of a text: those that databases use, and others that come again. */
function measure({ text }: TextHead): Measure {
  const counts = new Map<string, number>();
  const lines = text.split('\n');
  const alone = new Set<string>();
  let [filled, marks, first] = [0, 0, ''];
  lines.forEach((line, i) => {
    if (line.trim() === '') return;
    filled++;
    if (MARK.test(line)) marks++;
    const label = labelOf(line) ?? (BARE.test(line) && isValue(line, lines[i + 1]) ? plain(line) : null);
    if (label === null || ASIDE.test(label)) return;
    if (ROLE_OF.has(label)) first ||= label;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    if (lines[i - 1]?.trim() === '' && label.split(' ').length <= 3) alone.add(label);
  });
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  // Where most lines have labels, one that comes once is a label too, and in a marked record one after a blank line.
  const isOne = (label: string): boolean => all > filled / 2 || (marks > 1 && alone.has(label));
  const kept = [...counts].filter(
    ([label, count]) => ROLE_OF.has(label) || ((count > 1 || isOne(label)) && !PARTS.test(label)),
  );
  const labelled = kept.reduce((sum, [, count]) => sum + count, 0);
  const known = new Set(kept.flatMap(([label]) => ROLE_OF.get(label) ?? []));
  return { known, labels: new Set(kept.map(([label]) => label)), share: labelled / Math.max(1, filled), marks, first };
}

function labelOf(line: string): string | null {
  const match = COLON.exec(line.slice(0, 200));
  return match && match[1].split(' ').length <= 5 ? plain(match[1]) : null;
}

/** Whether `next` is the value below a label on a line of its own. */
function isValue(label: string, next: string | undefined): boolean {
  return (
    next !== undefined && (/^ {2,}\S/u.test(next) || (label === label.toUpperCase() && next !== next.toUpperCase()))
  );
}

function plain(label: string): string {
  return label.trim().toLowerCase().replace(/\s+/gu, ' ');
}

/** The table of tags of one file: a tag is a label in lower case. */
function tableOf(head: TextHead): TagTable {
  const { labels, marks, first } = measure(head);
  const names = Object.entries(LABELS).flatMap(([column, all]) => all.map((label) => [label, column] as const));
  return {
    cut: (line) => cutLabel(line, labels),
    begins: first,
    ends: null,
    title: [...LABELS.title, UNTITLED],
    text: LABELS.abstract,
    authors: LABELS.authors,
    date: LABELS.date,
    url: LABELS.url,
    doi: LABELS.doi,
    id: LABELS.id,
    names: { ...Object.fromEntries(names), [UNTITLED]: 'heading' },
    lists: [],
    split: ['keywords', 'subject', 'subjects', 'descriptors', 'kw'],
    between: MARK,
    marked: marks > 1,
    untagged: marks > 1 ? UNTITLED : undefined,
    aside: ASIDE,
  };
}

/** The tag of lines before the first label of a record, which are its title. */
const UNTITLED = '\u0000title';

function cutLabel(line: string, labels: ReadonlySet<string>): TagLine | null {
  const match = COLON.exec(line);
  const label = plain(match ? match[1] : BARE.test(line) ? line : '');
  if (!labels.has(label)) return null;
  const value = match?.[2] ?? '';
  // CSA writes `TI: Title` above the title itself.
  return [label, label.length === 2 && ROLE_OF.get(plain(value)) === ROLE_OF.get(label) ? '' : value];
}

import type { ColumnValue } from '../model/paper.ts';
import { parseDate } from '../text/dates.ts';
import { type ExtraValue, makeLineFeed, type RecordSink, type TextFormat, type TextParser } from './format.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';
import { doiUrl, parseUrl } from './table.ts';

/** RIS, the exchange format of reference managers. */
export const RIS: TextFormat = {
  name: 'ris',
  score: ({ extension, start }) => (/^TY {1,2}- /u.test(start) ? 1 : extension === 'ris' ? 0.5 : 0),
  makeParser: makeRisParser,
};

const TAG_LINE = /^\s?([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$/u;
/** Tags that can fill each role, best first. */
const ROLE_TAGS = {
  title: ['TI', 'T1', 'CT', 'BT'],
  text: ['AB', 'N2'],
  authors: ['AU', 'A1'],
  date: ['DA', 'PY', 'Y1'],
  url: ['UR', 'L2', 'LK', 'L1'],
  id: ['ID', 'AN'],
} as const;
/** Column names for frequent tags; any other tag is its own name. */
const TAG_NAMES = new Map([
  ['TY', 'type'],
  ['DO', 'doi'],
  ['KW', 'keywords'],
  ['JO', 'journal'],
  ['JF', 'journal'],
  ['T2', 'journal'],
  ['PB', 'publisher'],
  ['VL', 'volume'],
  ['IS', 'issue'],
  ['LA', 'language'],
]);

interface OpenRecord {
  readonly line: number;
  readonly values: Map<string, string[]>;
  length: number;
  /** The values of the tag that a line without a tag continues. */
  current: string[] | null;
}

/** A record without its `ER` line ends, with a warning, where the next begins. Tags without a role become columns. */
function makeRisParser(sink: RecordSink): TextParser {
  let open: OpenRecord | null = null;

  function finish(complete: boolean): void {
    if (!open) return;
    if (!complete) sink.warn(open.line, 'this record has no ER line at its end');
    if (open.length > MAX_RECORD_LENGTH) sink.skip(open.line, `longer than ${MAX_RECORD_LENGTH} characters`);
    else addRecord(sink, open);
    open = null;
  }

  return makeLineFeed(sink, {
    line(text, number) {
      const match = TAG_LINE.exec(text);
      const tag = match?.[1];
      const value = (match ? (match[2] ?? '') : text).trim();
      if (tag === 'ER') finish(true);
      else if (tag === 'TY') {
        finish(false);
        open = { line: number, values: new Map([['TY', [value]]]), length: 0, current: null };
      } else if (open) addLine(open, tag, value);
    },
    end: () => finish(false),
  });
}

function addLine(open: OpenRecord, tag: string | undefined, value: string): void {
  open.length += value.length;
  if (value === '' || open.length > MAX_RECORD_LENGTH) return;
  if (tag === undefined) {
    open.current?.push(`${open.current.pop() ?? ''} ${value}`);
    return;
  }
  open.current = open.values.get(tag) ?? [];
  open.current.push(value);
  open.values.set(tag, open.current);
}

function addRecord(sink: RecordSink, { values, line }: OpenRecord): void {
  const used = new Set<string>();
  const first = (tags: readonly string[]): string[] => {
    const tag = tags.find((each) => values.has(each));
    if (tag === undefined) return [];
    used.add(tag);
    return values.get(tag) ?? [];
  };
  const title = first(ROLE_TAGS.title).join(' ');
  const text = first(ROLE_TAGS.text).join(' ');
  if (title === '' && text === '') {
    sink.skip(line, 'this record has neither a title nor an abstract');
    return;
  }
  const authors = first(ROLE_TAGS.authors);
  const date = first(ROLE_TAGS.date)[0] ?? '';
  const url = first(ROLE_TAGS.url)[0] ?? '';
  const id = first(ROLE_TAGS.id)[0] ?? null;
  sink.record({
    title,
    text,
    authors: authors.length > 0 ? authors.join('; ') : null,
    date: parseDate(date) ?? parseDate(values.get('PY')?.[0] ?? ''),
    url: parseUrl(url) ?? doiUrl(values.get('DO')?.[0] ?? ''),
    id,
    extra: otherTags(values, used),
    line,
  });
}

function otherTags(values: ReadonlyMap<string, string[]>, used: ReadonlySet<string>): ExtraValue[] {
  const columns = new Map<string, ColumnValue>();
  for (const [tag, list] of values) {
    const name = TAG_NAMES.get(tag) ?? tag;
    if (!used.has(tag) && !columns.has(name)) columns.set(name, list.join('; '));
  }
  return [...columns];
}

import { makeLineFeed, type RecordSink, type TextHead, type TextParser } from '../format.ts';
import { MAX_RECORD_LENGTH } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { makeTable } from '../table.ts';
import { knownTags, type TagTable } from './tag-table.ts';
import { type Fields, ROLE_COLUMNS, rowOf } from './tagged-row.ts';

/** What a parser of one file is made of. */
interface ParserPlace {
  readonly sink: RecordSink;
  readonly options: FileOptions;
  readonly head: TextHead;
}

interface OpenRecord {
  readonly line: number;
  readonly fields: Fields;
  /** UTF-16 units of all values; beyond {@link MAX_RECORD_LENGTH} no more is held. */
  length: number;
  /** The field that a line without a tag continues. */
  current: string | null;
}

/**
 * Reads records of `table` in any order of their tags. A record ends with its end tag, or, with a warning, where the
 * next begins; in a file that has neither end tags nor begins with a begin tag, at blank lines.
 */
export function makeTaggedParser(table: TagTable, { sink, options, head }: ParserPlace): TextParser {
  const known = knownTags(table);
  const isKnown = (tag: string): boolean => known.has(tag);
  const around = new Set(table.around ?? []);
  const byBlank = !table.marked && areSeparatedByBlanks(table, head.text, isKnown);
  const id = table.idName ?? 'id';
  const names = ['title', 'abstract', 'authors', 'date', 'url', id];
  const rows = makeTable(sink, options, { names, roles: { ...ROLE_COLUMNS, id } });
  let open: OpenRecord | null = null;
  let afterBlank = false;
  let stray = 0;
  let firstStray = 0;

  function finish(complete: boolean): void {
    if (!open) return;
    const { line, fields, length } = open;
    open = null;
    if (!complete) sink.warn(line, `this record has no ${table.ends} line at its end`);
    const words = untaggedWords(table, fields);
    if (words !== null) {
      if (!table.aside?.test(words)) sink.warn(line, 'words without a label, outside of records: not read');
      return;
    }
    const isTooLong = length > MAX_RECORD_LENGTH;
    const row = isTooLong ? null : rowOf(table, fields);
    if (row) rows.add(row.names, row.values, line);
    else if (isTooLong) sink.skip(line, `longer than ${MAX_RECORD_LENGTH} characters`);
    else sink.skip(line, 'this record has neither a title nor an abstract');
  }

  function take(tag: string, value: string, number: number): void {
    if (around.has(tag) && !open) return;
    const begins = !table.marked && tag === table.begins && open?.fields.has(tag);
    if (begins || (byBlank && afterBlank)) finish(byBlank || table.ends === null);
    open ??= { line: number, fields: new Map(), length: 0, current: null };
    addValue(open, tag, value);
  }

  return makeLineFeed(sink, {
    line(text, number) {
      if (text.trim() === '') {
        afterBlank = true;
        return;
      }
      const cut = table.cut(text, isKnown);
      if (cut && cut[0] === table.ends) finish(true);
      else if (cut) take(cut[0], cut[1].trim(), number);
      else if (table.between?.test(text.slice(0, 200))) finish(byBlank || table.ends === null);
      else if (open) continueField(open, table, text.trim());
      else if (table.untagged !== undefined) take(table.untagged, text.trim(), number);
      else if (stray++ === 0) firstStray = number;
      afterBlank = false;
    },
    end() {
      finish(byBlank || table.ends === null);
      if (stray > 0) sink.warn(firstStray, `${stray} ${stray === 1 ? 'line' : 'lines'} outside of records: not read`);
      rows.end();
    },
  });
}

/** The first line of a record that has only lines without a label, as between records; otherwise null. */
function untaggedWords({ untagged }: TagTable, fields: OpenRecord['fields']): string | null {
  if (untagged === undefined || fields.size !== 1) return null;
  return fields.get(untagged)?.[0] ?? null;
}

function addValue(open: OpenRecord, tag: string, value: string): void {
  open.length += value.length;
  open.current = tag;
  if (open.length > MAX_RECORD_LENGTH) return;
  const values = open.fields.get(tag);
  if (values) values.push(value);
  else open.fields.set(tag, [value]);
}

function continueField(open: OpenRecord, table: TagTable, value: string): void {
  open.length += value.length;
  const values = open.current === null ? undefined : open.fields.get(open.current);
  if (!values || open.current === null || open.length > MAX_RECORD_LENGTH) return;
  if (table.byLine?.includes(open.current)) values.push(value);
  else {
    // Joined as a rope, so that a field of many lines costs linear time.
    const before = values.pop() ?? '';
    values.push(before === '' ? value : `${before} ${value}`);
  }
}

/** Whether blank lines are all that separates records: no end tag, and no begin tag in front. */
function areSeparatedByBlanks(table: TagTable, head: string, isKnown: (tag: string) => boolean): boolean {
  let first: string | null = null;
  for (const line of head.split('\n')) {
    const tag = table.cut(line.slice(0, 200), isKnown)?.[0];
    if (tag === undefined) continue;
    if (tag === table.ends) return false;
    if (!table.around?.includes(tag)) first ??= tag;
  }
  return first !== null && first !== table.begins;
}

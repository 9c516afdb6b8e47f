import { type Cell, plainRecord, type RecordSink } from '../format.ts';
import type { FileOptions } from '../read.api.ts';
import { isKnownName, makeTable } from '../table.ts';
import { conversationText } from './conversation.ts';
import { flattenRecord, listCell, makeHints } from './flatten.ts';
import { jsonRoles } from './json-roles.ts';
import { recordsOfPage } from './lists.ts';
import { type Members, membersOf } from './people.ts';
import { makeNameMeanings } from './unwrap.ts';

/** Takes the values of a list of records. */
export interface JsonRecords {
  add(value: unknown, line: number): void;
  end(): void;
}

/** Why a value is no record. */
export const NO_RECORD = 'neither an object nor a string';

/**
 * Makes records of JSON values: an object is a row, a string a text, a list of turns a conversation, any other list a row
 * without names. If the first of such rows has usual names, it names the columns.
 */
export function makeJsonRecords(sink: RecordSink, options: FileOptions): JsonRecords {
  const hints = makeHints();
  const table = makeTable(sink, options, {
    roles: (headers) => jsonRoles(headers, hints),
    structures: hints.structures,
  });
  const names = makeNameMeanings();
  let header: readonly string[] | null = null;
  let hasPages = false;

  function addList(list: readonly unknown[], line: number): void {
    const talk = conversationText(list);
    if (talk !== null) {
      hints.talks.add('conversation');
      table.add(['conversation'], [talk], line);
    } else if (header === null && isHeader(list)) header = list.map(String);
    else {
      header ??= [];
      const names = list.map((_, i) => header?.[i] ?? `column ${i + 1}`);
      table.add(
        names,
        list.map((value, i) => cellOf(value, names[i], hints)),
        line,
      );
    }
  }

  /** Adds the records of a page, or the record that an object is. */
  function addObject(object: Members, line: number): void {
    const page = recordsOfPage(object, names);
    if (!page) {
      const row = flattenRecord(object, hints);
      table.add(row.names, row.values, line);
      return;
    }
    if (!hasPages)
      sink.warn(line, `each element is a page: the records of its list “${page.path}” are read, and nothing around it`);
    hasPages = true;
    for (const record of page.records) {
      const members = membersOf(record);
      if (members) addObject(members, line);
      else sink.skip(line, NO_RECORD);
    }
  }

  return {
    add(value, line) {
      const members = membersOf(value);
      if (Array.isArray(value)) addList(value, line);
      else if (typeof value === 'string') {
        if (value.trim() !== '') sink.record(plainRecord('', value.trim(), line));
      } else if (members) addObject(members, line);
      else if (value !== null) sink.skip(line, NO_RECORD);
    },
    end: table.end,
  };
}

function cellOf(value: unknown, name: string, hints: ReturnType<typeof makeHints>): Cell {
  if (Array.isArray(value)) return listCell(value, name, hints);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

/** Whether a row names columns: different strings, one of them usual. */
function isHeader(list: readonly unknown[]): boolean {
  return (
    list.length > 1 &&
    list.every((name) => typeof name === 'string' && name.length <= 60) &&
    new Set(list).size === list.length &&
    list.some((name) => isKnownName(String(name)))
  );
}

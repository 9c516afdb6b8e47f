import { StageError } from '../../model/failure.ts';
import {
  makeLineFeed,
  plainRecord,
  type RecordSink,
  type TextFormat,
  type TextHead,
  type TextParser,
} from '../format.ts';
import { MAX_WHOLE_JSON } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { isKnownName, makeTable, type Table } from '../table.ts';
import { type ElementScanner, isJsonObject, makeElementScanner, parseJson, toRow } from './json-values.ts';

/** A JSON list of objects or strings, or an object that contains one or is itself a record. */
export const JSON_FILE: TextFormat = {
  name: 'json',
  score: (head) => (beginsList(head) || beginsObject(head) ? 0.9 : head.extension === 'json' ? 0.5 : 0),
  makeParser: makeJsonParser,
};

/** One JSON object, or one string (a text), on each line. Must be tried before {@link JSON_FILE}. */
export const JSON_LINES: TextFormat = {
  name: 'jsonl',
  score: (head) =>
    !beginsList(head) && (['jsonl', 'ndjson'].includes(head.extension) || (beginsObject(head) && looksLikeLines(head)))
      ? 0.95
      : 0,
  makeParser: makeJsonlParser,
};

function beginsList({ start }: TextHead): boolean {
  return /^\[\s*(?:[{"[\]]|$)/u.test(start);
}

function beginsObject({ start }: TextHead): boolean {
  return /^\{\s*(?:["}]|$)/u.test(start);
}

/** Whether at least two lines are complete objects; a file that is one object has no such lines. */
function looksLikeLines({ text, whole }: TextHead): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const complete = whole ? lines : lines.slice(0, -1);
  if (lines.length > 1 && /^\{".*\}$/u.test(lines[0].trim()) && lines[1].startsWith('{"')) return true;
  return complete.filter((line) => /^\{.+\}\s*$/u.test(line)).length >= 2;
}

/** Levels of nested objects searched for a list of records. */
const SEARCH_DEPTH = 4;
const NO_RECORD = 'neither an object nor a string';

/**
 * Reads a list element by element. A truncated list keeps its whole elements, with a warning. Within an object the
 * lines of records are unknown and all reported as 1. Throws `bad-format` when nothing can be read, `too-large` for an
 * object over 512 M characters.
 */
function makeJsonParser(sink: RecordSink, options: FileOptions): TextParser {
  const table = makeTable(sink, options);
  let blankLines = 0;
  let scanner: ElementScanner | null = null;
  let whole: string[] | null = null;
  let wholeLength = 0;

  function pushWhole(parts: string[], text: string): void {
    wholeLength += text.length;
    if (wholeLength > MAX_WHOLE_JSON) throw tooLarge();
    parts.push(text);
  }

  return {
    push(text) {
      if (scanner) scanner.push(text);
      else if (whole) pushWhole(whole, text);
      else {
        const open = /^\s*(\[?)/u.exec(text);
        const before = text.slice(0, open?.[0].length);
        blankLines += before.split('\n').length - 1;
        if (open?.[1]) {
          scanner = listScanner(sink, table, blankLines + 1);
          scanner.push(text.slice(before.length));
        } else if (before !== text) {
          whole = [];
          pushWhole(whole, text);
        }
      }
    },
    end() {
      if (scanner) endList(scanner, sink);
      else if (whole) readWhole(whole.join(''), sink, table);
      table.end();
    },
  };
}

function listScanner(sink: RecordSink, table: Table, line: number): ElementScanner {
  const element = (text: string, at: number): void => {
    const result = parseJson(text);
    if (result.ok) addValue(result.value, at, sink, table);
    else sink.skip(at, result.reason);
  };
  return makeElementScanner({ element, refuse: (at, reason) => sink.skip(at, reason) }, line);
}

function endList(scanner: ElementScanner, sink: RecordSink): void {
  if (scanner.isInside()) sink.skip(0, 'the file breaks off in the middle of its last record, which is left out');
  else if (!scanner.isClosed()) sink.warn(0, 'the list has no end: the file may be incomplete');
}

function readWhole(text: string, sink: RecordSink, table: Table): void {
  const result = parseJson(text);
  if (result.ok) {
    const records = findRecords(result.value);
    if (!records) throw badFormat('it holds no list of objects or of strings');
    for (const record of records) addValue(record, 1, sink, table);
    return;
  }
  const list = /\[\s*\{/u.exec(text);
  if (!list) throw badFormat(result.reason);
  const scanner = listScanner(sink, table, text.slice(0, list.index).split('\n').length);
  scanner.push(text.slice(list.index + 1));
  sink.warn(0, `the file as a whole is ${result.reason}: its first list of objects was read`);
  endList(scanner, sink);
}

function addValue(value: unknown, line: number, sink: RecordSink, table: Table): void {
  if (isJsonObject(value)) {
    const { names, values } = toRow(value);
    table.add(names, values, line);
  } else if (typeof value === 'string') {
    if (value.trim() !== '') sink.record(plainRecord('', value.trim(), line));
  } else if (value !== null) sink.skip(line, NO_RECORD);
}

/** The records in `root`, or null. Objects with a known name win over other objects, objects over strings. */
function findRecords(root: unknown): readonly unknown[] | null {
  if (!isJsonObject(root)) return typeof root === 'string' ? [root] : null;
  if (hasText(root, 'text')) return [root];
  const lists = collectLists(root);
  const objects = lists.filter((list) => list.some(isJsonObject));
  const named = objects.filter((list) => list.some((item) => isJsonObject(item) && isRecord(item)));
  if (named.length > 0) return longest(named);
  if (isRecord(root)) return [root];
  const members = Object.values(root).filter(isJsonObject);
  if (members.length > 0 && members.every(isRecord)) return Object.entries(root).map(([id, item]) => keyed(id, item));
  if (objects.length > 0) return longest(objects);
  const strings = lists.filter((list) => list.some((item) => typeof item === 'string'));
  return strings.length > 0 ? longest(strings) : null;
}

/** All lists nested in objects of `root`, shallowest first. */
function collectLists(root: object): (readonly unknown[])[] {
  const lists: (readonly unknown[])[] = [];
  let level: object[] = [root];
  for (let depth = 0; depth < SEARCH_DEPTH && level.length > 0; depth++) {
    const values = level.flatMap((object): unknown[] => Object.values(object));
    for (const value of values) if (Array.isArray(value) && value.length > 0) lists.push(value);
    level = values.filter(isJsonObject);
  }
  return lists;
}

function longest(lists: readonly (readonly unknown[])[]): readonly unknown[] {
  return lists.reduce((best, list) => (list.length > best.length ? list : best));
}

/** A record of an object of records; its key there becomes its id if it has no other. */
function keyed(id: string, item: unknown): unknown {
  if (!isJsonObject(item) || Object.keys(item).some((name) => isKnownName(name, 'id'))) return item;
  return { id, ...item };
}

function isRecord(object: object): boolean {
  return hasText(object, 'title') || hasText(object, 'text');
}

function hasText(object: object, role: 'title' | 'text'): boolean {
  return Object.entries(object).some(([name, value]) => typeof value === 'string' && isKnownName(name, role));
}

function badFormat(reason: string): StageError {
  return new StageError('bad-format', 'read', `this JSON cannot be read: ${reason}`);
}

function tooLarge(): StageError {
  const limit = MAX_WHOLE_JSON / (1024 * 1024);
  const hint = 'save it as JSONL (one object a line), which is read in parts';
  return new StageError(
    'too-large',
    'read',
    `a JSON file that is no list can hold ${limit} M characters at most: ${hint}`,
  );
}

/** Parses each line by itself, so that a bad line is the only one lost. */
function makeJsonlParser(sink: RecordSink, options: FileOptions): TextParser {
  const table = makeTable(sink, options);
  return makeLineFeed(sink, {
    line(text, number) {
      if (text.trim() === '') return;
      const result = parseJson(text);
      if (!result.ok) sink.skip(number, result.reason);
      else if (result.value === null) sink.skip(number, NO_RECORD);
      else addValue(result.value, number, sink, table);
    },
    end: table.end,
  });
}

import { StageError } from '../../model/failure.ts';
import { makeLineFeed, type RecordSink, type TextFormat, type TextHead, type TextParser } from '../format.ts';
import { MAX_WHOLE_JSON } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { type JsonRecords, makeJsonRecords, NO_RECORD } from './json-records.ts';
import { type ElementScanner, makeElementScanner, parseJson } from './json-values.ts';
import { findLists, listAt } from './lists.ts';
import { linesOf } from './locate.ts';

/** A JSON list of objects or strings, or an object that contains one or is itself a record. */
export const JSON_FILE: TextFormat = {
  name: 'json',
  score: (head) => (beginsList(head) || beginsObject(head) ? 0.9 : head.extension === 'json' ? 0.5 : 0),
  makeParser: makeJsonParser,
};

/** One JSON object, or one string (a text), on each line. Must be tried before {@link JSON_FILE}. */
export const JSON_LINES: TextFormat = {
  name: 'jsonl',
  score: (head) => {
    if (beginsList(head)) return hasListLines(head) ? 0.95 : 0;
    const isNamed = ['jsonl', 'ndjson'].includes(head.extension);
    return isNamed || (beginsObject(head) && looksLikeLines(head)) ? 0.95 : 0;
  },
  makeParser: makeJsonlParser,
};

/** What exports for web pages put before JSON: `window.YTD.tweets.part0 = `, as in an archive of Twitter. */
const ASSIGNMENT = /^\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.]{0,80}\s*=\s*(?=[[{])/u;

function beginsList({ extension, start }: TextHead): boolean {
  return /^\[\s*(?:[{"[\]]|$)/u.test(/^jso?n?$/u.test(extension) ? start.replace(ASSIGNMENT, '') : start);
}

function beginsObject({ extension, start }: TextHead): boolean {
  return /^\{\s*(?:["}]|$)/u.test(/^jso?n?$/u.test(extension) ? start.replace(ASSIGNMENT, '') : start);
}

/** Whether the first lines are lists, each complete. */
function hasListLines({ text }: TextHead): boolean {
  const [first, second = ''] = text.trimStart().split('\n', 2);
  return /^\[.*\]\s*$/u.test(first) && second.startsWith('[') && parseJson(first).ok;
}

/** Whether at least two lines are complete objects; a file that is one object has no such lines. */
function looksLikeLines({ text, whole }: TextHead): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const complete = whole ? lines : lines.slice(0, -1);
  if (lines.length > 1 && /^\{".*\}$/u.test(lines[0].trim()) && lines[1].startsWith('{"')) return true;
  return complete.filter((line) => /^\{.+\}\s*$/u.test(line)).length >= 2;
}

/**
 * Reads a list element by element. A truncated list keeps its whole elements, with a warning. An object is held whole;
 * its likeliest list is read, or `options.list`, and the others are told. Throws `bad-format` when nothing can be read,
 * `too-large` for an object over 512 M characters.
 */
function makeJsonParser(sink: RecordSink, options: FileOptions): TextParser {
  const records = makeJsonRecords(sink, options);
  let before = '';
  let scanner: ElementScanner | null = null;
  let whole: string[] | null = null;
  let wholeLength = 0;

  function begin(text: string, isLast: boolean): void {
    before += text;
    const start = before.replace(ASSIGNMENT, (found) => found.replace(/[^\n]+/gu, ''));
    // An assignment may go on in the next piece.
    if (!isLast && before.length < 200 && !/^\s*[[{]/u.test(start)) return;
    const open = /^\s*(\[?)/u.exec(start);
    const blank = open?.[0] ?? '';
    if (open?.[1]) {
      scanner = listScanner(sink, records, blank.split('\n').length);
      scanner.push(start.slice(blank.length));
    } else if (start.trim() !== '') {
      whole = [start];
      wholeLength = start.length;
    }
  }

  return {
    push(text) {
      if (scanner) scanner.push(text);
      else if (whole) {
        wholeLength += text.length;
        if (wholeLength > MAX_WHOLE_JSON) throw tooLarge();
        whole.push(text);
      } else begin(text, false);
    },
    end() {
      if (!scanner && !whole) begin('', true);
      if (scanner) endList(scanner, sink);
      else if (whole) readWhole(whole.join(''), sink, records, options);
      records.end();
    },
  };
}

function listScanner(sink: RecordSink, records: JsonRecords, line: number): ElementScanner {
  const element = (text: string, at: number): void => {
    const result = parseJson(text);
    if (result.ok) records.add(result.value, at);
    else sink.skip(at, result.reason);
  };
  return makeElementScanner({ element, refuse: (at, reason) => sink.skip(at, reason) }, line);
}

function endList(scanner: ElementScanner, sink: RecordSink): void {
  if (scanner.isInside()) sink.skip(0, 'the file breaks off in the middle of its last record, which is left out');
  else if (!scanner.isClosed()) sink.warn(0, 'the list has no end: the file may be incomplete');
}

function readWhole(text: string, sink: RecordSink, records: JsonRecords, options: FileOptions): void {
  // '' is the top, which is read without any choice.
  const list = options.list || undefined;
  const result = parseJson(text);
  if (!result.ok) {
    readBroken(text, result.reason, sink, records);
    return;
  }
  const { best, paths } = findLists(result.value);
  const chosen = list === undefined ? null : listAt(result.value, list);
  const found = chosen && list !== undefined ? { path: list, records: chosen } : best;
  if (chosen || paths.some((path) => path !== found?.path))
    sink.parts({ lists: ranked(paths, found?.path), part: found?.path || null });
  if (list !== undefined && !chosen) {
    throw badFormat(`it has no list “${list}”${paths.length > 0 ? `, but ${paths.slice(0, 10).join(', ')}` : ''}`);
  }
  if (!found) throw badFormat('it holds no list of objects or of strings');
  const lines = found.path === '' ? [] : linesOf(text, found.path, found.records.length);
  found.records.forEach((record, i) => {
    records.add(record, lines[i] ?? 1);
  });
}

/** `paths` with the one that is read in front. */
function ranked(paths: readonly string[], first: string | undefined): string[] {
  return first ? [first, ...paths.filter((path) => path !== first)] : [...paths];
}

/** Reads what can be read of a text that is no JSON as a whole: objects one after another, or its first list. */
function readBroken(text: string, reason: string, sink: RecordSink, records: JsonRecords): void {
  if (/\}\s*\{/u.test(text.slice(0, 1_000_000)) && /^\s*\{/u.test(text) && hasObjects(text)) {
    const scanner = listScanner(sink, records, 1);
    scanner.push(text);
    if (scanner.isInside()) endList(scanner, sink);
    return;
  }
  const list = /\[\s*\{/u.exec(text);
  if (!list) throw badFormat(reason);
  const scanner = listScanner(sink, records, text.slice(0, list.index).split('\n').length);
  scanner.push(text.slice(list.index + 1));
  sink.warn(0, `the file as a whole is ${reason}: its first list of objects was read`);
  endList(scanner, sink);
}

/** Whether a text begins with a whole object that is followed by another. */
function hasObjects(text: string): boolean {
  let whole = 0;
  const element = (object: string): void => {
    if (parseJson(object).ok) whole++;
  };
  makeElementScanner({ element, refuse: () => undefined }).push(text.slice(0, 1_000_000));
  return whole > 0;
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
  const records = makeJsonRecords(sink, options);
  return makeLineFeed(sink, {
    line(text, number) {
      if (text.trim() === '') return;
      const result = parseJson(text);
      if (!result.ok) sink.skip(number, result.reason);
      else if (result.value === null) sink.skip(number, NO_RECORD);
      else records.add(result.value, number);
    },
    end: records.end,
  });
}

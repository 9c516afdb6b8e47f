import { makeRecordBuffer, type RecordBuffer } from '../format.ts';
import { MAX_JSON_DEPTH, MAX_RECORD_LENGTH } from '../limits.ts';

/** A JSON text's value, or why it cannot be parsed. */
type JsonResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** Receives the text of each element of a JSON list. */
interface ElementSink {
  element(text: string, line: number): void;
  /** Called instead for an element that is too long or too deep to be parsed. */
  refuse(line: number, reason: string): void;
}

/** Takes the text of a list in pieces; see {@link makeElementScanner}. */
export interface ElementScanner {
  push(text: string): void;
  /** Whether the list has been closed. */
  isClosed(): boolean;
  /** Whether an element has begun and not ended. */
  isInside(): boolean;
}

/**
 * Parses `text` after counting its nesting, so that no input can exhaust the stack. `NaN` and `Infinity`, which Python
 * writes although JSON has no such values, become null.
 */
export function parseJson(text: string): JsonResult {
  if (isTooDeep(text)) return { ok: false, reason: TOO_DEEP };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    if (!/NaN|Infinity/u.test(text)) return { ok: false, reason: 'not valid JSON' };
  }
  try {
    return { ok: true, value: JSON.parse(text.replace(STRING_OR_NUMBER_WORD, dropNumberWord)) };
  } catch {
    return { ok: false, reason: 'not valid JSON' };
  }
}

/**
 * Extracts the elements of a JSON list that arrives in pieces. Holds at most one element; a truncated list yields all
 * its whole elements. Start with the text after the opening bracket, which is on line `line`. Brackets are counted, not
 * matched: invalid JSON is found when the element is parsed.
 */
export function makeElementScanner(sink: ElementSink, line = 1): ElementScanner {
  const state: State = { sink, line, begunAt: line, depth: 0, deepest: 0, mode: 'between', buffer: makeRecordBuffer() };
  return {
    push: (text) => scan(state, text),
    isClosed: () => state.mode === 'closed',
    isInside: () => state.mode !== 'closed' && state.mode !== 'between',
  };
}

const TOO_DEEP = `nested deeper than ${MAX_JSON_DEPTH} levels`;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Matches a whole string, so that words within it are not changed, or one of the words that JSON does not know. */
const STRING_OR_NUMBER_WORD = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gu;

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (inString) {
      if (unit === BACKSLASH) i++;
      else if (unit === QUOTE) inString = false;
    } else if (unit === QUOTE) inString = true;
    else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      if (++depth > MAX_JSON_DEPTH) return true;
    } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) depth--;
  }
  return false;
}

function dropNumberWord(match: string): string {
  return match.startsWith('"') ? match : 'null';
}

interface State {
  readonly sink: ElementSink;
  line: number;
  begunAt: number;
  depth: number;
  deepest: number;
  /** `bare`: within a number or word; `nest`: within brackets; `escape`: after a backslash in a string. */
  mode: 'between' | 'bare' | 'nest' | 'string' | 'escape' | 'closed';
  readonly buffer: RecordBuffer;
}

function scan(state: State, text: string): void {
  let from = 0;
  for (let i = 0; i < text.length && state.mode !== 'closed'; i++) {
    const unit = text.charCodeAt(i);
    if (unit === NEWLINE) state.line++;
    if (state.mode === 'escape') state.mode = 'string';
    else if (state.mode === 'string') {
      if (unit === BACKSLASH) state.mode = 'escape';
      else if (unit === QUOTE) {
        state.mode = 'nest';
        if (state.depth === 0) from = finish(state, text, from, i + 1);
      }
    } else if (state.mode === 'between') {
      if (unit === CLOSE_BRACKET) state.mode = 'closed';
      else if (!isGap(unit)) {
        from = i;
        begin(state, unit);
      }
    } else if (state.mode === 'bare') {
      if (isGap(unit) || unit === CLOSE_BRACKET) {
        from = finish(state, text, from, i);
        if (unit === CLOSE_BRACKET) state.mode = 'closed';
      }
    } else {
      if (unit === QUOTE) state.mode = 'string';
      else nest(state, unit);
      if (state.depth === 0 && state.mode === 'nest') from = finish(state, text, from, i + 1);
    }
  }
  if (state.mode !== 'between' && state.mode !== 'closed') state.buffer.add(text.slice(from));
}

function begin(state: State, unit: number): void {
  state.begunAt = state.line;
  state.depth = 0;
  state.deepest = 0;
  state.mode = 'bare';
  if (unit === QUOTE) state.mode = 'string';
  else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
    state.mode = 'nest';
    nest(state, unit);
  }
}

function nest(state: State, unit: number): void {
  if (unit === OPEN_BRACE || unit === OPEN_BRACKET) state.deepest = Math.max(state.deepest, ++state.depth);
  else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) state.depth--;
}

function finish(state: State, text: string, from: number, to: number): number {
  state.buffer.add(text.slice(from, to));
  const element = state.buffer.take();
  if (element === null) state.sink.refuse(state.begunAt, `this record is longer than ${MAX_RECORD_LENGTH} characters`);
  else if (state.deepest > MAX_JSON_DEPTH) state.sink.refuse(state.begunAt, TOO_DEEP);
  else state.sink.element(element, state.begunAt);
  state.mode = 'between';
  return to;
}

function isGap(unit: number): boolean {
  return unit === 0x20 || unit === 0x2c || unit === NEWLINE || unit === 0x09 || unit === 0x0d;
}

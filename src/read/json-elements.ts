import { MAX_JSON_DEPTH, MAX_RECORD_LENGTH } from './limits.ts';

/** Where the elements of a JSON list go, as text. */
export interface ElementSink {
  element(text: string, line: number): void;
  /** In place of an element that is too long or too deep to be parsed. */
  refuse(line: number, reason: string): void;
}

export interface ElementScanner {
  push(text: string): void;
  /** Whether the list has been closed. */
  isClosed(): boolean;
  /** Whether an element was begun and not ended. */
  isInside(): boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/**
 * Cuts the elements out of a JSON list that arrives in pieces: no more than one of them is held, and a list that breaks
 * off has given all that were whole. Feed it what stands behind the opening bracket, which is on line `line`. Brackets
 * are counted, not matched: what is no JSON is found when the element is parsed.
 */
export function makeElementScanner(sink: ElementSink, line = 1): ElementScanner {
  const state: State = { sink, line, begunAt: line, depth: 0, deepest: 0, mode: 'between', held: [], heldLength: 0 };
  return {
    push: (text) => scan(state, text),
    isClosed: () => state.mode === 'closed',
    isInside: () => state.mode !== 'closed' && state.mode !== 'between',
  };
}

interface State {
  readonly sink: ElementSink;
  line: number;
  begunAt: number;
  depth: number;
  deepest: number;
  /** `bare`: within a number or word; `nest`: within brackets; `escape`: behind a backslash in a string. */
  mode: 'between' | 'bare' | 'nest' | 'string' | 'escape' | 'closed';
  held: string[];
  heldLength: number;
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
      if (unit === 0x5d) state.mode = 'closed';
      else if (!isGap(unit)) {
        from = i;
        begin(state, unit);
      }
    } else if (state.mode === 'bare') {
      if (isGap(unit) || unit === 0x5d) {
        from = finish(state, text, from, i);
        if (unit === 0x5d) state.mode = 'closed';
      }
    } else {
      if (unit === QUOTE) state.mode = 'string';
      else nest(state, unit);
      if (state.depth === 0 && state.mode === 'nest') from = finish(state, text, from, i + 1);
    }
  }
  if (state.mode !== 'between' && state.mode !== 'closed') hold(state, text.slice(from));
}

function begin(state: State, unit: number): void {
  state.begunAt = state.line;
  state.depth = 0;
  state.deepest = 0;
  state.mode = 'bare';
  if (unit === QUOTE) state.mode = 'string';
  else if (unit === 0x7b || unit === 0x5b) {
    state.mode = 'nest';
    nest(state, unit);
  }
}

function nest(state: State, unit: number): void {
  if (unit === 0x7b || unit === 0x5b) state.deepest = Math.max(state.deepest, ++state.depth);
  else if (unit === 0x7d || unit === 0x5d) state.depth--;
}

function finish(state: State, text: string, from: number, to: number): number {
  hold(state, text.slice(from, to));
  if (state.heldLength > MAX_RECORD_LENGTH) {
    state.sink.refuse(state.begunAt, `this record is longer than ${MAX_RECORD_LENGTH} characters`);
  } else if (state.deepest > MAX_JSON_DEPTH) {
    state.sink.refuse(state.begunAt, `nested deeper than ${MAX_JSON_DEPTH} levels`);
  } else state.sink.element(state.held.join(''), state.begunAt);
  state.mode = 'between';
  state.held = [];
  state.heldLength = 0;
  return to;
}

function hold(state: State, text: string): void {
  state.heldLength += text.length;
  if (state.heldLength > MAX_RECORD_LENGTH) state.held = [];
  else state.held.push(text);
}

function isGap(unit: number): boolean {
  return unit === 0x20 || unit === 0x2c || unit === NEWLINE || unit === 0x09 || unit === 0x0d;
}

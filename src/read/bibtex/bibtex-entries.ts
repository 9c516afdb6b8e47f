/** One entry of a BibTeX file. Field names are in lower case; values lose their outer braces and have single blanks. */
export interface BibtexEntry {
  readonly type: string;
  readonly key: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Offset in the parsed text. */
  readonly start: number;
  /** A brace, quote or similar is missing; `fields` holds what could be read. */
  readonly damaged: boolean;
}

interface Cursor {
  readonly text: string;
  at: number;
  damaged: boolean;
}

/**
 * All entries of `text`. Adds `@string` definitions to `macros` (names in lower case), which later values may use.
 * Skips `@comment` and `@preamble`. Like BibTeX, counts escaped braces too.
 */
export function parseBibtexEntries(text: string, macros: Map<string, string>): BibtexEntry[] {
  const entries: BibtexEntry[] = [];
  const opening = /@\s*([A-Za-z]+)\s*([{(])/gu;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const type = match[1].toLowerCase();
    const cursor: Cursor = { text, at: opening.lastIndex, damaged: false };
    if (type === 'comment' || type === 'preamble') {
      const end = closingBrace(text, opening.lastIndex);
      opening.lastIndex = end < 0 ? text.length : end + 1;
      continue;
    }
    const key = type === 'string' ? '' : takeKey(cursor);
    const fields = takeFields(cursor, macros, match[2] === '{' ? '}' : ')');
    if (type === 'string') for (const [name, value] of fields) macros.set(name, value);
    else entries.push({ type, key, fields, start: match.index, damaged: cursor.damaged });
    opening.lastIndex = cursor.at;
  }
  return entries;
}

function takeKey(cursor: Cursor): string {
  const match = take(cursor, /\s*([^,\s{}()="]*)\s*(?=[,})])/uy);
  return match ? match[1] : '';
}

function takeFields(cursor: Cursor, macros: ReadonlyMap<string, string>, close: string): [string, string][] {
  const fields: [string, string][] = [];
  for (;;) {
    take(cursor, /[\s,]+/uy);
    if (cursor.text[cursor.at] === close) {
      cursor.at++;
      return fields;
    }
    // Scopus and Web of Science have names with blanks: `funding text 1`.
    const name = take(cursor, /([A-Za-z][^\s=,{}()"#%]*(?:[^\S\n]+[^\s=,{}()"#%]+){0,6})\s*=\s*/uy);
    if (!name) {
      cursor.damaged = true;
      return fields;
    }
    fields.push([name[1].toLowerCase().replace(/\s+/gu, ' '), takeValue(cursor, macros)]);
  }
}

/** Reads a value: parts joined by `#`, each in braces or quotes, a number, or a macro's name. */
function takeValue(cursor: Cursor, macros: ReadonlyMap<string, string>): string {
  const parts: string[] = [];
  do {
    const mark = cursor.text[cursor.at];
    if (mark === '{') parts.push(takeUntil(cursor, closingBrace(cursor.text, cursor.at + 1)));
    else if (mark === '"') parts.push(takeUntil(cursor, closingQuote(cursor.text, cursor.at + 1)));
    else {
      const word = take(cursor, /[^\s,#{}()"=]+/uy)?.[0] ?? '';
      if (word === '') cursor.damaged = true;
      parts.push(macros.get(word.toLowerCase()) ?? word);
    }
  } while (take(cursor, /\s*#\s*/uy));
  return unwrap(parts.join('').replace(/\s+/gu, ' ').trim());
}

const NEXT_FIELD = /,?[^\S\n]*\n[^\S\n]*[A-Za-z][\w-]*(?:[^\S\n]+[\w-]+){0,6}[^\S\n]*=[^\S\n]*[{"]/u;

/**
 * The text between the cursor's mark and `end`. Without a valid `end` (missing, or followed by something that cannot
 * follow a value, as when the entry's own brace was taken for it), it reads up to the line where the next field begins.
 */
function takeUntil(cursor: Cursor, end: number): string {
  const start = cursor.at + 1;
  if (end >= 0) {
    const value = cursor.text.slice(start, end);
    const next = isValueEnd(cursor.text, end + 1) ? null : NEXT_FIELD.exec(value);
    if (next) cursor.damaged = true;
    cursor.at = next ? start + next.index : end + 1;
    return next ? value.slice(0, next.index) : value;
  }
  cursor.damaged = true;
  const rest = cursor.text.slice(start);
  const next = NEXT_FIELD.exec(rest);
  cursor.at = next ? start + next.index : cursor.text.length;
  return rest.slice(0, next?.index).trimEnd();
}

function isValueEnd(text: string, at: number): boolean {
  const follows = /\s*[,})#]/uy;
  follows.lastIndex = at;
  return follows.test(text);
}

function take(cursor: Cursor, sticky: RegExp): RegExpExecArray | null {
  sticky.lastIndex = cursor.at;
  const match = sticky.exec(cursor.text);
  if (match) cursor.at = sticky.lastIndex;
  return match;
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function closingQuote(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}') depth--;
    else if (text[i] === '"' && depth === 0) return i;
  }
  return -1;
}

/** Removes braces around the whole value, which BibTeX uses to keep capitals. */
function unwrap(value: string): string {
  const wrapped = value.startsWith('{') && closingBrace(value, 1) === value.length - 1;
  return wrapped ? value.slice(1, -1).trim() : value;
}

/** Keys under which lists of objects hold their names: `[{"id": 28, "name": "Action"}]`. */
const NAME_KEYS = /^(?:name|title|label|text|value|display_name|full_?name)$/iu;
const OPENERS: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

/**
 * The items of a list as programs write it: JSON (`["a", "b"]`), Python (`['a', 'b']`, `('a',)`, `{'a', 'b'}`, a list of
 * dictionaries with names), NumPy (`['a' 'b']`), R (`c("a", "b")`), PostgreSQL (`{a,"b c"}`). Null for any other text and
 * for lists within lists. O(cell).
 */
export function parseListCell(cell: string): string[] | null {
  const text = cell.trim().replace(/^c(?=\()/u, '');
  const close = OPENERS[text[0]];
  if (text.length < 2 || close === undefined || !text.endsWith(close)) return null;
  const inner = text.slice(1, -1);
  if (/^\s*\{/u.test(inner)) return namesIn(inner);
  // A name with a colon after it: one object, not a list.
  if (text.startsWith('{') && /^\s*(?:"[^"]*"|'[^']*')\s*:/u.test(inner)) return null;
  // Words in brackets are a remark unless quotes or commas make them a list.
  if (!/["',]/u.test(inner) && (text.startsWith('(') || /\s/u.test(inner.trim()))) return null;
  const items: string[] = [];
  for (const [, double, single, bare] of inner.matchAll(TOKEN)) {
    const quoted = double ?? single;
    // A quote without its partner. To look on would cost the square of the cell's length.
    if (quoted === undefined && bare === undefined) return null;
    const item = quoted === undefined ? (bare ?? '').trim() : unescaped(quoted);
    if (quoted === undefined && /[[\](){}]/u.test(item)) return null;
    if (item !== '' && (quoted !== undefined || !/^(?:null|none|nan)$/iu.test(item))) items.push(item);
  }
  return items;
}

/** A part between quotes, one between commas, or a quote without its partner. */
const TOKEN = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^,"']+)|["']/gsu;
/** UTF-16 units of a list of objects that is looked through. */
const MAX_OBJECTS = 100_000;

/** The names of objects in a list. */
function namesIn(inner: string): string[] | null {
  if (inner.length > MAX_OBJECTS) return null;
  const names: string[] = [];
  const pair = /(?:"([^"\\]*)"|'([^'\\]*)')\s*:\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/gsu;
  for (const [, key, pythonKey, value, pythonValue] of inner.matchAll(pair)) {
    if (NAME_KEYS.test(key ?? pythonKey)) names.push(unescaped(value ?? pythonValue));
  }
  return names.length > 0 ? names : null;
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([\da-fA-F]{4})|([nrt])|(.))/gsu, (_, code?: string, blank?: string, sign?: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : blank ? ' ' : (sign ?? ''),
  );
}

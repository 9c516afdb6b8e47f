import { makeElementScanner } from './json-values.ts';

/** Lines of the `count` elements of the list at `path` in a JSON text, from 1; empty when they cannot be told. O(text). */
export function linesOf(text: string, path: string, count: number): number[] {
  const start = findList(text, path);
  if (start < 0) return [];
  const lines: number[] = [];
  const note = (line: number): void => void lines.push(line);
  const begin = text.slice(0, start).split('\n').length;
  makeElementScanner({ element: (_, line) => note(line), refuse: note }, begin).push(text.slice(start));
  return lines.length === count ? lines : [];
}

/** Strings, with the colon after a name, and brackets; what is between them needs no look. */
const TOKEN = /"(?:[^"\\]|\\.)*"(?:\s*:)?|[[\]{}]/gu;

/** Where the elements of the list at `path` begin in a JSON text, after its bracket; -1 when it is not there. */
function findList(text: string, path: string): number {
  /** Paths of the open brackets; null within lists, whose elements have none. */
  const open: (string | null)[] = [];
  let name = '';
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    if (token.endsWith(':')) name = unquoted(token);
    else if (token === '}' || token === ']') open.pop();
    else if (token === '{' || token === '[') {
      const parent = open.at(-1);
      let here: string | null = null;
      if (open.length === 0) here = '';
      else if (parent !== null) here = parent === '' ? name : `${parent}.${name}`;
      if (token === '[' && here === path) return match.index + 1;
      open.push(token === '[' ? null : here);
    }
  }
  return -1;
}

function unquoted(token: string): string {
  try {
    return String(JSON.parse(token.replace(/\s*:$/u, '')));
  } catch {
    return '';
  }
}

/**
 * The names in a field of authors. Semicolons and `and` part names; commas do where each part is a whole name
 * (`A. Lund, B. Ek`), but not within one (`Lund, Ana`) nor before initials (`Lund, A., Ek, B.`). O(length).
 */
export function splitAuthors(raw: string): string[] {
  const parts = cut(raw, /\s*;\s*|\s+and\s+/u);
  if (parts.length > 1) return parts.map((part) => part.replace(/^(?:&|and)\s+/u, ''));
  const [only = ''] = parts;
  const pieces = cut(only.replace(/,?\s+&\s+/gu, ', '), /\s*,\s*/u);
  if (pieces.length < 2) return parts;
  if (pieces.length % 2 === 0 && pieces.every((piece, i) => i % 2 === 0 || INITIALS.test(piece))) {
    return pieces.flatMap((piece, i) => (i % 2 === 0 ? [`${piece}, ${pieces[i + 1]}`] : []));
  }
  return pieces.length === 2 && !pieces[0].includes(' ') ? parts : pieces;
}

const INITIALS = /^(?:\p{Lu}\.?[\s-]?){1,4}$/u;

function cut(text: string, by: RegExp): string[] {
  return text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Names in one line: `Ana Lund, Bo Ek and 8 more`, at most {@link MAX_NAMED} of them. */
export function shortAuthors(raw: string): string {
  const names = splitAuthors(raw);
  const shown = names
    .slice(0, MAX_NAMED)
    .map((name) => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name));
  const more = names.length - shown.length;
  const separator = shown.some((name) => name.includes(',')) ? '; ' : ', ';
  return more > 0 ? `${shown.join(separator)} and ${more.toLocaleString('en')} more` : shown.join(separator);
}

const MAX_NAMED = 3;
/** UTF-16 units. */
const MAX_NAME = 60;

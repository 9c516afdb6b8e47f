/** Lines, and UTF-16 units of each, by which a text is judged. */
const MAX_LINES = 2000;
const MAX_LINE = 2000;

/** The first lines of a text that are not blank, each cut. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n', MAX_LINES).filter((line) => line.trim() !== '');
  return lines.map((line) => line.slice(0, MAX_LINE));
}

/** The share of lines that match, 0…1; 0 of none. */
export function shareOf(lines: readonly string[], pattern: RegExp): number {
  return lines.length === 0 ? 0 : lines.filter((line) => pattern.test(line)).length / lines.length;
}

/** The share of letters in all characters but blanks and numbers, 0…1. Addresses of the web do not count. */
export function lettersShare(lines: readonly string[]): number {
  const text = lines.join(' ').replace(/https?:\/\/\S+|\p{N}+(?:[.,:/-]\p{N}+)*/gu, '');
  const all = text.replace(/\s+/gu, '').length;
  const letters = text.replace(/[^\p{L}\p{M}]+/gu, '').length;
  return all === 0 ? 1 : letters / all;
}

/** What the words between blanks and usual delimiters are. */
export function cells(lines: readonly string[]): { readonly numbers: number } {
  const words = lines
    .join(' ')
    .split(/[\s,;|\t]+/u)
    .filter((word) => word !== '');
  const numbers = words.filter((word) => /^[-+]?[\d.]+(?:e[-+]?\d+)?%?$/iu.test(word)).length;
  return { numbers: words.length === 0 ? 0 : numbers / words.length };
}

/**
 * Whether lines of `name: value` are records rather than turns of a conversation: of the three names and more, those of one
 * block differ, or the values are a few words.
 */
export function isRecordLike(text: string, field: RegExp): boolean {
  const blocks = text
    .split('\n', MAX_LINES)
    .join('\n')
    .split(/\n\s*\n/u)
    .map((block) => namesIn(linesOf(block), field));
  const names = new Set(blocks.flatMap((block) => block.map(({ name }) => name)));
  const all = blocks.flat();
  if (names.size < 3 || all.length === 0) return false;
  const short = all.filter(({ words }) => words < 4).length / all.length;
  const apart = blocks.filter(
    (block) => block.length > 2 && new Set(block.map(({ name }) => name)).size === block.length,
  );
  // Names that all differ, as in a glossary, belong to no record unless their values are short.
  const again = 1 - names.size / all.length;
  return (short > 0.5 && again > 0.3) || (again > 0.3 && apart.length > blocks.length / 2);
}

function namesIn(lines: readonly string[], field: RegExp): { readonly name: string; readonly words: number }[] {
  return lines.flatMap((line) => {
    const name = field.exec(line)?.[0];
    if (name === undefined) return [];
    return [{ name: name.trim().toLowerCase(), words: line.slice(name.length).trim().split(/\s+/u).length }];
  });
}

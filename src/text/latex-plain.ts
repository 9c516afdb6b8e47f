import { ACCENT_LETTER, ACCENT_MARK, APOSTROPHE, accented, STYLES, SYMBOLS } from './latex.ts';

/** Macros whose argument is not text. */
const DROPPED =
  /\\(?:cite[a-z]{0,6}|(?:auto|eq|page|c|C)?ref|label|vspace|hspace|begin|end|input|includegraphics)\*?\s?(?:\[[^\][{}]{0,80}\]){0,2}\{[^{}]{0,200}\}/gu;

const MACRO = /([\p{L}\p{N}]?)\\([A-Za-z]+)\*?(?:\{\})?(\.?)/gu;

/**
 * `text` with its TeX resolved: accents become letters, symbols become characters, `\emph{x}` becomes x, an unknown
 * macro keeps its name as a word (`\overfeat`), and references vanish. Braces and `$` stay. Linear time.
 */
export function resolveLatex(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(APOSTROPHE, "$1'")
    .replace(ACCENT_MARK, (_, accent, i1, braced, i2, bare) => accented(accent, i1 ?? braced ?? i2 ?? bare))
    .replace(ACCENT_LETTER, (_, accent, dotless, letter) => accented(accent, dotless ?? letter))
    .replace(DROPPED, '')
    .replace(MACRO, (_, before, name, stop) => before + resolveMacro(name, before, stop))
    .replace(/\\[-/@!]/gu, '')
    .replace(/\\([%&#_$^~])/gu, '$1')
    .replace(/\\[[\]()\\,;: \n]/gu, ' ')
    .replace(/\\/gu, '');
}

function resolveMacro(name: string, before: string, stop: string): string {
  if (STYLES.has(name)) return stop;
  const symbol = SYMBOLS.get(name) ?? name;
  const word = symbol.length > 1 && before !== '' ? ` ${symbol}` : symbol;
  return word.endsWith('.') ? word : word + stop;
}

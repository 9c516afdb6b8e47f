import { ACCENT_LETTER, ACCENT_MARK, APOSTROPHE, accented, STYLES, SYMBOLS } from './latex.ts';
import { subscript, superscript } from './raised.ts';
import { GREEK } from './references.ts';

/** Whether a text may hold TeX; a cheap test. */
export const MAY_BE_LATEX = /[\\$]|``/u;

/**
 * Whether `text` is written in TeX, by evidence: an accent, a styled word, a formula, an escaped `&` or `%`, quotes such
 * as ``this''. A backslash alone is none: it may be a path, a pattern or an escape. Linear.
 */
export function isLatex(text: string): boolean {
  return MAY_BE_LATEX.test(text) && LATEX_SIGNS.test(text.replace(PATHS, ' '));
}

const STYLE_NAMES = [...STYLES].join('|');
/** Paths of Windows, which may look like macros. */
const PATHS = /(?:\b[A-Za-z]:|\\)\\[\w\\.$ -]{1,200}/gu;
const LATEX_SIGNS = new RegExp(
  [
    `\\\\["'\`^~=.]\\s?\\{\\s?\\\\?[A-Za-z]`,
    `\\\\[cvuHkrdb]\\s?\\{\\s?\\\\?[A-Za-z]\\s?\\}`,
    `\\{\\\\["'\`^~=.]`,
    `[A-Za-z]\\\\["'\`^~=.][aeiouyAEIOUY](?!\\w*\\\\)`,
    `\\\\(?:${STYLE_NAMES})\\s?\\{`,
    `\\{\\\\(?:em|it|bf|sc|tt|rm|sf|sl|ss|ae|AE|oe|OE|o|O|l|L|aa|AA|i|j)[\\s}\\\\]`,
    `\\\\[&%]`,
    `\\\\(?:cite|ref|textsuperscript|textsubscript|LaTeX|ldots|ss)(?![A-Za-z])`,
    `\\$(?=[^$\\n\\\\^_]{0,200}[\\\\^_])[^$\\n]{1,400}\\$`,
    "``[^`']{1,200}''",
  ].join('|'),
  'u',
);

/**
 * `text` with its TeX as a reader would see it: letters with accents, symbols, styled words without their macros,
 * simple formulas without dollars, dashes and quotes. What is not understood stays as it is. Braces around words, which
 * protect capitals in bibliographies, go in titles. Linear.
 */
export function showLatex(text: string, isTitle: boolean): string {
  const accents = resolveAccents(text);
  const plain = accents
    .replace(FORMULA, showFormula)
    .replace(CITATION, (_, keys: string) => `[${keys}]`)
    .replace(/\\([&%#_$])/gu, '$1')
    .replace(/\\(?:[,;: ]|\\(?=\s|$))/gu, ' ')
    .replace(/\\-/gu, '');
  const styled = resolveStyles(plain)
    .replace(
      LETTER_MACRO,
      (_, braced: string | undefined, bare: string | undefined) => SYMBOLS.get(braced ?? bare ?? '') ?? '',
    )
    .replace(/([\p{L}.,)])~(?=[\p{L}\p{N}(])/gu, '$1\u00a0')
    .replace(/``([^`']{1,2000})''/gu, '“$1”')
    .replace(/(^|[\s(])`([^`'\n]{1,200})'/gu, '$1‘$2’');
  return dashes(
    isTitle ? dropBraces(styled) : styled.replace(/\{(\p{L})\}(?=\p{L})|(?<=\p{L})\{(\p{L}{1,20})\}/gu, '$1$2'),
  );
}

/**
 * `text` without the braces that keep capitals in bibliographies: `{Deep} {L}earning`, `{{A} Title}`. Only those in
 * balance, around words with a capital or the whole; `{name}` and `{"a": 1}` stay. Linear.
 */
export function dropBraces(text: string): string {
  if (!text.includes('{')) return text;
  let bare = text;
  for (let pass = 0; pass < MAX_NESTING; pass++) {
    const next = bare.replace(PROTECTED, '$1');
    if (next === bare) break;
    bare = next;
  }
  return bare;
}

const MAX_NESTING = 4;
/** Braces around words of which one has a capital or a letter beyond ASCII, or around a part of a word. */
const PROTECTED =
  /\{(?=[^{}]{0,300}[\p{Lu}\u0080-\uffff]|[^{}]{0,40}\}\p{L})([\p{L}\p{N}][^{}"=;|\\]{0,300})\}(?![{}])|(?<=\p{L})\{(\p{L}{1,20})\}/gu;

const CITATION = /\\(?:cite[a-z]{0,6}|ref|autoref|cref|eqref)\*?\s?(?:\[[^\][{}]{0,80}\]){0,2}\{([^{}]{0,200})\}/gu;
/** Letters of their own, in braces or followed by a blank that TeX drops. */
const LETTER_MACRO =
  /\{\\(ss|ae|AE|oe|OE|o|O|l|L|aa|AA|i|j)\s?\}|\\(ss|ae|AE|oe|OE|o|O|l|L|aa|AA|i|j)(?![A-Za-z])(?:\{\}|\s(?=\p{Ll}))?/gu;

function resolveAccents(text: string): string {
  // `\"` before a blank or a stop closes a quotation: an export escaped it, and the others.
  const isEscaped = /\\"(?=[\s.,;:!?)]|$)/u.test(text);
  const source = isEscaped ? text.replaceAll('\\"', '"') : text;
  return source
    .replace(APOSTROPHE, "$1'")
    .replace(/\{(\\["'`^~=.]\s?(?:\{\s?\\?[A-Za-z]\s?\}|\\[ij]|[A-Za-z]))\}/gu, '$1')
    .replace(ACCENT_MARK, (whole, accent, i1, braced, i2, bare) => letterOf(whole, accent, i1 ?? braced ?? i2 ?? bare))
    .replace(/\{(\\[uvHcdbkr]\s?\{\s?\\?[A-Za-z]\s?\})\}/gu, '$1')
    .replace(ACCENT_LETTER, (whole, accent, dotless, letter) => letterOf(whole, accent, dotless ?? letter))
    .replace(/\\([cvuHkrdb])\s([A-Za-z])(?![A-Za-z])/gu, (whole, accent, letter) => letterOf(whole, accent, letter));
}

/** The accented letter if there is such a one, else what was written. */
function letterOf(whole: string, accent: string, letter: string): string {
  const made = accented(accent, letter);
  return made === letter ? whole : made;
}

const STYLED = new RegExp(
  `\\\\(${STYLE_NAMES})\\*?\\s?\\{([^{}]{0,2000})\\}|\\{\\\\(?:em|it|bf|sc|tt|rm|sf|sl)\\s([^{}]{0,2000})\\}`,
  'gu',
);

function resolveStyles(text: string): string {
  let plain = text;
  for (let pass = 0; pass < MAX_NESTING; pass++) {
    const next = plain.replace(
      STYLED,
      (_, name: string | undefined, inner: string | undefined, styled: string | undefined, at: number, all: string) => {
        if (name === 'textsuperscript') return superscript(all.slice(Math.max(0, at - 1), at), inner ?? '', 'small');
        return name === 'textsubscript' ? subscript(inner ?? '', 'small') : (inner ?? styled ?? '');
      },
    );
    if (next === plain) break;
    plain = next;
  }
  return plain;
}

/** `$…$` without a blank at its inner ends, `$$…$$`, `\(…\)`, `\[…\]`. */
const FORMULA =
  /\$\$([^$]{1,1000})\$\$|(?<!\\)\$(?![\s$])((?:\\[^\n]|[^$\n\\]){1,400})(?<!\s)\$(?!\d)|\\\(([^$]{1,400}?)\\\)|\\\[([^$]{1,1000}?)\\\]/gu;

function showFormula(whole: string, display?: string, inline?: string, round?: string, square?: string): string {
  const inner = display ?? inline ?? round ?? square ?? '';
  // Two prices, or variables of a shell, are no formula: words without a sign of mathematics.
  if (inline !== undefined && /(?<![\\{A-Za-z])[A-Za-z]{4}/u.test(inline)) return whole;
  return formulaText(inner) ?? whole;
}

/** A formula in plain characters; null if that is not possible. */
function formulaText(formula: string): string | null {
  const text = resolveStyles(formula.replace(/\\(?:left|right|big|Big|displaystyle|limits)(?![A-Za-z])/gu, ''))
    .replace(
      /\\(?:d|t)?frac\s?\{([^{}]{1,100})\}\s?\{([^{}]{1,100})\}/gu,
      (_, a: string, b: string) => `${inBrackets(a)}/${inBrackets(b)}`,
    )
    .replace(/\\sqrt\s?\{([^{}]{1,100})\}/gu, (_, inner: string) => `√${inBrackets(inner)}`)
    .replace(/\\([A-Za-z]+)\s?/gu, (whole, name: string) => symbolOf(name) ?? whole)
    .replace(/\\[,;:! ]/gu, ' ')
    .replace(/\\([{}%&#_$|])/gu, '$1')
    .replace(
      /([^\s^_])?\^(?:\{([^{}]{1,60})\}|([^\s{}]))/gu,
      (_, before = '', many?: string, one?: string) => before + raise(before, many ?? one ?? ''),
    )
    .replace(/_(?:\{([^{}]{1,60})\}|([^\s{}]))/gu, (_, many?: string, one?: string) => lower(many ?? one ?? ''))
    .replace(/\{(\p{L}[\p{L}\p{N} ]{0,60})\}/gu, '$1');
  return /[\\]|\{\{/u.test(text) ? null : text.trim();
}

function raise(before: string, content: string): string {
  const small = superscript(before, content, 'small');
  return small === content ? `^${inBrackets(content)}` : small;
}

function lower(content: string): string {
  const small = subscript(content, 'small');
  return small === content ? `_${inBrackets(content)}` : small;
}

function inBrackets(term: string): string {
  return /^[\p{L}\p{N}.′∗*†]*$/u.test(term) ? term : `(${term})`;
}

function symbolOf(name: string): string | null {
  return GREEK.get(name) ?? MATHEMATICAL.get(name) ?? SYMBOLS.get(name) ?? null;
}

const MATHEMATICAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    circ: '°',
    ast: '∗',
    prime: '′',
    dagger: '†',
    pm: '±',
    mp: '∓',
    ll: '≪',
    gg: '≫',
    ne: '≠',
    equiv: '≡',
    propto: '∝',
    subset: '⊂',
    subseteq: '⊆',
    cup: '∪',
    cap: '∩',
    forall: '∀',
    exists: '∃',
    partial: '∂',
    nabla: '∇',
    sum: '∑',
    prod: '∏',
    int: '∫',
    ell: 'ℓ',
    otimes: '⊗',
    oplus: '⊕',
    langle: '⟨',
    rangle: '⟩',
    leftarrow: '←',
    Rightarrow: '⇒',
    mapsto: '↦',
    mid: '|',
    log: 'log ',
    exp: 'exp ',
    min: 'min ',
    max: 'max ',
    sin: 'sin ',
    cos: 'cos ',
  }),
);

/** `text` with TeX's dashes as they are printed: between words or numbers, or alone between blanks, not in `--flag`. */
export function dashes(text: string): string {
  return text.replace(
    /(?<=[\p{L}\p{N}]) ?---(?=\s?[\p{L}\p{N}])|(?<=[\p{L}\p{N})\]])--(?=[\p{L}\p{N}(])|(?<=\s)---?(?=\s)/gu,
    (dash) => dash.replace('---', '—').replace('--', '–'),
  );
}

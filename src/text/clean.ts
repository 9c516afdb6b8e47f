/** A text that still changes after this many passes, as only a made-up one does, is stripped of every mark. */
const MAX_PASSES = 6;
/** A text without any of these needs no cleaning except of its blanks. */
const MARKS = /[\\{}$~*`]|''|:\/\/|www\.|this https? URL|[^\P{C}\n\t ]/iu;

const ADDRESS = /([([]?)\s?\b(?:https?:\/\/|www\.)([^\s{}"<>\\^`|]*)((?:\{?this https? URL\}?[.,;:!?)\]]*)?)/giu;
const ADDRESS_PLACEHOLDER = /\{?\bthis https? URL\}?/giu;
const ADDRESS_MACRO = /\\(?:url|href|footnote)\s?\{\s?(?=https?:|www\.)/giu;
/** Markdown emphasis, from opening to closing stars. No star may lie between them, which keeps the search linear. */
const EMPHASIS = /(^|[\s([{"'“‘—-])(\*{1,3})(?=[^\s*])([^*]*[^\s*])\2(?=$|[\s.,;:!?)\]}"'”’—-])/gu;
const TILDE_BLANK = /([\p{L}.,)\]"'])~(?=[\p{L}\p{N}([\\$"'])|(\p{N})~(?=[\p{L}([\\$])/gu;
/** A dollar that delimits a formula: any but one before a price, a number that does not end in another mark. */
const DOLLAR = /\$(?!\d[\d.,]*(?:[\s\p{L};:)!?-]|$))/gu;
const CONTROL = /[^\P{Cc}\n\t]|[\u200b-\u200d\u2060\ufeff\u00ad]|\p{Cs}/gu;

/**
 * The text that is embedded, searched and used for names; the interface shows the raw text. Resolves TeX accents and
 * macros, removes `$…$`, braces, Markdown stars and addresses, turns TeX quotes into `"`, and a TeX `~` and any run of
 * blanks into one blank. Keeps `<EOS>`, `Si<->En`, `30%~50%` and `about ~5`. Idempotent, and linear in the length.
 */
export function cleanText(raw: string): string {
  let text = collapse(raw);
  if (!MARKS.test(text)) return text;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const next = cleanOnce(text);
    if (next === text) return text;
    text = next;
  }
  return stripMarks(text);
}

function stripMarks(text: string): string {
  const bare = collapse(text.replace(CONTROL, '').replace(/[\\{}$~*`]|''+|:\/\/|\bwww\./giu, ' '));
  return bare.replace(/(?:https? )+URL/giu, 'URL');
}

function cleanOnce(text: string): string {
  const plain = resolveLatex(dropAddresses(text.replace(CONTROL, '')).replace(TILDE_BLANK, '$1$2 '))
    .replace(DOLLAR, '')
    .replace(/[{}]/gu, '')
    .replace(EMPHASIS, '$1$3')
    .replace(/``|''/gu, '"')
    .replace(/`/gu, "'");
  return collapse(plain);
}

function dropAddresses(text: string): string {
  if (!/:\/\/|www\.|this https? URL/iu.test(text)) return text;
  return text
    .replace(ADDRESS_MACRO, '')
    .replace(ADDRESS, (_, opening, address, ending) =>
      afterAddress(opening, address + ending.replace(ADDRESS_PLACEHOLDER, '')),
    )
    .replace(ADDRESS_PLACEHOLDER, '');
}

/** What remains of an address and the bracket before it: the punctuation of the sentence around it. */
function afterAddress(opening: string, address: string): string {
  let end = address.length;
  while (end > 0 && ".,;:!?)]'’”*".includes(address[end - 1])) end--;
  const rest = address.slice(end);
  const closing = opening === '(' ? ')' : ']';
  if (opening === '') return rest === '' ? ' ' : rest;
  return rest.startsWith(closing) ? rest.slice(1) : `${opening}${rest}`;
}

function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

const ACCENTS: Readonly<Record<string, string>> = {
  '"': '\u0308',
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  d: '\u0323',
  b: '\u0331',
  k: '\u0328',
  r: '\u030a',
};

/** Macros for other characters. A macro that is in none of these lists keeps its name as a word. */
const SYMBOLS = new Map(
  Object.entries({
    ss: 'ß',
    ae: 'æ',
    AE: 'Æ',
    oe: 'œ',
    OE: 'Œ',
    o: 'ø',
    O: 'Ø',
    l: 'ł',
    L: 'Ł',
    aa: 'å',
    AA: 'Å',
    i: 'i',
    j: 'j',
    times: '×',
    cdot: '·',
    pm: '±',
    sim: '∼',
    approx: '≈',
    leq: '≤',
    le: '≤',
    geq: '≥',
    ge: '≥',
    neq: '≠',
    in: '∈',
    to: '→',
    rightarrow: '→',
    infty: '∞',
    ldots: '...',
    dots: '...',
    cdots: '...',
    textasciitilde: '~',
    textbackslash: ' ',
    textemdash: '—',
    textendash: '–',
    textquoteright: "'",
    eg: 'e.g.',
    ie: 'i.e.',
    etal: 'et al.',
    vs: 'vs.',
    cf: 'cf.',
    wrt: 'w.r.t.',
    LaTeX: 'LaTeX',
  }),
);
/** Macros that only style their argument. */
const STYLES = new Set(
  `em emph bf it tt sc rm sf sl textbf textit texttt textsc textrm textsf textsl textup textmd textnormal text mbox hbox
  underline uline mathbf mathit mathrm mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm operatorname
  displaystyle textstyle scriptstyle tiny small footnotesize normalsize large Large left right big Big bigg Bigg bigl bigr
  Bigl Bigr limits nolimits noindent centering url href textsuperscript textsubscript ensuremath mathop quad qquad xspace
  protect`.split(/\s+/u),
);
/** Macros whose argument is not text. */
const DROPPED =
  /\\(?:cite[a-z]{0,6}|(?:auto|eq|page|c|C)?ref|label|vspace|hspace|begin|end|input|includegraphics)\*?\s?(?:\[[^\][{}]{0,80}\]){0,2}\{[^{}]{0,200}\}/gu;

const ACCENT_MARK = /\\(["'`^~=.])(?:\{\s?(?:\\([ij])|([A-Za-z]))\s?\}|\\([ij])(?![A-Za-z])|([A-Za-z]))/gu;
const ACCENT_LETTER = /\\([uvHcdbkr])\s?\{\s?(?:\\([ij])|([A-Za-z]))\s?\}/gu;
/** `don\'t`: an apostrophe escaped by an export, not an accent. */
const APOSTROPHE = /([A-Za-z])\\'(?=(?:s|t|d|m|re|ve|ll)(?![A-Za-z]))/gu;
const MACRO = /([\p{L}\p{N}]?)\\([A-Za-z]+)\*?(?:\{\})?(\.?)/gu;

/**
 * `text` with its TeX resolved: accents become letters, symbols become characters, `\emph{x}` becomes x, an unknown
 * macro keeps its name as a word (`\overfeat`), and references vanish. Braces and `$` stay. Linear time.
 */
function resolveLatex(text: string): string {
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

/**
 * The letter with its accent as one character, or the letter alone if there is no such character. No language has the
 * accent of `\"h`: such a quote was escaped by an export.
 */
function accented(accent: string, letter: string): string {
  if (accent === '"' && !/[aeiouy]/iu.test(letter)) return `"${letter}`;
  const composed = (letter + (ACCENTS[accent] ?? '')).normalize('NFC');
  return composed.length === 1 ? composed : letter;
}

function resolveMacro(name: string, before: string, stop: string): string {
  if (STYLES.has(name)) return stop;
  const symbol = SYMBOLS.get(name) ?? name;
  const word = symbol.length > 1 && before !== '' ? ` ${symbol}` : symbol;
  return word.endsWith('.') ? word : word + stop;
}

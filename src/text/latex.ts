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

/** Macros for other characters. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map(
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
export const STYLES: ReadonlySet<string> = new Set(
  `em emph bf it tt sc rm sf sl textbf textit texttt textsc textrm textsf textsl textup textmd textnormal text mbox hbox
  underline uline mathbf mathit mathrm mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm operatorname
  displaystyle textstyle scriptstyle tiny small footnotesize normalsize large Large left right big Big bigg Bigg bigl bigr
  Bigl Bigr limits nolimits noindent centering url href textsuperscript textsubscript ensuremath mathop quad qquad xspace
  protect`.split(/\s+/u),
);
/** An accent by a sign, such as `\'e`, `\"{o}`. */
export const ACCENT_MARK = /\\(["'`^~=.])(?:\{\s?(?:\\([ij])|([A-Za-z]))\s?\}|\\([ij])(?![A-Za-z])|([A-Za-z]))/gu;
/** An accent by a letter, such as `\v{r}`. */
export const ACCENT_LETTER = /\\([uvHcdbkr])\s?\{\s?(?:\\([ij])|([A-Za-z]))\s?\}/gu;
/** `don\'t`: an apostrophe escaped by an export, not an accent. */
export const APOSTROPHE = /([A-Za-z])\\'(?=(?:s|t|d|m|re|ve|ll)(?![A-Za-z]))/gu;
/**
 * The letter with its accent as one character, or the letter alone if there is no such character. No language has the
 * accent of `\"h`: such a quote was escaped by an export.
 */
export function accented(accent: string, letter: string): string {
  if (accent === '"' && !/[aeiouy]/iu.test(letter)) return `"${letter}`;
  const composed = (letter + (ACCENTS[accent] ?? '')).normalize('NFC');
  return composed.length === 1 ? composed : letter;
}

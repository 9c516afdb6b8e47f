const LETTERS =
  'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho . Sigma Tau Upsilon Phi Chi Psi Omega';

/** Greek letters by their names in HTML, TeX and MathML: `Alpha`, `alpha`, `sigmaf`, … */
export const GREEK: ReadonlyMap<string, string> = greekLetters();

/**
 * `text` with its character references resolved: numbers, the names of HTML 4 and SGML's accented letters. Others stay,
 * as do references without a semicolon (`AT&T`, `?a=1&copy=2`). Numbers 128…159 mean Windows-1252, as in the HTML
 * standard. Linear.
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCE, (whole, body: string) => characterOf(body) ?? whole);
}

/** What may be a character reference; a cheap test before {@link decodeReferences}. */
export const REFERENCE = /&(#(?:\d{1,7}|[xX][\dA-Fa-f]{1,6})|[A-Za-z][A-Za-z\d]{1,24});/gu;

function greekLetters(): Map<string, string> {
  const letters = new Map<string, string>();
  LETTERS.split(' ').forEach((name, i) => {
    letters.set(name, String.fromCharCode(0x391 + i)).set(name.toLowerCase(), String.fromCharCode(0x3b1 + i));
  });
  letters.delete('.');
  return letters.set('sigmaf', 'ς').set('varepsilon', 'ε').set('varphi', 'φ').set('vartheta', 'ϑ').set('thetasym', 'ϑ');
}

/** Names and characters in turn, of HTML 4 but for Greek and accented letters, and some more that journals use. */
const NAMED: ReadonlyMap<string, string> = pairs(
  `amp & lt < gt > quot " apos ' lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ lsaquo ‹ rsaquo › laquo « raquo » ndash –
  mdash — hyphen ‐ dash ‐ horbar ― hellip … mldr … bull • middot · centerdot · prime ′ Prime ″ frasl ⁄ iexcl ¡ cent ¢
  pound £ yen ¥ euro € sect § uml ¨ copy © ordf ª not ¬ reg ® macr ¯ deg ° plusmn ± pm ± sup1 ¹ sup2 ² sup3 ³
  acute ´ micro µ para ¶ cedil ¸ ordm º frac14 ¼ frac12 ½ half ½ frac34 ¾ iquest ¿ times × divide ÷ AElig Æ aelig æ OElig Œ
  oelig œ Oslash Ø oslash ø szlig ß ETH Ð eth ð THORN Þ thorn þ Lstrok Ł lstrok ł Dstrok Đ dstrok đ inodot ı imath ı fnof ƒ
  circ ˆ tilde ˜ trade ™ larr ← uarr ↑ rarr → darr ↓ harr ↔ rightarrow → leftarrow ← lArr ⇐
  rArr ⇒ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ minus − lowast ∗ radic √ prop ∝
  infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ cong ≅ asymp ≈ ap ≈ ne ≠ equiv ≡ le ≤ leq ≤ ge ≥ geq ≥ les ⩽ ges ⩾
  sub ⊂ sup ⊃ nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ odot ⊙ perp ⊥ sdot ⋅ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ lang ⟨ rang ⟩   dagger † Dagger ‡ permil ‰ ell ℓ angst Å num # percnt % ast * plus + equals = comma ,
  period . colon : semi ; excl ! quest ? lpar ( rpar ) lsqb [ rsqb ] lbrack [ rbrack ] lcub { rcub } sol / bsol \\ lowbar _ grave
  \` verbar | vert | commat @ dollar $ Hat ^`,
)
  .set('nbsp', '\u00a0')
  .set('ensp', '\u2002')
  .set('emsp', '\u2003')
  .set('thinsp', '\u2009')
  .set('hairsp', '\u200a')
  .set('shy', '\u00ad')
  .set('zwnj', '\u200c')
  .set('zwj', '\u200d')
  .set('lrm', '\u200e')
  .set('rlm', '\u200f')
  .set('NewLine', '\n')
  .set('Tab', '\t');

function pairs(list: string): Map<string, string> {
  const words = list.split(/\s+/u);
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) map.set(words[i], words[i + 1]);
  return map;
}

/** What follows the letter in a name such as `eacute`, as a combining mark. */
const ACCENTS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  tilde: '\u0303',
  uml: '\u0308',
  cedil: '\u0327',
  ring: '\u030a',
  caron: '\u030c',
  breve: '\u0306',
  macr: '\u0304',
  dot: '\u0307',
  ogon: '\u0328',
  dblac: '\u030b',
};
/** The characters of Windows-1252 at 128…159; five are undefined. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function characterOf(body: string): string | null {
  if (body.startsWith('#'))
    return numbered(/^#x/iu.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1)));
  const named = NAMED.get(body) ?? GREEK.get(body);
  if (named !== undefined) return named;
  const mark = ACCENTS[body.slice(1)];
  if (mark !== undefined) {
    const letter = (body[0] + mark).normalize('NFC');
    return letter.length === 1 ? letter : null;
  }
  return /^(?:AMP|LT|GT|QUOT|NBSP)$/u.test(body) ? (NAMED.get(body.toLowerCase()) ?? null) : null;
}

/** Null for no character, and for control characters, which no text needs. */
function numbered(code: number): string | null {
  if (code >= 0x80 && code <= 0x9f) return WINDOWS[code - 0x80];
  const isControl = code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;
  if (isControl || code === 0x7f || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null;
  return String.fromCodePoint(code);
}

import { type Raised, subscript, superscript } from './raised.ts';
import { decodeReferences, REFERENCE } from './references.ts';

/** Names of elements, in lower case, whose tags are mark-up in a text. Null: the text has none. */
export type MarkupNames = ReadonlySet<string> | null;

/** Whether a text may hold tags, comments or character references; a cheap test, since all texts are asked. */
export function mayBeHtml(text: string): boolean {
  return (text.includes('<') || text.includes('&')) && /<[/!?A-Za-z]|&[#A-Za-z]/u.test(text);
}

/**
 * The elements in `text` that are mark-up, by evidence: a known name of HTML, JATS or MathML that is closed somewhere,
 * stands alone by nature (`<br>`), has attributes, or a prefix (`<jats:p>`). So `a <b and c> d`, `List<string>`,
 * `<EOS>` and `<a@b.c>` are none. Linear.
 */
export function markupNames(text: string): MarkupNames {
  if (!text.includes('<')) return null;
  const names = new Set<string>();
  const opened = new Map<string, number>();
  for (const { 1: slash, 2: tag, 3: attributes, index } of text.matchAll(TAG)) {
    const name = tag.toLowerCase();
    const count = (opened.get(name) ?? 0) + (slash === '' ? 1 : 0);
    opened.set(name, count);
    const mayBeOpen = MAY_STAY_OPEN.has(name) && (count > 1 || text.slice(0, index).trim() === '');
    if (slash !== '' || name.includes(':') || VOID.has(name) || attributes.trim() !== '' || mayBeOpen) names.add(name);
  }
  return names.size > 0 || hasPair(text, '<!--', '-->') || hasPair(text, '<![CDATA[', ']]>') ? names : null;
}

/**
 * `text` without the tags of `names`, comments and character references, as a reader would see it: paragraphs and line
 * breaks become line breaks, list items bullets, fractions a/b, raised and lowered characters as `raised` says. Linear.
 */
export function stripHtml(text: string, names: MarkupNames, raised: Raised): string {
  if (names === null) return text.includes('&') ? decodeReferences(text) : text;
  let bare = text.includes('<!--') ? cutBetween(text, '<!--', '-->', () => '') : text;
  if (bare.includes('<![CDATA[')) bare = cutBetween(bare, '<![CDATA[', ']]>', (inner) => inner);
  // In HTML a line break is a blank; with paragraphs or breaks by tags, it has no meaning.
  if ([...names].some((name) => PARAGRAPHS.has(localName(name))))
    bare = bare.replace(/\s{2,}|\n/gu, (run) => (run.includes('\n') ? ' ' : run));
  const page = makePage(raised);
  const isHidden = hiddenIn(bare, names);
  let at = 0;
  let inside: string | null = null;
  for (const match of bare.matchAll(TAG)) {
    const [whole, slash, tag, , end] = match;
    const name = tag.toLowerCase();
    if (!names.has(name)) continue;
    if (inside === null) page.text(decodeReferences(bare.slice(at, match.index)));
    at = match.index + whole.length;
    if (inside !== null) {
      if (slash !== '' && name === inside) inside = null;
    } else if (slash === '' && isHidden(name, match.index)) inside = name;
    else if (slash !== '') page.close(localName(name));
    else page.open(localName(name), end !== '' || VOID.has(name));
  }
  if (inside === null) page.text(decodeReferences(bare.slice(at)));
  return page.finish();
}

/**
 * `text` with each tag of `names` and each character reference replaced by blanks, of the same length, paragraphs by a
 * blank line: for cutting a raw text into sentences. Linear.
 */
export function blankHtml(text: string, names: MarkupNames): string {
  let blank = text;
  if (names !== null) {
    blank = blank.replace(TAG, (whole, _slash, tag: string) => {
      const name = tag.toLowerCase();
      if (!names.has(name)) return whole;
      return PARAGRAPHS.has(localName(name)) && name !== 'br'
        ? `\n\n${' '.repeat(whole.length - 2)}`
        : ' '.repeat(whole.length);
    });
  }
  return blank.replace(REFERENCE, (whole) => {
    const decoded = decodeReferences(whole);
    return decoded === whole ? whole : decoded + ' '.repeat(whole.length - decoded.length);
  });
}

const NAMES =
  `a abbr alternatives annotation annotation-xml article aside b big blockquote body bold br break caption center cite
  code dd del div dl dt em ext-link fig figcaption figure fn font footer formula h1 h2 h3 h4 h5 h6 head header hr html i img
  inf inline-formula disp-formula ins italic kbd label li link list list-item main mark math meta mfenced mfrac mi mn mo
  monospace mover mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover named-content nav
  nobr ol overline p pre q roman s samp sans-serif sc script sec section semantics small span strike strong style styled-content
  sub sup svg table tbody td tex-math tfoot th thead title tr tt u ul underline var wbr xref abstract summary italics
  abstracttext inline-graphic graphic`
    .split(/\s+/u)
    // The longest first, because a regular expression takes the first that fits.
    .sort((a, b) => b.length - a.length)
    .join('|');
const VALUE = `"[^"<>]{0,2000}"|'[^'<>]{0,2000}'|[^\\s"'<>=]{1,300}`;
const ATTRIBUTES = `(?:\\s+(?:[\\w:.-]{1,60}\\s{0,4}=\\s{0,4}(?:${VALUE})|nowrap|async|defer|hidden|disabled|noshade))*`;
const TAG = new RegExp(
  `<(/?)((?:jats|mml|m|xhtml|html|ns\\d|tei|oai_dc|dc):[a-z][\\w.-]{0,40}|${NAMES})(${ATTRIBUTES})\\s{0,4}(/?)>`,
  'giu',
);

/** Elements without content. */
const VOID = new Set(['br', 'hr', 'img', 'wbr', 'break', 'link', 'meta']);
const MAY_STAY_OPEN = new Set(['p', 'li', 'td', 'tr', 'th', 'dd', 'dt']);
/** Elements that begin and end a line. */
const PARAGRAPHS = new Set(
  `p div br break hr li list-item tr h1 h2 h3 h4 h5 h6 blockquote sec section article title table ul ol dl dt dd pre caption
  abstracttext abstract figure body`.split(/\s+/u),
);
/** Elements whose content is no text, or repeats in TeX what is also there in MathML. */
const HIDDEN = new Set(['script', 'style', 'annotation', 'annotation-xml', 'head']);

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function hasPair(text: string, open: string, close: string): boolean {
  const start = text.indexOf(open);
  return start >= 0 && text.includes(close, start + open.length);
}

/** Tells whether an element of `text` that begins at an index is closed and not to be read. */
function hiddenIn(text: string, names: ReadonlySet<string>): (name: string, index: number) => boolean {
  const lastClose = new Map<string, number>();
  for (const { 1: slash, 2: tag, index } of text.matchAll(TAG)) {
    if (slash !== '') lastClose.set(tag.toLowerCase(), index);
  }
  const hasMath = [...names].some((name) => localName(name) === 'math');
  return (name, index) => {
    const local = localName(name);
    return (HIDDEN.has(local) || (hasMath && local === 'tex-math')) && (lastClose.get(name) ?? -1) > index;
  };
}

/** `text` with what lies between `open` and `close`, and these themselves, replaced. Without a `close`, it stays. */
function cutBetween(text: string, open: string, close: string, replace: (inner: string) => string): string {
  let out = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf(open, at);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) return out + text.slice(at);
    out += text.slice(at, start) + replace(text.slice(start + open.length, end));
    at = end + close.length;
  }
}

/** A text being written tag by tag. */
interface Page {
  text(piece: string): void;
  open(name: string, isEmpty: boolean): void;
  close(name: string): void;
  finish(): string;
}

/** An element whose content is rewritten when it ends: the pieces from `start` on, and where its children end. */
interface Frame {
  readonly name: string;
  readonly start: number;
  /** Open elements of MathML around its children. */
  readonly depth: number;
  readonly ends: number[];
}

const REWRITTEN = new Set(['sub', 'sup', 'inf', 'msub', 'msup', 'msubsup', 'mfrac', 'msqrt', 'title', 'tex-math']);
const MATHEMATICAL = /^m(?:frac|i|n|o|row|s|sqrt|style|su[bp]|subsup|text|over|under|padded)$/u;

function makePage(raised: Raised): Page {
  const pieces: string[] = [];
  const frames: Frame[] = [];
  let depth = 0;
  return {
    text: (piece) => void pieces.push(piece),
    open(name, isEmpty) {
      if (name === 'br' || name === 'break') pieces.push('\n');
      else if (PARAGRAPHS.has(name)) pieces.push('\n\n');
      if ((name === 'li' || name === 'list-item') && raised === 'small') pieces.push('• ');
      if (name === 'td' || name === 'th' || name === 'mspace') pieces.push(' ');
      if (isEmpty) return;
      if (MATHEMATICAL.test(name)) depth++;
      if (REWRITTEN.has(name)) frames.push({ name, start: pieces.length, depth, ends: [] });
    },
    close(name) {
      const at = frames.findLastIndex((frame) => frame.name === name);
      if (at >= 0) {
        const [frame] = frames.splice(at);
        const inner = childrenOf(pieces, frame);
        pieces.push(rewrite(name, pieces.at(-1) ?? '', inner, raised));
      }
      if (MATHEMATICAL.test(name)) {
        depth = Math.max(0, depth - 1);
        const parent = frames.at(-1);
        if (parent?.depth === depth) parent.ends.push(pieces.length);
      }
      if (PARAGRAPHS.has(name) && name !== 'br' && name !== 'break') pieces.push('\n\n');
    },
    finish: () => tidyLines(pieces.join('')),
  };
}

/** Takes the pieces of an element from the end of `pieces`, joined for each child. */
function childrenOf(pieces: string[], { start, ends }: Frame): string[] {
  const taken = pieces.splice(start);
  if (ends.length === 0) return [taken.join('')];
  let from = 0;
  return [...ends.map((end) => end - start), taken.length].map((end) => {
    const child = taken.slice(from, end).join('').trim();
    from = Math.max(from, end);
    return child;
  });
}

function rewrite(name: string, before: string, children: readonly string[], raised: Raised): string {
  const [first, second = '', third = ''] = children;
  if (name === 'sup') return superscript(before, first, raised);
  if (name === 'sub' || name === 'inf') return subscript(first, raised);
  if (name === 'msup') return first + superscript(first, second, raised);
  if (name === 'msub') return first + subscript(second, raised);
  if (name === 'msubsup') return first + subscript(second, raised) + superscript(first, third, raised);
  if (name === 'mfrac') return `${inBrackets(first)}/${inBrackets(second)}`;
  if (name === 'msqrt') return `√${inBrackets(children.join(''))}`;
  if (name === 'tex-math') return first.replace(/^[\s\S]*\\begin\{document\}|\\end\{document\}[\s\S]*$/gu, '');
  // The heading of an abstract says nothing.
  return /^\s*(?:abstract|summary)[.:]?\s*$/iu.test(first) ? '' : first;
}

function inBrackets(term: string): string {
  return /^[\p{L}\p{N}.]*$/u.test(term) ? term : `(${term})`;
}

/** At most one blank line in a row, and no blanks at the ends of lines. */
function tidyLines(text: string): string {
  return text
    .replace(/[^\S\n\u00a0]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

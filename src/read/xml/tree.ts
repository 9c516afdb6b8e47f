/** One element of a record. Names have no prefix where it only says that the element is of the record's own vocabulary. */
export interface XmlNode {
  readonly name: string;
  /** Without a prototype. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (XmlNode | string)[];
  /** Of its start tag, counted from 1. */
  readonly line: number;
}

/** Whether an element has words of its own beside or instead of elements. */
export function hasWords(node: XmlNode): boolean {
  return node.children.some((child) => typeof child === 'string' && child.trim() !== '');
}

/** The elements in `node`, without words. */
export function elementsOf(node: XmlNode): XmlNode[] {
  return node.children.filter((child) => typeof child !== 'string');
}

/**
 * The words of an element. Elements among words (`<i>`, `<sub>`) are joined to them, small digits and signs as Unicode
 * has them; elements that stand alone (paragraphs, sections) are separated by an empty line. Runs of blanks are one.
 */
export function textOf(node: XmlNode): string {
  return rawText(node, 0)
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/** Elements that begin a line of their own even among words. */
const BLOCKS = /^(?:p|para|div|sec|section|title|head|list|list-item|item|li|lg|l|disp-quote|boxed-text|h\d)$/u;
/** Elements whose words are not part of a text: pictures' and formulas' other forms, notes' marks. */
const SILENT = /^(?:tex-math|annotation|annotation-xml|graphic|inline-graphic|object-id|style:.*|script)$/u;
/** Deeper elements give no text; parsers end before (see `MAX_XML_DEPTH`). */
const MAX_DEPTH = 300;

function rawText(node: XmlNode, depth: number): string {
  if (depth > MAX_DEPTH) return '';
  if (hasWords(node)) return node.children.map((child) => piece(child, node, depth)).join('');
  const parts = elementsOf(node).map((child) => piece(child, node, depth).trim());
  return parts.filter((part) => part !== '').join(isInline(node) ? ' ' : '\n\n');
}

/** Whether elements without words between them are still one phrase: formulas, styled runs, parts of a name. */
function isInline(node: XmlNode): boolean {
  return elementsOf(node).every(({ name }) => INLINE.test(name)) || /^(?:mml:|m:)/u.test(node.name);
}

const INLINE =
  /^(?:mml:|m:)|^(?:style|i|b|em|strong|italic|bold|sub|sup|sc|tt|u|span|math|m\w+|hi|ref|rs|name|surname|given-names|forename|font|a|xref|ext-link)$/u;

function piece(child: XmlNode | string, parent: XmlNode, depth: number): string {
  if (typeof child === 'string') return child.replace(/\s+/gu, ' ');
  if (SILENT.test(child.name) && parent.children.length > 1) return '';
  const inner = rawText(child, depth + 1);
  if (/^sub$/iu.test(child.name)) return smallForm(inner, SUBSCRIPTS);
  if (/^sup$/iu.test(child.name)) return smallForm(inner, SUPERSCRIPTS);
  if (/^(?:br|lb)$/iu.test(child.name)) return '\n';
  return BLOCKS.test(child.name) ? `\n${inner}\n` : inner;
}

const SUPERSCRIPTS = new Map([...'0123456789+-−=()ni'].map((sign, i) => [sign, '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'[i]]));
const SUBSCRIPTS = new Map([...'0123456789+-−=()'].map((sign, i) => [sign, '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'[i]]));

/** `text` raised or lowered if every sign of it can be, otherwise as it is. */
function smallForm(text: string, forms: ReadonlyMap<string, string>): string {
  const signs = [...text.trim()];
  return signs.length > 0 && signs.every((sign) => forms.has(sign))
    ? signs.map((sign) => forms.get(sign)).join('')
    : text;
}

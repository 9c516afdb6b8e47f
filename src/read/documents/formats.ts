import type { LazyTextFormat, ParserMaker, TextHead } from '../format.ts';

/** Extensions of texts with headings, which are read by these. */
const MARKED = /^(?:md|markdown|mdx|qmd|rmd|rst|org|adoc|asciidoc|tex)$/u;
const PLAIN = /^(?:txt|text|)$/u;
/** How a web page begins, after its comments and, in XHTML, its declaration. */
const WEB_PAGE =
  /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:[^-]|-(?!->)){0,400}-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b/iu;

/**
 * One file is one text: notes and articles of a folder, each with its title, date and tags. Also for several files given
 * together; of a file alone only by choice.
 */
export const DOCUMENT: LazyTextFormat = {
  name: 'document',
  score: (head) => {
    const others = head.documents >= 1;
    if (isWebPage(head)) return others ? 0.95 : 0.6;
    if (MARKED.test(head.extension)) return others ? 0.85 : 0.15;
    if (!PLAIN.test(head.extension) || head.name === '') return 0.03;
    // Two files are too few for a map of documents.
    return head.documents >= 2 && !isList(head.text) ? 0.55 : 0.03;
  },
  load: () => load('takeDocument'),
};

/** Each section of a single long file is a text: a heading and what follows it. */
export const SECTIONS: LazyTextFormat = {
  name: 'sections',
  score: (head) => {
    if (isWebPage(head)) return head.documents >= 1 ? 0.3 : 0.9;
    return MARKED.test(head.extension) ? (head.documents >= 1 ? 0.2 : 0.65) : 0;
  },
  load: () => load('takeSections'),
};

async function load(take: 'takeDocument' | 'takeSections'): Promise<ParserMaker> {
  const parser = await import('./parser.ts');
  return parser.makeDocumentParser(take);
}

/** Whether a text is HTML by its beginning, or by its name and its first tag. */
export function isWebPage({ extension, start }: Pick<TextHead, 'extension' | 'start'>): boolean {
  return WEB_PAGE.test(start) || (/^(?:x?html?|xht)$/u.test(extension) && /<[a-z!]/iu.test(start));
}

/** Lines from which a text without paragraphs may be a list of texts, and the longest mean of such lines. */
const MIN_LINES = 100;
const MAX_MEAN = 400;

/**
 * Whether a plain text beside others is a list with one text a line rather than one text: a hundred lines and more, hardly
 * a blank one, each begun and ended as a text is. Wrapped lines of prose go on in lower case and end anywhere; turns of a
 * conversation begin with a name.
 */
function isList(text: string): boolean {
  const lines = text.split('\n').slice(0, -1);
  const full = lines.filter((line) => line.trim() !== '');
  if (full.length < MIN_LINES || full.length < lines.length * 0.95) return false;
  const share = (pattern: RegExp): number =>
    full.filter((line) => pattern.test(line.slice(0, 5000))).length / full.length;
  if (full.reduce((sum, line) => sum + line.length, 0) / full.length > MAX_MEAN) return false;
  if (share(/^\s*(?:\[?\d\d?:\d\d|[\p{Lu}][\p{L}\d .'’-]{0,30}:\s)/u) > 0.3) return false;
  const isBegun = share(/^\s*["'“‘«(]?[\p{Lu}\p{Lo}\d#@]/u);
  const isEnded = share(/[.!?…。！？]["'”’»)\]]{0,3}\s*$/u);
  const isContinued = share(/[,;]\s*$|^\s*\p{Ll}/u);
  return isContinued < 0.2 && isBegun > 0.8 && (isEnded > 0.8 || isEnded < 0.1);
}

import { decodeEntities } from '../../text/entities.ts';
import type { ExtraValue } from '../format.ts';
import type { Block, Document } from './document.ts';

/** A web page as a document, and the articles in it. */
export interface WebPage extends Document {
  /** For each `article` element its blocks; articles within articles are part of these. */
  readonly articles: readonly (readonly Block[])[];
}

/** A tag of HTML. */
interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly source: string;
}

/** Elements whose content is no text for readers. */
const RAW = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'textarea',
  'iframe',
  'svg',
  'object',
  'select',
  'canvas',
]);
/** Elements around a page's own words, not its text. */
const FRAMES = new Set(['nav', 'footer', 'aside', 'menu', 'dialog']);
/** Elements that begin and end on lines of their own. */
const BREAKS = new Set(
  `address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form
  header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul`.split(/\s+/u),
);

/** UTF-16 units of one tag that are looked at. */
const MAX_TAG = 20_000;

/**
 * Reads a web page, well-formed or not, in linear time: its title (of its `citation_title` or `og:title`, its only `h1`, or its
 * `title`), what its `meta` elements say of authors, date, keywords and address, and its text by headings and paragraphs
 * (of `main` or the only `article` if there is one, without scripts, menus and footers). Source: HTML Living Standard.
 */
export function readHtml(text: string): WebPage {
  const page = makePage();
  scan(
    text,
    (words, line) => page.words(words, line),
    (tag) => page.tag(tag),
  );
  return page.finish();
}

/** Splits HTML into text and tags, passing over comments, declarations and elements of {@link RAW}. */
function scan(text: string, onWords: (words: string, line: number) => void, onTag: (tag: Tag) => void): void {
  // Elements that never end, so that each is sought once.
  const endless = new Set<string>();
  let line = 1;
  let counted = 0;
  const lineAt = (at: number): number => {
    for (; counted < at; counted++) if (text.charCodeAt(counted) === 10) line++;
    return line;
  };
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<', at);
    if (open !== at) onWords(text.slice(at, open < 0 ? text.length : open), lineAt(at));
    if (open < 0) return;
    if (text.startsWith('<!--', open)) {
      at = after(text, '-->', open + 4);
      continue;
    }
    const name = /^\/?[a-z][a-z0-9:-]*/u.exec(text.slice(open + 1, open + 40).toLowerCase())?.[0] ?? '';
    if (name === '') {
      const isMark = /^[!?/]/u.test(text.slice(open + 1, open + 2));
      if (!isMark) onWords('<', lineAt(open));
      at = isMark ? after(text, '>', open + 1) : open + 1;
      continue;
    }
    const end = after(text, '>', open + 1);
    const isEnd = name.startsWith('/');
    const tag = { name: isEnd ? name.slice(1) : name, isEnd, source: text.slice(open, Math.min(end, open + MAX_TAG)) };
    at = end;
    if (!isEnd && RAW.has(tag.name) && !tag.source.endsWith('/>')) {
      const close = endless.has(tag.name) ? -1 : endOf(text, tag.name, end);
      if (close < 0) endless.add(tag.name);
      // Without an end, the element is passed over, but not what follows.
      at = close < 0 ? end : after(text, '>', close);
    } else onTag(tag);
  }
}

/** Where the end tag of `name` begins; -1 without one. */
function endOf(text: string, name: string, from: number): number {
  for (let at = text.indexOf('</', from); at >= 0; at = text.indexOf('</', at + 2)) {
    if (text.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  }
  return -1;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at + mark.length;
}

interface HtmlBlock extends Block {
  /** Inside `main`, or inside the article of this number. */
  readonly inMain: boolean;
  readonly article: number;
  readonly inFrame: boolean;
}

/** A page as far as it has been read. */
interface OpenPage {
  readonly blocks: HtmlBlock[];
  readonly meta: Map<string, string[]>;
  words: string;
  begunAt: number;
  level: number;
  title: string | null;
  inTitle: boolean;
  /** Open elements of each kind. */
  frames: number;
  mains: number;
  depth: number;
  /** The open outermost article, -1 for none, and how many there were. */
  article: number;
  articles: number;
}

function makePage() {
  const page: OpenPage = {
    blocks: [],
    meta: new Map(),
    words: '',
    begunAt: 1,
    level: 0,
    title: null,
    inTitle: false,
    frames: 0,
    mains: 0,
    depth: 0,
    article: -1,
    articles: 0,
  };
  return {
    words(text: string, line: number): void {
      if (page.words === '') page.begunAt = line;
      page.words += text;
    },
    tag: (tag: Tag): void => takeTag(page, tag),
    finish(): WebPage {
      flush(page);
      const { blocks, articles, title, meta } = page;
      const shown = mainBlocks(blocks, articles);
      const byArticle: Block[][] = Array.from({ length: articles }, () => []);
      for (const block of blocks) if (block.article >= 0 && !block.inFrame) byArticle[block.article].push(block);
      const full = byArticle.filter((each) => each.some((block) => block.level === 0));
      return { title: titleOf(shown, title, meta), fields: fieldsOf(meta), blocks: shown, articles: full };
    },
  };
}

/** Ends the open block. */
function flush(page: OpenPage): void {
  const text = tidy(decodeEntities(page.words));
  page.words = '';
  if (page.inTitle) page.title ??= text;
  else if (text !== '') {
    const { level, begunAt, mains, article, frames } = page;
    page.blocks.push({ level, text, raw: text, line: begunAt, inMain: mains > 0, article, inFrame: frames > 0 });
  }
}

function takeTag(page: OpenPage, { name, isEnd, source }: Tag): void {
  const step = isEnd ? -1 : 1;
  const heading = /^h([1-6])$/u.exec(name);
  if (name === 'title' || heading || BREAKS.has(name)) flush(page);
  if (name === 'title') page.inTitle = !isEnd && page.title === null;
  else if (heading) page.level = isEnd ? 0 : Number(heading[1]);
  else if (FRAMES.has(name)) page.frames = Math.max(0, page.frames + step);
  else if (name === 'main') page.mains = Math.max(0, page.mains + step);
  else if (name === 'article') {
    if (!isEnd && page.depth === 0) page.article = page.articles++;
    page.depth = Math.max(0, page.depth + step);
    if (page.depth === 0) page.article = -1;
  } else if (!isEnd) takeFact(page, name, source);
}

/** Takes what an element says apart from its words. */
function takeFact(page: OpenPage, name: string, source: string): void {
  if (name === 'td' || name === 'th') page.words += ' ';
  else if (name === 'meta') takeMeta(source, page.meta);
  else if (name === 'time') keep(page.meta, 'time', attribute(source, 'datetime'));
  else if (name === 'link' && /\brel\s*=\s*["']?canonical/iu.test(source)) {
    keep(page.meta, 'canonical', attribute(source, 'href'));
  }
}

/** Blank lines and runs of blanks as HTML shows them. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\u00a0]+/gu, ' ')
    .replace(/\u00a0/gu, ' ')
    .trim();
}

/** The blocks of the page's own text: of `main`, of its only article, or of all that is no menu or footer. */
function mainBlocks(blocks: readonly HtmlBlock[], articles: number): readonly HtmlBlock[] {
  const all = lengthOf(blocks);
  const choices = [
    blocks.filter(({ inMain, inFrame }) => inMain && !inFrame),
    articles === 1 ? blocks.filter(({ article, inFrame }) => article >= 0 && !inFrame) : [],
    blocks.filter(({ inFrame }) => !inFrame),
  ];
  // An element that holds next to nothing of the page was not used for its text, or never closed.
  return choices.find((each) => lengthOf(each) > all / 5) ?? blocks;
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

function titleOf(
  blocks: readonly Block[],
  title: string | null,
  meta: ReadonlyMap<string, readonly string[]>,
): string | null {
  const given = meta.get('citation_title')?.[0] ?? meta.get('dc.title')?.[0] ?? meta.get('og:title')?.[0];
  if (given) return given;
  const tops = blocks.filter(({ level }) => level === 1);
  if (tops.length === 1) return tops[0].text;
  return title === '' ? null : title;
}

const META: Readonly<Record<string, readonly string[]>> = {
  author: ['citation_author', 'dc.creator', 'author', 'article:author', 'parsely-author'],
  date: [
    'citation_publication_date',
    'citation_date',
    'article:published_time',
    'dc.date',
    'date',
    'dcterms.created',
    'time',
  ],
  keywords: ['citation_keywords', 'keywords', 'article:tag', 'dc.subject'],
  description: ['description', 'og:description'],
  url: ['citation_doi', 'canonical', 'og:url'],
  journal: ['citation_journal_title', 'og:site_name'],
};

function fieldsOf(meta: ReadonlyMap<string, readonly string[]>): ExtraValue[] {
  return Object.entries(META).flatMap(([name, keys]): ExtraValue[] => {
    const values = keys.map((key) => meta.get(key)).find((each) => each !== undefined);
    if (!values) return [];
    if (name === 'author') return [[name, values.join('; ')]];
    if (name !== 'keywords') return [[name, values[0]]];
    const words = values.flatMap((value) => value.split(/[,;]/u)).map((word) => word.trim());
    return [[name, [...new Set(words.filter((word) => word !== ''))]]];
  });
}

/** Values of one kind of `meta` that are kept. */
const MAX_META = 200;

function takeMeta(source: string, meta: Map<string, string[]>): void {
  const name = (
    attribute(source, 'name') ??
    attribute(source, 'property') ??
    attribute(source, 'itemprop')
  )?.toLowerCase();
  if (name) keep(meta, name, attribute(source, 'content'));
}

function keep(meta: Map<string, string[]>, name: string, value: string | null): void {
  const text = tidy(value ?? '');
  const known = meta.get(name) ?? [];
  if (text === '' || known.length >= MAX_META) return;
  meta.set(name, [...known, text]);
}

/** The value of an attribute in a tag's source; null without it. */
function attribute(source: string, name: string): string | null {
  const pattern = new RegExp(`[\\s"']${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'iu');
  const [, double, single, bare] = pattern.exec(source) ?? [];
  const value = double ?? single ?? bare;
  return value === undefined ? null : decodeEntities(value);
}

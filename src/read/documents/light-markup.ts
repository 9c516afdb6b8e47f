import type { Cell, ExtraValue } from '../format.ts';
import type { Block, Document } from './document.ts';
import { readFrontMatter } from './front-matter.ts';

/** How headings are written. */
type Markup = 'markdown' | 'rst' | 'org' | 'adoc' | 'tex' | 'plain';

const MARKUPS: Readonly<Record<string, Markup>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  qmd: 'markdown',
  rmd: 'markdown',
  rst: 'rst',
  org: 'org',
  adoc: 'adoc',
  asciidoc: 'adoc',
  tex: 'tex',
};

/** Members of the lists of tags and links of one document. */
const MAX_MEMBERS = 500;

/**
 * The document in a text with light markup: Markdown, reStructuredText, Org, AsciiDoc or TeX by its extension, otherwise
 * without headings. Marks within the text stay, but front matter, comments and the brackets of wiki links do not.
 * @param warn takes a sentence about something that was not understood
 */
export function readMarkup(text: string, extension: string, warn: (reason: string) => void): Document {
  const markup = MARKUPS[extension] ?? 'plain';
  if (markup === 'tex') return readTex(text);
  const lines = text.split('\n');
  const head =
    markup === 'org' || markup === 'rst' || markup === 'adoc' ? readDocInfo(lines, markup) : readFrontMatter(lines);
  if (head.problem !== null) warn(head.problem);
  const body = head.lines > 0 ? lines.slice(head.lines) : lines;
  const links = new Set<string>();
  const tags = new Set<string>();
  const plain = markup === 'markdown' || markup === 'plain' ? body.map((line) => resolveLinks(line, links)) : body;
  const blocks = blocksOf(plain, markup, head.lines);
  if (markup === 'markdown') for (const block of blocks) if (block.level === 0) findTags(block.text, tags);
  const { title, rest } = splitTitle(head.fields);
  return { title, fields: withLists(rest, { tags, links }), blocks };
}

function splitTitle(fields: readonly ExtraValue[]): { title: string | null; rest: ExtraValue[] } {
  const own = fields.find(([key]) => key.toLowerCase() === 'title')?.[1] ?? null;
  const title = own === null ? '' : String(own).trim();
  return { title: title === '' ? null : title, rest: fields.filter(([key]) => key.toLowerCase() !== 'title') };
}

/** `fields` with further tags and links added to its own. */
function withLists(
  fields: readonly ExtraValue[],
  found: Readonly<Record<'tags' | 'links', ReadonlySet<string>>>,
): ExtraValue[] {
  const rest = [...fields];
  for (const [name, members] of Object.entries(found)) {
    if (members.size === 0) continue;
    const at = rest.findIndex(
      ([key]) => key.toLowerCase() === name || (name === 'tags' && key.toLowerCase() === 'tag'),
    );
    const all = new Set([...(at < 0 ? [] : listOf(rest[at][1])), ...members]);
    const value = [...all].slice(0, MAX_MEMBERS);
    if (at < 0) rest.push([name, value]);
    else rest[at] = [rest[at][0], value];
  }
  return rest;
}

function listOf(value: Cell): string[] {
  return typeof value === 'object' && value !== null ? Array.from<string | number>(value).map(String) : [String(value)];
}

/** `[[note#part|words]]` → `words`; embedded files and comments are left out. Adds what is linked to `links`. */
function resolveLinks(line: string, links: Set<string>): string {
  for (const [, url] of line.matchAll(/\]\((https?:\/\/[^\s()]{1,2000})/gu))
    if (links.size < MAX_MEMBERS) links.add(url);
  if (!line.includes('[[') && !line.includes('%%') && !line.includes('<!--')) return line;
  return line
    .replace(/<!--[^<]*?-->|%%[^%]+%%/gu, '')
    .replace(
      /(!?)\[\[([^[\]|\n]{1,500})(?:\|([^[\]\n]{0,500}))?\]\]/gu,
      (_, embed: string, target: string, words?: string) => {
        const note = target.replace(/[#^].*$/u, '').trim();
        if (!embed && note !== '' && links.size < MAX_MEMBERS) links.add(note);
        return embed ? '' : (words ?? target);
      },
    );
}

/** Adds the tags such as `#reading/books` within a text. */
function findTags(text: string, tags: Set<string>): void {
  for (const [, tag] of text.matchAll(/(?<![^\s([{])#(\p{L}[\p{L}\p{N}_/-]{0,80})(?![\p{L}\p{N}_#/-])/gu)) {
    if (tags.size >= MAX_MEMBERS) return;
    tags.add(tag);
  }
}

interface Heading {
  readonly level: number;
  readonly text: string;
  /** Lines that it takes. */
  readonly lines: number;
}

type HeadingFinder = (lines: readonly string[], at: number) => Heading | null;

function blocksOf(lines: readonly string[], markup: Markup, before: number): Block[] {
  const find = headingFinder(markup);
  const blocks: Block[] = [];
  let open: string[] = [];
  let begunAt = 0;
  let fence = '';
  const flush = (end: number): void => {
    const text = open.join('\n').trim();
    const line = before + begunAt + 1;
    if (text !== '') blocks.push({ level: 0, text, raw: text, line });
    open = [];
    begunAt = end;
  };
  for (let at = 0; at < lines.length; at++) {
    const mark = /^ {0,3}(```|~~~)/u.exec(lines[at])?.[1] ?? '';
    if (mark !== '' && (fence === '' || fence === mark)) fence = fence === '' ? mark : '';
    const heading = fence === '' && mark === '' ? find(lines, at) : null;
    if (heading) {
      flush(at);
      const { level, text } = heading;
      blocks.push({
        level,
        text,
        raw: lines
          .slice(at, at + heading.lines)
          .join('\n')
          .trim(),
        line: before + at + 1,
      });
      at += heading.lines - 1;
      begunAt = at + 1;
    } else open.push(lines[at]);
  }
  flush(lines.length);
  return blocks;
}

function headingFinder(markup: Markup): HeadingFinder {
  if (markup === 'markdown') return (lines, at) => hashHeading(lines[at]) ?? underlined(lines, at, '=-');
  if (markup === 'org') return markHeading(/^(\*{1,6})\s+(?:(?:TODO|DONE)\s+)?(\S.*)$/u);
  if (markup === 'adoc') return markHeading(/^(={1,6})\s+(\S.*)$/u);
  if (markup !== 'rst') return () => null;
  const levels: string[] = [];
  return (lines, at) => {
    const heading = underlined(lines, at, '=-~^"\'`#*+:._');
    if (!heading) return null;
    const mark = lines[at + 1][0];
    if (!levels.includes(mark)) levels.push(mark);
    return { ...heading, level: Math.min(6, levels.indexOf(mark) + 1) };
  };
}

function hashHeading(line: string): Heading | null {
  const [, marks, rest] = /^ {0,3}(#{1,6})(?:[^\S\n]+(.*))?$/u.exec(line) ?? [];
  if (!marks) return null;
  const text = (rest ?? '').trim();
  // Closing marks, without a pattern that would take quadratic time on a line of blanks.
  let end = text.length;
  while (end > 0 && text[end - 1] === '#') end--;
  return { level: marks.length, text: end === 0 || text[end - 1] === ' ' ? text.slice(0, end).trim() : text, lines: 1 };
}

function markHeading(pattern: RegExp): HeadingFinder {
  return (lines, at) => {
    const [, marks, text] = pattern.exec(lines[at]) ?? [];
    return marks ? { level: marks.length, text: text.trim(), lines: 1 } : null;
  };
}

/** A short line with a line of one of `marks` below it, at least as long, and no text right above it. */
function underlined(lines: readonly string[], at: number, marks: string): Heading | null {
  const text = lines[at].trim();
  const below = (lines[at + 1] ?? '').trimEnd();
  if (text === '' || text.length > 200 || below.length < 3 || !marks.includes(below[0])) return null;
  if (below !== below[0].repeat(below.length) || below.length * 2 < text.length) return null;
  if (at > 0 && lines[at - 1].trim() !== '') return null;
  if (/^[-*+>|#]/u.test(text)) return null;
  return { level: below[0] === '=' ? 1 : 2, text, lines: 2 };
}

/** Fields that Org (`#+DATE: …`), reStructuredText and AsciiDoc (`:date: …`) write among their first lines. */
function readDocInfo(lines: readonly string[], markup: 'org' | 'rst' | 'adoc') {
  const pattern = markup === 'org' ? /^#\+(\w+):\s*(.*)$/u : /^:([\w -]{1,40}):\s+(\S.*)$/u;
  const fields: ExtraValue[] = [];
  let at = 0;
  if (markup === 'org') {
    for (; at < Math.min(lines.length, 200); at++) {
      const [, key, value = ''] = pattern.exec(lines[at]) ?? [];
      if (!key && lines[at].trim() !== '' && !/^:[\w-]+:/u.test(lines[at])) break;
      const tags = /tags$/iu.test(key ?? '') ? value.split(/[:\s]+/u).filter((tag) => tag !== '') : null;
      if (key && value.trim() !== '')
        fields.push([key.toLowerCase().replace(/^filetags$/u, 'tags'), tags ?? value.trim()]);
    }
  } else {
    for (const line of lines.slice(0, 60)) {
      const [, key, value] = pattern.exec(line) ?? [];
      if (key) fields.push([key.toLowerCase(), value.trim()]);
    }
  }
  return { fields, lines: at, problem: null };
}

const TEX_LEVELS: Readonly<Record<string, number>> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
};

/** The text of a TeX file between `\begin{document}` and `\end{document}`, with `\title`, `\author` and `\date` as fields. */
function readTex(text: string): Document {
  const from = text.indexOf('\\begin{document}');
  const end = text.lastIndexOf('\\end{document}');
  const body = text.slice(from < 0 ? 0 : from + '\\begin{document}'.length, end > from ? end : text.length);
  const fields: ExtraValue[] = [];
  for (const name of ['author', 'date'] as const) {
    const value = texArgument(text, name);
    if (value !== null && !value.startsWith('\\')) fields.push([name, value.replace(/\s*\\and\s*/gu, '; ')]);
  }
  const lines = body.split('\n').map((line) => line.replace(/(?<!\\)%.*$/u, ''));
  const before = from < 0 ? 0 : text.slice(0, from).split('\n').length - 1;
  const find: HeadingFinder = (all, at) => {
    const name = /^\s*\\(part|chapter|(?:sub){0,2}section)\*?(?=[[{])/u.exec(all[at].slice(0, 200))?.[1];
    const words = name === undefined ? null : inBraces(all[at], all[at].indexOf('{'));
    return name === undefined || words === null ? null : { level: TEX_LEVELS[name], text: words, lines: 1 };
  };
  return { title: texArgument(text, 'title'), fields, blocks: texBlocks(lines, find, before) };
}

function texBlocks(lines: readonly string[], find: HeadingFinder, before: number): Block[] {
  const blocks: Block[] = [];
  let open: string[] = [];
  let begunAt = 0;
  lines.forEach((line, at) => {
    const heading = find(lines, at);
    if (!heading) open.push(line);
    if (!heading && at < lines.length - 1) return;
    const text = open
      .join('\n')
      .replace(/\\maketitle\b/u, '')
      .trim();
    if (text !== '') blocks.push({ level: 0, text, raw: text, line: before + begunAt + 1 });
    if (heading) blocks.push({ level: heading.level, text: heading.text, raw: line.trim(), line: before + at + 1 });
    open = [];
    begunAt = at + 1;
  });
  return blocks;
}

/** The argument of `\name{…}` with its inner braces; null when there is none. */
function texArgument(text: string, name: string): string | null {
  const at = text.indexOf(`\\${name}{`);
  return at < 0 ? null : inBraces(text, at + name.length + 1);
}

/** What the brace at `open` encloses, at most 2,000 characters; null where it encloses nothing or does not end. */
function inBraces(text: string, open: number): string | null {
  let depth = 0;
  for (let i = open; i >= 0 && i < Math.min(text.length, open + 2000); i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) {
      const words = text
        .slice(open + 1, i)
        .replace(/\s+/gu, ' ')
        .trim();
      return words === '' ? null : words;
    }
  }
  return null;
}

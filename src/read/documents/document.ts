import type { ExtraValue, RecordSink } from '../format.ts';
import { MAX_TEXT_LENGTH } from '../limits.ts';
import type { ColumnRole, FileOptions } from '../read.api.ts';
import { makeTable } from '../table.ts';

/** A heading, or the text up to the next heading. */
export interface Block {
  /** 1…6 for a heading, 1 the highest; 0 for text. */
  readonly level: number;
  /** A heading without its marks; a text as the source writes it. */
  readonly text: string;
  /** As the source writes it. */
  readonly raw: string;
  /** First line, counted from 1. */
  readonly line: number;
}

/** What one file of prose holds. */
export interface Document {
  /** The title that the file gives itself apart from its headings. */
  readonly title: string | null;
  /** What the file says of itself, such as `date`, `author` and `tags`. */
  readonly fields: readonly ExtraValue[];
  readonly blocks: readonly Block[];
}

/** Gives a whole document to `sink` as one text. Its title: its own, else its only highest heading, else its name. */
export function takeDocument(document: Document, sink: RecordSink, options: FileOptions, name: string): void {
  const heading = document.title === null ? titleHeading(document.blocks) : null;
  const title = document.title ?? heading?.text ?? titleOfName(name);
  const shown = document.blocks.filter((block) => block !== heading && !isTitleAgain(block, title, document.blocks));
  const text = shown.map(({ raw }) => raw).join('\n\n');
  const own = { title, text: text.trim(), line: 1, section: null };
  takeTexts([own], document.fields, { sink, options, name });
}

/**
 * Gives each section of a document to `sink` as a text: a heading and what follows it up to the next heading, with the
 * headings above it in the column `section`. Without three sections, each paragraph.
 */
export function takeSections(document: Document, sink: RecordSink, options: FileOptions, name: string): void {
  const sections = sectionsOf(document.blocks);
  const texts = sections.filter(({ title }) => title !== '').length >= 3 ? sections : paragraphsOf(document.blocks);
  takeTexts(texts, document.fields, { sink, options, name });
}

/** `a/b/My note.md.gz` → `My note`: a file's name without its folders and its extension. */
export function titleOfName(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1).replace(/\.gz$/iu, '');
  return base.replace(/(?<=.)\.[a-z][a-z0-9]{0,9}$/iu, '').trim() || base;
}

/** `a/b/note.md` → `a/b`; '' without folders. */
function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

interface Piece {
  readonly title: string;
  readonly text: string;
  readonly line: number;
  /** Headings above, the highest first; null when this is not a section. */
  readonly section: string | null;
}

interface Target {
  readonly sink: RecordSink;
  readonly options: FileOptions;
  readonly name: string;
}

function takeTexts(pieces: readonly Piece[], fields: readonly ExtraValue[], { sink, options, name }: Target): void {
  const free = fields.filter(([key]) => !OWN_COLUMNS.has(key));
  const day = free.some(([key]) => DATE_KEYS.test(key)) ? null : dayInName(name);
  const folder = folderOf(name);
  const given: ExtraValue[] = [...free, ...(day ? [['date', day] as const] : [])];
  if (folder !== '') given.push(['folder', folder]);
  const keys = given.map(([key]) => key);
  const roles: Partial<Record<ColumnRole, string>> = { title: 'title', text: 'text', ...rolesOf(keys) };
  const table = makeTable(sink, options, { roles });
  for (const { title, text, line, section } of pieces) {
    if (text === '' && section === null) {
      sink.skip(0, 'it holds no text');
      continue;
    }
    if (text.length > MAX_TEXT_LENGTH) {
      const kept = MAX_TEXT_LENGTH.toLocaleString('en');
      sink.warn(line, `only the first ${kept} of ${text.length.toLocaleString('en')} characters are kept`);
    }
    const above: ExtraValue[] = section ? [['section', section]] : [];
    const row = [['title', title] as const, ['text', text.slice(0, MAX_TEXT_LENGTH)] as const, ...above, ...given];
    table.add(
      row.map(([key]) => key),
      row.map(([, value]) => value),
      line,
    );
  }
  table.end();
}

/** Columns that are made here. */
const OWN_COLUMNS: ReadonlySet<string> = new Set(['title', 'text', 'section', 'folder']);
const DATE_KEYS =
  /^(?:date|published|pubdate|publish[-_ ]?date|publication[-_ ]?date|created|creation[-_ ]?date|created[-_ ]?at|day)$/iu;
const AUTHOR_KEYS = /^(?:authors?|from|by|byline|creators?|writer)$/iu;
const URL_KEYS = /^(?:url|link|permalink|source|canonical|doi)$/iu;

function rolesOf(keys: readonly string[]): Partial<Record<ColumnRole, string>> {
  const found = { date: DATE_KEYS, authors: AUTHOR_KEYS, url: URL_KEYS };
  return Object.fromEntries(
    Object.entries(found).flatMap(([role, pattern]) => {
      const key = keys.find((each) => pattern.test(each));
      return key === undefined ? [] : [[role, key]];
    }),
  );
}

/** The day with which a file's name begins, as names of diaries and of blogs do. */
function dayInName(name: string): string | null {
  return (
    /^(?:19|20)\d\d[-_.](?:0[1-9]|1[0-2])[-_.](?:0[1-9]|[12]\d|3[01])(?!\d)/u
      .exec(titleOfName(name))?.[0]
      .replace(/[_.]/gu, '-') ?? null
  );
}

/** How much may stand before the heading that is a title: a picture, a date, a notice. */
const MAX_BEFORE_TITLE = 500;

/** The heading that is a title: near the beginning, and no other stands at its level or above. */
function titleHeading(blocks: readonly Block[]): Block | null {
  const first = blocks.findIndex(({ level, text }) => level > 0 && text !== '');
  if (first < 0) return null;
  const heading = blocks[first];
  const before = blocks.slice(0, first).reduce((sum, { text }) => sum + text.trim().length, 0);
  if (before > (heading.level === 1 ? MAX_BEFORE_TITLE : 0)) return null;
  return blocks.some((each) => each !== heading && each.level > 0 && each.level <= heading.level) ? null : heading;
}

/** Whether a block repeats the document's title at its beginning. */
function isTitleAgain(block: Block, title: string, blocks: readonly Block[]): boolean {
  return block.level > 0 && block.text === title && block === blocks.find(({ text }) => text.trim() !== '');
}

function sectionsOf(blocks: readonly Block[]): Piece[] {
  const pieces: Piece[] = [];
  const path: { level: number; text: string }[] = [];
  blocks.forEach((block, i) => {
    const next = blocks[i + 1];
    if (block.level > 0) {
      while (path.length > 0 && path[path.length - 1].level >= block.level) path.pop();
      path.push(block);
      if (next && next.level !== 0 && next.level > block.level) return;
      if (next?.level === 0 && next.text.trim() !== '') return;
      pieces.push({ title: block.text, text: '', line: block.line, section: pathOf(path.slice(0, -1)) });
    } else if (block.text.trim() !== '') {
      const title = path.at(-1)?.text ?? '';
      pieces.push({ title, text: block.text.trim(), line: block.line, section: pathOf(path.slice(0, -1)) });
    }
  });
  return pieces;
}

function pathOf(path: readonly { readonly text: string }[]): string {
  return path.map(({ text }) => text).join(' › ');
}

function paragraphsOf(blocks: readonly Block[]): Piece[] {
  let title = '';
  return blocks.flatMap((block): Piece[] => {
    if (block.level > 0) {
      title = block.text;
      return [];
    }
    let line = block.line;
    return block.text.split(/\n[^\S\n]*\n/u).flatMap((text) => {
      const piece = { title: '', text: text.trim(), line, section: title };
      line += text.split('\n').length + 1;
      return piece.text === '' ? [] : [piece];
    });
  });
}

/// <reference path="./pdf-worker.d.ts" />
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { StageError } from '../../model/failure.ts';
import type { ExtraValue } from '../format.ts';
import type { Block, Document } from './document.ts';
import { saneTitle } from './properties.ts';

/** Pages of one PDF that are read, and milliseconds spent on it. */
const MAX_PAGES = 10;
const MAX_MS = 40_000;

/**
 * The text of a PDF: its abstract if its first pages have one, else its first ten pages. Its title is the file's own unless a
 * program made that up, else the largest words of the first page. Nothing is drawn, and no font, script or address in
 * the file is used. Throws `bad-format` for a damaged or protected file and for one without words, `too-large` after 40 seconds.
 * @param warn takes a sentence about what is not read
 */
export async function readPdf(bytes: ArrayBuffer, warn: (reason: string) => void): Promise<Document> {
  const { getDocument } = await loadPdfjs();
  const task = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    useWorkerFetch: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), MAX_MS);
  });
  try {
    return await Promise.race([task.promise.then((file) => readFile(file, warn)), late]);
  } catch (error) {
    throw error instanceof StageError ? error : unreadable(error);
  } finally {
    clearTimeout(timer);
    await task.destroy().catch(() => {});
  }
}

/** Loads pdf.js without a worker of its own: reading happens in the read worker already. */
async function loadPdfjs() {
  // Made once when pdf.js is loaded, for drawing, which does not happen here. Node has none.
  const scope = globalThis as { DOMMatrix?: unknown; pdfjsWorker?: unknown }; // The core project knows no such globals.
  scope.DOMMatrix ??= class {};
  scope.pdfjsWorker ??= await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

/** One line of a page: its words, the height of its letters and its distance from the line above, in points. */
interface Line {
  readonly text: string;
  readonly height: number;
  readonly gap: number;
}

async function readFile(file: PDFDocumentProxy, warn: (reason: string) => void): Promise<Document> {
  const pages: Line[][] = [];
  const count = Math.min(file.numPages, MAX_PAGES);
  for (let number = 1; number <= count; number++) {
    const page = await file.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(linesOf(items.flatMap((item) => ('str' in item ? [item] : []))));
    page.cleanup();
  }
  const all = pages.flatMap(paragraphsOf);
  if (all.join('').replace(/[^\p{L}]/gu, '').length < 20) throw noWords(file.numPages);
  const facts = await factsOf(file);
  const title = facts.title ?? largestWords(pages[0]);
  const abstract = abstractOf(all);
  if (abstract === null && file.numPages > count) warn(`only the first ${count} of ${file.numPages} pages are read`);
  const paragraphs = abstract ?? all.filter((text) => text !== title);
  const blocks = paragraphs.map((text, i): Block => ({ level: 0, text, raw: text, line: i + 1 }));
  return { title, fields: [...facts.fields, ['pages', file.numPages]], blocks };
}

interface TextPiece {
  readonly str: string;
  /** The last two numbers are its place in points, from the page's lower left corner. */
  readonly transform: readonly number[];
  readonly height: number;
  readonly hasEOL: boolean;
}

function linesOf(pieces: readonly TextPiece[]): Line[] {
  const lines: Line[] = [];
  let text = '';
  let height = 0;
  let y = Number.NaN;
  let above = Number.NaN;
  const flush = (): void => {
    const words = text.replace(/\s+/gu, ' ').trim();
    if (words !== '') {
      lines.push({ text: words, height, gap: Number.isFinite(above - y) ? above - y : 0 });
      above = y;
    }
    text = '';
    height = 0;
  };
  for (const piece of pieces) {
    const at = Number(piece.transform[5]);
    if (text !== '' && piece.str.trim() !== '' && Math.abs(at - y) > Math.max(piece.height, height) * 0.7) flush();
    if (text === '') y = at;
    text += piece.str;
    if (piece.str.trim() !== '') height = Math.max(height, piece.height);
    if (piece.hasEOL) flush();
  }
  flush();
  return lines;
}

/** Lines joined to paragraphs, which end where the next line is far below, elsewhere on the page or of another size. */
function paragraphsOf(lines: readonly Line[]): string[] {
  const paragraphs: string[] = [];
  let open: Line | null = null;
  for (const line of lines) {
    const goesOn: boolean =
      open !== null &&
      line.gap > 0 &&
      line.gap < open.height * 1.8 &&
      Math.abs(line.height - open.height) < open.height * 0.15;
    if (goesOn) {
      const before = paragraphs[paragraphs.length - 1];
      const isBroken = /\p{Ll}-$/u.test(before.slice(-2)) && /^\p{Ll}/u.test(line.text);
      paragraphs[paragraphs.length - 1] = isBroken ? before.slice(0, -1) + line.text : `${before} ${line.text}`;
    } else paragraphs.push(line.text);
    open = line;
  }
  return paragraphs;
}

/** The words of the largest letters among the first lines of a page, if they can be a title. */
function largestWords(lines: readonly Line[] = []): string | null {
  const first = lines.slice(0, 40).filter(({ text }) => /\p{L}{2}/u.test(text) && !/^arxiv:/iu.test(text));
  const sizes = [...new Set(first.map(({ height }) => Math.round(height * 2)))].sort((a, b) => b - a);
  if (sizes.length < 2) return null;
  for (const size of sizes.slice(0, 3)) {
    const from = first.findIndex(({ height }) => Math.round(height * 2) === size);
    let to = from;
    while (to < first.length && Math.round(first[to].height * 2) === size) to++;
    const words = first
      .slice(from, to)
      .map(({ text }) => text)
      .join(' ');
    if (words.length >= 8 && words.length <= 300) return words;
  }
  return null;
}

const ABSTRACT =
  /^\s*(?:abstract|summary|zusammenfassung|résumé|resumen|resumo|sommario|аннотация|摘\s*要)\s*(?:[.:—–-]|$|(?=\p{Lu}))\s*/iu;
const AFTER_ABSTRACT =
  /^\s*(?:(?:\d+|I)\.?\s*)?(?:introduction|einleitung|introducción|introdução|introduzione|введение|引言|keywords?|key words|index terms|ccs concepts|schlüsselwörter|mots[- ]clés|palabras clave|palavras-chave|关键词)\b/iu;
const MIN_ABSTRACT = 200;
const MAX_ABSTRACT = 6000;

/** The paragraphs of the abstract among those of the first pages; null when none is found between its usual bounds. */
function abstractOf(paragraphs: readonly string[]): string[] | null {
  const at = paragraphs.slice(0, 80).findIndex((text) => ABSTRACT.test(text));
  if (at < 0) return null;
  const found: string[] = [];
  let length = 0;
  for (const [i, text] of paragraphs.slice(at, at + 60).entries()) {
    const words = i === 0 ? text.replace(ABSTRACT, '') : text;
    if (i > 0 && AFTER_ABSTRACT.test(text)) return length >= MIN_ABSTRACT ? found : null;
    if (words !== '') found.push(words);
    length += words.length;
    if (length > MAX_ABSTRACT) return null;
  }
  return null;
}

async function factsOf(
  file: PDFDocumentProxy,
): Promise<{ readonly title: string | null; readonly fields: ExtraValue[] }> {
  const { info } = await file.getMetadata().catch(() => ({ info: {} }));
  const facts = info as Readonly<Record<string, unknown>>; // Whatever the file holds.
  const word = (name: string): string => {
    const value = facts[name];
    return typeof value === 'string' && !/^\((?:anonymous|unspecified)\)$/u.test(value) ? value.trim() : '';
  };
  const fields: ExtraValue[] = [];
  const [, year, month, day] = /^D:(\d{4})(\d\d)(\d\d)/u.exec(word('CreationDate')) ?? [];
  if (word('Author') !== '') fields.push(['authors', word('Author')]);
  if (year) fields.push(['date', `${year}-${month}-${day}`]);
  const keywords = word('Keywords')
    .split(/[,;]/u)
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (keywords.length > 0) fields.push(['keywords', [...new Set(keywords)]]);
  return { title: saneTitle(word('Title').replace(/^\(unspecified\)$|^\(anonymous\)$/u, '')), fields };
}

function noWords(pages: number): StageError {
  const what = pages === 1 ? 'this PDF document has' : `this PDF document of ${pages} pages has`;
  const reason = `${what} no words that can be read: its pages are pictures (scans). Recognise its text first (OCR), or paste its text`;
  return new StageError('bad-format', 'read', reason);
}

function unreadable(error: unknown): StageError {
  const name = error instanceof Error ? error.name : '';
  const reason =
    name === 'PasswordException'
      ? 'this PDF document is protected by a password: save it without one'
      : 'this PDF document is damaged: open it in a PDF program and save or print it as PDF again, or copy its text';
  return new StageError('bad-format', 'read', reason, { cause: error });
}

function tooSlow(): StageError {
  const reason = `this PDF document takes more than ${MAX_MS / 1000} seconds: copy or export its text instead`;
  return new StageError('too-large', 'read', reason);
}

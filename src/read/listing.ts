import { LISTING_DATE, parseDate } from '../text/dates.ts';
import { makeLineFeed, type RecordSink, type TextFormat, type TextHead, type TextParser } from './format.ts';

/** Dumps of paper listings: web pages that alternate titles and abstracts, with the page's own words around them. */
export const LISTING: TextFormat = {
  name: 'listing',
  score: (head) => (looksLikeListing(head) ? 0.7 : 0),
  makeParser: makeListingParser,
};

/**
 * One line of a paper listing. `glued` is the word `Subscribe` followed by the first title, `bullet` the line `• 5
 * authors`, `dot` the middle dot below it. `text` may still turn out to be a header by its position.
 */
interface ListingLine {
  readonly kind: 'banner' | 'subscribe' | 'glued' | 'bullet' | 'dot' | 'text' | 'gap';
  /** Without trailing blanks; for `bullet` the words `5 authors`. */
  readonly text: string;
  readonly number: number;
  /** No blank line separates this line from the one before. */
  readonly attached: boolean;
}

interface OpenPaper {
  readonly title: string;
  readonly line: number;
  text: string;
  authors: string | null;
  date: string | null;
  /** No more text may be joined to it, since its metadata has been read. */
  closed: boolean;
  /** Whether a warning already says that its abstract was mended. */
  hasWarning: boolean;
}

interface Page {
  readonly sink: RecordSink;
  paper: OpenPaper | null;
  /** What a metadata block expects next. */
  awaited: 'dot' | 'date' | null;
  inHead: boolean;
  sawBanner: boolean;
  spaced: boolean;
}

/** Titles of the listings are shorter than this, abstracts are not (longest known title 174, shortest abstract 265). */
const ABSTRACT_FROM = 200;

/** This many pairs of a short and a long line, and nothing else, make a listing without any header. */
const MIN_PAIRS = 3;

function looksLikeListing({ text, whole }: TextHead): boolean {
  const raw = text.split('\n');
  if (!whole) raw.pop();
  const lines = raw.filter((line) => line.trim() !== '').map((line, i) => classifyLine(line, i + 1, true));
  const start = lines.slice(0, 8);
  if (start.some((line) => line.kind === 'banner')) return true;
  if (lines.some((line, i) => line.kind === 'bullet' && lines[i + 1]?.kind === 'dot')) return true;
  const isAbstract = (i: number): boolean => (lines[i]?.text.length ?? 0) >= ABSTRACT_FROM;
  if (start.some((line, i) => line.kind === 'glued' && isAbstract(i + 1))) return true;
  const alone = start.findIndex((line) => line.kind === 'subscribe');
  if (alone >= 0 && lines.slice(alone, alone + 5).some((_, i) => isAbstract(alone + i))) return true;
  const pairs = Math.floor(lines.length / 2);
  if (pairs < MIN_PAIRS) return false;
  return lines.slice(0, pairs * 2).every((_, i) => isAbstract(i) === (i % 2 === 1));
}

/**
 * Reads the dumps, compact or spaced, any number of pages one after another.
 *
 * Titles (under 200 characters) and abstracts (from 200) are paired by length, not by blank lines, so damage does not
 * reach later pairs. With one line of lookahead:
 * - A short line where an abstract is due is the next title, and the paper before has an empty abstract. If the line is
 *   a sentence, it is a short abstract instead; if a long line follows, it may be the beginning of a broken one.
 * - A long line where a title is due is joined to the abstract before it. If this page has none, or that paper's
 *   metadata has been read, it is a paper without a title.
 * - A short line where a title is due, without an abstract after it, is joined as the end of a broken abstract if it is
 *   a sentence or continues an unfinished one.
 * Each of these is a warning. A header anywhere begins a new page, and nothing is joined across pages.
 */
function makeListingParser(sink: RecordSink): TextParser {
  const page: Page = { sink, paper: null, awaited: null, inHead: true, sawBanner: false, spaced: false };
  let previous: ListingLine | null = null;
  let sawBlank = false;

  function accept(line: ListingLine): void {
    if (previous) take(page, previous, line);
    previous = line;
    sawBlank = false;
  }

  return makeLineFeed(sink, {
    line(text, number) {
      if (text.trim() === '') sawBlank = true;
      else accept(classifyLine(text, number, !sawBlank));
    },
    tooLong(number) {
      accept({ kind: 'gap', text: '', number, attached: !sawBlank });
    },
    end() {
      if (previous) take(page, previous, null);
      flush(page);
    },
  });
}

function take(page: Page, line: ListingLine, next: ListingLine | null): void {
  const due = page.awaited;
  page.awaited = null;
  if (due !== null && isDate(line)) {
    if (page.paper && page.paper.date === null) page.paper.date = parseDate(line.text);
  } else if (line.kind === 'bullet') takeBullet(page, line);
  else if (line.kind === 'dot') page.awaited = 'date';
  else if (line.kind === 'gap') takeGap(page, line);
  else if (!takeHead(page, line, next)) takeText(page, line, next);
}

/** Takes a line of a page's head, if it is one: banners always are, other words by their position. */
function takeHead(page: Page, line: ListingLine, next: ListingLine | null): boolean {
  if (line.kind === 'glued') return takeGlued(page, line);
  const bannerNext = next?.kind === 'banner' || next?.kind === 'subscribe';
  const words = (line.text === 'new' || line.text === 'Daily Papers') && (page.inHead || bannerNext);
  if (line.kind === 'banner' || line.kind === 'subscribe' || words) {
    beginPage(page);
    page.sawBanner = true;
    if (words || line.kind === 'subscribe' || line.text.startsWith('byAK')) page.spaced = true;
    return true;
  }
  if (!page.inHead || !isDate(line)) return false;
  page.inHead = false;
  return true;
}

/** Outside a head, `Subscribers leave` is a title, but `SubscribeA Title` begins a page whose banners are lost. */
function takeGlued(page: Page, line: ListingLine): boolean {
  const title = line.text.slice(SUBSCRIBE.length);
  if (!(page.inHead && page.sawBanner) && /^[a-z\s]/u.test(title)) return false;
  beginPage(page);
  page.spaced = false;
  open(page, title, line.number);
  return true;
}

function takeText(page: Page, line: ListingLine, next: ListingLine | null): void {
  const { paper } = page;
  if (isLong(line)) takeLong(page, line);
  else if (paper && !paper.closed && paper.text === '') takeShort(page, paper, line, next);
  else if (paper && !paper.closed && isTail(paper, line, next, page.spaced)) join(page, paper, line);
  else open(page, line.text, line.number);
}

function takeLong(page: Page, line: ListingLine): void {
  const { paper } = page;
  if (!paper || paper.closed) {
    open(page, '', line.number).text = line.text;
    page.sink.warn(line.number, 'an abstract without a title: kept as a paper of its own');
  } else if (paper.text === '') paper.text = line.text;
  else join(page, paper, line);
}

/** Takes a short line where the abstract of `paper` is due. */
function takeShort(page: Page, paper: OpenPaper, line: ListingLine, next: ListingLine | null): void {
  const sentence = isSentence(line.text);
  if (isLong(next)) {
    const broken = sentence || continues(next?.text ?? '') || (page.spaced && next?.attached === true);
    if (!broken) {
      open(page, line.text, line.number);
      return;
    }
    warnOnce(page, paper, line.number, `the abstract of “${shorten(paper.title)}” is broken into lines: joined`);
    paper.text = line.text;
  } else if (sentence) {
    warnOnce(page, paper, line.number, `the abstract of “${shorten(paper.title)}” is very short`);
    paper.text = line.text;
  } else open(page, line.text, line.number);
}

/** Whether a short line where a title is due is the end of the abstract of `paper`. */
function isTail(paper: OpenPaper, line: ListingLine, next: ListingLine | null, spaced: boolean): boolean {
  const unfinished = isUnfinished(paper.text);
  const ends = line.text.endsWith('.');
  if (isLong(next)) return unfinished && continues(line.text) && (ends || continues(next?.text ?? ''));
  if (spaced && line.attached) return true;
  return isSentence(line.text) || (unfinished && (ends || continues(line.text)));
}

function takeBullet(page: Page, line: ListingLine): void {
  const { paper, sink } = page;
  page.awaited = 'dot';
  if (!paper || paper.authors !== null) {
    sink.warn(line.number, `“${line.text}” belongs to no paper`);
    flush(page);
    return;
  }
  if (paper.text === '') warnMissing(page, paper);
  paper.closed = true;
  paper.authors = line.text;
}

function takeGap(page: Page, line: ListingLine): void {
  page.sink.warn(line.number, 'a line of more than 4,000,000 characters was left out');
  if (page.paper?.text === '') page.paper.closed = true;
}

function join(page: Page, paper: OpenPaper, line: ListingLine): void {
  warnOnce(page, paper, line.number, `joined to the abstract of “${shorten(paper.title)}”: a title was due here`);
  paper.text = `${paper.text} ${line.text.trimStart()}`;
}

function beginPage(page: Page): void {
  if (page.inHead) return;
  flush(page);
  page.inHead = true;
  page.sawBanner = false;
  page.spaced = false;
}

function open(page: Page, title: string, line: number): OpenPaper {
  flush(page);
  const paper = { title, line, text: '', authors: null, date: null, closed: false, hasWarning: false };
  page.inHead = false;
  page.paper = paper;
  return paper;
}

function flush(page: Page): void {
  if (!page.paper) return;
  const { title, text, authors, date, line, closed } = page.paper;
  if (text === '' && !closed) warnMissing(page, page.paper);
  page.sink.record({ title, text, authors, date, url: null, id: null, extra: [], line });
  page.paper = null;
}

function warnMissing(page: Page, paper: OpenPaper): void {
  page.sink.warn(paper.line, `“${shorten(paper.title)}” has no abstract`);
}

function warnOnce(page: Page, paper: OpenPaper, line: number, reason: string): void {
  if (!paper.hasWarning) page.sink.warn(line, reason);
  paper.hasWarning = true;
}

function shorten(title: string): string {
  return title.length > 60 ? `${title.slice(0, 57)}…` : title;
}

/** Classifies a line that is not blank. */
function classifyLine(raw: string, number: number, attached: boolean): ListingLine {
  const text = raw.trimEnd();
  const make = (kind: ListingLine['kind'], shown = text): ListingLine => ({ kind, text: shown, number, attached });
  if (text.length > ABSTRACT_FROM + SUBSCRIBE.length) return make('text');
  if (/^Get trending papers in your email inbox/u.test(text) || /^byAK(?:\s|$)/u.test(text)) return make('banner');
  if (text === SUBSCRIBE) return make('subscribe');
  if (text.startsWith(SUBSCRIBE)) return make('glued');
  const bullet = /^\s*•\s*(\d{1,6} authors?)$/u.exec(text);
  if (bullet) return make('bullet', bullet[1] === '1 authors' ? '1 author' : bullet[1]);
  return make(text.trim() === '·' ? 'dot' : 'text');
}

/** The word that a compact page attaches to its first title; removed once. */
const SUBSCRIBE = 'Subscribe';

/** Whether `line` is long enough to be an abstract. */
function isLong(line: ListingLine | null): boolean {
  return line !== null && line.kind === 'text' && line.text.length >= ABSTRACT_FROM;
}

/** Whether `line` can be the date of a page or of a paper. */
function isDate(line: ListingLine | null): boolean {
  return line !== null && line.kind === 'text' && LISTING_DATE.test(line.text.trim());
}

/**
 * Whether a short text is prose rather than a title: it ends in a stop and is long enough for a sentence. None of the
 * 542 known titles ends in a full stop.
 */
function isSentence(text: string): boolean {
  return text.length >= 40 && text.endsWith('.');
}

/** Whether `text` begins with a plain lower-case word, as the rest of a broken line does; `node2vec` does not. */
function continues(text: string): boolean {
  return /^\s*[a-z]+(?:[\s,;:.)-]|$)/u.test(text);
}

/** Whether `text` stops in the middle of a sentence. A URL at its end counts as an end. */
function isUnfinished(text: string): boolean {
  if (/[.!?…]["')\]”’]{0,3}$/u.test(text)) return false;
  return !/:\/\/|www\./u.test(text.slice(text.lastIndexOf(' ') + 1));
}

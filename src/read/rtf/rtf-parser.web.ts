import { makeLineFeed, type ParserMaker, plainRecord } from '../format.ts';
import { MAX_TEXT_LENGTH } from '../limits.ts';

/** One group `{…}` and what it inherits. */
interface Group {
  /** Whether its words are not text: tables of fonts, pictures, instructions of fields. */
  isHidden: boolean;
  /** Letters that stand behind `\u` for programs without Unicode. */
  fallback: number;
  isTitle: boolean;
}

interface Rtf {
  readonly groups: Group[];
  /** Open groups beyond {@link MAX_GROUPS}, which have what their parents have. */
  deeper: number;
  charset: string;
  /** Bytes of `\'e9` that may be parts of one letter. */
  bytes: number[];
  /** Letters to pass over behind `\u`. */
  toSkip: number;
  title: string;
  text: string;
}

const MAX_GROUPS = 200;
/** UTF-16 units of text that are held. */
const MAX_TEXT = 16 * MAX_TEXT_LENGTH;
const HIDDEN = new Set(
  `fonttbl colortbl stylesheet listtable listoverridetable rsidtbl revtbl pict object objdata fldinst info header headerl
  headerr headerf footer footerl footerr footerf xmlnstbl themedata colorschememapping datastore latentstyles generator
  bkmkstart bkmkend filetbl nonshppict shpinst ftnsep ftnsepc aftnsep aftnsepc template`.split(/\s+/u),
);
const WORDS: Readonly<Record<string, string>> = {
  par: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  line: '\n',
  tab: '\t',
  cell: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
};
/** A control word with its number, `\'e9`, a control symbol, a brace, or plain letters. */
const TOKEN = /\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-f]{2})|\\(.)|([{}])|([^\\{}]+)/giu;

/**
 * Reads the words of a document (Microsoft, “Rich Text Format Specification” 1.9.1), without fonts, pictures, headers and
 * notes about styles. Beside others of its kind a document is one text; alone each of its paragraphs is one.
 */
export const makeRtfParser: ParserMaker = (sink, _, head) => {
  const rtf: Rtf = { groups: [], deeper: 0, charset: 'windows-1252', bytes: [], toSkip: 0, title: '', text: '' };
  let isFull = false;

  return makeLineFeed(sink, {
    line(text) {
      if (isFull) return;
      takeTokens(rtf, text);
      isFull = rtf.text.length > MAX_TEXT;
      if (isFull) sink.warn(0, `only the first ${MAX_TEXT.toLocaleString('en')} characters are read`);
    },
    tooLong: (number) => sink.warn(number, 'a line without an end, such as a picture, is left out'),
    end() {
      flushBytes(rtf);
      const paragraphs = rtf.text.split('\n').map((each) => each.replace(/\s+/gu, ' ').trim());
      const filled = paragraphs.filter((each) => each !== '');
      if (filled.length === 0) sink.skip(0, 'this RTF document holds no words: save it as plain text');
      else if (head.companions > 0) sink.record(plainRecord(titleOf(rtf, head.name), filled.join('\n'), 1));
      else for (const [i, each] of filled.entries()) sink.record(plainRecord('', each, i + 1));
    },
  });
};

function titleOf(rtf: Rtf, name: string): string {
  return rtf.title.trim() || (name.split('/').at(-1) ?? name).replace(/\.[^.]{1,5}$/u, '');
}

function takeTokens(rtf: Rtf, line: string): void {
  for (const [, word, number, hex, symbol, brace, plain] of line.matchAll(TOKEN)) {
    if (hex === undefined) flushBytes(rtf);
    if (word !== undefined) takeWord(rtf, word.toLowerCase(), number === undefined ? null : Number(number));
    else if (hex !== undefined) takeByte(rtf, Number.parseInt(hex, 16));
    else if (symbol !== undefined) takeSymbol(rtf, symbol);
    else if (brace !== undefined) takeBrace(rtf, brace);
    else add(rtf, plain.slice(skipped(rtf, plain.length)));
  }
  // A backslash at the end of a line is a paragraph.
  if (line.endsWith('\\') && !line.endsWith('\\\\')) add(rtf, '\n');
}

function takeBrace(rtf: Rtf, brace: string): void {
  rtf.toSkip = 0;
  if (brace === '{') {
    const last = rtf.groups.at(-1);
    if (rtf.groups.length >= MAX_GROUPS) rtf.deeper++;
    else rtf.groups.push(last ? { ...last } : { isHidden: false, fallback: 1, isTitle: false });
  } else if (rtf.deeper > 0) rtf.deeper--;
  else rtf.groups.pop();
}

function takeWord(rtf: Rtf, word: string, number: number | null): void {
  const group = rtf.groups.at(-1);
  if (!group) return;
  if (HIDDEN.has(word)) group.isHidden = true;
  else if (word === 'title' && group.isHidden) group.isTitle = true;
  else if (word === 'ansicpg' && number !== null) rtf.charset = charsetOf(number);
  else if (word === 'mac') rtf.charset = 'macintosh';
  else if (word === 'uc' && number !== null) group.fallback = Math.max(0, Math.min(number, 16));
  else if (word === 'u' && number !== null) {
    add(rtf, String.fromCharCode(number & 0xffff));
    rtf.toSkip = group.fallback;
  } else if (Object.hasOwn(WORDS, word) && skipped(rtf, 1) === 0) add(rtf, WORDS[word]);
}

function takeSymbol(rtf: Rtf, symbol: string): void {
  const group = rtf.groups.at(-1);
  if (symbol === '*' && group) group.isHidden = true;
  else if (skipped(rtf, 1) > 0) return;
  else if (symbol === '~') add(rtf, ' ');
  else if (symbol === '_') add(rtf, '-');
  else if ('\\{}'.includes(symbol)) add(rtf, symbol);
}

function takeByte(rtf: Rtf, byte: number): void {
  if (skipped(rtf, 1) === 0) rtf.bytes.push(byte);
}

/** How many of `length` letters are only for programs without Unicode. */
function skipped(rtf: Rtf, length: number): number {
  const count = Math.min(rtf.toSkip, length);
  rtf.toSkip -= count;
  return count;
}

function flushBytes(rtf: Rtf): void {
  if (rtf.bytes.length === 0) return;
  const bytes = new Uint8Array(rtf.bytes);
  rtf.bytes = [];
  add(rtf, new TextDecoder(rtf.charset).decode(bytes));
}

function add(rtf: Rtf, text: string): void {
  const group = rtf.groups.at(-1);
  if (!group) return;
  if (group.isTitle && rtf.title.length < 1000) rtf.title += text;
  if (!group.isHidden) rtf.text += text;
}

/** The label of a code page of Windows, or of Windows-1252 for one that browsers do not know. */
function charsetOf(page: number): string {
  const label = {
    932: 'shift_jis',
    936: 'gbk',
    949: 'euc-kr',
    950: 'big5',
    10000: 'macintosh',
    65001: 'utf-8',
    866: 'ibm866',
  }[page];
  return label ?? (page === 874 || (page >= 1250 && page <= 1258) ? `windows-${page}` : 'windows-1252');
}

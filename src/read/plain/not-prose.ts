import type { TextHead } from '../format.ts';
import { cells, isRecordLike, lettersShare, linesOf, shareOf } from './measure.ts';

/**
 * Why a text should not be read as texts a line or a paragraph, as a sentence with what to do instead; null when it reads
 * as prose, or as words. Judged by the first 64 kB.
 */
export function whyNotProse({ text, extension }: Pick<TextHead, 'text' | 'extension'>): string | null {
  const lines = linesOf(text);
  if (lines.length === 0) return null;
  const kind = KINDS.find(({ is }) => is(text, lines, extension));
  return kind ? `this reads as ${kind.name}, not as texts: ${kind.next}` : null;
}

/** What makes a text doubtful that is read as prose all the same, as a sentence; null for prose. */
export function doubtOf(text: string): string | null {
  const lines = linesOf(text);
  const letters = lettersShare(lines);
  if (letters < MIN_LETTERS_SURE) {
    return 'much of this file is not words: if it is no list of texts, choose another format or save it as CSV or JSON';
  }
  if (shareOf(lines, FIELD) > 0.35 && isRecordLike(text, FIELD)) {
    return 'many lines look like “name: value”: if these are records, save them as CSV or JSON';
  }
  return null;
}

/** Below, hardly anything is words; between the two, a text is read with a warning. Prose has 0.9 and more. */
const MIN_LETTERS = 0.5;
const MIN_LETTERS_SURE = 0.65;

interface Kind {
  /** With its article, as in “this reads as …”. */
  readonly name: string;
  /** What the user can do. */
  readonly next: string;
  is(text: string, lines: readonly string[], extension: string): boolean;
}

const TABLE = 'save what you need of it as CSV or JSON';
/** `name: value`, `name = value`, `XY  - value`. */
const FIELD = /^\s{0,8}(?:[-*] )?["']?[\p{L}_][\p{L}\p{N}_ .-]{0,30}["']?\s?(?::(?=\s|$)|\s?=(?!=))/u;
const TAG = /^\s?[A-Z][A-Z0-9]{1,3}\s{0,3}(?:-|:)(?:\s|$)/u;
const TIME =
  /^\[?(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d\d|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d )/u;
const SERVER = /^\S+ \S+ \S+ \[\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:/u;
const LEVEL = /\b(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|TRACE)\b/u;
const LEVEL_FIRST = /^\[?(?:DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|TRACE)\]?[\s:]/u;
/** `name.of.it=value`, a section or a remark; prose has no equals signs at its second word. */
const SETTING = /^\s*(?:(?:export )?[\w.-]+\s?=(?!=)|\[[\w .-]+\]\s*$|[#;!])/u;
const EQUALS = /^\s*(?:export )?[\w.-]+\s?=(?!=)/u;
const CODE_LINE =
  /^\s*(?:[})\]];?,?|(?:import|from|#include|package|using|def|class|function|const|let|var|return|if|for|while|else|elif|try|public|private|static|void|int|fn|func|end|module|require)\b.*[;{(:)\]}'"\w]|.*[;{}]|\/\/.*|\/\*.*|\*\/.*|@\w+.*)\s*$/u;
/** Of lines that end in a semicolon, only those with brackets, quotes or an equals sign: prose has the others. */
const CODE_SIGN =
  /[{}]\s*$|^(?=.*[()={}[\]"]).*;\s*$|^\s*(?:def \w|class \w+[(:{]|function\b.*\(|import [\w.*{]+$|import .* from |from \S+ import |#include|\/\/|const \w+ =|let \w+ =|var \w+ =|return\b.*[()[\];]|public |fn \w|func \w)/u;
const CODE_FILE =
  /^(?:py|js|mjs|jsx?|tsx?|java|c|h|cc|cpp|hpp|cs|go|rs|rb|php|pl|sh|bash|r|jl|m|swift|kt|scala|lua|css|scss|sql|ipynb|vue)$/u;
const MARKUP = /<\/?[a-z][\w:-]*(?:\s[^<>]*)?\/?>/iu;
/** A line of base64 or of hexadecimal numbers, longer than any word. */
const BLOB = /^\s*(?=\S*[A-Z\d+/=]\S*[a-z\d])(?:[A-Za-z0-9+/]{40,}={0,2}|(?:[0-9a-f]{2}[\s:]?){20,})\s*$/u;

/** The sure ones first. */
const KINDS: readonly Kind[] = [
  {
    name: 'a web archive (WARC)',
    next: 'extract its pages and drop them as a folder of HTML files',
    is: (text) => /^\s*WARC\/\d/u.test(text),
  },
  {
    name: 'address cards (vCard)',
    next: 'they hold addresses; a list with notes can be exported as CSV',
    is: (text) => /^\s*BEGIN:VCARD\b/iu.test(text),
  },
  {
    name: 'a calendar (iCalendar)',
    next: 'export its events as CSV',
    is: (text) => /^\s*BEGIN:VCALENDAR\b/iu.test(text),
  },
  {
    name: 'a key or certificate (PEM)',
    next: 'it holds no text; do not share it',
    is: (text) => /^\s*-----BEGIN [A-Z ]+-----/u.test(text),
  },
  { name: 'PostScript', next: 'save it as PDF or plain text', is: (text) => /^\s*%!PS/u.test(text) },
  {
    name: 'changes of source code (a patch)',
    next: TABLE,
    is: (text) => /^(?:diff --git |--- [^\n]+\n\+\+\+ )/mu.test(text) && /^@@ /mu.test(text),
  },
  {
    name: 'a dump of a database (SQL)',
    next: 'export the table with the texts as CSV or JSON',
    is: (text) =>
      /^\s*(?:CREATE (?:TABLE|DATABASE)|INSERT INTO|COPY \S+ \(|DROP TABLE)\b/imu.test(text) && /[;(]\s*$/mu.test(text),
  },
  {
    name: 'LaTeX source',
    next: 'save it with the ending .tex, so that its sections are read, or export plain text',
    is: (text) => /^\s*\\(?:documentclass|begin\{document\}|usepackage)\b/mu.test(text),
  },
  {
    name: 'sequences (FASTA)',
    next: 'a map is made of texts in a language',
    is: (_, lines) => lines[0].startsWith('>') && shareOf(lines.slice(1), /^(?:>|[A-Z*-]{20,}$)/u) > 0.9,
  },
  {
    name: 'a log',
    next: 'save its messages as a column of a CSV file, or choose “one text a line” if each line is a text',
    is: (_, lines) =>
      lines.length > 2 &&
      (shareOf(lines, SERVER) > 0.7 ||
        (shareOf(lines, TIME) > 0.7 && shareOf(lines, LEVEL) > 0.3) ||
        shareOf(lines, LEVEL_FIRST) > 0.8),
  },
  {
    name: 'SubStation subtitles (.ass)',
    next: 'save them as SubRip (.srt)',
    is: (text) => /^\s*\[Script Info\]/iu.test(text),
  },
  {
    name: 'translations of a program (gettext)',
    next: 'export them as CSV',
    is: (text) => /^msgid "/mu.test(text) && /^msgstr(?:\[\d\])? "/mu.test(text),
  },
  {
    name: 'settings of a program',
    next: 'a map is made of texts: choose a file that has some',
    is: (_, lines) => lines.length > 2 && shareOf(lines, SETTING) > 0.8 && shareOf(lines, EQUALS) > 0.5,
  },
  {
    name: 'a list of addresses',
    next: 'save the pages themselves as text, or a table that has their texts',
    is: (_, lines) => lines.length > 2 && shareOf(lines, /^\s*(?:[-*] )?(?:https?:\/\/|www\.)\S+\s*$/u) > 0.8,
  },
  {
    name: 'encoded data (base64 or hexadecimal)',
    next: 'decode it first',
    is: (_, lines) => lines.length > 2 && shareOf(lines, BLOB) > 0.7,
  },
  { name: 'source code', next: 'gather its comments or descriptions in a CSV or JSON file', is: isCode },
  {
    name: 'markup',
    next: 'save it as HTML, XML or plain text with that ending',
    is: (_, lines) => lines.length > 2 && shareOf(lines, MARKUP) > 0.6,
  },
  {
    name: 'a table of numbers',
    next: 'add a column with texts, or give it together with the table that has them',
    is: (_, lines) => lines.length > 1 && cells(lines).numbers > 0.7,
  },
  {
    name: 'records with tags that are not known',
    next: 'export them as RIS, BibTeX or CSV',
    is: (text, lines) => lines.length > 3 && shareOf(lines, TAG) > 0.5 && isRecordLike(text, TAG),
  },
  {
    name: 'records of “name: value”',
    next: TABLE,
    is: (text, lines) => lines.length > 3 && shareOf(lines, FIELD) > 0.6 && isRecordLike(text, FIELD),
  },
  { name: 'signs with hardly a word', next: TABLE, is: (_, lines) => lettersShare(lines) < MIN_LETTERS },
];

function isCode(_: string, lines: readonly string[], extension: string): boolean {
  const signs = shareOf(lines, CODE_SIGN);
  if (CODE_FILE.test(extension)) return signs > 0.15;
  return lines.length > 4 && signs > 0.25 && shareOf(lines, CODE_LINE) > 0.5;
}

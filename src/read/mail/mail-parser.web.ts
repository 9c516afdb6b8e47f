import { bestDate } from '../../text/dates.ts';
import { readHtml } from '../documents/html.ts';
import { type Cell, makeLineFeed, type RecordSink, type TextParser } from '../format.ts';
import { MAX_TEXT_LENGTH } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { makeTable, type Table } from '../table.ts';
import { decodeBody, decodeWords, fieldValue, type MailHeader, namesOf, parameterOf } from './mime.web.ts';

/** Header fields and levels of parts within parts that are looked at, and parts of one mail. */
const MAX_FIELDS = 1000;
const MAX_LEVELS = 10;
const MAX_PARTS = 500;
/** UTF-16 units of one field, and of one body before it is decoded, which base64 makes longer. */
const MAX_FIELD = 50_000;
const MAX_BODY = 2 * MAX_TEXT_LENGTH;

interface Part {
  readonly header: Map<string, string>;
  readonly lines: string[];
  length: number;
}

interface Mail {
  readonly line: number;
  readonly header: Map<string, string>;
  /** Bodies that hold a text; those of attachments are not held. */
  readonly texts: Part[];
  readonly attachments: string[];
  /** Boundaries of the open multiparts, the innermost last. */
  readonly boundaries: string[];
  parts: number;
  /** The part whose header or body is read; null between parts. */
  part: Part | null;
  inHeader: boolean;
  /** The header field that an indented line continues. */
  field: string;
}

/**
 * Reads mails (RFC 5322, MIME): each is one text, its subject the title, its sender the author. Of several forms of a text
 * the plain one counts, else that of the web page. Attachments are named, not read. `separator` is the line that begins
 * each mail of an mbox; null for a file of one mail.
 */
export function makeMailParser(sink: RecordSink, options: FileOptions, separator: RegExp | null): TextParser {
  const rows = makeTable(sink, options, {
    names: ['subject', 'text', 'from', 'date', 'message id'],
    roles: { title: 'subject', text: 'text', authors: 'from', date: 'date', id: 'message id' },
  });
  let mail: Mail | null = separator === null ? openMail(1) : null;
  let afterBlank = true;
  let stray = 0;

  function finish(): void {
    if (mail) addMail(mail, rows, sink);
    mail = null;
  }

  return makeLineFeed(sink, {
    line(text, number) {
      if (separator !== null && afterBlank && separator.test(text)) {
        finish();
        mail = openMail(number);
      } else if (mail) takeLine(mail, separator === null ? text : text.replace(/^>(>*From )/u, '$1'), sink, number);
      else if (text.trim() !== '' && stray++ === 0) sink.warn(number, 'what stands before the first mail is not read');
      afterBlank = text.trim() === '';
    },
    tooLong: (number) => {
      // A line of an attachment without breaks.
      if (!mail || mail.inHeader || mail.part) sink.warn(number, 'a line that is too long is left out of this mail');
    },
    end() {
      finish();
      rows.end();
    },
  });
}

function openMail(line: number): Mail {
  const header = new Map<string, string>();
  const part = { header, lines: [], length: 0 };
  return { line, header, texts: [], attachments: [], boundaries: [], parts: 1, part, inHeader: true, field: '' };
}

function takeLine(mail: Mail, line: string, sink: RecordSink, number: number): void {
  const { part } = mail;
  if (mail.inHeader && part) {
    if (line.trim() === '') beginBody(mail, part);
    else takeField(mail, part.header, line);
    return;
  }
  if (line.startsWith('--') && mail.boundaries.length > 0 && takeBoundary(mail, line.trimEnd())) return;
  if (!part) return;
  part.length += line.length + 1;
  if (part.length <= MAX_BODY) part.lines.push(line);
  else if (part.length - line.length - 1 <= MAX_BODY) sink.warn(number, 'this mail is too long: its end is left out');
}

function takeField(mail: Mail, header: Map<string, string>, line: string): void {
  const match = /^([!-9;-~]{1,80}):[ \t]*(.*)$/su.exec(line);
  if (/^[ \t]/u.test(line)) {
    const before = header.get(mail.field) ?? '';
    if (before.length < MAX_FIELD && mail.field !== '') header.set(mail.field, `${before} ${line.trim()}`);
    return;
  }
  // Of several fields of one name the first counts; what continues the others is passed over.
  mail.field = '';
  const name = match?.[1].toLowerCase() ?? '';
  if (!match || header.has(name) || header.size >= MAX_FIELDS) return;
  header.set(name, match[2].trim().slice(0, MAX_FIELD));
  mail.field = name;
}

function beginBody(mail: Mail, part: Part): void {
  if (mail.parts === 1 && part.header.size === 0) return;
  mail.inHeader = false;
  const type = part.header.get('content-type');
  const kind = fieldValue(type);
  const boundary = parameterOf(type, 'boundary');
  const place = part.header.get('content-disposition');
  const file = decodeWords(parameterOf(place, 'filename') || parameterOf(type, 'name'));
  if (kind.startsWith('multipart/') && boundary !== '') {
    if (mail.boundaries.length < MAX_LEVELS) mail.boundaries.push(boundary);
    mail.part = null;
  } else if (fieldValue(place) === 'attachment' || !/^(?:text\/(?:plain|html)|)$/u.test(kind)) {
    mail.attachments.push(file || kind);
    mail.part = null;
  } else {
    mail.texts.push(part);
  }
}

/** Takes a line that begins or ends a part, of an outer multipart too, whose inner ones it ends. */
function takeBoundary(mail: Mail, line: string): boolean {
  for (let level = mail.boundaries.length - 1; level >= 0; level--) {
    const mark = `--${mail.boundaries[level]}`;
    if (line !== mark && line !== `${mark}--`) continue;
    const begins = line === mark && mail.parts < MAX_PARTS;
    mail.boundaries.length = line === mark ? level + 1 : level;
    mail.part = begins ? { header: new Map(), lines: [], length: 0 } : null;
    mail.inHeader = begins;
    mail.field = '';
    if (begins) mail.parts++;
    return true;
  }
  return false;
}

function addMail(mail: Mail, rows: Table, sink: RecordSink): void {
  const { header, line, attachments } = mail;
  const subject = words(header, 'subject');
  const text = textOf(mail.texts);
  if (subject === '' && text === '') {
    sink.skip(
      line,
      header.size === 0 ? 'this is no mail: it has no header' : 'this mail has neither a subject nor a text',
    );
    return;
  }
  const names = namesOf(header.get('from') ?? '');
  const date = header.get('date') ?? header.get('delivery-date') ?? '';
  const columns = new Map<string, Cell>([
    ['subject', subject],
    ['text', text],
    ['from', names.join('; ')],
    ['date', bestDate([date]) ?? date],
    ['message id', (header.get('message-id') ?? '').replace(/^<|>$/gu, '')],
    ['sender', words(header, 'from')],
    ['to', namesOf(header.get('to') ?? '')],
    ['cc', namesOf(header.get('cc') ?? '')],
    ['list', words(header, 'list-id')],
    ['newsgroups', words(header, 'newsgroups').split(/,\s*/u).filter(Boolean)],
    ['labels', words(header, 'x-gmail-labels').split(/,\s*/u).filter(Boolean)],
    ['in reply to', (header.get('in-reply-to') ?? '').replace(/^<|>$/gu, '')],
    ['attachments', attachments.slice(0, 100)],
  ]);
  for (const [name, value] of columns)
    if (value === '' || (Array.isArray(value) && value.length === 0)) columns.delete(name);
  rows.add([...columns.keys()], [...columns.values()], line);
}

function words(header: MailHeader, name: string): string {
  return decodeWords(header.get(name) ?? '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** The plain texts of a mail, or those of its web pages when there is no other. */
function textOf(parts: readonly Part[]): string {
  const texts = parts.map((part) => {
    const type = part.header.get('content-type');
    const transfer = fieldValue(part.header.get('content-transfer-encoding'));
    const body = decodeBody(part.lines.join('\n'), { transfer, charset: parameterOf(type, 'charset') });
    const isFlowed = /^flowed$/iu.test(parameterOf(type, 'format'));
    return {
      isHtml: fieldValue(type) === 'text/html',
      isPlain: fieldValue(type) !== 'text/html',
      body: isFlowed ? unflow(body) : body,
    };
  });
  const plain = texts.filter(({ isPlain, body }) => isPlain && body.trim() !== '');
  if (plain.length > 0) return plain.map(({ body }) => body.trim()).join('\n\n');
  const pages = texts.filter(({ isHtml }) => isHtml).map(({ body }) => body.slice(0, MAX_BODY));
  return pages
    .map((body) =>
      readHtml(body)
        .blocks.map(({ text }) => text)
        .join('\n\n'),
    )
    .join('\n\n')
    .trim();
}

/** Joins lines that were broken for the screen: those that end in a blank (RFC 3676). The mark of a signature is none. */
function unflow(body: string): string {
  return body
    .replace(/^ (?=\S)/gmu, '')
    .replace(/([^\n]) \n(?!>|-- \n|\n)/gu, (end, last, at: number) =>
      body.startsWith('--', at - 1) ? end : `${last} `,
    );
}

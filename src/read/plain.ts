import {
  makeLineFeed,
  makeRecordBuffer,
  plainRecord,
  type RecordSink,
  type TextFormat,
  type TextParser,
  TOO_LONG_LINE,
} from './format.ts';
import { MAX_RECORD_LENGTH } from './limits.ts';

/** One text on each line: the format of any text that no other format matches. */
export const LINES: TextFormat = { name: 'lines', score: () => 0.1, makeParser: makeLinesParser };

/** Texts separated by blank lines. */
export const PARAGRAPHS: TextFormat = {
  name: 'paragraphs',
  score: ({ text }) => (looksLikeParagraphs(text) ? 0.2 : 0.05),
  makeParser: makeParagraphsParser,
};

/** Skips blank lines. */
function makeLinesParser(sink: RecordSink): TextParser {
  return makeLineFeed(sink, {
    line(text, number) {
      const trimmed = text.trim();
      if (trimmed !== '') sink.record(plainRecord('', trimmed, number));
    },
  });
}

/** Keeps line ends within a text. */
function makeParagraphsParser(sink: RecordSink): TextParser {
  const buffer = makeRecordBuffer();
  let begunAt = 0;

  function finish(): void {
    const text = buffer.take()?.trim();
    if (text === undefined) sink.skip(begunAt, `this text is longer than ${MAX_RECORD_LENGTH} characters`);
    else if (text !== '') sink.record(plainRecord('', text, begunAt));
  }

  return makeLineFeed(sink, {
    line(text, number) {
      if (text.trim() === '') {
        finish();
        return;
      }
      if (buffer.length === 0) begunAt = number;
      buffer.add(`${text.trimEnd()}\n`);
    },
    tooLong(number) {
      finish();
      sink.skip(number, TOO_LONG_LINE);
    },
    end: finish,
  });
}

/**
 * Whether `head` holds texts separated by blank lines, rather than one text on each line: some block has several lines,
 * blocks are short enough, and most of their lines do not end as a text would.
 */
function looksLikeParagraphs(head: string): boolean {
  const blocks = head
    .trim()
    .split(/\n[^\S\n]*\n\s*/u)
    .map((block) => block.split('\n'));
  if (blocks.length < 2) return false;
  const broken = blocks.filter((block) => block.length > 1);
  const lines = broken.flat();
  const ended = lines.filter((line) => /[.!?。！？]["')\]”’]{0,3}\s*$/u.test(line)).length;
  return broken.length > 0 && lines.length / broken.length <= 40 && ended < lines.length * 0.7;
}

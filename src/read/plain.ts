import { MAX_RECORD_LENGTH } from './limits.ts';
import { type LineParser, TOO_LONG_LINE } from './lines.ts';
import { plainRecord, type RecordSink } from './record.ts';

/** Reads one text a line. Blank lines are passed over. */
export function makeLinesParser(sink: RecordSink): LineParser {
  return {
    line(text, number) {
      const trimmed = text.trim();
      if (trimmed !== '') sink.record(plainRecord('', trimmed, number));
    },
    tooLong(number) {
      sink.skip(number, TOO_LONG_LINE);
    },
    end() {},
  };
}

/** Reads texts that blank lines separate. Line ends within a text are kept. */
export function makeParagraphsParser(sink: RecordSink): LineParser {
  let lines: string[] = [];
  let length = 0;
  let begunAt = 0;

  function finish(): void {
    const text = lines.join('\n').trim();
    if (length > MAX_RECORD_LENGTH) sink.skip(begunAt, `this text is longer than ${MAX_RECORD_LENGTH} characters`);
    else if (text !== '') sink.record(plainRecord('', text, begunAt));
    lines = [];
    length = 0;
  }

  return {
    line(text, number) {
      if (text.trim() === '') {
        finish();
        return;
      }
      if (length === 0) begunAt = number;
      length += text.length + 1;
      if (length > MAX_RECORD_LENGTH) lines = [];
      else lines.push(text.trimEnd());
    },
    tooLong(number) {
      finish();
      sink.skip(number, TOO_LONG_LINE);
    },
    end: finish,
  };
}

/**
 * Whether `head` holds texts that blank lines separate and not one text a line: some block has several lines, blocks
 * are not endless, and most of their lines do not end as a text would.
 */
export function looksLikeParagraphs(head: string): boolean {
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

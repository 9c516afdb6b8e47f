import {
  makeLineFeed,
  makeRecordBuffer,
  plainRecord,
  type RecordSink,
  type TextFormat,
  type TextHead,
  type TextParser,
  TOO_LONG_LINE,
} from '../format.ts';
import { MAX_RECORD_LENGTH } from '../limits.ts';
import type { FileOptions } from '../read.api.ts';
import { doubtOf, whyNotProse } from './not-prose.ts';
import { blockShape, joinLines } from './wrapped.ts';

/** One text on each line: the format of any text that no other format matches, if it reads as prose or words. */
export const LINES: TextFormat = {
  name: 'lines',
  score: (head) => (whyNotProse(head) === null ? 0.1 : 0),
  makeParser: makeLinesParser,
};

/** Texts separated by blank lines, by rules, by indents or by salutations, whichever the text uses. */
export const PARAGRAPHS: TextFormat = {
  name: 'paragraphs',
  score: (head) => {
    if (whyNotProse(head) !== null) return 0;
    return blockShape(head.text).isLikely ? 0.2 : 0.05;
  },
  makeParser: makeParagraphsParser,
};

/** Skips blank lines. */
function makeLinesParser(sink: RecordSink, _: FileOptions, head: TextHead): TextParser {
  warnOfDoubt(sink, head);
  return makeLineFeed(sink, {
    line(text, number) {
      const trimmed = text.trim();
      if (trimmed !== '') sink.record(plainRecord('', trimmed, number));
    },
  });
}

/** Keeps line ends within a text, except those of lines that were broken at a width. */
function makeParagraphsParser(sink: RecordSink, _: FileOptions, head: TextHead): TextParser {
  warnOfDoubt(sink, head);
  const shape = blockShape(head.text);
  const buffer = makeRecordBuffer();
  let begunAt = 0;
  let afterBlank = true;

  function finish(): void {
    if (buffer.length === 0) return;
    const text = buffer.take();
    if (text === null) sink.skip(begunAt, `this text is longer than ${MAX_RECORD_LENGTH} characters`);
    else if (text.trim() !== '') sink.record(plainRecord('', joinLines(text, shape.width), begunAt));
  }

  return makeLineFeed(sink, {
    line(text, number) {
      const isBlank = text.trim() === '';
      if (shape.endsAt(text)) finish();
      else if (isBlank) buffer.add(buffer.length > 0 ? '\n' : '');
      else {
        if (shape.beginsAt(text, afterBlank)) finish();
        if (buffer.length === 0) begunAt = number;
        buffer.add(`${text.trimEnd()}\n`);
      }
      afterBlank = isBlank;
    },
    tooLong(number) {
      finish();
      sink.skip(number, TOO_LONG_LINE);
    },
    end: finish,
  });
}

function warnOfDoubt(sink: RecordSink, { text }: TextHead): void {
  const doubt = doubtOf(text);
  if (doubt !== null) sink.warn(0, doubt);
}

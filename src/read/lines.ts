import { MAX_RECORD_LENGTH } from './limits.ts';
import type { TextParser } from './record.ts';

/** A parser that is fed whole lines, without their line ends; `number` counts from 1. */
export interface LineParser {
  line(text: string, number: number): void;
  /** In place of `line` for one over {@link MAX_RECORD_LENGTH}, whose text was never held. */
  tooLong(number: number): void;
  end(): void;
}

/** Cuts text that arrives in pieces into lines. A last line without a line end counts, an empty one does not. */
export function makeLineFeed(parser: LineParser): TextParser {
  let held: string[] = [];
  let heldLength = 0;
  let number = 1;

  function hold(text: string): void {
    heldLength += text.length;
    if (heldLength > MAX_RECORD_LENGTH) held = [];
    else held.push(text);
  }

  function finishLine(): void {
    if (heldLength > MAX_RECORD_LENGTH) parser.tooLong(number);
    else parser.line(held.join(''), number);
    number++;
    held = [];
    heldLength = 0;
  }

  return {
    push(text) {
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        hold(text.slice(from, at));
        finishLine();
        from = at + 1;
      }
      if (from < text.length) hold(text.slice(from));
    },
    end() {
      if (heldLength > 0) finishLine();
      parser.end();
    },
  };
}

/** Why a line was left out that {@link LineParser.tooLong} reports. */
export const TOO_LONG_LINE = `this line is longer than ${MAX_RECORD_LENGTH.toLocaleString('en')} characters`;

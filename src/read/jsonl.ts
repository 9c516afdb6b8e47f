import { isJsonObject, parseJson, toRow } from './json-value.ts';
import { type LineParser, TOO_LONG_LINE } from './lines.ts';
import type { ReadOptions } from './read.api.ts';
import { plainRecord, type RecordSink } from './record.ts';
import { makeTable } from './table.ts';

/** Reads one JSON object, or one string that is a text, a line. A bad line costs that line alone. */
export function makeJsonlParser(sink: RecordSink, options: ReadOptions): LineParser {
  const table = makeTable(sink, options);
  return {
    line(text, number) {
      if (text.trim() === '') return;
      const result = parseJson(text);
      if (!result.ok) sink.skip(number, result.reason);
      else if (isJsonObject(result.value)) {
        const { names, values } = toRow(result.value);
        table.add(names, values, number);
      } else if (typeof result.value === 'string') sink.record(plainRecord('', result.value.trim(), number));
      else sink.skip(number, 'neither an object nor a string');
    },
    tooLong(number) {
      sink.skip(number, TOO_LONG_LINE);
    },
    end: table.end,
  };
}

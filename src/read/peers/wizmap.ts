import { StageError } from '../../model/failure.ts';
import { type Cell, makeLineFeed, type RecordSink, type TextFormat, type TextParser } from '../format.ts';
import { type ColumnHints, flattenRecord, makeHints } from '../json/flatten.ts';
import { parseJson } from '../json/json-values.ts';
import { membersOf } from '../json/people.ts';
import type { FileOptions } from '../read.api.ts';
import { makeTable } from '../table.ts';

/** Names of what a point has after its place, in order. */
const FIELDS = ['x', 'y', 'text', 'time', 'group'];
/** `[-6.5, 0.1, "…`, as every line begins. */
const POINT = /^\s*\[\s*-?\d[\d.eE+-]*\s*,\s*-?\d[\d.eE+-]*\s*,\s*"/u;

/**
 * The points of WizMap (Wang, Hohman and Chau 2023; `generate_data_list` of its Python package): on each line a list
 * of x, y, text, and perhaps a time and the number of a group. A text that is itself a JSON object, as WizMap allows,
 * gives a column for each of its members.
 */
export const WIZMAP_DATA: TextFormat = {
  name: 'wizmap',
  score({ text, whole }) {
    const lines = text.split('\n', SAMPLE_LINES + 1).filter((line) => line.trim() !== '');
    const complete = whole || lines.length <= 1 ? lines : lines.slice(0, -1);
    return complete.length > 0 && complete.every((line) => POINT.test(line)) ? 0.98 : 0;
  },
  makeParser: makeWizmapParser,
};

/**
 * WizMap's other file: the density and the words of regions of the map, which holds none of its texts. It is refused
 * with a next step; the contours and names of a map are made here.
 */
export const WIZMAP_GRID: TextFormat = {
  name: 'wizmap-grid',
  score: ({ start }) => (GRID.test(start) ? 0.98 : 0),
  makeParser() {
    throw new StageError(
      'no-papers',
      'read',
      'this is the grid of a WizMap, which holds no texts: give the data.ndjson that belongs to it, with or without the grid; contours and names are made anew here',
    );
  },
};

const SAMPLE_LINES = 20;
/** As its Python package writes it, and with the contours in an object of their own. */
const GRID = /^\{\s*"grid"\s*:\s*(?:\{\s*"grid"\s*:\s*)?\[\s*\[\s*-?\d/u;

function makeWizmapParser(sink: RecordSink, options: FileOptions): TextParser {
  const hints = makeHints();
  const table = makeTable(sink, options, { names: FIELDS.slice(0, 3), roles: rolesIn });
  return makeLineFeed(sink, {
    line(text, number) {
      if (text.trim() === '') return;
      const parsed = parseJson(text.replace(/,\s*$/u, ''));
      if (!parsed.ok) sink.skip(number, parsed.reason);
      else if (!Array.isArray(parsed.value)) sink.skip(number, 'no list of x, y and a text');
      else {
        const { names, values } = rowOf(parsed.value, hints);
        table.add(names, values, number);
      }
    },
    end: table.end,
  });
}

function rolesIn(headers: readonly string[]): { text?: string; date?: string } {
  return {
    ...(headers.includes('text') ? { text: 'text' } : {}),
    ...(headers.includes('time') ? { date: 'time' } : {}),
  };
}

function rowOf(point: readonly unknown[], hints: ColumnHints): { names: string[]; values: Cell[] } {
  const names: string[] = [];
  const values: Cell[] = [];
  point.slice(0, FIELDS.length).forEach((value, i) => {
    const inner = i === 2 && typeof value === 'string' && /^\s*\{/u.test(value) ? parseJson(value) : null;
    const row = flattenRecord((inner?.ok && membersOf(inner.value)) || { [FIELDS[i]]: value }, hints);
    row.names.forEach((name, at) => {
      // A member of the text cannot stand for the place.
      const free =
        names.includes(name) || (i === 2 && FIELDS.includes(name) && name !== 'text') ? `text.${name}` : name;
      if (row.values[at] === '' || names.includes(free)) return;
      names.push(free);
      values.push(row.values[at]);
    });
  });
  return { names, values };
}

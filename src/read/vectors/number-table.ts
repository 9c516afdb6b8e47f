import { StageError } from '../../model/failure.ts';
import type { LazyTextFormat, TextHead } from '../format.ts';
import type { NumberRows } from './npy.ts';

/** Columns of a table of numbers alone that are taken for vectors: as few as a vector may have, or two of places. */
const MIN_COLUMNS = 8;
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/iu;
const MAX_NUMBERS = 268_435_456;

/**
 * Rows of numbers without names, divided by tabs or commas: the vectors of TensorBoard's Embedding Projector
 * (`vectors.tsv`), or of a program that writes plain arrays (NumPy's savetxt). They hold no text; beside a file of
 * texts they are read by `takeVectorFiles`.
 */
export const NUMBER_TABLE: LazyTextFormat = {
  name: 'vectors',
  score: (head) => (dividerOf(head) === null ? 0 : 0.98),
  load: async () => () => {
    throw new StageError(
      'no-papers',
      'read',
      'these are vectors without texts: give them together with the file of texts, one for each row',
    );
  },
};

/** What divides the numbers of a table without words; null when it is anything else. */
export function dividerOf({ text, whole }: Pick<TextHead, 'text' | 'whole'>): string | null {
  const lines = text.split('\n', SAMPLE_LINES + 1);
  const complete = (whole && lines.length <= SAMPLE_LINES ? lines : lines.slice(0, -1)).filter(
    (line) => line.trim() !== '',
  );
  if (complete.length === 0) return null;
  return (
    DIVIDERS.find((divider) =>
      complete.every(
        (line) => widthOf(line, divider) === widthOf(complete[0], divider) && widthOf(line, divider) >= MIN_COLUMNS,
      ),
    ) ?? null
  );
}

const SAMPLE_LINES = 20;
const DIVIDERS = ['\t', ',', ';', ' '];

/** How many numbers a line holds; 0 when one is none. */
function widthOf(line: string, divider: string): number {
  const cells = line.trim().split(divider);
  return cells.every((cell) => NUMBER.test(cell.trim())) ? cells.length : 0;
}

/** Collects the numbers of such a table as it arrives. Throws `bad-format` with the line that is different. */
export function makeNumberCollector(divider: string): { line(text: string, number: number): void; end(): NumberRows } {
  let data = new Float64Array(1 << 16);
  let count = 0;
  let [rows, cols] = [0, 0];
  return {
    line(text, number) {
      if (text.trim() === '') return;
      const cells = text.trim().split(divider);
      if (cols === 0) cols = cells.length;
      const bad = cells.length === cols ? cells.findIndex((cell) => Number.isNaN(numberOf(cell))) : cells.length;
      if (bad >= 0) {
        const what =
          cells.length === cols ? `“${cells[bad].slice(0, 20)}” is no number` : `${cells.length} numbers, not ${cols}`;
        throw new StageError('bad-format', 'read', `these vectors cannot be read: line ${number}: ${what}`);
      }
      if (count + cols > MAX_NUMBERS)
        throw new StageError('too-large', 'read', `more than ${MAX_NUMBERS / 2 ** 20} M numbers`);
      if (count + cols > data.length) {
        const larger = new Float64Array(Math.max(data.length * 2, count + cols));
        larger.set(data);
        data = larger;
      }
      for (const cell of cells) data[count++] = numberOf(cell);
      rows++;
    },
    end: () => ({ rows, cols, data: data.subarray(0, count) }),
  };
}

/** `nan` and `inf` are numbers that are not finite; NaN only for what is no number. */
function numberOf(cell: string): number {
  const text = cell.trim();
  if (NUMBER.test(text)) return Number(text);
  return /^[-+]?(?:nan|inf(?:inity)?)$/iu.test(text) ? Number.POSITIVE_INFINITY : Number.NaN;
}

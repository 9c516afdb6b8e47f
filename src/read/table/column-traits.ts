import { parseDate } from '../../text/dates.ts';
import { isPrintedArray } from '../vectors/vector-text.ts';
import { filledCell } from './null-words.ts';

/** What the first cells of a column are like. Shares are of the cells that are not empty, 0…1. */
export interface ColumnTraits {
  readonly name: string;
  /** Share of all rows in which the cell is not empty. */
  readonly filled: number;
  /** Rows with a cell that is not empty. */
  readonly count: number;
  /** Mean length in UTF-16 units. */
  readonly length: number;
  /** Mean number of words of the cells that have words; two signs make one where words are not set apart. */
  readonly words: number;
  /** Different values, as a share. */
  readonly distinct: number;
  /** Cells of words, not of numbers, dates or addresses. */
  readonly wordy: number;
  /** Cells with a date; of these, those without a year, and those that are only a number, as 2019 or a Unix time. */
  readonly dates: number;
  readonly yearless: number;
  readonly bareDates: number;
  /** Addresses of web pages (not of pictures), DOIs, and mail addresses. */
  readonly urls: number;
  readonly dois: number;
  readonly mails: number;
  /** Lists of short items: `a; b; c`, `['a', 'b']`. */
  readonly lists: number;
  /** Names of people: `Quill, A.; Marrow, B.`, `Ada Quill`. */
  readonly people: number;
}

/** UTF-16 units of a cell that are looked at. */
const CELL_LENGTH = 5000;
/** Allows `e` as an exponent, which does not make a vector a text. */
const NUMBERS = /^[\s[(]*[-+.\d][-+.\d\seE,;%\])]*$/u;
const URL = /^(?:https?:\/\/|www\.)\S+$/iu;
const PICTURE = /\.(?:jpe?g|png|gif|svg|webp|ico|bmp)(?:[?#]\S*)?$/iu;
const DOI = /^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)?10\.\d{4,9}\/\S+$/iu;
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;
/** Scripts that do not set words apart. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;
const PERSON = /^\p{Lu}[\p{L}'’.-]*(?:,? \p{Lu}[\p{L}'’.-]*){1,3}$/u;

/** The traits of the column `name` from its first cells. O(cells). */
export function columnTraits(name: string, cells: readonly string[]): ColumnTraits {
  const filled = cells.flatMap((cell) => filledCell(cell.slice(0, CELL_LENGTH)) || []);
  const count = filled.length;
  const sums = {
    length: 0,
    words: 0,
    wordy: 0,
    dates: 0,
    yearless: 0,
    bareDates: 0,
    urls: 0,
    dois: 0,
    mails: 0,
    lists: 0,
    people: 0,
  };
  for (const cell of filled) {
    sums.length += cell.length;
    const kind = kindOf(cell);
    if (kind === 'bare') sums.bareDates++;
    if (kind === 'yearless') sums.yearless++;
    if (kind === 'date' || kind === 'bare' || kind === 'yearless') sums.dates++;
    else if (kind === 'url') sums.urls++;
    else if (kind === 'doi') sums.dois++;
    else if (kind === 'mail') sums.mails++;
    if (kind !== 'words') continue;
    sums.wordy++;
    sums.words += wordsIn(cell);
    if (isList(cell)) sums.lists++;
    if (cell.length < 500 && cell.split(/\s*;\s*/u).every((part) => part === '' || PERSON.test(part))) sums.people++;
  }
  const share = (sum: number): number => (count === 0 ? 0 : sum / count);
  return {
    name,
    filled: cells.length === 0 ? 0 : count / cells.length,
    count,
    length: share(sums.length),
    words: sums.wordy === 0 ? 0 : sums.words / sums.wordy,
    distinct: share(new Set(filled).size),
    wordy: share(sums.wordy),
    dates: share(sums.dates),
    yearless: share(sums.yearless),
    bareDates: share(sums.bareDates),
    urls: share(sums.urls),
    dois: share(sums.dois),
    mails: share(sums.mails),
    lists: share(sums.lists),
    people: share(sums.people),
  };
}

type Kind = 'number' | 'date' | 'yearless' | 'bare' | 'url' | 'picture' | 'doi' | 'mail' | 'words';

function kindOf(cell: string): Kind {
  const date = cell.length <= 64 && /\d/u.test(cell) ? parseDate(cell) : null;
  if (date) {
    if (!/^\d{4}/u.test(date)) return 'yearless';
    return /^\d{4}(?:\.0)?$|^\d{10}(?:\.\d+)?$|^\d{13}$/u.test(cell) ? 'bare' : 'date';
  }
  // Signs without any digit, such as emoji, are words.
  if (NUMBERS.test(cell) || isPrintedArray(cell) || !/[^\P{L}]|[^\p{N}\p{P}\p{Sc}\p{Sm}\s]/u.test(cell))
    return /\p{N}/u.test(cell) ? 'number' : 'words';
  if (DOI.test(cell)) return 'doi';
  if (URL.test(cell)) return PICTURE.test(cell) ? 'picture' : 'url';
  return MAIL.test(cell) ? 'mail' : 'words';
}

function wordsIn(cell: string): number {
  const unspaced = cell.match(UNSPACED)?.length ?? 0;
  const spaced = cell.replace(UNSPACED, ' ').match(/\S+/gu)?.length ?? 0;
  return spaced + unspaced / 2;
}

/** Several short items between semicolons, bars or commas, or within brackets. */
function isList(cell: string): boolean {
  if (/^[[({].*[\])}]$/su.test(cell)) return true;
  const mark = [';', '|', ','].find((each) => cell.includes(each));
  if (!mark) return false;
  const items = cell.split(mark).map((item) => item.trim());
  const few = mark === ',' ? 3 : 2;
  return (
    items.length >= few &&
    items.every((item) => item.length <= 60 && !/[.!?]\s|[.!?]$/u.test(item)) &&
    wordsIn(cell) <= 4 * items.length
  );
}

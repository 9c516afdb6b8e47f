/** What programs write for “no value”: R, pandas, SQL, Excel, Hive. Nobody means these as words. */
const MACHINE_WORDS = new Set([
  'null',
  'NULL',
  'Null',
  'nan',
  'NaN',
  'NAN',
  'NaT',
  'n/a',
  'N/A',
  '#N/A',
  '<NA>',
  '\\N',
]);

/** What people and programs write besides, where a title, a text, authors or a date should be. */
const EMPTY_WORDS = new Set([
  ...MACHINE_WORDS,
  'NA',
  'None',
  'none',
  'nil',
  '-',
  '--',
  '—',
  '–',
  '[]',
  '{}',
  '#N/A!',
  '#REF!',
  '#VALUE!',
]);
const NO_TEXT =
  /^[[(]?(?:no (?:abstract|summary|description|title|text|content|comments?)(?: (?:is )?(?:available|provided|found|given))?|(?:abstract|title|text|description) (?:is )?not (?:available|provided|found)|(?:abstract|title) unavailable|deleted|removed)\.?[\])]?$/iu;

/** `cell` without blanks around it; '' for words that only say that a title, a text, authors or a date is missing. */
export function filledCell(cell: string): string {
  const text = cell.trim();
  return text.length < 60 && (EMPTY_WORDS.has(text) || NO_TEXT.test(text)) ? '' : text;
}

/** Whether a cell of a further column is empty or what programs write for “no value”. */
export function isNoValue(cell: string): boolean {
  return cell === '' || MACHINE_WORDS.has(cell);
}

import type { TagLine, TagTable } from './tag-table.ts';
import { taggedFormat } from './tagged-format.ts';

const NAMES = {
  TY: 'type',
  KW: 'keywords',
  T2: 'journal',
  JO: 'journal',
  JF: 'journal',
  JA: 'journal abbreviation',
  J2: 'journal abbreviation',
  J1: 'journal abbreviation',
  T3: 'series',
  ST: 'short title',
  TT: 'translated title',
  A2: 'editors',
  ED: 'editors',
  A3: 'series editors',
  A4: 'further authors',
  PB: 'publisher',
  PP: 'place',
  CY: 'place',
  VL: 'volume',
  IS: 'issue',
  CP: 'issue',
  SP: 'first page',
  EP: 'last page',
  SN: 'ISSN or ISBN',
  LA: 'language',
  ET: 'edition',
  M3: 'kind of work',
  AD: 'affiliations',
  N1: 'notes',
  RN: 'research notes',
  DB: 'database',
  DP: 'database provider',
  CN: 'call number',
  Y2: 'accessed',
  C1: 'C1',
  C2: 'C2',
  M1: 'M1',
  RP: 'reprint',
  L4: 'figures',
} as const;

const TABLE: TagTable = {
  cut: cutRisLine,
  begins: 'TY',
  ends: 'ER',
  title: ['TI', 'T1', 'CT', 'BT'],
  text: ['AB', 'N2'],
  authors: ['AU', 'A1'],
  date: ['DA', 'PY', 'Y1'],
  url: ['UR', 'L2', 'LK', 'L1'],
  doi: ['DO', 'DI'],
  id: ['ID', 'AN'],
  names: NAMES,
  lists: ['KW', 'A2', 'ED', 'A3', 'A4', 'AD'],
  // EndNote writes one KW tag and a keyword on each line.
  byLine: ['KW'],
  // ProQuest and Embase count the records; EBSCO and others name the source first.
  between: /^\s*(?:Record #?\d+ of \d+|<\d+>|(?:Provider|Database|Content|Source):.*)\s*$/iu,
};

/** RIS, the exchange format of reference managers (Research Information Systems, 2001). */
export const RIS = taggedFormat({ name: 'ris', extensions: ['ris'], start: /^TY {1,2}- /u, table: TABLE });

/**
 * `TI  - A title`, as the format has it, and what exports make of it: one blank before the dash, no blank behind it, tabs,
 * lower case. What is not exact counts only with a tag that the format knows, as `we - and others` is a line of a text.
 */
function cutRisLine(line: string, isKnown: (tag: string) => boolean): TagLine | null {
  const match = /^\s?([A-Za-z][A-Za-z0-9])([ \t]{1,3})-(.*)$/su.exec(line);
  if (!match) return null;
  const [, written, gap, value] = match;
  const tag = written.toUpperCase();
  const isExact = tag === written && gap === '  ' && (value === '' || value.startsWith(' '));
  if (isExact) return [tag, value];
  if (!isKnown(tag) || (gap === ' ' && value !== '' && !/^[ \t]/u.test(value))) return null;
  return tag === written || gap !== ' ' ? [tag, value] : null;
}

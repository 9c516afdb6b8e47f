import type { TagLine, TagTable } from './tag-table.ts';
import { taggedFormat } from './tagged-format.ts';

const NAMES = {
  '%0': 'type',
  '%B': 'book or conference',
  '%J': 'journal',
  '%S': 'series',
  '%E': 'editors',
  '%Y': 'further authors',
  '%?': 'subsidiary authors',
  '%C': 'place',
  '%I': 'publisher',
  '%V': 'volume',
  '%N': 'issue',
  '%P': 'pages',
  '%K': 'keywords',
  '%Z': 'notes',
  '%O': 'further notes',
  '%<': 'research notes',
  '%G': 'language',
  '%@': 'ISSN or ISBN',
  '%L': 'call number',
  '%7': 'edition',
  '%9': 'kind of work',
  '%!': 'short title',
  '%Q': 'translated title',
  '%+': 'affiliations',
  '%W': 'database provider',
  '%~': 'database',
  '%[': 'accessed',
  '%>': 'files',
  '%F': 'label',
} as const;

const TABLE: TagTable = {
  cut: cutEndNoteLine,
  begins: '%0',
  ends: null,
  title: ['%T', '%B'],
  text: ['%X'],
  authors: ['%A'],
  date: ['%8', '%D'],
  url: ['%U'],
  doi: ['%R'],
  id: ['%M', '%F'],
  names: NAMES,
  lists: ['%K', '%E', '%Y', '%?', '%+'],
  byLine: ['%K'],
};

/** EndNote import format (.enw) and refer, from which it comes: see refer(1) and EndNote, “Importing Reference Data”. */
export const ENDNOTE = taggedFormat({
  name: 'endnote',
  extensions: ['enw', 'refer'],
  start: /^%0 (?=[A-Z])[^\n]{4,60}\n%[A-Z0-9@!] /u,
  table: TABLE,
});

/** `%T A title`. */
function cutEndNoteLine(line: string): TagLine | null {
  const match = /^(%[0-9A-Z@!?<>+~[\]$#&*(){}^=|])(?:[ \t](.*))?$/su.exec(line);
  return match ? [match[1], match[2] ?? ''] : null;
}

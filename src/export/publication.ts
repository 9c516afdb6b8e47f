import type { ColumnValue, Corpus } from '../model/paper.ts';

/** Where a paper appeared, as far as columns tell. */
export interface Publication {
  readonly journal: string | null;
  /** A book or the proceedings of a conference. */
  readonly booktitle: string | null;
  readonly volume: string | null;
  readonly number: string | null;
  readonly pages: string | null;
  readonly publisher: string | null;
  /** Without the address before it. */
  readonly doi: string | null;
}

/** Names of columns by field, without case and signs, the surest first: those of BibTeX, RIS, Crossref and OpenAlex. */
const NAMES: Readonly<Record<keyof Publication, readonly string[]>> = {
  journal: ['journal', 'journaltitle', 'journalname', 'containertitle', 'publicationtitle', 'sourcetitle'],
  booktitle: ['booktitle', 'proceedings', 'proceedingstitle', 'conference', 'conferencename', 'venue'],
  volume: ['volume'],
  number: ['number', 'issue'],
  pages: ['pages', 'pagerange'],
  publisher: ['publisher'],
  doi: ['doi'],
};

/** Where the paper with this index appeared. O(columns). */
export function publicationOf({ columns, papers }: Corpus, index: number): Publication {
  const named = new Map(columns.map(({ name, values }) => [name.toLowerCase().replace(/[^a-z]/gu, ''), values[index]]));
  const first = (field: keyof Publication): string | null =>
    NAMES[field].map((name) => textOf(named.get(name) ?? null)).find((text) => text !== null) ?? null;
  const doi = [first('doi'), papers[index]?.url].map((text) => /10\.\d{4,9}\/\S+/u.exec(text ?? '')?.[0]);
  return {
    ...{ journal: first('journal'), booktitle: first('booktitle'), volume: first('volume'), number: first('number') },
    ...{ pages: first('pages'), publisher: first('publisher'), doi: doi.find((found) => found !== undefined) ?? null },
  };
}

function textOf(value: ColumnValue): string | null {
  const text = value === null ? '' : String(value).replace(/\s+/gu, ' ').trim();
  return text === '' ? null : text;
}

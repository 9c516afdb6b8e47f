import type { ColumnValue, Corpus } from '../model/paper.ts';

/** A way to colour the map. */
export interface ColorChoice {
  readonly value: string;
  readonly label: string;
}

/** Prefix of a column's name, so that no column can be taken for `source` or `none`. */
const COLUMN = 'column:';

/** What the papers can be coloured by: their file, their year where one is known, any column. */
export function colorChoices({ papers, columns }: Corpus): ColorChoice[] {
  const choices = [
    { value: 'source', label: 'File' },
    { value: 'none', label: 'One colour' },
  ];
  if (papers.some((paper) => yearOf(paper.date) !== null)) choices.push({ value: 'year', label: 'Year' });
  for (const { name } of columns) choices.push({ value: COLUMN + name, label: name });
  return choices;
}

/** One value a paper for the chosen colouring; an unknown choice counts as `none`. */
export function colorValues({ papers, columns }: Corpus, choice: string): readonly ColumnValue[] {
  if (choice === 'source') return papers.map((paper) => paper.sources[0]?.file ?? null);
  if (choice === 'year') return papers.map((paper) => yearOf(paper.date));
  const column = columns.find(({ name }) => COLUMN + name === choice);
  return column?.values ?? papers.map(() => 'Papers');
}

function yearOf(date: string | null): number | null {
  const match = /^\d{4}/u.exec(date ?? '');
  return match ? Number(match[0]) : null;
}

import { yearOf } from '../../model/paper.ts';
import { beginningOf, firstName, type Sketch } from './likeness.ts';
import { hashOf, hashText, normalizeTitle } from './paper-ids.ts';

/** What is compared of a record or paper. */
export interface Work {
  readonly title: string;
  readonly text: string;
  readonly authors: string | null;
  /** As in `Paper.date`. */
  readonly date: string | null;
}

/** A record that is looked for among papers. */
export interface Candidate extends Work {
  /** As `parseDoi` gives it. */
  readonly doi: string | null;
  /** The source's own id. */
  readonly id: string | null;
  /** Records with the same number come from one table (or from exports of one form), where ids and dates compare. */
  readonly table: number;
  /** Whether ids of this table name the things themselves. A citation key, for example, is only a label. */
  readonly hasRealIds: boolean;
  /** A hash of all that the record holds; null when it is not known. */
  readonly row: number | null;
}

/** What records of one paper have in common by the rule `title`. */
export function keyOf({ title, text }: Work): string {
  const plain = normalizeTitle(title);
  if (plain !== '') return plain;
  return text.trim() === '' ? `= ${hashText(`${title.trim()}\n`)}` : `# ${hashText(text.trim())}`;
}

/** Whether a title says anything. */
export function hasTitle({ title }: Work): boolean {
  return normalizeTitle(title) !== '';
}

/** The key of a whole row: of its title and of all it holds. */
export function rowKey(bucket: number, row: number): number {
  return hashOf(`${bucket} row ${row}`);
}

/** The key of a DOI. */
export function doiKey(doi: string): number {
  return hashOf(`doi ${doi}`);
}

/** The key of a source's id. */
export function idKey(id: string): number {
  return hashOf(`id ${id}`);
}

/**
 * Keys under which papers of a title that very many have (“Unknown”, “Good”) are found among each other: an equal row,
 * the text's beginning, its three smallest shingles (min-wise samples: Broder 1997), and the first author with the year.
 */
export function crowdKeys(bucket: number, { row, text, authors, date }: Candidate, sketch: Sketch): number[] {
  const keys = row === null ? [] : [`first row ${row}`];
  const beginning = beginningOf(text);
  if (beginning !== '') keys.push(`text ${beginning}`);
  for (const shingle of sketch.subarray(0, 3)) keys.push(`shingle ${shingle}`);
  const name = firstName(authors);
  if (name !== '') keys.push(`author ${name} ${yearOf(date)}`);
  return keys.map((key) => hashOf(`${bucket} ${key}`));
}

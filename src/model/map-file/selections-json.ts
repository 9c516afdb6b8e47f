import { type KeptSelection, SELECTION_HUES } from '../selection.ts';

/** A kept selection as it stands in the metadata: its papers are rows from 0, ascending. */
export interface StoredSelection extends Omit<KeptSelection, 'papers'> {
  readonly papers: readonly number[];
}

/** Kept selections as JSON takes them. O(papers in them). */
export function selectionsToJson(kept: readonly KeptSelection[]): readonly StoredSelection[] {
  return kept.map(({ id, name, hue, papers }) => ({ id, name, hue, papers: Array.from(papers) }));
}

/**
 * The kept selections of a map of n papers. Throws a RangeError when a field is missing or of a wrong kind, an id comes
 * twice, or papers do not ascend within 0…n−1.
 */
export function selectionsOf(stored: unknown, n: number): readonly KeptSelection[] {
  const ids = new Set<number>();
  return listOf('selections', stored).map((value, place) => {
    const what = `selection ${place}`;
    if (typeof value !== 'object' || value === null) throw new RangeError(`${what}: expected an object`);
    const { id, name, hue, papers }: Partial<Record<keyof KeptSelection, unknown>> = value;
    if (typeof name !== 'string') throw new RangeError(`${what}.name: expected text`);
    const selection = {
      id: countOf(`${what}.id`, id, Number.MAX_SAFE_INTEGER),
      name,
      hue: countOf(`${what}.hue`, hue, SELECTION_HUES - 1),
      papers: papersOf(`${what}.papers`, papers, n),
    };
    if (ids.has(selection.id)) throw new RangeError(`${what}.id: ${selection.id} comes twice`);
    ids.add(selection.id);
    return selection;
  });
}

function papersOf(what: string, value: unknown, n: number): Int32Array {
  let before = -1;
  return Int32Array.from(listOf(what, value), (entry) => {
    const paper = countOf(what, entry, n - 1);
    if (paper <= before) throw new RangeError(`${what}: ${paper} stands behind ${before}`);
    before = paper;
    return paper;
  });
}

function listOf(what: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`${what}: expected a list`);
  return value;
}

function countOf(what: string, value: unknown, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new RangeError(`${what}: expected a whole number of 0…${most}, got ${String(value)}`);
}

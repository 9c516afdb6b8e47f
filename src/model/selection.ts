import { HUES } from './hues.ts';

/** Papers by index, ascending, without repetition. Never changed in place. */
export type Selection = Int32Array;

/** How newly picked papers combine with those selected before. */
export type SelectMode = 'replace' | 'union' | 'difference' | 'intersection';

/** A selection that a person has named. */
export interface KeptSelection {
  /** 0 and up, unique within a map. */
  readonly id: number;
  readonly name: string;
  /** Index of a hue in the palette, 0…{@link HUES} − 1. */
  readonly hue: number;
  readonly papers: Selection;
}

/** No papers. */
export const NO_SELECTION: Selection = new Int32Array(0);

/** The papers of `indices`, in any order and with repetitions, as a selection. O(n log n), O(n) if ascending. */
export function selectionOf(indices: ArrayLike<number>): Selection {
  const papers = Int32Array.from(indices);
  for (let i = 1; i < papers.length; i++) {
    if (papers[i] <= papers[i - 1]) return distinct(papers.sort());
  }
  return papers;
}

/** `before` combined with `picked`. O(|before| + |picked|). */
export function combineSelections(before: Selection, picked: Selection, mode: SelectMode): Selection {
  if (mode === 'replace') return picked;
  if (mode === 'union') return merge(before, picked, { onlyA: true, both: true, onlyB: true });
  if (mode === 'difference') return merge(before, picked, { onlyA: true, both: false, onlyB: false });
  return merge(before, picked, { onlyA: false, both: true, onlyB: false });
}

/** The papers of n that are not in `selection`. O(n). */
export function invertSelection(selection: Selection, n: number): Selection {
  const rest = new Int32Array(n - selection.length);
  let at = 0;
  let size = 0;
  for (let paper = 0; paper < n; paper++) {
    if (selection[at] === paper) at++;
    else rest[size++] = paper;
  }
  return rest;
}

/** Whether both hold the same papers. O(n). */
export function isSameSelection(a: Selection, b: Selection): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * `kept` with one more selection at the end, with a new id and the first of the least used hues. An empty name is
 * replaced by a number.
 */
export function keepSelection(kept: readonly KeptSelection[], papers: Selection, name = ''): readonly KeptSelection[] {
  const id = kept.reduce((most, other) => Math.max(most, other.id), -1) + 1;
  return [...kept, { id, name: name.trim() || `Selection ${id + 1}`, hue: rarestHue(kept), papers }];
}

/** `kept` with some fields of one selection changed; an empty name keeps the old one. */
export function editKept(
  kept: readonly KeptSelection[],
  id: number,
  change: Partial<Omit<KeptSelection, 'id'>>,
): readonly KeptSelection[] {
  const { name, ...rest } = change;
  const named = name?.trim() ? { ...rest, name: name.trim() } : rest;
  return kept.map((selection) => (selection.id === id ? { ...selection, ...named } : selection));
}

/** `kept` without one selection. */
export function dropKept(kept: readonly KeptSelection[], id: number): readonly KeptSelection[] {
  return kept.filter((selection) => selection.id !== id);
}

function distinct(sorted: Int32Array): Selection {
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[size++] = sorted[i];
  }
  return sorted.slice(0, size);
}

interface Parts {
  readonly onlyA: boolean;
  readonly both: boolean;
  readonly onlyB: boolean;
}

function merge(a: Selection, b: Selection, { onlyA, both, onlyB }: Parts): Selection {
  const out = new Int32Array(a.length + b.length);
  let size = 0;
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    while (j < b.length && b[j] < a[i]) {
      if (onlyB) out[size++] = b[j];
      j++;
    }
    const isShared = j < b.length && b[j] === a[i];
    if (isShared) j++;
    if (isShared ? both : onlyA) out[size++] = a[i];
  }
  for (; onlyB && j < b.length; j++) out[size++] = b[j];
  return out.slice(0, size);
}

function rarestHue(kept: readonly KeptSelection[]): number {
  const uses = new Array<number>(HUES).fill(0);
  for (const { hue } of kept) uses[hue]++;
  return uses.indexOf(Math.min(...uses));
}

import type { Atom, Field, PhraseWord, WordAtom } from './query.ts';
import { otherNumber } from './word-forms.ts';

/** Something to mark in a shown text, folded. `field`: only in that field; null in all. Plain data: crosses threads. */
export type HighlightTerm =
  /** A whole word, or with `prefix` all words that begin so. */
  | { readonly kind: 'word'; readonly field: Field | null; readonly text: string; readonly prefix: boolean }
  | {
      readonly kind: 'phrase';
      readonly field: Field | null;
      readonly words: readonly PhraseWord[];
      readonly prefix: boolean;
    }
  /** Exactly these characters, within words too; in a text without them, each of the parts. */
  | {
      readonly kind: 'literal';
      readonly field: Field | null;
      readonly text: string;
      readonly parts: readonly string[];
    };

/** What hits of a query show: all that it asks for, with other numbers and corrected typos, but not what it excludes. */
export function highlightTerms(
  atoms: readonly Atom[],
  corrections: (atom: WordAtom) => readonly string[],
): HighlightTerm[] {
  return atoms.filter((atom) => !atom.excluded).flatMap((atom) => termsOfAtom(atom, corrections));
}

function termsOfAtom(atom: Atom, corrections: (atom: WordAtom) => readonly string[]): HighlightTerm[] {
  const { field } = atom;
  if (atom.kind === 'phrase') return [{ kind: 'phrase', field, words: atom.words, prefix: atom.prefix }];
  if (atom.kind === 'literal') return [{ kind: 'literal', field, text: atom.text, parts: atom.parts }];
  const others = [...otherNumber(atom.word), ...corrections(atom)];
  return [
    { kind: 'word', field, text: atom.word, prefix: atom.prefix },
    ...others.map((text) => ({ kind: 'word' as const, field, text, prefix: false })), // Literal type for the union.
  ];
}

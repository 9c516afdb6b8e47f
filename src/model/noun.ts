/** What the texts of a map are called in sentences, in lower case: `paper` and `papers`, `review` and `reviews`. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** For references with authors, journals or abstracts. */
const PAPER: Noun = { one: 'paper', many: 'papers' };

/** The noun of a corpus. A corpus without one comes from a map file written before there was a choice: papers. */
export function nounOf(corpus: { readonly noun?: Noun } | null | undefined): Noun {
  return corpus?.noun ?? PAPER;
}

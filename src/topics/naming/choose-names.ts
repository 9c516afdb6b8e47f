import { isPlainWord, leastBacking } from './candidates.ts';
import { type Choice, overlap } from './choices.ts';
import { isAkin } from './surface-forms.ts';
import { isSameStem } from './word-fold.ts';

/** A cluster that needs a name. */
export interface Nameless {
  /** Best first. */
  readonly choices: readonly Choice[];
  /** Words of the names above it, which it must not repeat. */
  readonly barred: readonly string[];
  readonly size: number;
}

/** How long names may be. */
export interface NameOptions {
  /** Phrases in a name, 1…3. Default 3. */
  readonly maxPhrases?: number;
}

/** Smallest score of a further phrase as a share of the first one's: while the name covers few papers, and after. */
const FURTHER_SHARE_FEW = 0.25;
const FURTHER_SHARE = 0.4;
/** The same while the name covers few papers, for a phrase that adds at least the share {@link MUCH} of the papers. */
const FURTHER_SHARE_MUCH = 0.05;
const MUCH = 0.2;
/** Or that adds this many papers to a name held by less than {@link BARE} times the papers that should back it. */
const MIN_ADDED = 2;
const BARE = 2;
/** A name covers few papers below this share of the cluster. */
const FEW = 0.4;
/** Weight of the score against similarity in maximal marginal relevance. */
const RELEVANCE = 0.6;
/** Share of a cluster's papers that a plain word must add to a name that covers few, to be accepted more easily. */
const PLAIN_SHARE = 0.2;
/** A longer phrase in this share of a plain word's papers may join or replace it. */
const LONGER_SHARE = 1 / 3;
/** A plain word in this share of a cluster's papers may be the whole name. */
const PLAIN_NAME_SHARE = 0.75;
/** Smallest share of a cluster's papers that hold a further phrase; leastBacking suffices if that is less. */
const FURTHER_HELD = 1 / 8;
/** A choice that enough papers hold precedes the best one if it has this share of its score. */
const BACKED_SHARE = 0.3;
/** The same for a plain word: `edges` is held by more papers than `graph embedding`, and says less. */
const PLAIN_BACKED_SHARE = 0.6;
/** Smallest share of a cluster's papers that a further phrase must add. */
const NEW_SHARE = 0.08;

/**
 * The phrases of the names of all siblings. Each sibling in turn takes its best phrase, beginning with the one that has
 * the weakest alternative. The others may not use its words as long as they have an alternative, nor, for even longer,
 * nearly the same phrase. Phrases that enough papers hold precede the others, even if they share a word with a name
 * above and have another of their own. The second and third phrases are chosen by maximal marginal relevance (Carbonell
 * & Goldstein 1998), with shared papers as similarity. A doubtful choice comes first only if there is no other, and a
 * plain word is not the whole name if a longer phrase covers a third as many papers. `taken`: the phrases of other
 * names, by their folded words; those chosen here are added. O(siblings² × choices²) at worst; both are small.
 */
export function chooseNames(siblings: readonly Nameless[], taken: Set<string>, options: NameOptions = {}): Choice[][] {
  const { maxPhrases = 3 } = options;
  const names: Choice[][] = siblings.map(() => []);
  for (const pass of PASSES) chooseFirst(siblings, names, taken, pass);
  for (let round = 1; round < maxPhrases; round++) chooseFurther(siblings, names, taken, round);
  if (maxPhrases > 1) enrichPlain(siblings, names, taken);
  return names;
}

interface Pass {
  /** Smallest score, as a share of the cluster's best one. */
  readonly least: number;
  /** Fewest papers, as a share of the best choice's unless that is a plain word: a rare phrase must not replace it. */
  readonly held: number;
  /** The words that it may share with the names of siblings: none, general words, or all. */
  readonly sibling: 'nothing' | 'general' | 'all';
  /** The words that it may share with the names above: general ones, all but one telling word, or all. */
  readonly above: 'general' | 'some' | 'all';
  /** Whether it may be nearly the same as a sibling's name. */
  readonly akin: boolean;
  /** Whether enough papers must hold it (see leastBacking). */
  readonly backed: boolean;
  readonly doubtful: boolean;
  readonly common: boolean;
}

const PLAIN = { akin: false, above: 'general', backed: false, doubtful: false, common: false } as const;

const PASSES: readonly Pass[] = [
  { ...PLAIN, least: 0.5, held: 0.6, sibling: 'nothing', backed: true },
  { ...PLAIN, least: 0.5, held: 0, sibling: 'general', backed: true },
  { ...PLAIN, least: 0.5, held: 0, sibling: 'nothing', above: 'some', backed: true },
  { ...PLAIN, least: 0.5, held: 0, sibling: 'general', above: 'some', backed: true },
  { ...PLAIN, least: 0.5, held: 0.6, sibling: 'nothing' },
  { ...PLAIN, least: 0.5, held: 0, sibling: 'general' },
  { ...PLAIN, least: 0.8, held: 0, sibling: 'all' },
  { ...PLAIN, least: 0.1, held: 0, sibling: 'nothing' },
  { ...PLAIN, least: 0.1, held: 0, sibling: 'all' },
  { ...PLAIN, least: 0.1, held: 0, sibling: 'nothing', doubtful: true },
  { ...PLAIN, least: 0.1, held: 0, sibling: 'all', doubtful: true },
  { ...PLAIN, least: 0, held: 0, sibling: 'all', akin: true, doubtful: true, common: true },
  { ...PLAIN, least: 0, held: 0, sibling: 'all', akin: true, above: 'all', doubtful: true, common: true },
];

/**
 * The sibling that would lose most without its best choice always chooses first, so that two siblings that
 * want the same word both get a good name.
 */
function chooseFirst(siblings: readonly Nameless[], names: Choice[][], taken: Set<string>, pass: Pass): void {
  const waiting = new Set(siblings.keys());
  for (;;) {
    let next: Offer | null = null;
    for (const s of waiting) {
      const offer = names[s].length > 0 ? null : offerOf(siblings[s], s, { names, taken, pass });
      if (!offer) waiting.delete(s);
      else if (!next || isBefore(offer, next)) next = offer;
    }
    if (!next) return;
    take(names[next.s], next.choice, taken);
    waiting.delete(next.s);
  }
}

interface Offer {
  readonly s: number;
  readonly choice: Choice;
  /** 0…1: the loss of score, as a share, if the sibling had to choose a phrase without these words. */
  readonly need: number;
}

function isBefore(a: Offer, b: Offer): boolean {
  return a.need > b.need || (a.need === b.need && a.choice.score > b.choice.score);
}

interface Chosen {
  readonly names: readonly (readonly Choice[])[];
  readonly taken: ReadonlySet<string>;
  readonly pass: Pass;
}

/** The best choice that a pass allows a sibling. O(choices × words of the others' names). */
function offerOf({ choices, barred, size }: Nameless, s: number, { names, taken, pass }: Chosen): Offer | null {
  const others = names.flat();
  const open = choices.filter(
    (choice) =>
      (pass.common || !choice.common) &&
      (pass.doubtful || !choice.doubtful) &&
      mayFollow(choice, barred, pass.above) &&
      (pass.akin || !others.some(({ spelled }) => isAkin(choice.spelled, spelled))),
  );
  const least = pass.backed ? leastBacking(size) : 0;
  const backed = open.filter(({ holders }) => holders.length >= least);
  if (
    backed.length === 0 ||
    (pass.backed && backed[0].score < (isPlainWord(backed[0].text) ? PLAIN_BACKED_SHARE : BACKED_SHARE) * open[0].score)
  )
    return null;
  const [best] = backed;
  const held = isPlainWord(best.text) ? 0 : pass.held * best.holders.length;
  const used = others.flatMap(({ words }) => words);
  const choice = backed.find(
    (one) =>
      one.score >= pass.least * best.score &&
      one.holders.length >= held &&
      !taken.has(keyOf(one)) &&
      !sharesWord(wordsKept(one, pass), used),
  );
  if (!choice) return null;
  const other = backed.find((one) => !sharesWord(tellingWords(one), choice.words));
  return { s, choice, need: 1 - (other?.score ?? 0) / Math.max(choice.score, Number.MIN_VALUE) };
}

/** Whether the names above allow a choice. */
function mayFollow(choice: Choice, barred: readonly string[], above: Pass['above']): boolean {
  if (above === 'all') return true;
  const words = tellingWords(choice);
  return above === 'general' ? !sharesWord(words, barred) : words.some((word) => !sharesWord([word], barred));
}

/** The words of a choice that are not general; all of them if all are general. */
function tellingWords({ words, general }: Choice): readonly string[] {
  const telling = words.filter((word) => !general.includes(word));
  return telling.length > 0 ? telling : words;
}

/** The words of a choice that no sibling's name may have. */
function wordsKept(choice: Choice, { sibling }: Pass): readonly string[] {
  if (sibling === 'all') return [];
  return sibling === 'general' ? tellingWords(choice) : choice.words;
}

function chooseFurther(siblings: readonly Nameless[], names: Choice[][], taken: Set<string>, round: number): void {
  const order = siblings.map((_, s) => s).sort((a, b) => siblings[b].size - siblings[a].size || a - b);
  for (const s of order) {
    if (names[s].length !== round) continue;
    const used = names.flatMap((name) => name.flatMap(({ words }) => words));
    const choice = nextByRelevance(siblings[s], names[s], [...used, ...siblings[s].barred], taken);
    if (choice) take(names[s], choice, taken);
  }
}

/**
 * Gives each name that is one plain word, unless most papers hold it, the best longer phrase that a third as many
 * papers hold: beside the word, or instead of it if the phrase contains it.
 */
function enrichPlain(siblings: readonly Nameless[], names: Choice[][], taken: Set<string>): void {
  siblings.forEach(({ choices, barred, size }, s) => {
    const [word] = names[s];
    if (names[s].length !== 1 || !isPlainWord(word.text) || word.holders.length >= PLAIN_NAME_SHARE * size) return;
    const used = [
      ...barred,
      ...names.flatMap((name, other) => (other === s ? [] : name.flatMap(({ words }) => words))),
    ];
    const longer = choices.find(
      (choice) =>
        choice.text.includes(' ') &&
        !choice.common &&
        !choice.doubtful &&
        choice.holders.length >= LONGER_SHARE * word.holders.length &&
        !taken.has(keyOf(choice)) &&
        !sharesWord(choice.words, used),
    );
    if (!longer) return;
    if (sharesWord(longer.words, word.words)) {
      names[s].pop();
      taken.delete(keyOf(word));
    }
    take(names[s], longer, taken);
  });
}

/** The best further choice for a name by maximal marginal relevance; null for none. */
function nextByRelevance(
  { choices, size }: Nameless,
  name: readonly Choice[],
  used: readonly string[],
  taken: ReadonlySet<string>,
): Choice | null {
  const best = name[0].score;
  const covered = new Uint8Array(size);
  for (const { holders } of name) for (const i of holders) covered[i] = 1;
  const done = covered.reduce((sum, one) => sum + one, 0);
  const leastFurther = Math.min(leastBacking(size), FURTHER_HELD * size);
  const isBare = done < BARE * leastBacking(size);
  const isThin = done < FEW * size || (name.length === 1 && isPlainWord(name[0].text));
  let next: Choice | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const choice of choices) {
    const added = choice.holders.reduce((sum, i) => sum + 1 - covered[i], 0);
    const isEasy = isThin && (!isPlainWord(choice.text) || added >= Math.max(3, PLAIN_SHARE * size));
    const isMuch = added >= MUCH * size || (isBare && added >= MIN_ADDED);
    const few = isMuch ? FURTHER_SHARE_MUCH : FURTHER_SHARE_FEW;
    if (choice.holders.length < leastFurther) continue;
    if (choice.common || choice.doubtful || choice.score < best * (isEasy ? few : FURTHER_SHARE)) continue;
    if (added < Math.max(1, NEW_SHARE * size)) continue;
    if (taken.has(keyOf(choice)) || sharesWord(choice.words, used)) continue;
    const likeness = Math.max(...name.map(({ holders }) => overlap(holders, choice.holders)));
    const relevance = RELEVANCE * Math.min(1, choice.score / best) - (1 - RELEVANCE) * likeness;
    if (relevance > most) [next, most] = [choice, relevance];
  }
  return next;
}

function take(name: Choice[], choice: Choice, taken: Set<string>): void {
  name.push(choice);
  taken.add(keyOf(choice));
}

/** The same key for all forms of a phrase. */
function keyOf({ text, words }: Choice): string {
  return words.length > 0 ? words.join(' ') : text.toLowerCase();
}

/** Whether two lists of folded words share a word in any of its forms. */
function sharesWord(a: readonly string[], b: readonly string[]): boolean {
  return a.some((word) => b.some((other) => isSameStem(word, other)));
}

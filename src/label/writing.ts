import { ENGLISH_WEAK } from './english-filler.ts';
import type { Phrases } from './phrases.ts';
import { WALL } from './token-stream.ts';
import { GLUE } from './tokens.ts';

/** A phrase as it is shown, and the words in it. */
export interface Writing {
  readonly text: string;
  /** What each word is counted as, without stop words; of a compound its parts, too. */
  readonly words: readonly string[];
  /** Those of them that name nothing alone. */
  readonly general: readonly string[];
}

/** What a writing counts where its first letter may be large for another reason: in a title, behind a full stop. */
const WEAK_PLACE = 1;
const PLAIN_PLACE = 8;

/**
 * How the corpus writes each of the `wanted` phrases most often, in running text rather than in titles and at the start
 * of a sentence. O(entries of the stream).
 */
export function writingsOf(phrases: Phrases, wanted: ReadonlySet<number>): ReadonlyMap<number, Writing> {
  const { stream, scan, index } = phrases;
  const counts = new Map<number, Map<string, number>>();
  for (const phrase of wanted) counts.set(phrase, new Map());
  const visitor = {
    ...index.makeVisitor(),
    body: 0,
    visit() {
      const phrase = index.find(this.low, this.high);
      const own = phrase < 0 ? undefined : counts.get(phrase);
      if (!own) return;
      const text = textOf(phrases, this.from, this.to);
      const isPlain = this.from >= this.body && stream.entries[this.from - 1] !== WALL;
      own.set(text, (own.get(text) ?? 0) + (isPlain ? PLAIN_PLACE : WEAK_PLACE));
    },
  };
  for (let i = 0; i < phrases.n; i++) {
    visitor.body = stream.bodies[i];
    scan(stream.starts[i], stream.starts[i + 1], visitor);
  }
  const writings = new Map<number, Writing>();
  for (const [phrase, own] of counts)
    {
    const words = wordsOf(phrases, phrase);
    const general = words.filter((word) => ENGLISH_WEAK.has(word));
    writings.set(phrase, { text: mostFrequent(own), words, general });
  }
  return writings;
}

function textOf({ stream }: Phrases, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) {
    const entry = stream.entries[at];
    text += (at === from ? '' : GLUE[(entry >> 1) & 3]) + stream.vocabulary.written[entry >> 3];
  }
  return text;
}

function mostFrequent(counts: ReadonlyMap<string, number>): string {
  let best = '';
  let most = 0;
  for (const [text, count] of counts) {
    if (count > most || (count === most && text < best)) [best, most] = [text, count];
  }
  return best;
}

const HYPHEN = /[-\u2010\u2011]/u;

function wordsOf({ stream, from, to }: Phrases, phrase: number): readonly string[] {
  const { written, wordOf, folded } = stream.vocabulary;
  const words = new Set<string>();
  for (let at = from[phrase]; at < to[phrase]; at++) {
    const entry = stream.entries[at];
    if ((entry & 1) === 1) continue;
    words.add(folded[wordOf[entry >> 3]]);
    const parts = written[entry >> 3].toLowerCase().split(HYPHEN);
    if (parts.length > 1) for (const part of parts) if (part.length > 2) words.add(part);
  }
  return [...words];
}

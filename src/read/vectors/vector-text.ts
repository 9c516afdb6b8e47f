/** Shorter lists of numbers are coordinates, ranges or tags. */
export const MIN_DIMENSIONS = 8;

/** Longest text that is parsed as a vector: 16,000 doubles. */
const MAX_VECTOR_TEXT = 400_000;

/** How PyTorch, NumPy, JAX, TensorFlow and Spark begin to print an array. */
const PRINTED = /^\s*<?\s*(?:[a-z_]\w*\.)*(?:tensor|array|ndarray|densevector|vector|parameter)\b[^[\]]{0,200}\[/iu;

/** Whether a text is an array as a program prints it, so that its letters are no words. */
export function isPrintedArray(text: string): boolean {
  return PRINTED.test(text.slice(0, 400)) && !/[a-z]{2}/iu.test(withinBrackets(text.slice(0, 400)));
}

/** Whether a text is an array of which the program that printed it left out the middle: `[0.1 0.2 ... 0.3]`. */
export function isShortened(text: string): boolean {
  if (text.length > 2000) return false;
  const inner = PRINTED.test(text) || /^\s*\[/u.test(text) ? withinBrackets(text) : '';
  return /^[-+.\d\seE,[\]]*\d[\s,\]]*\.{3}[\s,[]*[-+.\d][-+.\d\seE,[\]]*$/u.test(inner);
}

/**
 * The numbers of a vector that was written as text, separated by commas, semicolons, blanks or line ends, with or
 * without brackets around them, as a list, or as `tensor([…], device='cuda:0')`, `array([…], dtype=float32)` and the
 * like; null when `text` is anything else. O(length).
 */
export function parseVector(printed: string): Float64Array | null {
  if (printed.length > MAX_VECTOR_TEXT) return null;
  const text = PRINTED.test(printed.slice(0, 400)) ? withinBrackets(printed) : printed;
  const inner = text.replace(/^[\s[("']+/u, '').replace(/[\s\])"',]+$/u, '');
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

/** What stands between the first opening and the last closing bracket; all after it without one. */
function withinBrackets(text: string): string {
  const from = text.indexOf('[') + 1;
  const end = text.lastIndexOf(']');
  return text.slice(from, end < from ? text.length : end);
}

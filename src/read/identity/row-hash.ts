import type { Cell, RawRecord } from '../format.ts';
import { hashNumbers, hashOf, normalizeTitle } from './paper-ids.ts';

/** Two records that hold the same have the same number, below 2^48: all fields and further columns, in any order. O(length). */
export function rowHash({ title, text, authors, date, url, id, extra }: RawRecord): number {
  let sum = hashOf(normalizeTitle(title) || title.trim());
  const add = (name: string, value: string): void => {
    sum = (sum + hashOf(`${name}\n${value}`)) % 0x1000000000000;
  };
  add('text', text.trim());
  for (const [i, value] of [authors, date, url, id].entries()) if (value !== null) add(String(i), value);
  for (const [name, value] of extra) if (value !== null && value !== '') add(`+${name}`, written(value));
  return sum;
}

function written(value: Exclude<Cell, null>): string {
  if (value instanceof Float32Array || value instanceof Float64Array) return String(hashNumbers(value));
  return typeof value === 'object' ? value.join('\n') : String(value);
}

import { describe, expect, it } from 'vitest';
import { rhumbLines } from './rhumb.ts';

describe('rhumb lines', () => {
  it('join each of sixteen roses to every other, around the whole map', () => {
    const lines = rhumbLines();
    expect(lines).toHaveLength(((16 * 15) / 2) * 4);
    for (let at = 0; at < lines.length; at += 2) {
      expect(Math.hypot(lines[at], lines[at + 1])).toBeGreaterThan(Math.SQRT2);
    }
  });
});

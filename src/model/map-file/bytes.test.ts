import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from './bytes.ts';

it('is the base64 of everybody else, and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const text = toBase64(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(text)).toEqual(Uint8Array.from(bytes));
    }),
  );
});

it('is refused when it is none', () => {
  for (const text of ['a', 'abc', 'ab=c', '====', 'abcd=', 'ab c', 'äbcd']) {
    expect(() => fromBase64(text)).toThrow(RangeError);
  }
});

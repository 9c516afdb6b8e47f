import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../math/random.ts';
import type { Reduction } from './reduction.ts';
import { joinSentences, packSentences, reduceSentences, sentenceParts, unpackCodes } from './sentence-vectors.ts';

/** Row-major vectors without zero rows. */
const rowsOf = (cols: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: cols, maxLength: cols }), { maxLength: 9 })
    .map((rows) => Float32Array.from(rows.filter((row) => row.some((value) => value !== 0)).flat()));

function codesOf(rows: Float32Array, cols: number): number[] {
  return Array.from(rows, (value, at) => {
    const row = rows.subarray(at - (at % cols), at - (at % cols) + cols);
    // Avoids −0, which has no code.
    return Math.round((value / Math.max(...row.map(Math.abs))) * 3) + 0;
  });
}

function unpack(packed: Uint8Array): number[] {
  const out = new Int8Array(packed.length * 8);
  return [...out.subarray(0, unpackCodes(packed, 0, packed.length, out))];
}

/** The number of codes in `packed`, as joining reports it for a wrong length. Throws for invalid codes. */
function countCodes(packed: Uint8Array): number {
  joinSentences([packed], 1);
  try {
    joinSentences([packed], packed.length * 8 + 1);
  } catch (error) {
    return Number(/got (\d+) numbers$/u.exec(String(error))?.[1]);
  }
  return 0;
}

describe('packSentences', () => {
  it('keeps each number as thirds of its row’s largest, through any bytes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 21 }).chain((cols) => fc.tuple(fc.constant(cols), rowsOf(cols))),
        ([cols, rows]) => {
          const packed = packSentences(rows, cols);
          expect(unpack(packed)).toEqual(codesOf(rows, cols));
          expect(countCodes(packed)).toBe(rows.length);
        },
      ),
    );
  });

  it('is bits that any program can take apart', () => {
    // 3, −3 and 0: five ones, six ones and none, each followed by a zero; two ones pad the last byte.
    expect([...packSentences(Float32Array.of(3, -3, 0), 3)].map((byte) => byte.toString(2))).toEqual([
      '11111011',
      '11110011',
    ]);
  });

  it('leaves out rows without a direction', () => {
    const rows = Float32Array.of(0, 0, 1, -1, Number.NaN, 1, Number.POSITIVE_INFINITY, 1);
    expect(unpack(packSentences(rows, 2))).toEqual([3, -3]);
    expect(packSentences(new Float32Array(4), 2)).toHaveLength(0);
  });

  it('takes little more than the entropy of numbers as a model makes them', () => {
    const random = makeRandom(3);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const rows = Float32Array.from({ length: 384 * 50 }, normal);
    const packed = packSentences(rows, 384);
    const counts = new Map<number, number>();
    for (const code of unpack(packed)) counts.set(code, (counts.get(code) ?? 0) + 1);
    const entropy = -[...counts.values()].reduce((sum, n) => sum + (n / rows.length) * Math.log2(n / rows.length), 0);
    expect((packed.length * 8) / rows.length / entropy).toBeLessThan(1.06);
  });
});

describe('packed codes', () => {
  it('are refused when nobody has packed them', () => {
    for (const bytes of [[255], [0, 255], [0b0111_1111, 0], [0b11, 0b1111_1000], [254]]) {
      expect(() => countCodes(Uint8Array.from(bytes))).toThrow(RangeError);
    }
  });

  it('are counted as they are unpacked, of any bytes that are accepted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let count = 0;
        try {
          count = countCodes(bytes);
        } catch {
          return;
        }
        expect(unpack(bytes)).toHaveLength(count);
        expect(unpack(bytes).every((code) => Math.abs(code) <= 3)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('joinSentences', () => {
  it('puts papers in a row, and takes them apart again', () => {
    const parts = [packSentences(Float32Array.of(1, 2, 3, -3, 2, 1), 3), new Uint8Array(), Uint8Array.of(0b0001_1111)];
    const joined = joinSentences(parts, 3);
    expect(joined.starts).toHaveLength(4);
    expect(sentenceParts(joined)).toEqual(parts);
  });

  it('refuses vectors of another length, and says whose', () => {
    const part = packSentences(Float32Array.of(1, 2, 3), 3);
    expect(() => joinSentences([new Uint8Array(), part], 2)).toThrow(/paper 1: expected vectors of 2 numbers, got 3/u);
  });
});

describe('reduceSentences', () => {
  it('reduces each sentence as a paper’s vector is', () => {
    const part = packSentences(Float32Array.of(3, -3, 1, 2, 1, 0, 3, 3), 4);
    const prefix: Reduction = { kind: 'prefix', from: 4, kept: 2, agreement: null, axes: null };
    expect(unpack(reduceSentences(part, prefix))).toEqual([3, -3, 3, 0]);
    // The sum of the first two numbers, and the last number.
    const axes = { data: Int8Array.of(1, 1, 0, 0, 0, 0, 0, 2), scales: Float32Array.of(1, 0.5), rows: 2, cols: 4 };
    expect(unpack(reduceSentences(part, { ...prefix, kind: 'pca', axes }))).toEqual([0, 3, 1, 3]);
    expect(reduceSentences(new Uint8Array(), prefix)).toHaveLength(0);
  });
});

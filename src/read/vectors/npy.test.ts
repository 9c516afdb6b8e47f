import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StageError } from '../../model/failure.ts';
import { parseNpy } from './npy.ts';

interface Array2 {
  readonly descr: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly version?: number;
  readonly isFortran?: boolean;
}

const WRITERS: Readonly<Record<string, (view: DataView, at: number, value: number, isLittle: boolean) => void>> = {
  f4: (view, at, value, isLittle) => view.setFloat32(at, value, isLittle),
  f8: (view, at, value, isLittle) => view.setFloat64(at, value, isLittle),
  i1: (view, at, value) => view.setInt8(at, value),
  i2: (view, at, value, isLittle) => view.setInt16(at, value, isLittle),
  i4: (view, at, value, isLittle) => view.setInt32(at, value, isLittle),
  i8: (view, at, value, isLittle) => view.setBigInt64(at, BigInt(value), isLittle),
  u1: (view, at, value) => view.setUint8(at, value),
  u2: (view, at, value, isLittle) => view.setUint16(at, value, isLittle),
};

/** A file as `numpy.save` writes it; `values` in the order of the file. */
function npyOf({ descr, shape, values, version = 1, isFortran = false }: Array2): ArrayBuffer {
  const order = isFortran ? 'True' : 'False';
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${sizes}), }`;
  const start = version === 1 ? 10 : 12;
  const header = `${text.padEnd(64 * Math.ceil((start + text.length + 1) / 64) - start - 1)}\n`;
  const size = Number(descr.slice(2));
  const bytes = new ArrayBuffer(start + header.length + values.length * size);
  const all = new Uint8Array(bytes);
  const view = new DataView(bytes);
  all.set([0x93, ...'NUMPY'].map((letter) => (typeof letter === 'number' ? letter : letter.charCodeAt(0))));
  all.set([version, 0], 6);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  all.set(
    Array.from(header, (letter) => letter.charCodeAt(0)),
    start,
  );
  values.forEach((value, i) => {
    WRITERS[descr.slice(1)](view, start + header.length + i * size, value, descr[0] !== '>');
  });
  return bytes;
}

describe('a NumPy array', () => {
  it('gives its numbers, whatever their kind, order and version', () => {
    const numbers = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 9 })).chain(([rows, cols]) =>
      fc.record({
        descr: fc
          .constantFrom(...Object.keys(WRITERS))
          .chain((kind) => fc.constantFrom(...(kind.endsWith('1') ? [`|${kind}`] : [`<${kind}`, `>${kind}`]))),
        shape: fc.constant([rows, cols]),
        values: fc.array(fc.integer({ min: 0, max: 127 }), { minLength: rows * cols, maxLength: rows * cols }),
        version: fc.constantFrom(1, 2, 3),
        isFortran: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(numbers, (array) => {
        const { rows, cols, data } = parseNpy(npyOf(array));
        expect([rows, cols]).toEqual(array.shape);
        const at = (row: number, col: number) => (array.isFortran ? col * rows + row : row * cols + col);
        const expected = array.values.map((_, i) => array.values[at(Math.floor(i / cols), i % cols)]);
        expect(Array.from(data)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('of halves has their values', () => {
    const bits = [0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff, 0x7c00];
    const bytes = npyOf({ descr: '<u2', shape: [3, 2], values: bits });
    const text = new Uint8Array(bytes);
    text[text.indexOf('u'.charCodeAt(0), 14)] = 'f'.charCodeAt(0);
    const { data } = parseNpy(bytes);
    expect(Array.from(data.slice(0, 2))).toEqual([1, -2]);
    expect(data[2]).toBeCloseTo(1 / 3, 3);
    expect(data[3]).toBe(2 ** -24);
    expect(Array.from(data.slice(4))).toEqual([65_504, Infinity]);
  });

  it('of one dimension has rows of one number; axes of length 1 do not count', () => {
    expect(parseNpy(npyOf({ descr: '<f4', shape: [3], values: [1, 2, 3] }))).toMatchObject({ rows: 3, cols: 1 });
    expect(parseNpy(npyOf({ descr: '<f4', shape: [2, 1, 3], values: [1, 2, 3, 4, 5, 6] }))).toMatchObject({ rows: 2 });
  });

  it('that is something else says what', () => {
    const bytes = npyOf({ descr: '<f4', shape: [2, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8] });
    expect(() => parseNpy(bytes)).toThrow('it has the shape (2, 2, 2), not rows of numbers');
    expect(() => parseNpy(npyOf({ descr: '<f4', shape: [9, 9], values: [1] }))).toThrow('it breaks off before');
    expect(() => parseNpy(npyOf({ descr: '<U9', shape: [1, 1], values: [] }))).toThrow('the kind “<U9”');
    expect(() => parseNpy(npyOf({ descr: '<f4', shape: [99999, 99999], values: [] }))).toThrow('too large');
  });

  it('is read or refused with a sentence, whatever is damaged', () => {
    const whole = new Uint8Array(npyOf({ descr: '<f8', shape: [3, 4], values: Array(12).fill(7) }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(whole.length),
        (changes, end) => {
          const bytes = whole.slice(0, end);
          for (const [at, value] of changes) if (at < end) bytes[at] = value;
          try {
            const { rows, cols, data } = parseNpy(bytes.buffer);
            expect(data.length).toBe(rows * cols);
          } catch (error) {
            expect(error).toBeInstanceOf(StageError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

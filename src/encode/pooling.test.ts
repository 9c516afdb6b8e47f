import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWindow, finishPooling, startPooling } from './pooling.ts';

const states = (rows: number[][]): Float32Array => Float32Array.from(rows.flat());

describe('pooling', () => {
  it('is the mean of all token states, special ones included, at unit length', () => {
    const sums = startPooling(2, 1);
    addWindow(
      sums,
      states([
        [1, 0],
        [2, 4],
        [0, 2],
      ]),
      Int32Array.from([-1, 0, -1]),
    );
    const { vector } = finishPooling(sums);
    expect(vector[0]).toBeCloseTo(3 / Math.hypot(3, 6), 6);
    expect(vector[1]).toBeCloseTo(6 / Math.hypot(3, 6), 6);
    expect(sums.pieces).toBe(3);
  });

  it('takes the first or last state of each window where the model was trained so', () => {
    const rows = states([
      [3, 0],
      [9, 9],
      [0, 4],
    ]);
    for (const [pooling, expected] of [
      ['first', [1, 0]],
      ['last', [0, 1]],
    ] as const) {
      const sums = startPooling(2, 1);
      addWindow(sums, rows, Int32Array.from([-1, 0, -1]), pooling);
      const { vector, salience } = finishPooling(sums);
      expect(Array.from(vector)).toEqual(expected);
      expect(salience[0]).toBeCloseTo(Math.SQRT1_2, 6);
    }
  });

  it('says of states that are no numbers that they are none', () => {
    const sums = startPooling(2, 0);
    addWindow(sums, states([[Number.NaN, 1]]), Int32Array.from([-1]));
    expect(Number.isNaN(finishPooling(sums).vector[0])).toBe(true);
  });

  it('weighs windows by their pieces, so that cutting a text changes nothing but its context', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.float({ noNaN: true, min: -9, max: 9 }), fc.float({ noNaN: true, min: -9, max: 9 })), {
          minLength: 2,
          maxLength: 40,
        }),
        fc.nat(),
        (rows, at) => {
          const cut = 1 + (at % (rows.length - 1));
          const whole = startPooling(2, 0);
          addWindow(whole, states(rows), new Int32Array(rows.length).fill(-1));
          const parts = startPooling(2, 0);
          for (const part of [rows.slice(0, cut), rows.slice(cut)]) {
            addWindow(parts, states(part), new Int32Array(part.length).fill(-1));
          }
          expect(finishPooling(parts).vector).toEqual(finishPooling(whole).vector);
        },
      ),
    );
  });

  it('finds the segment that points where the whole text points', () => {
    const sums = startPooling(2, 3);
    addWindow(
      sums,
      states([
        [5, 5],
        [6, 5],
        [0, 1],
        [-3, 1],
      ]),
      Int32Array.from([0, 0, 1, 2]),
    );
    const { salience } = finishPooling(sums);
    expect(salience[0]).toBeGreaterThan(0.9);
    expect(salience[0]).toBeGreaterThan(salience[1]);
    expect(salience[1]).toBeGreaterThan(salience[2]);
  });

  it('gives a zero vector and zero saliences for states of zero', () => {
    const sums = startPooling(3, 1);
    addWindow(sums, new Float32Array(6), Int32Array.from([0, -1]));
    expect(finishPooling(sums)).toEqual({ vector: new Float32Array(3), salience: new Float32Array(1) });
  });
});

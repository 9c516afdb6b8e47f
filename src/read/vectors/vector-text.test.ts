import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPrintedArray, isShortened, parseVector } from './vector-text.ts';

const EIGHT = [-1.5, 0, 2, 3e-5, 4, 5, 6, -7.25];

describe('a vector that is written as text', () => {
  it.each([
    ['as JSON', '[-1.5, 0.0, 2, 3e-05, 4, 5, 6, -7.25]'],
    ['with blanks', '-1.5 0 2 3e-05 4 5 6 -7.25'],
    ['by NumPy, over several lines', '[-1.5    0.    2.    3e-05\n  4.    5.\n  6.  -7.25]'],
    ['by PyTorch', 'tensor([-1.5000,  0.0000, 2., 3.0000e-05,\n        4., 5., 6., -7.2500])'],
    [
      'by PyTorch on a device',
      "tensor([-1.5, 0, 2, 3e-5, 4, 5, 6, -7.25], device='cuda:0', grad_fn=<SelectBackward0>)",
    ],
    ['in rows', 'torch.tensor([[-1.5, 0, 2, 3e-5, 4, 5, 6, -7.25]], dtype=torch.float16)'],
    ['as a NumPy expression', 'array([-1.5, 0., 2., 3e-05,\n       4., 5., 6., -7.25], dtype=float32)'],
    [
      'by TensorFlow',
      '<tf.Tensor: shape=(8,), dtype=float32, numpy=array([-1.5, 0., 2, 3e-5, 4, 5, 6, -7.25], dtype=float32)>',
    ],
    ['by TensorFlow, plain', 'tf.Tensor([-1.5 0. 2. 3e-05 4. 5. 6. -7.25], shape=(8,), dtype=float32)'],
    ['by Spark', 'DenseVector([-1.5, 0.0, 2.0, 3e-05, 4.0, 5.0, 6.0, -7.25])'],
    ['as a tuple', '(-1.5, 0, 2, 3e-5, 4, 5, 6, -7.25)'],
    ['in quotes of its own', '"[-1.5,0,2,3e-5,4,5,6,-7.25]"'],
  ])('%s', (_, text) => {
    expect(Array.from(parseVector(text) ?? [])).toEqual(EIGHT);
    expect(isShortened(text)).toBe(false);
  });

  it.each([
    'An array of [1, 2, 3] houses',
    'Tensor products of [1] and [2] are studied',
    'tensor of words',
    '[0.1 0.2 ... 0.3]',
    'tensor([0.1, 0.2,  ..., 0.3, 0.4])',
    '1-2-3',
    '',
  ])('is not: %s', (text) => {
    expect(parseVector(text)).toBeNull();
  });

  it('is known when its middle was left out', () => {
    expect(isShortened('[ 0.01 -0.2   0.3  ...  0.4 -0.05  0.6 ]')).toBe(true);
    expect(isShortened('tensor([ 0.1,  0.2,  ...,  0.3,  0.4], device="cpu")')).toBe(true);
    expect(isShortened('[1] It was shown ... in 2020')).toBe(false);
  });

  it('is no words', () => {
    expect(isPrintedArray("tensor([ 0.1, 2e-05 ], device='cuda:0')")).toBe(true);
    expect(isPrintedArray('Vector [of mosquitoes] in the field')).toBe(false);
  });

  it('is found or refused in linear time, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'tensor(array[]0.1e-5, \n=<>') }), (text) => {
        const numbers = parseVector(text);
        isShortened(text);
        expect(numbers === null || numbers.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    // Quadratic work would not end within the time that a test has.
    for (const piece of ['tensor(', '[', 'a.', ' ', '0.', '...', '<']) {
      const long = piece.repeat(300_000 / piece.length);
      parseVector(long);
      isShortened(long.slice(0, 2000));
      isPrintedArray(long);
    }
  });
});

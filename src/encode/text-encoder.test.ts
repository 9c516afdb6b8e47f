import { describe, expect, it } from 'vitest';
import { unpackCodes } from '../model/sentence-vectors.ts';
import { checkDevice } from './self-check.ts';
import { type EncodeLimits, encodeTexts, type TextModel } from './text-encoder.ts';

const ALONE: EncodeLimits = { maxPieces: 16, budget: null, batchPieces: null, pooling: 'mean' };
const BATCHED: EncodeLimits = { ...ALONE, batchPieces: 128 };
const NO_PROMPT = { query: '', document: '' };

/** A stand-in: a piece a character, whose state depends on itself and on the window's length, as attention would have it. */
function fakeModel(change: (state: number[]) => number[] = (state) => state): TextModel & { runs: number[][] } {
  const runs: number[][] = [];
  return {
    first: 1,
    last: 2,
    runs,
    pieces: (text) => Array.from(text, (character) => character.charCodeAt(0)),
    run: async (rows, width) => {
      runs.push([rows.length, width]);
      return rows.map((ids) => ({
        data: Float32Array.from(
          ids.flatMap((id) => change([Math.sin(id), Math.cos(id * ids.length), ids.length / 16])),
        ),
        dimensions: 3,
      }));
    },
  };
}

const inputs = ['a', 'some words', 'words that go on for more than a window', '', 'a'].map((text) => ({
  segments: text === '' ? [] : text.split(' '),
}));

describe('encodeTexts', () => {
  it('gives the same in batches as alone, text for text', async () => {
    const [alone, batched] = [fakeModel(), fakeModel()];
    const expected = await encodeTexts(alone, inputs, ALONE, NO_PROMPT, 'document');
    expect(await encodeTexts(batched, inputs, BATCHED, NO_PROMPT, 'document')).toEqual(expected);
    expect(expected).toHaveLength(inputs.length);
    expect(expected[4]).toEqual(expected[0]);
    expect(expected[2].salience).toHaveLength(9);
    expect(alone.runs.every(([count]) => count === 1)).toBe(true);
    expect(batched.runs.length).toBeLessThan(alone.runs.length);
  });

  it('puts the prompt before each window, and counts all pieces', async () => {
    const model = fakeModel();
    const [{ pieces }] = await encodeTexts(model, [inputs[2]], ALONE, { ...NO_PROMPT, query: 'q:' }, 'query');
    // 31 letters in windows of 16, less two special pieces and two of the prompt.
    expect(model.runs).toHaveLength(3);
    expect(pieces).toBe(31 + 3 * 4);
  });

  it('refuses a vector that is not finite', async () => {
    const model = fakeModel(() => [Number.NaN, 0, 0]);
    await expect(encodeTexts(model, inputs, ALONE, NO_PROMPT, 'document')).rejects.toMatchObject({
      failure: { code: 'model-failed' },
    });
  });
});

describe('sentences of encodeTexts', () => {
  const codesOf = (packed: Uint8Array): number[] => {
    const out = new Int8Array(packed.length * 8);
    return [...out.subarray(0, unpackCodes(packed, 0, packed.length, out))];
  };

  it('are the means of the states of each segment, across windows', async () => {
    const text = { segments: ['ab', 'cdefghijklmnop', 'q'] };
    const model = fakeModel();
    const seen: number[][] = [];
    const run: TextModel['run'] = async (rows, width) => {
      const states = await model.run(rows, width);
      for (const { data } of states) for (let at = 0; at < data.length; at += 3) seen.push([...data.slice(at, at + 3)]);
      return states;
    };
    const [{ sentences }] = await encodeTexts({ ...model, run }, [text], ALONE, NO_PROMPT, 'document');
    // 17 letters in two windows, each with a special piece at its ends.
    const states = [...seen.slice(1, 10), ...seen.slice(12, 20)];
    const expected = [states.slice(0, 2), states.slice(2, 16), states.slice(16)].flatMap((some) => {
      const sum = [0, 1, 2].map((j) => some.reduce((all, state) => all + state[j], 0));
      return sum.map((value) => Math.round((3 * value) / Math.max(...sum.map(Math.abs))) + 0);
    });
    expect(seen).toHaveLength(21);
    expect(codesOf(sentences)).toEqual(expected);
  });

  it('are those that were read, and none of a model that is pooled otherwise', async () => {
    const text = { segments: ['some', 'words', 'more'] };
    const cut = await encodeTexts(fakeModel(), [text], { ...ALONE, budget: 8 }, NO_PROMPT, 'document');
    expect(codesOf(cut[0].sentences)).toHaveLength(2 * 3);
    const first = await encodeTexts(fakeModel(), [text], { ...ALONE, pooling: 'first' }, NO_PROMPT, 'document');
    expect(first[0].sentences).toHaveLength(0);
  });
});

describe('checkDevice', () => {
  it('lets a device pass that says the same, or nearly', async () => {
    expect(await checkDevice(fakeModel(), fakeModel(), BATCHED)).toBeCloseTo(1, 6);
    const near = fakeModel(([a, b, c]) => [a + 0.01, b - 0.01, c]);
    expect(await checkDevice(fakeModel(), near, BATCHED)).toBeGreaterThan(0.995);
  });

  it.each([
    ['another direction', ([a, b, c]: number[]) => [c, a, b]],
    ['nothing finite', () => [Number.NaN, Number.NaN, Number.NaN]],
    ['zeros', () => [0, 0, 0]],
  ])('refuses one that says %s', async (_what, change) => {
    await expect(checkDevice(fakeModel(), fakeModel(change), BATCHED)).rejects.toMatchObject({
      failure: { code: 'device-wrong' },
    });
  });
});

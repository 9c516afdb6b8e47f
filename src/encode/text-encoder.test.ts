import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackCodes } from '../model/sentence-vectors.ts';
import { checkDevice, type EncodeLimits, encodeTexts, type TextModel } from './text-encoder.ts';

const ALONE: EncodeLimits = { maxPieces: 16, budget: null, batchPieces: null, pooling: 'mean' };
const BATCHED: EncodeLimits = { ...ALONE, batchPieces: 128 };
const NO_PROMPT = { query: '', document: '' };

/** A fake model: each character is a piece, whose state depends on it and on the window's length, as with attention. */
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
    // 31 letters in windows of 16, minus two special pieces and two of the prompt.
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

/** The rows that run at once, and their width, for texts with these numbers of pieces: text t repeats piece t + 10. */
async function runsOf(pieceCounts: readonly number[], limits: Pick<EncodeLimits, 'maxPieces' | 'batchPieces'>) {
  const runs: { rows: readonly (readonly number[])[]; width: number }[] = [];
  const model: TextModel = {
    first: 1,
    last: 2,
    pieces: (text) => (text === '' ? [] : new Array<number>(pieceCounts[Number(text)]).fill(Number(text) + 10)),
    run: async (rows, width) => {
      runs.push({ rows, width });
      return rows.map((ids) => ({ data: new Float32Array(ids.length), dimensions: 1 }));
    },
  };
  const texts = pieceCounts.map((_, text) => ({ segments: [String(text)] }));
  await encodeTexts(model, texts, { ...ALONE, ...limits }, NO_PROMPT, 'document');
  return runs;
}

describe('windows of encodeTexts', () => {
  /** Number of pieces in each window of one text, without special ones. */
  const windowsOf = async (pieces: number, capacity: number): Promise<number[]> =>
    (await runsOf([pieces], { maxPieces: capacity + 2, batchPieces: null })).map(({ rows: [ids] }) => ids.length - 2);

  it('are one for a text that fits, and an empty one for an empty text', async () => {
    expect(await windowsOf(254, 254)).toEqual([254]);
    expect(await windowsOf(0, 254)).toEqual([0]);
  });

  it('cut one piece too many into two halves, not into a page and a word', async () => {
    expect(await windowsOf(255, 254)).toEqual([127, 128]);
  });

  it('cover every piece once, fit, are as few as can be and differ by one piece at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 600 }),
        async (pieces, capacity) => {
          const lengths = await windowsOf(pieces, capacity);
          expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(pieces);
          expect(Math.max(...lengths)).toBeLessThanOrEqual(capacity);
          expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
          expect(lengths.length).toBe(Math.max(1, Math.ceil(pieces / capacity)));
        },
      ),
    );
  });

  it('follow each other', async () => {
    const seen: number[] = [];
    const model = fakeModel();
    const run: TextModel['run'] = async (rows, width) => {
      for (const ids of rows) seen.push(...ids.slice(1, -1));
      return model.run(rows, width);
    };
    const text = 'words that go on for more than one window';
    await encodeTexts({ ...model, run }, [{ segments: [text] }], ALONE, NO_PROMPT, 'document');
    expect(String.fromCharCode(...seen)).toBe(text);
  });
});

describe('batches of encodeTexts', () => {
  const LENGTHS = fc.array(fc.integer({ min: 2, max: 256 }), { maxLength: 80 });

  /** The row of each text, including special pieces. */
  const batchesOf = async (lengths: readonly number[], batchPieces: number | null) => {
    const runs = await runsOf(
      lengths.map((length) => length - 2),
      { maxPieces: 600, batchPieces },
    );
    return runs.map(({ rows, width }) => ({ lengths: rows.map(({ length }) => length), width, rows }));
  };

  it('are each row alone and unpadded without a budget', async () => {
    expect(await batchesOf([7, 256, 2], null)).toMatchObject([
      { lengths: [7], width: 7 },
      { lengths: [256], width: 256 },
      { lengths: [2], width: 2 },
    ]);
  });

  it('have each row once, fit the budget and are wide enough, in steps of 32', async () => {
    await fc.assert(
      fc.asyncProperty(LENGTHS, fc.integer({ min: 256, max: 4096 }), async (lengths, budget) => {
        const batches = await batchesOf(lengths, budget);
        const rows = batches.flatMap((batch) => batch.rows);
        const texts = lengths.flatMap((length, text) => (length > 2 ? [text + 10] : []));
        expect(rows.flatMap((ids) => (ids.length > 2 ? [ids[1]] : [])).toSorted((a, b) => a - b)).toEqual(texts);
        expect(rows).toHaveLength(lengths.length);
        for (const { lengths: own, width } of batches) {
          expect(width % 32).toBe(0);
          expect(own.length * width).toBeLessThanOrEqual(budget);
          for (const length of own) {
            expect(length).toBeLessThanOrEqual(width);
            expect(width).toBeLessThan(2 * (length + 32));
          }
        }
      }),
    );
  });

  it('run a row that is longer than the budget by itself', async () => {
    expect(await batchesOf([40, 500], 64)).toMatchObject([
      { lengths: [500], width: 512 },
      { lengths: [40], width: 64 },
    ]);
  });

  it('put rows of like length together', async () => {
    const lengths = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 30 : 250));
    const padded = (await batchesOf(lengths, 4096)).reduce((sum, { rows, width }) => sum + rows.length * width, 0);
    expect(padded).toBeLessThan(1.1 * lengths.reduce((sum, length) => sum + length, 0));
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
    // 17 letters in two windows, each with a special piece at both ends.
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

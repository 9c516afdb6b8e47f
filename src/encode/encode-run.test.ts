import { describe, expect, it } from 'vitest';
import { isCancelled, StageError } from '../model/failure.ts';
import type { Progress } from '../model/progress.ts';
import type { Backend, Backends, BackendWork } from './backends.web.ts';
import type { EncodePool } from './encode-pool.web.ts';
import { type EncodedBatch, type EncodeRun, runEncoding, type TextSource } from './encode-run.web.ts';
import { DEFAULT_MODEL, type Device } from './model-spec.ts';
import type { EncodeInput } from './text-encoder.ts';

interface Text extends EncodeInput {
  readonly index: number;
}

/** A source that counts how often each text is made. */
function sourceOf(count: number) {
  const made = new Array<number>(count).fill(0);
  const source: TextSource<Text> = {
    count,
    lengthOf: (index) => (index * 7) % count,
    inputOf(index) {
      made[index]++;
      return { index, segments: [`${index}`] };
    },
  };
  return { made, source };
}

interface Setting {
  /** Whether a text's vector is in storage. */
  readonly isKept?: (index: number) => boolean;
  /** The error of a batch on that device, if any. */
  readonly fails?: (device: Device, batch: readonly number[]) => Error | null;
  /** The device chosen by trial; default: no trial. */
  readonly decided?: Device;
}

/** Backends of one worker each, which gives a text its number as vector, and a record of calls. */
function startLab({ isKept = () => false, fails = () => null, decided }: Setting = {}) {
  const lab = { encoded: [] as string[], posted: [] as EncodeInput[], work: [] as BackendWork[], fallen: 0 };
  const textsOf = (numbers: readonly number[]) => ({
    vectors: Float32Array.from(numbers.flatMap((number) => [number, 1])),
    salience: numbers.map(() => Float32Array.of(1)),
    sentences: numbers.map(() => new Uint8Array()),
    pieces: Int32Array.from(numbers, () => 3),
  });
  const numbersOf = (inputs: readonly EncodeInput[]) => inputs.map(({ segments }) => Number(segments[0]));
  const poolOn = (device: Device): EncodePool => ({
    ask: (call) =>
      call({
        isMatryoshka: async () => false,
        recall: async (inputs: readonly EncodeInput[]) => {
          lab.posted.push(...inputs);
          const numbers = numbersOf(inputs);
          let row = 0;
          const rows = Int32Array.from(numbers, (number) => (isKept(number) ? row++ : -1));
          return { rows, texts: textsOf(numbers.filter(isKept)) };
        },
      } as never), // No other methods are called.
    loadLead: async (onLoad) => onLoad(5, 10),
    async run({ queue, inputOf, onBatch }) {
      for (let batch = queue.take(); batch; batch = queue.take()) {
        const inputs = Array.from(batch, inputOf);
        const failure = fails(device, Array.from(batch));
        if (failure) throw failure;
        lab.posted.push(...inputs);
        lab.encoded.push(...numbersOf(inputs).map((number) => `${number} ${device}`));
        queue.finish(batch);
        onBatch(batch, textsOf(numbersOf(inputs)));
      }
    },
    idle: async () => undefined,
    stop: () => undefined,
  });
  const backendOn = (device: Device): Backend => ({ spec: { ...DEFAULT_MODEL, device }, pool: poolOn(device) });
  const backends: Backends = {
    current: backendOn('wasm'),
    begin: async (work) => {
      lab.work.push(work);
      return backends.current;
    },
    decide: async () => (decided ? backendOn(decided) : null),
    fallBack: () => (lab.fallen++ === 0 ? backendOn('wasm') : null),
    stop: () => undefined,
  };
  return { lab, backends };
}

async function encode(backends: Backends, source: TextSource<Text>, run: Partial<EncodeRun<Text>> = {}) {
  const vectors = new Map<number, number>();
  const onBatch = (batch: EncodedBatch<Text>) => {
    run.onBatch?.(batch);
    expect(batch.texts.map(({ index }) => index)).toEqual(Array.from(batch.indices));
    batch.indices.forEach((index, i) => {
      expect(vectors.has(index)).toBe(false);
      vectors.set(index, batch.vectors[i * batch.dimensions]);
    });
  };
  const outcome = await runEncoding(backends, source, { ...run, onBatch });
  expect([...vectors].every(([index, value]) => index === value)).toBe(true);
  return { outcome, indices: [...vectors.keys()].sort((a, b) => a - b) };
}

const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('runEncoding', () => {
  it('makes each text once, and sends its segments alone to the workers', async () => {
    const { made, source } = sourceOf(700);
    const { lab, backends } = startLab({ isKept: (index) => index % 3 === 0 });
    const { outcome, indices } = await encode(backends, source);
    expect(indices).toEqual(all(700));
    expect(made.every((times) => times === 1)).toBe(true);
    expect(lab.posted.every((input) => Object.keys(input).join() === 'segments')).toBe(true);
    expect(outcome).toMatchObject({
      cached: 234,
      computed: 466,
      setAside: [],
      info: { dimensions: 2, device: 'wasm' },
    });
  });

  it('holds no more than some thousands of texts at once', async () => {
    const { made, source } = sourceOf(6000);
    const { indices } = await encode(startLab().backends, source);
    expect(indices).toEqual(all(6000));
    expect(made.filter((times) => times === 1).length).toBeGreaterThanOrEqual(5000);
    expect(Math.max(...made)).toBe(2);
  });

  it('tells how much there is to do, with a sample of texts of all lengths', async () => {
    const { lab, backends } = startLab();
    const { source } = sourceOf(120);
    await encode(backends, source);
    const [{ characters, sample }] = lab.work;
    expect(characters).toBe((120 * 119) / 2);
    const lengths = sample.map(({ segments }) => (Number(segments[0]) * 7) % 120);
    expect(lengths).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115]);
    await encode(backends, { ...source, lengthOf: () => 1 }, { order: Int32Array.of(4, 2) });
    expect(lab.work[1].sample).toEqual([{ segments: ['2'] }, { segments: ['4'] }]);
    await encode(backends, { ...source, count: 0 });
    expect(lab.work[2].sample).toEqual([]);
  });

  it('goes on where another backend has failed, with what has no vector yet', async () => {
    const lost = new StageError('device-lost', 'encode', 'gone');
    const { made, source } = sourceOf(200);
    const { lab, backends } = startLab({
      decided: 'webgpu',
      fails: (device, batch) => (device === 'webgpu' && batch.includes(3) ? lost : null),
    });
    const { outcome, indices } = await encode(backends, source);
    expect(indices).toEqual(all(200));
    expect(lab.fallen).toBe(1);
    expect(outcome.computed).toBe(200);
    expect(Math.max(...made)).toBe(1);
    expect(lab.encoded.at(-1)).toMatch(/wasm$/u);
  });

  it('rejects with the failure when there is nothing to fall back on, and asks nobody when cancelled', async () => {
    const broken = new StageError('model-failed', 'encode', 'no');
    const none = startLab({ fails: () => broken });
    await expect(encode(none.backends, sourceOf(20).source)).rejects.toBe(broken);
    expect(none.lab.fallen).toBe(2);
    const { lab, backends } = startLab();
    const cancelled = encode(backends, sourceOf(20).source, { signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toSatisfy(isCancelled);
    expect(lab.posted).toEqual([]);
  });

  it('says how the model loads, then how many word pieces are done', async () => {
    const told: Progress[] = [];
    const onProgress = (progress: Progress) => told.push(progress);
    await encode(startLab().backends, sourceOf(20).source, { onProgress });
    expect(told[1]).toEqual({ stage: 'loading the model', done: 5, total: 10, unit: 'bytes', leftMs: null });
    expect(told.at(-1)).toMatchObject({ stage: 'encoding', done: 60, total: 60, unit: 'word pieces' });
  });

  it('encodes first what is looked at', async () => {
    const { lab, backends } = startLab();
    const source = { ...sourceOf(300).source, lengthOf: () => 1000 };
    await encode(backends, source, { first: () => [250, 251] });
    expect(lab.encoded.slice(0, 2)).toEqual(['250 wasm', '251 wasm']);
  });
});

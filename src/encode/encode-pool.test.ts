import { afterEach, describe, expect, it, vi } from 'vitest';
import { StageError } from '../model/failure.ts';
import type { CallOptions, WorkerSlot } from '../worker/worker-slot.ts';
import type { EncodeApi } from './encode.api.ts';
import { makeEncodePool } from './encode-pool.web.ts';
import type { EncodeInput } from './text-encoder.ts';
import { makeWorkQueue, type WorkQueue } from './work-queue.ts';

interface Lab {
  /** Workers that were started, by slot. */
  readonly started: number[];
  readonly loads: { readonly slot: number; readonly given: number | null }[];
  /** The slot that encoded each text. */
  readonly encoded: Map<string, number>;
  readonly settled: number[];
}

interface Behaviour {
  readonly losesDevice?: (text: string) => boolean;
  readonly maxEnds?: number;
  /** Milliseconds for each text; default 1. */
  readonly textMs?: number;
  /** How the worker fails at a text: it dies, hangs, or returns NaN. */
  readonly dies?: (text: string) => boolean;
  readonly hangs?: (text: string) => boolean;
  readonly failsToLoad?: (slot: number) => boolean;
}

/** A slot over a fake worker that gives each text the vector [its length, 1]. */
function fakeSlot(lab: Lab, at: number, behaviour: Behaviour): WorkerSlot<EncodeApi> {
  let alive = false;
  let loaded = false;
  let pending = new Set<(error: unknown) => void>();
  const end = (code: 'worker-died' | 'cancelled'): void => {
    alive = false;
    loaded = false;
    for (const reject of pending) reject(new StageError(code, 'worker', 'ended'));
    pending = new Set();
  };
  const api = {
    load: async () => {
      loaded = true;
    },
    files: async () => [{ url: 'model', blob: new Blob(['x']) }],
    settle: async () => {
      lab.settled.push(at);
    },
    encode: async (inputs: readonly EncodeInput[]) => {
      if (!loaded) throw new StageError('internal', 'encode', 'used before load()');
      for (const { segments } of inputs) {
        await new Promise((resolve) => setTimeout(resolve, behaviour.textMs ?? 1));
        if (behaviour.hangs?.(segments[0])) await new Promise(() => undefined);
        if (behaviour.losesDevice?.(segments[0])) throw new StageError('device-lost', 'encode', 'gone');
        if (behaviour.dies?.(segments[0])) end('worker-died');
        lab.encoded.set(segments[0], at);
      }
      return {
        vectors: Float32Array.from(inputs.flatMap(({ segments }) => [segments[0].length, 1])),
        salience: inputs.map(() => new Float32Array(1)),
        pieces: Int32Array.from(inputs, ({ segments }) => segments[0].length),
      };
    },
  };
  return {
    call(run, { signal, graceMs = 0 }: CallOptions = {}) {
      if (!alive) lab.started.push(at);
      alive = true;
      return new Promise((resolve, reject) => {
        pending.add(reject);
        const giveUp = (): void => {
          if (pending.has(reject)) end('cancelled');
        };
        signal?.addEventListener('abort', () => setTimeout(giveUp, graceMs));
        const settled = run(api as never).finally(() => pending.delete(reject)); // The pool calls no other methods.
        settled.then(resolve, reject);
      });
    },
    stop: () => end('cancelled'),
  };
}

function startLab(size: number, behaviour: Behaviour = {}) {
  const lab: Lab = { started: [], loads: [], encoded: new Map(), settled: [] };
  const slots: WorkerSlot<EncodeApi>[] = [];
  const pool = makeEncodePool({
    size,
    makeSlot: () => {
      slots.push(fakeSlot(lab, slots.length, behaviour));
      return slots[slots.length - 1];
    },
    configure: (slot) => slot.call(async () => undefined),
    load: async (slot, files) => {
      const at = slots.indexOf(slot);
      if (behaviour.failsToLoad?.(at)) throw new StageError('model-missing', 'encode', 'no model');
      lab.loads.push({ slot: at, given: files?.length ?? null });
      await slot.call((api) => api.load(() => undefined));
    },
    now: () => Date.now(),
    ...(behaviour.maxEnds === undefined ? {} : { maxEnds: behaviour.maxEnds }),
  });
  return { lab, pool };
}

const textOf = (index: number): string => `${index} `.padEnd(2000 + (index % 7), 'x');

function jobOf(count: number, signal?: AbortSignal) {
  const indices = Array.from({ length: count }, (_, i) => i);
  const queue: WorkQueue = makeWorkQueue(
    indices,
    indices.map((i) => textOf(i).length),
  );
  const vectors = new Map<number, number[]>();
  const job = {
    queue,
    inputOf: (index: number) => ({ segments: [textOf(index)] }),
    charactersOf: (index: number) => textOf(index).length,
    signal,
    onLoad: () => undefined,
    onBatch: (batch: Int32Array, texts: { vectors: Float32Array }) => {
      batch.forEach((index, i) => {
        expect(vectors.has(index)).toBe(false);
        vectors.set(index, Array.from(texts.vectors.subarray(i * 2, i * 2 + 2)));
      });
    },
  };
  return { job, queue, vectors };
}

/** Every text but `without` has the vector that it must have. */
function expectAll(vectors: Map<number, number[]>, count: number, without: readonly number[] = []): void {
  const indices = Array.from({ length: count }, (_, i) => i).filter((i) => !without.includes(i));
  expect([...vectors.keys()].sort((a, b) => a - b)).toEqual(indices);
  for (const i of indices) expect(vectors.get(i)).toEqual([textOf(i).length, 1]);
}

const starts = (text: string, ...indices: number[]): boolean => indices.some((i) => text.startsWith(`${i} `));

afterEach(() => vi.useRealTimers());

describe('makeEncodePool', () => {
  it.each([1, 2, 4])('gives every text its vector, once, with %i workers', async (size) => {
    const { lab, pool } = startLab(size);
    const { job, vectors } = jobOf(60);
    await pool.run(job);
    expectAll(vectors, 60);
    expect(new Set(lab.encoded.values()).size).toBe(size);
  });

  it('loads the model in one worker, hands its files to the others, and keeps the first alone', async () => {
    const { lab, pool } = startLab(3);
    await pool.run(jobOf(60).job);
    expect(lab.loads).toEqual([
      { slot: 0, given: null },
      { slot: 1, given: 1 },
      { slot: 2, given: 1 },
    ]);
    expect(lab.settled.sort()).toEqual([0, 1, 2]);
    await pool.run(jobOf(4).job);
    expect(lab.started).toEqual([0, 1, 2]);
  });

  it('starts no second worker for what one does in the same time', async () => {
    const { lab, pool } = startLab(4);
    await pool.run(jobOf(8).job);
    expect(lab.started).toEqual([0]);
  });

  it('goes on without a worker that cannot load, but not without the first', async () => {
    const some = startLab(3, { failsToLoad: (slot) => slot > 0 });
    const { job, vectors } = jobOf(60);
    await some.pool.run(job);
    expectAll(vectors, 60);
    const none = startLab(3, { failsToLoad: () => true });
    await expect(none.pool.run(jobOf(60).job)).rejects.toMatchObject({ failure: { code: 'model-missing' } });
  });

  it('replaces workers that end, and loses and doubles nothing', async () => {
    const killers = new Set(['7 ', '33 ']);
    const { pool, lab } = startLab(2, { dies: (text) => killers.delete(text.slice(0, text.indexOf(' ') + 1)) });
    const { job, vectors } = jobOf(80);
    await pool.run(job);
    expectAll(vectors, 80);
    expect(lab.started).toHaveLength(2 + 2);
  });

  it('sets aside a text that ends two workers, and goes on with all others', async () => {
    const { pool, lab } = startLab(2, { dies: (text) => starts(text, 13) });
    const { job, queue, vectors } = jobOf(40);
    await pool.run(job);
    expect(queue.setAside).toEqual([13]);
    expectAll(vectors, 40, [13]);
    expect(lab.started.length).toBe(2 + 2);
  });

  it('goes on with one worker after three ends within a minute', async () => {
    const { pool, lab } = startLab(3, { dies: (text) => starts(text, 13, 27) });
    const { job, queue, vectors } = jobOf(90);
    await pool.run(job);
    expect([...queue.setAside].sort()).toEqual([13, 27]);
    expectAll(vectors, 90, [13, 27]);
    // The suspects come last, and the fourth loss happens with only one worker left.
    expect(lab.started.at(-1)).toBe(0);
  });

  it('fails with the worker’s own word when no text gets through', async () => {
    const { pool } = startLab(2, { dies: () => true });
    await expect(pool.run(jobOf(60).job)).rejects.toMatchObject({ failure: { code: 'worker-died' } });
  });

  it('does what is preferred while it works before the rest, with the same vectors', async () => {
    const { pool } = startLab(2, { textMs: 2 });
    const { job, vectors, queue } = jobOf(60);
    const order: number[] = [];
    const wanted = Array.from({ length: 10 }, (_, i) => 45 + i);
    await pool.run({
      ...job,
      onBatch: (batch, texts) => {
        job.onBatch(batch, texts);
        order.push(...batch);
        queue.prefer(wanted);
      },
    });
    expectAll(vectors, 60);
    // Both workers have a batch of two before the first preference, and one more in progress.
    const last = Math.max(...wanted.map((index) => order.indexOf(index)));
    expect(last).toBeLessThan(10 + 8);
  });

  it('gives texts out again, all of them, when a device was lost over them', async () => {
    let losses = 0;
    const { pool, lab } = startLab(1, { losesDevice: (text) => starts(text, 5) && losses++ < 2 });
    const { job, vectors, queue } = jobOf(12);
    await pool.run(job);
    expectAll(vectors, 12);
    expect(queue.setAside).toEqual([]);
    expect(lab.started).toEqual([0, 0, 0]);
  });

  it('fails after as many ends as it may have, where there is something else to go on with', async () => {
    const { pool, lab } = startLab(1, { losesDevice: (text) => starts(text, 5), maxEnds: 2 });
    await expect(pool.run(jobOf(12).job)).rejects.toMatchObject({ failure: { code: 'device-lost' } });
    expect(lab.started).toEqual([0, 0]);
  });

  it('gives up a worker that takes far longer than the others did', async () => {
    vi.useFakeTimers();
    let hung = 0;
    const { pool } = startLab(1, { hangs: (text) => starts(text, 5) && hung++ < 1 });
    const { job, vectors } = jobOf(40);
    const running = pool.run(job);
    await vi.advanceTimersByTimeAsync(9000);
    expect(vectors.size).toBeLessThan(40);
    await vi.advanceTimersByTimeAsync(3000);
    await running;
    expectAll(vectors, 40);
  });

  it('is cancelled at once, keeps its worker, and is ready for the next run when the last batch has ended', async () => {
    const { pool, lab } = startLab(2, { textMs: 20 });
    const controller = new AbortController();
    const { job, vectors } = jobOf(60, controller.signal);
    const running = pool.run(job);
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    const before = vectors.size;
    await pool.idle();
    expect(vectors.size).toBe(before);
    const next = jobOf(4);
    await pool.run(next.job);
    expectAll(next.vectors, 4);
    expect(lab.started.filter((at) => at === 0)).toHaveLength(1);
  });

  it('begins anew after a cancelled batch that outlasted its worker, and after a question that failed', async () => {
    const { pool, lab } = startLab(1, { textMs: 1100 });
    const controller = new AbortController();
    const running = pool.run(jobOf(4, controller.signal).job);
    setTimeout(() => controller.abort(), 50);
    await expect(running).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    await pool.idle();
    const next = jobOf(1);
    await pool.run(next.job);
    expectAll(next.vectors, 1);
    expect(lab.started).toEqual([0, 0]);
    await expect(pool.ask(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const last = jobOf(1);
    await pool.run(last.job);
    expectAll(last.vectors, 1);
    expect(lab.started).toEqual([0, 0, 0]);
  });
});

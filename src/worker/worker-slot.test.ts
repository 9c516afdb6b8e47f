import { afterEach, describe, expect, it, vi } from 'vitest';
import { StageError } from '../model/failure.ts';
import { ChannelWorker } from './fixtures/channel-worker.ts';
import { makeWorkerSlot } from './worker-slot.ts';

interface Api {
  add(a: number, b: number): number;
  fail(): void;
  stumble(): void;
  hang(): Promise<void>;
}

const started: ChannelWorker[] = [];

function startSlot(silentMs?: number) {
  const api: Api = {
    add: (a, b) => a + b,
    fail() {
      throw new StageError('bad-format', 'read', 'line 3: no title');
    },
    stumble() {
      throw new TypeError('x is not a function');
    },
    hang: () => new Promise(() => undefined),
  };
  const start = () => {
    const worker = new ChannelWorker(api);
    started.push(worker);
    return worker as unknown as Worker; // The slot only uses what this class has.
  };
  return makeWorkerSlot<Api>('test', start, silentMs === undefined ? {} : { silentMs });
}

afterEach(() => {
  for (const worker of started.splice(0)) worker.terminate();
  vi.useRealTimers();
});

describe('makeWorkerSlot', () => {
  it('starts one worker on the first call and keeps it', async () => {
    const slot = startSlot();
    expect(started).toHaveLength(0);
    expect(await slot.call((api) => api.add(2, 3))).toBe(5);
    expect(await slot.call((api) => api.add(4, 4))).toBe(8);
    expect(started).toHaveLength(1);
  });

  it('brings a StageError across whole, and any other error as itself', async () => {
    const slot = startSlot();
    await expect(slot.call((api) => api.fail())).rejects.toMatchObject({
      failure: { code: 'bad-format', stage: 'read', message: 'line 3: no title' },
    });
    await expect(slot.call((api) => api.stumble())).rejects.toThrow('x is not a function');
  });

  it('rejects every pending call when the worker dies, and starts a new one for the next', async () => {
    const slot = startSlot();
    const pending = [slot.call((api) => api.hang()), slot.call((api) => api.hang())];
    started[0].dispatchEvent(new Event('error'));
    for (const call of pending) await expect(call).rejects.toMatchObject({ failure: { code: 'worker-died' } });
    expect(started[0].hasEnded).toBe(true);
    expect(await slot.call((api) => api.add(1, 1))).toBe(2);
    expect(started).toHaveLength(2);
  });

  it('cancels at once, and ends the worker that would go on', async () => {
    const slot = startSlot();
    const controller = new AbortController();
    const call = slot.call((api) => api.hang(), { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(started[0].hasEnded).toBe(true);
  });

  it('tells the calls that nobody cancelled that their worker is gone', async () => {
    const slot = startSlot();
    const mine = new AbortController();
    const others = new AbortController();
    const cancelled = slot.call((api) => api.hang(), { signal: mine.signal });
    const bystander = slot.call((api) => api.hang(), { signal: others.signal });
    mine.abort();
    await expect(cancelled).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    await expect(bystander).rejects.toMatchObject({ failure: { code: 'worker-died' } });
  });

  it('leaves a worker alone that ends by itself within the grace', async () => {
    const slot = startSlot();
    const controller = new AbortController();
    const call = slot.call((api) => api.add(1, 2), { signal: controller.signal, graceMs: 1000 });
    controller.abort();
    expect(await call).toBe(3);
    expect(started[0].hasEnded).toBe(false);
  });

  it('does not begin what is cancelled already', async () => {
    const slot = startSlot();
    await expect(slot.call((api) => api.add(1, 2), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(started).toHaveLength(0);
  });

  it('gives up a worker that is silent while it should work, and waits for one that pulses', async () => {
    vi.useFakeTimers();
    const slot = startSlot(20_000);
    const call = slot.call((api) => api.hang());
    const outcome = expect(call).rejects.toMatchObject({ failure: { code: 'worker-silent' } });
    vi.advanceTimersByTime(15_000);
    started[0].pulse();
    vi.advanceTimersByTime(15_000);
    expect(started[0].hasEnded).toBe(false);
    vi.advanceTimersByTime(5_000);
    await outcome;
    expect(started[0].hasEnded).toBe(true);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StageError } from '../model/failure.ts';
import { topicTree } from '../model/map-file/fixtures/topic-tree.ts';
import { afterMs, type Draft, makeDraftTopics } from './draft-topics.ts';

const places = (at: number) => Float32Array.of(at, at, at, at);

/** A draft whose topics take `takesMs` to find, on a clock of the test's own. */
function lab({ takesMs = 10, isRead = Promise.resolve(), find }: Unusual = {}) {
  const drafts: { readonly draft: Draft; readonly atMs: number }[] = [];
  const found: Float32Array[] = [];
  const controller = new AbortController();
  let stops = 0;
  const topics = makeDraftTopics(
    {
      isRead,
      find:
        find ??
        (async (positions) => {
          found.push(positions);
          await afterMs(takesMs);
          return topicTree(2, 1, `topic ${found.length}`);
        }),
      stop: () => void stops++,
    },
    {
      signal: controller.signal,
      onDraft: (draft) => void drafts.push({ draft, atMs: performance.now() }),
    },
    afterMs,
  );
  return { topics, drafts, found, controller, stops: () => stops };
}

interface Unusual {
  readonly takesMs?: number;
  readonly isRead?: Promise<void>;
  readonly find?: () => Promise<never>;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('drafts of topics', () => {
  it('come at most once a second, however often the papers move', async () => {
    const { topics, drafts } = lab();
    for (let i = 0; i < 50; i++) {
      topics.see(places(i), Math.floor(i / 5));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(drafts.length).toBeGreaterThan(3);
    const gaps = drafts.slice(1).map(({ atMs }, i) => atMs - drafts[i].atMs);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
  });

  it('follow the papers without being found anew, and are found anew with a further step', async () => {
    const { topics, drafts, found } = lab();
    for (const [at, step] of [
      [0, 1],
      [1, 1],
      [2, 2],
    ]) {
      topics.see(places(at), step);
      await vi.advanceTimersByTimeAsync(1500);
    }
    expect(drafts.map(({ draft }) => draft.places[0])).toEqual([0, 1, 2]);
    expect(found.map(([at]) => at)).toEqual([0, 2]);
    expect(drafts[1].draft.topics).toBe(drafts[0].draft.topics);
    expect(drafts[2].draft.topics).not.toBe(drafts[0].draft.topics);
  });

  it('are found on the newest picture once the texts are read, and take a tenth of the time', async () => {
    let read = () => {};
    const isRead = new Promise<void>((resolve) => {
      read = resolve;
    });
    const { topics, found } = lab({ isRead, takesMs: 500 });
    topics.see(places(0), 0);
    await vi.advanceTimersByTimeAsync(3000);
    topics.see(places(1), 1);
    read();
    await vi.advanceTimersByTimeAsync(600);
    topics.see(places(2), 2);
    await vi.advanceTimersByTimeAsync(4300);
    expect(found.map(([at]) => at)).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(found.map(([at]) => at)).toEqual([1, 2]);
  });

  it('end when the last one has stood for a second, and with the run where it is cancelled', async () => {
    const { topics, drafts, stops } = lab();
    topics.see(places(0), 0);
    await vi.advanceTimersByTimeAsync(300);
    let endedMs = 0;
    void topics.end().then(() => {
      endedMs = performance.now();
    });
    topics.see(places(1), 1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(endedMs - drafts[0].atMs).toBeGreaterThanOrEqual(1000);
    expect([drafts.length, stops()]).toEqual([1, 1]);
    const cancelled = lab();
    cancelled.topics.see(places(0), 0);
    await vi.advanceTimersByTimeAsync(300);
    cancelled.controller.abort();
    await cancelled.topics.end();
    expect(cancelled.drafts.length).toBe(1);
  });

  it('are given up after a failure, which the run survives', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const find = () => Promise.reject(new StageError('worker-died', 'topics', 'gone'));
    const { topics, drafts } = lab({ find });
    topics.see(places(0), 0);
    await vi.advanceTimersByTimeAsync(100);
    topics.see(places(1), 1);
    await vi.advanceTimersByTimeAsync(5000);
    expect(drafts).toEqual([]);
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
  });
});

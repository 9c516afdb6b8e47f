import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../model/progress.ts';
import { ChannelWorker } from '../worker/fixtures/channel-worker.ts';
import { makeReader } from './read.client.ts';
import { readInputs } from './read-inputs.web.ts';

const workers: ReadWorker[] = [];

/** The read worker as the page sees it. */
class ReadWorker extends ChannelWorker {
  constructor() {
    super({ read: readInputs });
    workers.push(this);
  }
}

const input = (name: string, text: string) => ({ name, blob: new Blob([text]) });

describe('the reader', () => {
  beforeEach(() => {
    workers.length = 0;
    vi.stubGlobal('Worker', ReadWorker);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('brings the corpus over in parts, and ends its worker', async () => {
    const text = Array.from({ length: 5000 }, (_, i) => JSON.stringify({ text: `text ${i}`, n: i })).join('\n');
    const steps: Progress[] = [];
    const { corpus, report, previews } = await makeReader().read(
      [input('a.jsonl', text)],
      {},
      { onProgress: (s) => void steps.push(s) },
    );
    expect(corpus.papers).toHaveLength(5000);
    expect(corpus.papers[4999].text).toBe('text 4999');
    expect(corpus.columns[0].values[4999]).toBe(4999);
    expect([report.papers, previews.length]).toEqual([5000, 1]);
    expect(steps.length).toBeGreaterThan(0);
    expect(workers.map(({ hasEnded }) => hasEnded)).toEqual([true]);
  });

  it('rejects with the failure of the worker', async () => {
    expect(await makeReader().read([input('a', '')])).toMatchObject({ failure: { code: 'empty-input' } });
  });

  it('is cancelled at once, and reads again afterwards', async () => {
    const reader = makeReader();
    const stop = new AbortController();
    const reading = reader.read([input('a', 'text\n'.repeat(100_000))], {}, { signal: stop.signal });
    stop.abort();
    await expect(reading).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(workers[0].hasEnded).toBe(true);
    expect((await reader.read([input('b', 'one\ntwo')])).corpus.papers).toHaveLength(2);
    reader.dispose();
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StageError } from '../model/failure.ts';
import type { Paper } from '../model/paper.ts';
import { type Contrast, makeContrastSession } from '../topics/naming/contrast.ts';
import type { AnalysisApi } from './analysis.api.ts';
import { makeAnalyst } from './analysis.client.ts';

const worker = vi.hoisted(() => ({ api: null as unknown, stopped: 0 }));

vi.mock('../worker/worker-slot.ts', () => ({
  makeWorkerSlot: () => ({
    call: (run: (api: unknown) => Promise<unknown>) => run(worker.api),
    stop: () => worker.stopped++,
  }),
}));

const papersOf = (words: readonly string[]): readonly Paper[] =>
  words.map((text, i) => ({
    id: `p${i}`,
    title: '',
    text,
    authors: null,
    date: null,
    url: null,
    sources: [{ file: 'list.txt', line: i + 1 }],
  }));

const PAPERS = papersOf(Array.from({ length: 80 }, (_, i) => (i < 20 ? 'Sparse autoencoders.' : 'Weather reports.')));
const FIRST = Int32Array.from({ length: 20 }, (_, i) => i);

interface Served {
  reads: number;
  failing: StageError | null;
}

function serveSession(): Served {
  const session = makeContrastSession();
  const served: Served = { reads: 0, failing: null };
  const api: Pick<AnalysisApi, 'readPhrases' | 'tellApart'> = {
    async readPhrases(texts) {
      served.reads++;
      session.read(texts);
    },
    async tellApart(request): Promise<Contrast> {
      if (served.failing) throw served.failing;
      return session.tellApart(request);
    },
  };
  worker.api = api;
  return served;
}

describe('telling sets of papers apart', () => {
  let served: Served;
  beforeEach(() => {
    served = serveSession();
  });

  it('reads a corpus once, and another one anew', async () => {
    const analyst = makeAnalyst();
    const contrast = await analyst.tellApart(PAPERS, { a: FIRST, b: null });
    expect(contrast?.a.map(({ term }) => term)).toEqual(['Sparse autoencoders']);
    await analyst.tellApart(PAPERS, { a: FIRST, b: null });
    expect(served.reads).toBe(1);
    await analyst.tellApart([...PAPERS], { a: FIRST, b: null });
    expect(served.reads).toBe(2);
  });

  it('answers the newest call alone', async () => {
    const analyst = makeAnalyst();
    const overtaken = analyst.tellApart(PAPERS, { a: FIRST, b: null });
    const newest = analyst.tellApart(PAPERS, { a: FIRST.map((i) => i + 20), b: FIRST });
    expect(await overtaken).toBeNull();
    expect((await newest)?.b.map(({ term }) => term)).toEqual(['Sparse autoencoders']);
  });

  it('reads again after the worker was lost, and says that it was', async () => {
    const analyst = makeAnalyst();
    served.failing = new StageError('worker-died', 'worker', 'gone');
    await expect(analyst.tellApart(PAPERS, { a: FIRST, b: null })).rejects.toBe(served.failing);
    served.failing = null;
    expect(await analyst.tellApart(PAPERS, { a: FIRST, b: null })).not.toBeNull();
    expect(served.reads).toBe(2);
  });

  it('is silent when it is cut off', async () => {
    served.failing = new StageError('cancelled', 'worker', 'stopped');
    expect(await makeAnalyst().tellApart(PAPERS, { a: FIRST, b: null })).toBeNull();
  });
});

describe('a contrast session', () => {
  it('says what is wrong when it has read nothing', () => {
    expect(() => makeContrastSession().tellApart({ a: FIRST, b: null })).toThrow('before read');
  });
});

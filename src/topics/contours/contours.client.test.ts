import { transfer } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChannelWorker } from '../../worker/fixtures/channel-worker.ts';
import { clumped } from '../fixtures/clumps.ts';
import { buffersOf, makeContourSession } from './contour-session.ts';
import type { ContoursApi } from './contours.api.ts';
import { type ContourTracer, makeContourTracer } from './contours.client.ts';
import { densityContours } from './contours.ts';

/** The contours worker as the page sees it. */
class ContoursWorker extends ChannelWorker {
  static newest: ContoursWorker;

  constructor() {
    const session = makeContourSession(() => new Promise((resolve) => setTimeout(resolve, 0)));
    const api: ContoursApi = {
      async trace(ticket, request) {
        const traced = await session.trace(ticket, request);
        return transfer(traced, buffersOf(traced));
      },
    };
    super(api);
    ContoursWorker.newest = this;
  }
}

describe('makeContourTracer', () => {
  const positions = clumped(200, 3, 1);
  const groups = [null, Int32Array.from({ length: 90 }, (_, i) => i)];
  let tracer: ContourTracer;

  beforeEach(() => {
    vi.stubGlobal('Worker', ContoursWorker);
    tracer = makeContourTracer();
  });
  afterEach(() => {
    tracer.dispose();
    vi.unstubAllGlobals();
  });

  it('traces groups and leaves the positions where they are', async () => {
    const traced = await tracer.trace({ positions, groups });
    expect(traced).toEqual(groups.map((indices) => densityContours(positions, { indices })));
    expect(positions.length).toBe(400);
  });

  it('answers the newest of several calls alone', async () => {
    const calls = [0.3, 0.5, 0.7].map((share) => tracer.trace({ positions, groups, shares: [share] }));
    const answers = await Promise.all(calls);
    expect(answers.map((answer) => answer?.[0].levels[0].share)).toEqual([undefined, undefined, 0.7]);
  });

  it('answers null to a call that was cut off, and works again after', async () => {
    const controller = new AbortController();
    const aborted = tracer.trace({ positions, groups }, { signal: controller.signal });
    controller.abort();
    expect(await aborted).toBeNull();
    const disposed = tracer.trace({ positions, groups });
    tracer.dispose();
    expect(await disposed).toBeNull();
    expect((await tracer.trace({ positions, groups }))?.length).toBe(2);
  });

  it('tells of a worker that died', async () => {
    const lost = tracer.trace({ positions, groups });
    ContoursWorker.newest.die();
    await expect(lost).rejects.toMatchObject({ failure: { code: 'worker-died' } });
    expect((await tracer.trace({ positions, groups }))?.length).toBe(2);
  });
});

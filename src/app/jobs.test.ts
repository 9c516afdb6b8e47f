import { describe, expect, it, vi } from 'vitest';
import { StageError } from '../model/failure.ts';
import { failureOf, makeJobs, type UpdateJob } from './jobs.ts';
import { makeStore } from './store.ts';

const READING = { kind: 'reading', name: 'notes.csv' } as const;

function lab() {
  const store = makeStore();
  const paused: boolean[] = [];
  const projector = {
    pause: () => Promise.resolve(void paused.push(true)),
    resume: () => Promise.reject(new Error('no worker')),
  };
  return { store, paused, jobs: makeJobs(store, projector) };
}

/** Work that runs until it is told to end or is cancelled. */
function held() {
  let end = (): void => undefined;
  let say: UpdateJob = () => undefined;
  const work = (signal: AbortSignal, update: UpdateJob): Promise<string> => {
    say = update;
    return new Promise((resolve, reject) => {
      end = () => resolve('done');
      signal.addEventListener('abort', () => reject(new StageError('cancelled', 'read', 'stopped')));
    });
  };
  return { work, end: () => end(), say: (change: Parameters<UpdateJob>[0]) => say(change) };
}

describe('jobs', () => {
  it('are shown while they run, and result in what their work does', async () => {
    const { store, jobs } = lab();
    const { work, end, say } = held();
    const done = jobs.run(READING, 'read', work);
    expect(store.get().job).toMatchObject({ ...READING, total: 0, paused: false });
    say({ total: 5 });
    expect(store.get().job?.total).toBe(5);
    end();
    expect(await done).toEqual({ isDone: true, result: 'done' });
    expect(store.get().job).toBeNull();
  });

  it('run one at a time: a new one ends the one before, which changes nothing any more', async () => {
    const { store, jobs } = lab();
    const [first, second] = [held(), held()];
    const before = jobs.run(READING, 'read', first.work);
    const now = jobs.run({ kind: 'opening', name: 'map' }, 'map-file', second.work);
    expect(failureOf(await before)?.code).toBe('cancelled');
    first.say({ total: 9 });
    expect(store.get().job).toMatchObject({ kind: 'opening', total: 0 });
    second.end();
    expect(await now).toEqual({ isDone: true, result: 'done' });
    expect(store.get()).toMatchObject({ job: null, notices: [] });
  });

  it('wait for a map that is being made: nothing but its cancelling ends it', async () => {
    const { store, jobs } = lab();
    const [run, next] = [held(), held()];
    const made = jobs.run({ kind: 'building', name: 'map' }, 'project', run.work);
    const after = jobs.run({ kind: 'building', name: 'next' }, 'project', next.work);
    expect(store.get().job?.name).toBe('map');
    run.end();
    expect(await made).toEqual({ isDone: true, result: 'done' });
    await vi.waitUntil(() => store.get().job?.name === 'next', { interval: 1 });
    next.end();
    expect(await after).toEqual({ isDone: true, result: 'done' });
  });

  it('go on while files are read beside them, of which the last alone is read', async () => {
    const { store, jobs } = lab();
    const [run, first, second] = [held(), held(), held()];
    const made = jobs.run({ kind: 'building', name: 'map' }, 'project', run.work);
    const before = jobs.read(READING, 'read', first.work);
    const now = jobs.read({ kind: 'reading', name: 'other.csv' }, 'read', second.work);
    expect(failureOf(await before)?.code).toBe('cancelled');
    expect(store.get()).toMatchObject({ job: { name: 'map' }, reading: { name: 'other.csv' } });
    jobs.cancelReading();
    expect(failureOf(await now)?.code).toBe('cancelled');
    expect(store.get()).toMatchObject({ job: { name: 'map' }, reading: null });
    const stopped = jobs.stop();
    expect(failureOf(await made)?.code).toBe('cancelled');
    await stopped;
    expect(store.get().job).toBeNull();
  });

  it('say in words what fails, and nothing of what is cancelled', async () => {
    const { store, jobs } = lab();
    const { work } = held();
    const cancelled = jobs.run(READING, 'read', work);
    jobs.cancel();
    expect(failureOf(await cancelled)?.code).toBe('cancelled');
    expect(store.get()).toMatchObject({ job: null, notices: [] });
    const broken = await jobs.run(READING, 'read', () => Promise.reject(new Error('broken')));
    expect(failureOf(broken)).toEqual({ code: 'internal', stage: 'read', message: 'Error: broken' });
    expect(store.get().notices[0].details).toBe('read/internal: Error: broken');
  });

  it('can be held up, also when the worker is gone meanwhile', async () => {
    const { store, jobs, paused } = lab();
    const { work, end } = held();
    const done = jobs.run(READING, 'read', work);
    jobs.pause(true);
    expect([store.get().job?.paused, paused]).toEqual([true, [true]]);
    jobs.pause(false);
    expect(store.get().job?.paused).toBe(false);
    end();
    await done;
  });
});

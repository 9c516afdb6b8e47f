import { describe, expect, it } from 'vitest';
import { toFailure } from '../model/failure.ts';
import { MAKING, makeTabs } from './tabs.ts';

const BASE = 'https://maps.example/here/';

/** The locks of one site, shared by its tabs. */
function siteLocks(): LockManager {
  const held = new Set<string>();
  const locks = {
    async request(name: string, _: LockOptions, work: (lock: object | null) => Promise<unknown>) {
      if (held.has(name)) return work(null);
      held.add(name);
      return work({}).finally(() => held.delete(name));
    },
    query: () => Promise.resolve({ held: Array.from(held, (name) => ({ name })) }),
  };
  return locks as unknown as LockManager; // Only these members are used.
}

describe('tabs of one site', () => {
  it('do one thing at a time, and tell each other', async () => {
    const locks = siteLocks();
    const [here, there] = [makeTabs(BASE, locks), makeTabs(BASE, locks)];
    let end = (): void => undefined;
    let begun = (): void => undefined;
    const begins = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const work = here.alone(MAKING, () => {
      begun();
      return new Promise<string>((resolve) => {
        end = () => resolve('made');
      });
    });
    await begins;
    expect(await there.isUnderWay(MAKING)).toBe(true);
    const refused = await there
      .alone(MAKING, () => Promise.resolve())
      .catch((error: unknown) => toFailure(error, 'read'));
    expect(refused).toMatchObject({ code: 'busy', message: 'another tab is making a map' });
    expect(await there.alone('other work', () => Promise.resolve('done'))).toBe('done');
    end();
    expect(await work).toBe('made');
    expect(await there.isUnderWay(MAKING)).toBe(false);
  });

  it('are not held up by those of another folder of the same host', async () => {
    const locks = siteLocks();
    void makeTabs(BASE, locks).alone(MAKING, () => new Promise(() => undefined));
    expect(await makeTabs('https://maps.example/', locks).alone(MAKING, () => Promise.resolve(1))).toBe(1);
  });

  it('just work where there are no locks', async () => {
    const denied = { query: () => Promise.reject(new Error('denied')) } as unknown as LockManager; // As in Firefox.
    for (const locks of [undefined, denied]) {
      const tabs = makeTabs(BASE, locks);
      expect(await tabs.alone(MAKING, () => Promise.resolve('made'))).toBe('made');
      expect(await tabs.isUnderWay(MAKING)).toBe(false);
    }
  });
});

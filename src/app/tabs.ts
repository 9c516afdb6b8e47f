import { StageError } from '../model/failure.ts';

/** What one tab of the site at a time does: computing a map. */
export const MAKING = 'making a map';

/** What the tabs of one site do one at a time. */
export interface Tabs {
  /**
   * Runs `work` while no other tab does the like. Fails with `busy` when one does. Where there are no locks (no secure
   * context, storage denied) it just runs.
   */
  alone<Result>(what: string, work: () => Promise<Result>): Promise<Result>;
  /** Whether any tab is at it; false where nobody can tell. */
  isUnderWay(what: string): Promise<boolean>;
}

/**
 * @param base URL of the site's folder
 * @param locks absent in some contexts
 */
export function makeTabs(base: string, locks: LockManager | undefined): Tabs {
  const nameOf = (what: string): string => `portolan ${what} ${new URL(base).pathname}`;
  return {
    async alone(what, work) {
      // Firefox refuses them where storage is denied.
      const isAllowed = await locks?.query().then(
        () => true,
        () => false,
      );
      if (!locks || !isAllowed) return work();
      return locks.request(nameOf(what), { ifAvailable: true }, (lock) => {
        if (!lock) throw new StageError('busy', 'worker', `another tab is ${what}`);
        return work();
      });
    },
    async isUnderWay(what) {
      const { held = [] } = (await locks?.query().catch(() => null)) ?? {};
      return held.some(({ name }) => name === nameOf(what));
    },
  };
}

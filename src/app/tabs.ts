import { StageError } from '../model/failure.ts';

/** The lock for computing a map, which one tab of the site can do at a time. */
export const MAKING = 'making a map';

/** Work that only one tab of a site may do at a time. */
export interface Tabs {
  /**
   * Runs `work` unless another tab is doing the same, which fails with `busy`. Without locks (no secure context,
   * storage denied) it always runs.
   */
  alone<Result>(what: string, work: () => Promise<Result>): Promise<Result>;
  /** Whether any tab is doing it; false when that is unknown. */
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
      // Firefox refuses locks where storage is denied.
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

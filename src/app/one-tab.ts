import { StageError } from '../model/failure.ts';

/** What one tab at a time does: computing a map. */
export const MAKING = 'making a map';

/**
 * Runs `work` while no other tab of this site does the like. Fails with `busy` when one does. Where there are no locks
 * (no secure context, storage denied) it just runs.
 */
export async function inOneTab<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const { locks } = navigator as { locks?: LockManager }; // Not in every context.
  // Firefox refuses them where storage is denied.
  const isAllowed = await locks?.query().then(
    () => true,
    () => false,
  );
  if (!locks || !isAllowed) return work();
  return locks.request(lockName(what), { ifAvailable: true }, (lock) => {
    if (!lock) throw new StageError('busy', 'worker', `another tab is ${what}`);
    return work();
  });
}

/** Whether any tab of this site is at it; false where nobody can tell. */
export async function isUnderWay(what: string): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager }; // Not in every context.
  const { held = [] } = (await locks?.query().catch(() => null)) ?? {};
  return held.some(({ name }) => name === lockName(what));
}

function lockName(what: string): string {
  return `portolan ${what} ${new URL('./', document.baseURI).pathname}`;
}

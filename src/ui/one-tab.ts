import { StageError } from '../model/failure.ts';

/**
 * Runs `work` while no other tab of this site does the like. Fails with `busy` when one does. Where there are no locks
 * (no secure context, a frame with its storage blocked) it just runs.
 */
export async function inOneTab<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const { locks } = navigator as { locks?: LockManager }; // Not in every context.
  if (!locks) return work();
  const name = `portolan ${what} ${new URL('./', document.baseURI).pathname}`;
  return locks.request(name, { ifAvailable: true }, (lock) => {
    if (!lock) throw new StageError('busy', 'worker', `another tab is ${what}`);
    return work();
  });
}

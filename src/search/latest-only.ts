/**
 * Runs `run` for one argument at a time. While it runs, only the newest call waits; a call that is overtaken by a newer
 * one resolves to null, whether it waits or runs or rejects. A rejection of the newest call is passed on.
 */
export function makeLatestOnly<Argument, Result>(
  run: (argument: Argument) => Promise<Result>,
): (argument: Argument) => Promise<Result | null> {
  let newest = 0;
  let running: Promise<unknown> = Promise.resolve();
  return (argument) => {
    const ticket = ++newest;
    const result = running.then(async () => {
      if (ticket !== newest) return null;
      try {
        const value = await run(argument);
        return ticket === newest ? value : null;
      } catch (error) {
        if (ticket !== newest) return null;
        throw error;
      }
    });
    running = result.catch(() => undefined);
    return result;
  };
}

import { isWorkerLost } from '../model/failure.ts';

/**
 * The result of `work`, which is repeated on a new worker when the first one was lost: stages keep no state, so the
 * result is the same. A second loss is not chance, and is thrown like any other failure.
 */
export async function retryIfLost<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isWorkerLost(error) || signal.aborted) throw error;
    return work();
  }
}

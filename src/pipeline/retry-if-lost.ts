import { isWorkerLost } from '../model/failure.ts';

/**
 * What `work` gives, tried again on a fresh worker when the first one was lost: a stage has no memory, so its
 * result is the same. A second loss is no chance, and is thrown like any other failure.
 */
export async function retryIfLost<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isWorkerLost(error) || signal.aborted) throw error;
    return work();
  }
}

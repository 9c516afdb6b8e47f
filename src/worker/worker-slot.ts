import { type Remote, wrap } from 'comlink';
import { type FailureCode, StageError } from '../model/failure.ts';
import { installFailureTransfer } from './failure-transfer.ts';
import { PULSE } from './pulse.ts';

export interface CallOptions {
  /** Aborting rejects the call with `cancelled` at once. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds that the worker gets to end by itself after an abort; then it is terminated. Default 0: at once. */
  readonly graceMs?: number;
}

/** One supervised worker: started on the first call, and again after it was stopped or died. */
export interface WorkerSlot<Api> {
  /**
   * Runs one or more calls on the worker. Always settles: with the result, with the worker's own StageError, or with
   * `worker-died`, `worker-silent` or `cancelled`.
   */
  call<Result>(run: (api: Remote<Api>) => Promise<Result>, options?: CallOptions): Promise<Result>;
  /** Ends the worker; what is pending rejects with `cancelled`. The next call starts a new one. */
  stop(): void;
}

interface LiveWorker<Api> {
  readonly worker: Worker;
  /** Held here since Comlink closes the channel when a proxy is garbage collected. */
  readonly api: Remote<Api>;
  /** How to reject each call that has not settled, and the signal that it was made with. */
  readonly pending: Map<(error: StageError) => void, AbortSignal | undefined>;
  ticksSincePulse: number;
}

export interface SlotOptions {
  /** Without a sign of life for that long, while calls are pending, the worker is given up. Default a minute. */
  readonly silentMs?: number;
}

const TICK_MS = 5000;
const SILENT_MS = 60_000;

/**
 * A slot whose worker is made by `start`. Supervision follows the platform's traps: a call to a dead worker never
 * settles, a missing script gives an `error` event without a message, and one out of memory gives nothing at all.
 */
export function makeWorkerSlot<Api>(
  name: string,
  start: () => Worker,
  { silentMs = SILENT_MS }: SlotOptions = {},
): WorkerSlot<Api> {
  installFailureTransfer();
  // Ticks, not clock time: a laptop that slept, or a throttled tab, must not look like a hanging worker.
  const silentTicks = Math.ceil(silentMs / TICK_MS);
  let live: LiveWorker<Api> | null = null;
  let timer: ReturnType<typeof setInterval> | null = null;

  /** @param bystanders code for the calls that were not aborted themselves; null: the same for all */
  function end(code: FailureCode, reason: string, bystanders: FailureCode | null = null): void {
    const ended = live;
    if (!ended) return;
    live = null;
    if (timer !== null) clearInterval(timer);
    timer = null;
    ended.worker.terminate();
    for (const [reject, signal] of [...ended.pending]) {
      const own = bystanders !== null && !signal?.aborted ? bystanders : code;
      reject(new StageError(own, 'worker', `${name} worker: ${reason}`));
    }
    ended.pending.clear();
  }

  function ensure(): LiveWorker<Api> {
    if (live) return live;
    const worker = start();
    const started: LiveWorker<Api> = { worker, api: wrap<Api>(worker), pending: new Map(), ticksSincePulse: 0 };
    worker.addEventListener('message', (event) => {
      if (event.data === PULSE) started.ticksSincePulse = 0;
    });
    worker.addEventListener('error', (event) => {
      if (live === started) end('worker-died', event.message || 'its script could not be loaded');
    });
    worker.addEventListener('messageerror', () => {
      if (live === started) end('worker-died', 'a message could not be read');
    });
    timer = setInterval(() => {
      if (started.pending.size === 0) started.ticksSincePulse = 0;
      else if (++started.ticksSincePulse >= silentTicks)
        end('worker-silent', `no sign of life for ${silentMs / 1000} s`);
    }, TICK_MS);
    live = started;
    return started;
  }

  return {
    call(run, options = {}) {
      const { signal, graceMs = 0 } = options;
      if (signal?.aborted) return Promise.reject(cancelled(name));
      const current = ensure();
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          current.pending.delete(fail);
          signal?.removeEventListener('abort', onAbort);
        };
        const fail = (error: unknown): void => {
          settle();
          reject(error);
        };
        const onAbort = (): void => {
          const giveUp = (): void => {
            // Only one's own cancelling is silent: other calls on this worker must hear that it is gone.
            if (live === current && current.pending.has(fail)) end('cancelled', 'stopped', 'worker-died');
          };
          if (graceMs === 0) giveUp();
          else setTimeout(giveUp, graceMs);
        };
        current.pending.set(fail, signal);
        signal?.addEventListener('abort', onAbort);
        run(current.api).then((result) => {
          settle();
          resolve(result);
        }, fail);
      });
    },
    stop() {
      end('cancelled', 'stopped');
    },
  };
}

function cancelled(name: string): StageError {
  return new StageError('cancelled', 'worker', `${name} worker: cancelled before it began`);
}

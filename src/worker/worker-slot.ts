import { type Remote, wrap } from 'comlink';
import { type FailureCode, StageError } from '../model/failure.ts';
import { installFailureTransfer, PULSE } from './protocol.ts';

/** Options of one call. */
export interface CallOptions {
  /** Aborting rejects the call with `cancelled` at once. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the worker to end the call after an abort before it is terminated. Default 0. */
  readonly graceMs?: number;
}

/** One supervised worker, started with the first call and again after it was stopped or died. */
export interface WorkerSlot<Api> {
  /**
   * Makes one or more calls on the worker. Always settles: with the result, the worker's own StageError, `worker-died`,
   * `worker-silent` or `cancelled`.
   */
  call<Result>(run: (api: Remote<Api>) => Promise<Result>, options?: CallOptions): Promise<Result>;
  /** Terminates the worker; pending calls reject with `cancelled`. The next call starts a new one. */
  stop(): void;
}

/** How a slot supervises its worker. */
export interface SlotOptions {
  /** Time without a sign of life, while calls are pending, after which the worker is given up. Default: a minute. */
  readonly silentMs?: number;
}

const TICK_MS = 5000;
const SILENT_MS = 60_000;

/**
 * A slot whose worker is made by `start`. Supervision is needed because a call to a dead worker never settles, a
 * missing script gives an `error` event without a message, and running out of memory gives no event at all.
 */
export function makeWorkerSlot<Api>(
  name: string,
  start: () => Worker,
  { silentMs = SILENT_MS }: SlotOptions = {},
): WorkerSlot<Api> {
  installFailureTransfer();
  let live: LiveWorker<Api> | null = null;

  /** @param bystanders code for the calls that were not aborted themselves; null: the same for all */
  function end(code: FailureCode, reason: string, bystanders: FailureCode | null = null): void {
    const ended = live;
    if (!ended) return;
    live = null;
    clearInterval(ended.timer);
    ended.worker.terminate();
    for (const [reject, signal] of [...ended.pending]) {
      const own = bystanders !== null && !signal?.aborted ? bystanders : code;
      reject(new StageError(own, 'worker', `${name} worker: ${reason}`));
    }
    ended.pending.clear();
  }

  function ensure(): LiveWorker<Api> {
    if (live) return live;
    const started = supervise<Api>(start(), silentMs, (code, reason) => {
      if (live === started) end(code, reason);
    });
    live = started;
    return started;
  }

  return {
    call(run, options = {}) {
      if (options.signal?.aborted) {
        return Promise.reject(new StageError('cancelled', 'worker', `${name} worker: cancelled before it began`));
      }
      const current = ensure();
      return callOn(current, run, options, () => {
        // Other calls on this worker get an error, since only a call's own cancellation is not reported.
        if (live === current) end('cancelled', 'stopped', 'worker-died');
      });
    },
    stop() {
      end('cancelled', 'stopped');
    },
  };
}

interface LiveWorker<Api> {
  readonly worker: Worker;
  /** Kept because Comlink closes the channel when a proxy is garbage collected. */
  readonly api: Remote<Api>;
  /** The reject function of each pending call, and its signal. */
  readonly pending: Map<(error: StageError) => void, AbortSignal | undefined>;
  readonly timer: ReturnType<typeof setInterval>;
}

function supervise<Api>(
  worker: Worker,
  silentMs: number,
  onLost: (code: FailureCode, reason: string) => void,
): LiveWorker<Api> {
  const pending: LiveWorker<Api>['pending'] = new Map();
  // Counts ticks, not clock time, so that a laptop that slept or a throttled tab does not look like a hanging worker.
  const silentTicks = Math.ceil(silentMs / TICK_MS);
  let ticksSincePulse = 0;
  worker.addEventListener('message', (event) => {
    if (event.data === PULSE) ticksSincePulse = 0;
  });
  worker.addEventListener('error', (event) => onLost('worker-died', event.message || 'its script could not be loaded'));
  worker.addEventListener('messageerror', () => onLost('worker-died', 'a message could not be read'));
  const timer = setInterval(() => {
    ticksSincePulse = pending.size === 0 ? 0 : ticksSincePulse + 1;
    if (ticksSincePulse >= silentTicks) onLost('worker-silent', `no sign of life for ${silentMs / 1000} s`);
  }, TICK_MS);
  return { worker, api: wrap<Api>(worker), pending, timer };
}

/** @param giveUp terminates the worker, which rejects all pending calls */
function callOn<Api, Result>(
  { api, pending }: LiveWorker<Api>,
  run: (api: Remote<Api>) => Promise<Result>,
  { signal, graceMs = 0 }: CallOptions,
  giveUp: () => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      pending.delete(fail);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown): void => {
      settle();
      reject(error);
    };
    const onAbort = (): void => {
      const giveUpLate = (): void => {
        if (pending.has(fail)) giveUp();
      };
      if (graceMs === 0) giveUpLate();
      else setTimeout(giveUpLate, graceMs);
    };
    pending.set(fail, signal);
    signal?.addEventListener('abort', onAbort);
    run(api).then((result) => {
      settle();
      resolve(result);
    }, fail);
  });
}

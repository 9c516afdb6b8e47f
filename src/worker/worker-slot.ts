import { type Remote, wrap } from 'comlink';
import { type FailureCode, StageError } from '../model/failure.ts';
import { installFailureTransfer, PULSE } from './protocol.ts';

/** How one call is made. */
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

/** How a slot supervises its worker. */
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
        // Only one's own cancelling is silent: other calls on this worker must hear that it is gone.
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
  /** Held here since Comlink closes the channel when a proxy is garbage collected. */
  readonly api: Remote<Api>;
  /** How to reject each call that has not settled, and the signal that it was made with. */
  readonly pending: Map<(error: StageError) => void, AbortSignal | undefined>;
  readonly timer: ReturnType<typeof setInterval>;
}

function supervise<Api>(
  worker: Worker,
  silentMs: number,
  onLost: (code: FailureCode, reason: string) => void,
): LiveWorker<Api> {
  const pending: LiveWorker<Api>['pending'] = new Map();
  // Ticks, not clock time: a laptop that slept, or a throttled tab, must not look like a hanging worker.
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

/** @param giveUp ends the worker, which rejects all that is pending */
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

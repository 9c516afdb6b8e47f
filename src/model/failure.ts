/** Where something went wrong. */
export type Stage = 'read' | 'encode' | 'project' | 'topics' | 'map-file' | 'search' | 'render' | 'storage' | 'worker';

/** Every kind of failure that the program reports. The user interface has a message and a next step for each. */
export type FailureCode =
  | 'empty-input'
  | 'no-papers'
  | 'too-few-papers'
  | 'not-text'
  | 'bad-format'
  | 'too-large'
  | 'no-text-column'
  | 'map-corrupt'
  | 'map-invalid'
  | 'map-newer'
  | 'not-a-map'
  | 'model-missing'
  | 'model-failed'
  | 'model-elsewhere'
  | 'model-busy'
  | 'model-folder'
  | 'device-lost'
  | 'device-wrong'
  | 'busy'
  | 'worker-died'
  | 'worker-silent'
  | 'out-of-memory'
  | 'storage-failed'
  | 'no-webgl'
  | 'network'
  | 'cancelled'
  | 'internal';

/** A failure as plain data for sending between threads. `message` is lower case and holds the values concerned. */
export interface Failure {
  readonly code: FailureCode;
  readonly stage: Stage;
  readonly message: string;
}

/** The error that carries a {@link Failure} within one thread. */
export class StageError extends Error {
  readonly failure: Failure;

  constructor(code: FailureCode, stage: Stage, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StageError';
    this.failure = { code, stage, message };
  }
}

/** The failure that `error` carries; any other error is `internal` in the given stage. */
export function toFailure(error: unknown, stage: Stage): Failure {
  if (error instanceof StageError) return error.failure;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'internal', stage, message };
}

/** Whether `error` means that the user cancelled, which is not reported. */
export function isCancelled(error: unknown): boolean {
  return error instanceof StageError && error.failure.code === 'cancelled';
}

/** Whether `error` means that a worker was lost, so that another worker can repeat its job. */
export function isWorkerLost(error: unknown): boolean {
  return error instanceof StageError && ['worker-died', 'worker-silent'].includes(error.failure.code);
}

import { transferHandlers } from 'comlink';
import { type Failure, StageError } from '../model/failure.ts';

interface ThrownWire {
  readonly isError: boolean;
  readonly value: unknown;
}

const FAILURE_KEY = 'portolanFailure';

/**
 * Makes a {@link StageError} cross threads whole. Comlink sends a thrown error as its name, message and stack and so
 * loses the class and the code; here the failure travels as plain data beside Comlink's own handling of other errors.
 * Must run on both sides of a worker. Runs once; later calls do nothing.
 */
export function installFailureTransfer(): void {
  const original = transferHandlers.get('throw');
  if (!original || installed) return;
  installed = true;
  transferHandlers.set('throw', {
    canHandle: original.canHandle,
    serialize(thrown: unknown) {
      const error = (thrown as { value: unknown }).value; // Comlink wraps each throw in an object with this one key.
      if (!(error instanceof StageError)) return original.serialize(thrown);
      return [{ isError: false, value: { [FAILURE_KEY]: error.failure } }, []];
    },
    deserialize(wire: unknown): never {
      const { value } = wire as ThrownWire; // The shape that `serialize` above, or Comlink's own, has written.
      if (typeof value === 'object' && value !== null && FAILURE_KEY in value) {
        const failure = value[FAILURE_KEY] as Failure; // Written by `serialize` above from a StageError.
        throw new StageError(failure.code, failure.stage, failure.message);
      }
      original.deserialize(wire);
      throw new StageError('internal', 'worker', 'a worker threw nothing that can be read');
    },
  });
}

let installed = false;

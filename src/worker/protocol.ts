import { transferHandlers } from 'comlink';
import { type Failure, StageError } from '../model/failure.ts';

/** Sign of life that every worker posts between Comlink's messages; Comlink ignores it. */
export const PULSE = 'portolan pulse';

const FAILURE_KEY = 'portolanFailure';

/** Comlink's own handler for thrown values, before {@link installFailureTransfer} replaces it. */
const original = transferHandlers.get('throw');

/**
 * Sends a {@link StageError} between threads as a whole. Comlink sends a thrown error as name, message and stack, and
 * so loses its class and code; here the failure is sent as plain data, and other errors as Comlink does. Must run on
 * both sides of a worker; repeated calls change nothing.
 */
export function installFailureTransfer(): void {
  if (!original) return;
  transferHandlers.set('throw', {
    canHandle: original.canHandle,
    serialize(thrown: unknown) {
      const error = (thrown as { value: unknown }).value; // Comlink wraps thrown values in an object with this one key.
      if (!(error instanceof StageError)) return original.serialize(thrown);
      return [{ isError: false, value: { [FAILURE_KEY]: error.failure } }, []];
    },
    deserialize(wire: unknown): never {
      const { value } = wire as { readonly value: unknown }; // Written by `serialize` above, or by Comlink.
      if (typeof value === 'object' && value !== null && FAILURE_KEY in value) {
        const failure = value[FAILURE_KEY] as Failure; // Written by `serialize` above from a StageError.
        throw new StageError(failure.code, failure.stage, failure.message);
      }
      original.deserialize(wire);
      throw new StageError('internal', 'worker', 'a worker threw nothing that can be read');
    },
  });
}

import { transferHandlers } from 'comlink';
import { type Failure, StageError } from '../model/failure.ts';

/** Posted by every worker as a sign of life, between Comlink's messages, which ignore it. */
export const PULSE = 'portolan pulse';

const FAILURE_KEY = 'portolanFailure';

/** Comlink's own way of sending what was thrown, before {@link installFailureTransfer} replaces it. */
const original = transferHandlers.get('throw');

/**
 * Makes a {@link StageError} cross threads whole. Comlink sends a thrown error as its name, message and stack and so
 * loses the class and the code; here the failure travels as plain data beside Comlink's own handling of other errors.
 * Must run on both sides of a worker; running it again changes nothing.
 */
export function installFailureTransfer(): void {
  if (!original) return;
  transferHandlers.set('throw', {
    canHandle: original.canHandle,
    serialize(thrown: unknown) {
      const error = (thrown as { value: unknown }).value; // Comlink wraps each throw in an object with this one key.
      if (!(error instanceof StageError)) return original.serialize(thrown);
      return [{ isError: false, value: { [FAILURE_KEY]: error.failure } }, []];
    },
    deserialize(wire: unknown): never {
      const { value } = wire as { readonly value: unknown }; // Written by `serialize` above, or by Comlink's own.
      if (typeof value === 'object' && value !== null && FAILURE_KEY in value) {
        const failure = value[FAILURE_KEY] as Failure; // Written by `serialize` above from a StageError.
        throw new StageError(failure.code, failure.stage, failure.message);
      }
      original.deserialize(wire);
      throw new StageError('internal', 'worker', 'a worker threw nothing that can be read');
    },
  });
}

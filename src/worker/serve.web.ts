import { expose } from 'comlink';
import { installFailureTransfer } from './failure-transfer.ts';
import { PULSE, PULSE_EVERY_MS } from './pulse.ts';

/**
 * Offers `api` to the page that started this worker, and posts a pulse every second. The pulse stops when the worker
 * hangs or has run out of memory, which a browser reports in no other way; the slot on the page then gives it up.
 */
export function serve(api: object): void {
  installFailureTransfer();
  expose(api);
  self.postMessage(PULSE);
  setInterval(() => self.postMessage(PULSE), PULSE_EVERY_MS);
}

import { expose } from 'comlink';
import { installFailureTransfer, PULSE } from './protocol.ts';

const PULSE_EVERY_MS = 1000;

/**
 * Offers `api` to the page that started this worker, and posts a pulse every second. The pulse stops when the worker
 * hangs or is out of memory, which browsers do not report; the slot on the page then terminates it.
 */
export function serve(api: object): void {
  installFailureTransfer();
  expose(api);
  self.postMessage(PULSE);
  setInterval(() => self.postMessage(PULSE), PULSE_EVERY_MS);
}

/**
 * Resolves in a later task, so that messages and the pulse are handled between two pieces of work. Uses a message
 * channel because browsers delay nested timeouts by 4 ms each.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

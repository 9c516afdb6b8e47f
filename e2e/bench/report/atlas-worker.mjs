import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Loads the clustering worker of Embedding Atlas's published package, unpacked in `folder`, into this thread, and lends
 * it the two globals that it knows from workers. Throws when there is none, or when it does not get ready. Once a process.
 * @param {string} folder @returns {Promise<import('./atlas-topics.ts').CallAtlas>}
 */
export async function loadAtlas(folder) {
  lendIteratorHelpers();
  /** @type {any} */
  const scope = globalThis;
  let isReady = false;
  /** @type {(payload: unknown) => void} */
  let answer = () => {};
  scope.onmessage = null;
  scope.postMessage = (/** @type {{ ready?: boolean, payload?: unknown }} */ message) => {
    if (message.ready) isReady = true;
    else answer(message.payload);
  };
  await import(pathToFileURL(join(folder, 'dist/clustering.worker.js')).href);
  if (!isReady || typeof scope.onmessage !== 'function') throw new Error('its clustering worker did not get ready');
  return async (name, payload) => {
    /** @type {unknown} */
    let result;
    answer = (payload) => {
      result = payload;
    };
    await scope.onmessage({ data: { id: name, name, payload } });
    return result;
  };
}

/** It uses `map` and `reduce` of iterators, which Node.js has from 22 on. */
function lendIteratorHelpers() {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf([].values()));
  /** @type {Record<string, Function>} */
  const helpers = {
    /** @this {Iterable<unknown>} @param {(value: unknown, index: number) => unknown} change */
    map(change) {
      return Array.from(this, change).values();
    },
    /** @this {Iterable<unknown>} @param {[(sum: any, value: unknown) => unknown, unknown]} order */
    reduce(...order) {
      return Array.from(this).reduce(...order);
    },
  };
  for (const [name, value] of Object.entries(helpers)) {
    if (!(name in prototype)) Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
  }
}

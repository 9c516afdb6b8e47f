import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { sha256Hex } from '../offline/verified-files.web.ts';
import type { EncodedText, EncodeInput } from './text-encoder.ts';

/** One text's vector as it is stored. */
export type CachedVector = EncodedText;

/**
 * Vectors by model and text in IndexedDB. Where storage is denied (a frame with third-party storage blocked, a page
 * without a secure context), nothing is found or kept, and nothing throws.
 */
export interface VectorCache {
  /** The stored vector of each input, in order, or null. */
  find(inputs: readonly EncodeInput[]): Promise<(CachedVector | null)[]>;
  store(inputs: readonly EncodeInput[], vectors: readonly CachedVector[]): Promise<void>;
}

interface VectorDb extends DBSchema {
  vectors: { key: string; value: CachedVector };
}

const DB_NAME = 'portolan-vectors';

/** @param namespace what a vector depends on besides its text; part of every key */
export function makeVectorCache(namespace: string): VectorCache {
  let opened: Promise<IDBPDatabase<VectorDb> | null> | null = null;
  const open = (): Promise<IDBPDatabase<VectorDb> | null> => {
    opened ??= openVectors();
    return opened;
  };
  return {
    async find(inputs) {
      try {
        const db = await open();
        if (!db) return inputs.map(() => null);
        const keys = await Promise.all(inputs.map((input) => keyOf(namespace, input)));
        const store = db.transaction('vectors').store;
        const found = await Promise.all(keys.map((key) => store.get(key)));
        return found.map((entry) => entry ?? null);
      } catch {
        return inputs.map(() => null);
      }
    },
    async store(inputs, vectors) {
      try {
        const db = await open();
        if (!db) return;
        const keys = await Promise.all(inputs.map((input) => keyOf(namespace, input)));
        const transaction = db.transaction('vectors', 'readwrite');
        await Promise.all([...vectors.map((entry, i) => transaction.store.put(entry, keys[i])), transaction.done]);
      } catch {
        // Full or denied storage only costs the next run some time.
        opened = Promise.resolve(null);
      }
    },
  };
}

async function openVectors(): Promise<IDBPDatabase<VectorDb> | null> {
  if (typeof indexedDB === 'undefined' || typeof crypto === 'undefined' || !crypto.subtle) return null;
  return openDB<VectorDb>(DB_NAME, 1, {
    upgrade(db) {
      db.createObjectStore('vectors');
    },
    blocking(_current, _next, event) {
      // Another tab needs a newer schema, so this one continues without a cache.
      (event.target as IDBDatabase).close(); // The event's target is the open database.
    },
  });
}

/** SHA-256 of namespace and segments, separated by U+0001, which cleaned text never contains. */
function keyOf(namespace: string, input: EncodeInput): Promise<string> {
  return sha256Hex(new TextEncoder().encode([namespace, ...input.segments].join('\u0001')));
}

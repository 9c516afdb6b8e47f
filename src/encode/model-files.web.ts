import { StageError } from '../model/failure.ts';
import type { ModelFile, OnLoad } from './encode.api.ts';

/** What is known of a file since the page was built. */
export interface KnownFile {
  /** SHA-256 in hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The files of one model, each fetched once. */
export interface ModelFiles {
  /** A fetch for the library that loads the model. */
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;
  /** All files fetched or given so far, for other workers: as blobs, whose bytes no message copies. */
  all(): Promise<ModelFile[]>;
  /** What was wrong with a file, if anything was: the library takes every failed fetch for a missing file. */
  readonly failure: StageError | null;
}

export interface ModelFilesOptions {
  /** What is known of the file at an address; null for files of others. */
  readonly known: (url: string) => KnownFile | null;
  /** Files that another worker has fetched: they are not fetched again. */
  readonly given: readonly ModelFile[];
  /** Bytes of all files where they are known: compressed answers do not say theirs. */
  readonly expectedBytes: number;
  readonly onLoad: OnLoad;
}

/**
 * Fetches each of a model's files once, whatever the library asks for: it asks twice for every file, first for the
 * headers alone, and a browser's HTTP cache can then fail the second request (Chromium: ERR_CACHE_WRITE_FAILURE,
 * seen with a served model of 23 MB). A body that breaks off, or is not the file that this page was built with, is
 * fetched once more, past the cache. A page of HTML instead of a file counts as missing: servers answer so for what they
 * do not have. Known files are kept in the browser's cache storage, checked each time that they come out of it.
 */
export function makeModelFiles({ known, given, expectedBytes, onLoad }: ModelFilesOptions): ModelFiles {
  const files = new Map<string, Promise<ModelFile | Response>>(given.map((file) => [file.url, Promise.resolve(file)]));
  const arrivals = new Map<string, Arrival>();
  let failure: StageError | null = null;
  const report = (): void => {
    let loaded = 0;
    let total = 0;
    for (const arrival of arrivals.values()) {
      loaded += arrival.loaded;
      total += Math.max(arrival.total, arrival.loaded);
    }
    onLoad(loaded, Math.max(total, expectedBytes));
  };

  async function load(url: string, init: RequestInit): Promise<ModelFile | Response> {
    const response = await fetch(url, init);
    if (!response.ok) return response;
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('text/html')) {
      throw new StageError('model-missing', 'encode', `${url}: the server answered with a page of HTML`);
    }
    const arrival: Arrival = { loaded: 0, total: declaredLength(response) };
    arrivals.set(url, arrival);
    const blob = await readBody(response, type, (count) => {
      arrival.loaded += count;
      report();
    });
    return { url, blob };
  }

  async function loadChecked(url: string, init: RequestInit): Promise<ModelFile | Response> {
    const expected = known(url);
    const kept = expected ? await fromStorage(url, expected) : null;
    if (kept) return kept;
    const file = await load(url, init).catch((error: unknown) => {
      if (error instanceof StageError) throw error;
      return load(url, { ...init, cache: 'reload' });
    });
    if (file instanceof Response || !expected) return file;
    if (await isAsKnown(file.blob, expected)) return toStorage(file, expected);
    const again = await load(url, { ...init, cache: 'reload' });
    if (again instanceof Response || (await isAsKnown(again.blob, expected))) return again;
    throw new StageError('model-failed', 'encode', `${url}: this is not the file that the page was built with`);
  }

  return {
    async fetch(input, init = {}) {
      const url = new URL(String(input), self.location.href).href;
      let file = files.get(url);
      if (!file) {
        file = loadChecked(url, init).catch((error: unknown) => {
          if (error instanceof StageError) failure ??= error;
          throw error;
        });
        files.set(url, file);
      }
      const loaded = await file;
      if (loaded instanceof Response) return loaded.clone();
      const { blob } = loaded;
      return new Response(blob, { headers: { 'content-type': blob.type, 'content-length': String(blob.size) } });
    },
    async all() {
      const loaded = await Promise.all(files.values());
      return loaded.filter((file): file is ModelFile => !(file instanceof Response));
    },
    get failure() {
      return failure;
    },
  };
}

interface Arrival {
  loaded: number;
  total: number;
}

const STORAGE = 'portolan-models';

/** What the headers say of the body's length; 0 when it is compressed, for then they speak of something else. */
function declaredLength({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
}

async function readBody(response: Response, type: string, onChunk: (bytes: number) => void): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  for (;;) {
    const step = await reader?.read();
    if (!step || step.done) break;
    chunks.push(step.value);
    onChunk(step.value.length);
  }
  return new Blob(chunks, { type });
}

/** By length alone where the browser gives no digests: on pages without a secure context. */
async function isAsKnown(blob: Blob, { sha256, bytes }: KnownFile): Promise<boolean> {
  if (blob.size !== bytes) return false;
  if (typeof crypto === 'undefined' || !crypto.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()));
  return sha256 === Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Null when it is not there, is not what it should be, or storage is denied. */
async function fromStorage(url: string, expected: KnownFile): Promise<ModelFile | null> {
  try {
    const storage = await caches.open(STORAGE);
    const response = await storage.match(url);
    if (!response) return null;
    const blob = await response.blob();
    if (await isAsKnown(blob, expected)) return { url, blob };
    await storage.delete(url);
    return null;
  } catch {
    return null;
  }
}

/** Keeps the file and returns it; a full or denied storage costs the next visit a download, and this one nothing. */
async function toStorage(file: ModelFile, { bytes }: KnownFile): Promise<ModelFile> {
  try {
    const storage = await caches.open(STORAGE);
    const headers = { 'content-type': file.blob.type, 'content-length': String(bytes) };
    await storage.put(file.url, new Response(file.blob, { headers }));
  } catch {
    // As above.
  }
  return file;
}

import { StageError } from '../model/failure.ts';
import { cacheNames, heavyKey, pathWithin, type SiteFile } from '../offline/caches.web.ts';
import type { ModelFile, OnLoad } from './encode.api.ts';

/** What is known of a file since the page was built. */
export type KnownFile = Omit<SiteFile, 'path'>;

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
  /**
   * The site's own folder, to which the library's paths are relative: a worker that was started from a blob has no place of
   * its own. Ends with a slash.
   */
  readonly baseUrl: string;
  /** What is known of the site's files, by their path from the page. */
  readonly known: Readonly<Record<string, KnownFile | undefined>>;
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
 * do not have. Known files are kept where the page keeps them for use offline, in the same entries, and checked each time
 * that they come out.
 */
export function makeModelFiles({ baseUrl, known, given, expectedBytes, onLoad }: ModelFilesOptions): ModelFiles {
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

  const knownAt = (url: string): SiteFile | null => {
    const path = pathWithin(baseUrl, url);
    const file = path === null ? undefined : known[path];
    return path !== null && file ? { path, ...file } : null;
  };

  async function loadChecked(url: string, init: RequestInit): Promise<ModelFile | Response> {
    const expected = knownAt(url);
    const kept = expected ? await fromStorage(baseUrl, url, expected) : null;
    if (kept) return kept;
    const file = await load(url, init).catch((error: unknown) => {
      if (error instanceof StageError) throw error;
      return load(url, { ...init, cache: 'reload' });
    });
    if (file instanceof Response || !expected) return file;
    if (await isAsKnown(file.blob, expected)) return toStorage(baseUrl, file, expected);
    const again = await load(url, { ...init, cache: 'reload' });
    if (again instanceof Response || (await isAsKnown(again.blob, expected))) return again;
    throw new StageError('model-failed', 'encode', `${url}: this is not the file that the page was built with`);
  }

  return {
    async fetch(input, init = {}) {
      const url = new URL(String(input), baseUrl).href;
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
async function fromStorage(baseUrl: string, url: string, expected: SiteFile): Promise<ModelFile | null> {
  try {
    const storage = await caches.open(cacheNames(baseUrl).heavy);
    const key = heavyKey(baseUrl, expected);
    const response = await storage.match(key);
    if (!response) return null;
    const blob = await response.blob();
    if (await isAsKnown(blob, expected)) return { url, blob };
    await storage.delete(key);
    return null;
  } catch {
    return null;
  }
}

/** Keeps the file and returns it; a full or denied storage costs the next visit a download, and this one nothing. */
async function toStorage(baseUrl: string, file: ModelFile, known: SiteFile): Promise<ModelFile> {
  try {
    const storage = await caches.open(cacheNames(baseUrl).heavy);
    const headers = { 'content-type': file.blob.type, 'content-length': String(known.bytes) };
    await storage.put(heavyKey(baseUrl, known), new Response(file.blob, { headers }));
  } catch {
    // As above.
  }
  return file;
}

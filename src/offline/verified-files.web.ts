import { cacheNames, heavyKey, type SiteFile } from './caches.web.ts';

/** Why a file is missing: no or an incomplete response, a body other than the build's, no space for it, or stopped. */
export type FileProblem = 'unreachable' | 'wrong-body' | 'no-room' | 'stopped';

/** Carries a {@link FileProblem}; the message names the file. */
export class FileError extends Error {
  readonly problem: FileProblem;
  /** The server's response if it is the reason: an error status, or an HTML page. */
  readonly answer: Response | null;

  constructor(problem: FileProblem, message: string, options: ErrorOptions & { readonly answer?: Response } = {}) {
    super(message, options);
    this.name = 'FileError';
    this.problem = problem;
    this.answer = options.answer ?? null;
  }
}

/** The browser features needed; tests substitute their own. */
export interface FileTools {
  readonly caches: CacheStorage;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** One file to fetch. */
export interface FileRequest {
  readonly url: string;
  /** Null for a file unknown to the build, for which any body but an HTML page is accepted. */
  readonly known: Pick<SiteFile, 'sha256' | 'bytes'> | null;
  readonly init: RequestInit;
  /** Called with the bytes that have arrived, and the length that the response declares or 0. */
  readonly onBytes: (arrived: number, declared: number) => void;
}

/** Callback and signal of fetching. */
export interface KeepWatch {
  readonly signal: AbortSignal;
  /** Called with the bytes kept or arrived so far, and the total. */
  readonly onProgress: (done: number, total: number) => void;
  /** Further files of this build that may stay in the cache, though they are not fetched. */
  readonly others?: readonly SiteFile[];
}

/** Whether every one of `files` is in the cache. */
export async function areKept(scope: string, files: readonly SiteFile[], tools: FileTools): Promise<boolean> {
  const cache = await tools.caches.open(cacheNames(scope).heavy);
  const found = await Promise.all(files.map((file) => cache.match(heavyKey(scope, file))));
  return found.every((response) => response !== undefined);
}

/**
 * Fetches missing `files` one after the other (see {@link fetchVerified}), and keeps each, even if a later one fails.
 * Finally drops files of other builds. Rejects with a {@link FileError}.
 * @param scope the site's folder as a URL
 */
export async function keepFiles(
  scope: string,
  files: readonly SiteFile[],
  { signal, onProgress, others = [] }: KeepWatch,
  tools: FileTools,
): Promise<void> {
  const cache = await tools.caches.open(cacheNames(scope).heavy);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const file of files) {
    if (!(await cache.match(heavyKey(scope, file)))) {
      const before = done;
      const onBytes = (arrived: number): void => onProgress(before + arrived, total);
      const url = new URL(file.path, scope).href;
      const blob = await fetchVerified({ url, known: file, init: { signal }, onBytes }, tools.fetch);
      await keepFile(scope, file, blob, tools.caches);
    }
    done += file.bytes;
    onProgress(done, total);
  }
  const keys = new Set([...files, ...others].map((file) => heavyKey(scope, file)));
  for (const { url } of await cache.keys()) if (!keys.has(url)) await cache.delete(url);
}

/**
 * A kept file, verified again since disks may damage it; null when there is none. Drops a damaged file. Rejects where
 * storage is denied.
 */
export async function findKeptFile(scope: string, file: SiteFile, caches: CacheStorage): Promise<Blob | null> {
  const cache = await caches.open(cacheNames(scope).heavy);
  const blob = await (await cache.match(heavyKey(scope, file)))?.blob();
  if (!blob) return null;
  if (await isVerified(blob, file)) return blob;
  await cache.delete(heavyKey(scope, file));
  return null;
}

/** Keeps a verified file. Rejects with `no-room` where storage is full or denied. */
export async function keepFile(scope: string, file: SiteFile, blob: Blob, caches: CacheStorage): Promise<void> {
  const headers = { 'content-type': contentType(file.path), 'content-length': String(file.bytes) };
  try {
    const cache = await caches.open(cacheNames(scope).heavy);
    await cache.put(heavyKey(scope, file), new Response(blob, { headers }));
  } catch (cause) {
    throw new FileError('no-room', `${file.path} could not be stored`, { cause });
  }
}

/**
 * Fetches a file and verifies its length and SHA-256, so that another build's file, a truncated body, or the HTML page
 * that some servers send for a missing file is never accepted. Retries once past the browser's cache, which may be
 * stale and, in Chromium, can fail a large file that is fetched twice at the same time (ERR_CACHE_WRITE_FAILURE).
 * Rejects with a {@link FileError}.
 */
export async function fetchVerified(request: FileRequest, fetch: FileTools['fetch']): Promise<Blob> {
  const { init } = request;
  try {
    return await fetchOnce(request, init, fetch);
  } catch (error) {
    if (!(error instanceof FileError) || error.answer || error.problem === 'stopped') throw error;
    return fetchOnce(request, { ...init, cache: 'no-store' }, fetch);
  }
}

/** SHA-256 in lower-case hexadecimal digits. Needs a secure context. */
export async function sha256Hex(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function fetchOnce(
  { url, known, onBytes }: FileRequest,
  init: RequestInit,
  fetch: FileTools['fetch'],
): Promise<Blob> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (cause) {
    throw new FileError(init.signal?.aborted ? 'stopped' : 'unreachable', `${url} could not be fetched`, { cause });
  }
  const { ok, status, headers } = response;
  if (!ok) throw new FileError('unreachable', `${url}: the server answered ${status}`, { answer: response });
  if (headers.get('content-type')?.startsWith('text/html')) {
    throw new FileError('wrong-body', `${url}: the server answered with a page of HTML`, { answer: response });
  }
  const blob = await readBody(response, url, (arrived) => {
    if (known && arrived > known.bytes) throw new FileError('wrong-body', `${url} is longer than the build's`);
    onBytes(arrived, declaredLength(response));
  });
  if (known && !(await isVerified(blob, known))) {
    throw new FileError('wrong-body', `${url}: this is not the file that the page was built with`);
  }
  return blob;
}

/** The declared length; 0 for a compressed response, whose header gives the compressed length. */
function declaredLength({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
}

async function readBody(response: Response, url: string, onArrived: (bytes: number) => void): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  let arrived = 0;
  try {
    for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
      chunks.push(step.value);
      arrived += step.value.length;
      onArrived(arrived);
    }
  } catch (cause) {
    reader?.cancel().catch(() => undefined);
    if (cause instanceof FileError) throw cause;
    const stopped = cause instanceof DOMException && cause.name === 'AbortError';
    throw new FileError(stopped ? 'stopped' : 'unreachable', `${url} broke off after ${arrived} bytes`, { cause });
  }
  return new Blob(chunks, { type: response.headers.get('content-type') ?? '' });
}

/** Verifies hash and length, or only the length on pages without a secure context, where browsers offer no digests. */
async function isVerified(blob: Blob, { sha256, bytes }: Pick<SiteFile, 'sha256' | 'bytes'>): Promise<boolean> {
  if (blob.size !== bytes) return false;
  if (typeof crypto === 'undefined' || !crypto.subtle) return true;
  return (await sha256Hex(await blob.arrayBuffer())) === sha256;
}

/** Our own content type instead of the server's: browsers refuse to run a module with a wrong type. */
function contentType(path: string): string {
  if (path.endsWith('.mjs')) return 'text/javascript';
  return path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
}

import { cacheNames, heavyKey, type SiteFile } from './caches.web.ts';

/** Why a file is not there: no answer or a broken one, a body that is not the build's, no room for it, or stopped. */
export type FileProblem = 'unreachable' | 'wrong-body' | 'no-room' | 'stopped';

/** Carries a {@link FileProblem}; the message names the file. */
export class FileError extends Error {
  readonly problem: FileProblem;
  /** The server's answer when it is at fault: one with an error status, or a page of HTML. */
  readonly answer: Response | null;

  constructor(problem: FileProblem, message: string, options: ErrorOptions & { readonly answer?: Response } = {}) {
    super(message, options);
    this.name = 'FileError';
    this.problem = problem;
    this.answer = options.answer ?? null;
  }
}

/** What is needed of a browser; a test brings its own. */
export interface FileTools {
  readonly caches: CacheStorage;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** One file to fetch. */
export interface FileRequest {
  readonly url: string;
  /** Null for a file that the build does not know: any body but a page of HTML is taken for it. */
  readonly known: Pick<SiteFile, 'sha256' | 'bytes'> | null;
  readonly init: RequestInit;
  /** Bytes that have arrived, and the length that the answer declares; 0 when it declares none. */
  readonly onBytes: (arrived: number, declared: number) => void;
}

/** Who is told of the fetching, and can end it. */
export interface KeepWatch {
  readonly signal: AbortSignal;
  /** Bytes that are kept or have arrived, of all. */
  readonly onProgress: (done: number, total: number) => void;
  /** Further files of this build that may stand there: what somebody has used stays, though nobody waits for it. */
  readonly others?: readonly SiteFile[];
}

/** Whether every one of `files` is in the cache. */
export async function areKept(scope: string, files: readonly SiteFile[], tools: FileTools): Promise<boolean> {
  const cache = await tools.caches.open(cacheNames(scope).heavy);
  const found = await Promise.all(files.map((file) => cache.match(heavyKey(scope, file))));
  return found.every((response) => response !== undefined);
}

/**
 * Fetches what is not kept yet of `files`, one after the other (see {@link fetchVerified}), and keeps each. What is kept
 * stays when a later one fails. Files of other builds are dropped at the end. Rejects with a {@link FileError}.
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
 * A kept file, checked once more since it came from a disk; null when there is none. One that is damaged is dropped.
 * Rejects where storage is denied.
 */
export async function findKeptFile(scope: string, file: SiteFile, caches: CacheStorage): Promise<Blob | null> {
  const cache = await caches.open(cacheNames(scope).heavy);
  const blob = await (await cache.match(heavyKey(scope, file)))?.blob();
  if (!blob) return null;
  if (await isVerified(blob, file)) return blob;
  await cache.delete(heavyKey(scope, file));
  return null;
}

/** Keeps a file that was verified. Rejects with `no-room` where storage is full or denied. */
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
 * Fetches a whole file whose length and SHA-256 are those of the build: another build's file or a body that breaks off
 * never gets in, and neither does a page of HTML, with which some servers answer for a missing file. A fetch that fails
 * or gives a wrong body is made once more, past the browser's cache: that may be stale, and Chromium's can fail a large
 * file that is fetched twice at the same time (ERR_CACHE_WRITE_FAILURE). Rejects with a {@link FileError}.
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

/** In lower-case hexadecimal digits. Needs a secure context. */
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

/** 0 for a compressed answer: its header gives the compressed length. */
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

/** By length alone where the browser gives no digests: on pages without a secure context. */
async function isVerified(blob: Blob, { sha256, bytes }: Pick<SiteFile, 'sha256' | 'bytes'>): Promise<boolean> {
  if (blob.size !== bytes) return false;
  if (typeof crypto === 'undefined' || !crypto.subtle) return true;
  return (await sha256Hex(await blob.arrayBuffer())) === sha256;
}

/** Ours, whatever the server said: a module is not run under another. */
function contentType(path: string): string {
  if (path.endsWith('.mjs')) return 'text/javascript';
  return path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
}

import { StageError } from '../model/failure.ts';
import { pathWithin, type SiteFile } from '../offline/caches.web.ts';
import { FileError, fetchVerified, findKeptFile, keepFile } from '../offline/verified-files.web.ts';
import type { ModelFile, OnLoad } from './encode.api.ts';

/** The files of one model, each fetched once. */
export interface ModelFiles {
  /** A fetch for the library that loads the model. */
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;
  /** All files fetched or given so far, for other workers, as blobs since messages do not copy their bytes. */
  all(): Promise<ModelFile[]>;
  /** The actual error of a file, if any: the library treats every failed fetch as a missing file. */
  readonly failure: StageError | null;
}

/** Options of {@link makeModelFiles}. */
export interface ModelFilesOptions {
  /**
   * URL of the site's own folder, which the library's paths are relative to: a worker started from a blob has no usable
   * location. Ends with a slash.
   */
  readonly baseUrl: string;
  /** The build's data about the site's files, by path from the page. */
  readonly known: Readonly<Record<string, Omit<SiteFile, 'path'> | undefined>>;
  /** Files that another worker has fetched; not fetched again. */
  readonly given: readonly ModelFile[];
  /** Bytes of all files if known, since compressed responses do not give their length. */
  readonly expectedBytes: number;
  readonly onLoad: OnLoad;
}

/**
 * Fetches each of a model's files once, although the library asks twice for every file, first for its headers alone.
 * Known files are verified and kept in the cache entries that the page uses offline.
 */
export function makeModelFiles({ baseUrl, known, given, expectedBytes, onLoad }: ModelFilesOptions): ModelFiles {
  const files = new Map<string, Promise<ModelFile | Response>>(given.map((file) => [file.url, Promise.resolve(file)]));
  const reportFor = makeReport(expectedBytes, onLoad);
  let failure: StageError | null = null;

  async function load(url: string, init: RequestInit): Promise<ModelFile | Response> {
    const path = pathWithin(baseUrl, url) ?? '';
    const expected = known[path] ? { path, ...known[path] } : null;
    const { caches } = globalThis;
    // Full or denied storage means another download at the next visit, and no failure now.
    const kept = expected && (await findKeptFile(baseUrl, expected, caches).catch(() => null));
    if (kept) return { url, blob: kept };
    const blob = await fetchVerified({ url, known: expected, init, onBytes: reportFor(url) }, fetch);
    if (expected) await keepFile(baseUrl, expected, blob, caches).catch(() => undefined);
    return { url, blob };
  }

  async function loadOnce(url: string, init: RequestInit): Promise<ModelFile | Response> {
    try {
      return await load(url, init);
    } catch (error) {
      if (!(error instanceof FileError) || error.problem === 'stopped') throw error;
      // The library can continue without an optional file.
      if (error.answer && !error.answer.ok) return error.answer;
      const isMissing = error.problem === 'unreachable' || error.answer !== null;
      const found = new StageError(isMissing ? 'model-missing' : 'model-failed', 'encode', error.message);
      failure ??= found;
      throw found;
    }
  }

  return {
    async fetch(input, init = {}) {
      const url = new URL(String(input), baseUrl).href;
      const file = files.get(url) ?? loadOnce(url, init);
      files.set(url, file);
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

/** Adds up the bytes of all files; returns the callback for one of them. */
function makeReport(expectedBytes: number, onLoad: OnLoad): (url: string) => (loaded: number, total: number) => void {
  const arrivals = new Map<string, { readonly loaded: number; readonly total: number }>();
  return (url) => (loaded, total) => {
    arrivals.set(url, { loaded, total: Math.max(loaded, total) });
    let [allLoaded, allTotal] = [0, 0];
    for (const arrival of arrivals.values()) {
      allLoaded += arrival.loaded;
      allTotal += arrival.total;
    }
    onLoad(allLoaded, Math.max(allTotal, expectedBytes));
  };
}

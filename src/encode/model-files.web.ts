import { StageError } from '../model/failure.ts';
import { pathWithin, type SiteFile } from '../offline/caches.web.ts';
import { FileError, fetchVerified, findKeptFile, keepFile } from '../offline/verified-files.web.ts';
import type { ModelFile, OnLoad } from './encode.api.ts';

/** The files of one model, each fetched once. */
export interface ModelFiles {
  /** A fetch for the library that loads the model. */
  fetch(input: string | URL, init?: RequestInit): Promise<Response>;
  /** All files fetched or given so far, for other workers: as blobs, whose bytes no message copies. */
  all(): Promise<ModelFile[]>;
  /** What was wrong with a file, if anything was: the library takes every failed fetch for a missing file. */
  readonly failure: StageError | null;
}

/** Which files, and who hears of them. */
export interface ModelFilesOptions {
  /**
   * The site's own folder, to which the library's paths are relative: a worker that was started from a blob has no place of
   * its own. Ends with a slash.
   */
  readonly baseUrl: string;
  /** What is known of the site's files, by their path from the page. */
  readonly known: Readonly<Record<string, Omit<SiteFile, 'path'> | undefined>>;
  /** Files that another worker has fetched: they are not fetched again. */
  readonly given: readonly ModelFile[];
  /** Bytes of all files where they are known: compressed answers do not say theirs. */
  readonly expectedBytes: number;
  readonly onLoad: OnLoad;
}

/**
 * Fetches each of a model's files once, whatever the library asks for: it asks twice for every file, first for the
 * headers alone. Known files are checked, and kept where the page keeps them for use offline, in the same entries.
 */
export function makeModelFiles({ baseUrl, known, given, expectedBytes, onLoad }: ModelFilesOptions): ModelFiles {
  const files = new Map<string, Promise<ModelFile | Response>>(given.map((file) => [file.url, Promise.resolve(file)]));
  const reportFor = makeReport(expectedBytes, onLoad);
  let failure: StageError | null = null;

  async function load(url: string, init: RequestInit): Promise<ModelFile | Response> {
    const path = pathWithin(baseUrl, url) ?? '';
    const expected = known[path] ? { path, ...known[path] } : null;
    const { caches } = globalThis;
    // A full or denied storage costs the next visit a download, and this one nothing.
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
      // The library knows what to do without an optional file.
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

/** Sums up what arrives of all files; gives what to call for one of them. */
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

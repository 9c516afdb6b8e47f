import { StageError } from '../model/failure.ts';
import type { OnLoad } from './encode.api.ts';

/** A fetch for the library that loads a model. */
export type ModelFetch = (input: string | URL, init?: RequestInit) => Promise<Response>;

interface Arrival {
  loaded: number;
  total: number;
}

/**
 * Fetches each of a model's files once, whatever the library asks for: it asks twice for every file, first for the
 * headers alone, and a browser's HTTP cache can then fail the second request (Chromium: ERR_CACHE_WRITE_FAILURE,
 * seen with a served model of 23 MB). A body that breaks off is fetched once more, past the cache. A page of HTML
 * instead of a file counts as missing: servers answer so for what they do not have.
 * @param baseUrl what the library's paths are relative to: a worker that was started from a blob has no place of its own
 * @param expectedBytes length of the largest file where it is known: compressed answers do not say theirs
 */
export function makeModelFetch(baseUrl: string, expectedBytes: number, onLoad: OnLoad): ModelFetch {
  const files = new Map<string, Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | Response>>();
  const arrivals = new Map<string, Arrival>();
  const report = (): void => {
    let loaded = 0;
    let total = 0;
    for (const arrival of arrivals.values()) {
      loaded += arrival.loaded;
      total += Math.max(arrival.total, arrival.loaded);
    }
    onLoad(loaded, Math.max(total, expectedBytes));
  };

  async function load(
    url: string,
    init: RequestInit,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | Response> {
    const response = await fetch(url, init);
    if (!response.ok) return response;
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('text/html')) {
      throw new StageError('model-missing', 'encode', `${url}: the server answered with a page of HTML`);
    }
    const arrival: Arrival = { loaded: 0, total: declaredLength(response) };
    arrivals.set(url, arrival);
    const bytes = await readBody(response, (count) => {
      arrival.loaded += count;
      report();
    });
    return { bytes, type };
  }

  return async (input, init = {}) => {
    const url = new URL(input, baseUrl).href;
    let file = files.get(url);
    if (!file) {
      file = load(url, init).catch((error: unknown) => {
        if (error instanceof StageError) throw error;
        return load(url, { ...init, cache: 'reload' });
      });
      files.set(url, file);
    }
    const loaded = await file;
    if (loaded instanceof Response) return loaded.clone();
    const { bytes, type } = loaded;
    return new Response(bytes, { headers: { 'content-type': type, 'content-length': String(bytes.length) } });
  };
}

/** What the headers say of the body's length; 0 when it is compressed, for then they speak of something else. */
function declaredLength({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length') ?? 0);
}

async function readBody(response: Response, onChunk: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const step = await reader?.read();
    if (!step || step.done) break;
    chunks.push(step.value);
    length += step.value.length;
    onChunk(step.value.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cacheNames, heavyKey, integrityOf, pathWithin, type SiteFile } from './caches.web.ts';
import { areKept, type FileTools, fetchVerified, findKeptFile, keepFile, keepFiles } from './verified-files.web.ts';

const SCOPE = 'https://example.org/maps/';

function fileOf(path: string, text: string): SiteFile {
  const bytes = Buffer.from(text);
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

/** A cache storage in memory, and a server that returns `bodies` by path. */
function toolsWith(
  bodies: Record<string, string | Response>,
): FileTools & { kept: Map<string, Response>; asked: string[] } {
  const kept = new Map<string, Response>();
  const asked: string[] = [];
  const cache = {
    match: async (key: string) => kept.get(key),
    put: async (key: string, response: Response) => void kept.set(key, response),
    keys: async () => [...kept.keys()].map((url) => ({ url })),
    delete: async (key: string) => kept.delete(key),
  };
  return {
    kept,
    asked,
    caches: { open: async () => cache } as unknown as CacheStorage, // Only what is called.
    fetch: async (url, { signal }) => {
      asked.push(url);
      signal?.throwIfAborted();
      const body = bodies[url.slice(SCOPE.length)];
      return body instanceof Response ? body : new Response(body ?? '', { status: body === undefined ? 404 : 200 });
    },
  };
}

const watch = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

describe('keeping the heavy files', () => {
  it('keeps what is the build’s, tells how far it is, and asks once', async () => {
    const files = [fileOf('models/a', 'first'), fileOf('ort/b.mjs', 'second')];
    const tools = toolsWith({ 'models/a': 'first', 'ort/b.mjs': 'second' });
    const steps: [number, number][] = [];
    const onProgress = (done: number, total: number) => steps.push([done, total]);
    await keepFiles(SCOPE, files, { ...watch(), onProgress }, tools);
    expect(await areKept(SCOPE, files, tools)).toBe(true);
    expect(steps.at(-1)).toEqual([11, 11]);
    expect(steps.map(([done]) => done)).toEqual([...steps.map(([done]) => done)].sort((a, b) => a - b));
    expect(tools.kept.get(heavyKey(SCOPE, files[1]))?.headers.get('content-type')).toBe('text/javascript');
    await keepFiles(SCOPE, files, watch(), tools);
    expect(tools.asked).toHaveLength(2);
  });

  it.each([
    ['another body of the same length', 'FIRST', 'wrong-body'],
    ['a shorter one', 'fir', 'wrong-body'],
    ['a longer one', 'first and more', 'wrong-body'],
    ['a page of HTML', '<!doctype html>', 'wrong-body'],
    ['no answer', new Response('', { status: 500 }), 'unreachable'],
  ])('refuses %s', async (_what, body, problem) => {
    const files = [fileOf('models/a', 'first')];
    const tools = toolsWith({ 'models/a': body });
    await expect(keepFiles(SCOPE, files, watch(), tools)).rejects.toMatchObject({ problem });
    expect(tools.kept.size).toBe(0);
  });

  it('asks for a file once more, past the cache of the browser, when it cannot be fetched', async () => {
    const files = [fileOf('models/a', 'first')];
    const tools = toolsWith({ 'models/a': 'first' });
    const asked: (RequestCache | undefined)[] = [];
    const fetch: FileTools['fetch'] = async (url, init) => {
      asked.push(init.cache);
      if (asked.length === 1) throw new TypeError('Failed to fetch');
      return tools.fetch(url, init);
    };
    await keepFiles(SCOPE, files, watch(), { ...tools, fetch });
    expect(asked).toEqual([undefined, 'no-store']);
    expect(await areKept(SCOPE, files, tools)).toBe(true);
  });

  it('keeps what came before a stop, and goes on from there', async () => {
    const files = [fileOf('a', 'first'), fileOf('b', 'second')];
    const tools = toolsWith({ a: 'first', b: 'second' });
    const controller = new AbortController();
    const stopping = { signal: controller.signal, onProgress: (done: number) => done >= 5 && controller.abort() };
    await expect(keepFiles(SCOPE, files, stopping, tools)).rejects.toMatchObject({ problem: 'stopped' });
    expect([...tools.kept.keys()]).toEqual([heavyKey(SCOPE, files[0])]);
    await keepFiles(SCOPE, files, watch(), tools);
    expect(await areKept(SCOPE, files, tools)).toBe(true);
  });

  it('drops the files of other builds when all new ones are there', async () => {
    const old = fileOf('models/a', 'old');
    const tools = toolsWith({ 'models/a': 'new' });
    tools.kept.set(heavyKey(SCOPE, old), new Response('old'));
    const files = [fileOf('models/a', 'new')];
    const other = fileOf('models/b', 'used once');
    tools.kept.set(heavyKey(SCOPE, other), new Response('used once'));
    expect(await areKept(SCOPE, files, tools)).toBe(false);
    await keepFiles(SCOPE, files, { ...watch(), others: [other] }, tools);
    expect([...tools.kept.keys()].sort()).toEqual([...files, other].map((file) => heavyKey(SCOPE, file)).sort());
  });
});

describe('fetchVerified', () => {
  const url = `${SCOPE}models/a`;
  const known = fileOf('models/a', 'first');
  const request = (file: SiteFile | null) => ({ url, known: file, init: {}, onBytes: () => undefined });

  it('asks once more, past the cache of the browser, for a body that is another or breaks off', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network error')) });
    for (const first of [new Response('FIRST'), new Response(broken)]) {
      const modes: (RequestCache | undefined)[] = [];
      const blob = await fetchVerified(request(known), async (_url, init) =>
        modes.push(init.cache) === 1 ? first : new Response('first'),
      );
      expect(await blob.text()).toBe('first');
      expect(modes).toEqual([undefined, 'no-store']);
    }
  });

  it('hands over what the server says in place of a file, and asks no more', async () => {
    for (const [answer, problem] of [
      [new Response('none', { status: 404 }), 'unreachable'],
      [new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }), 'wrong-body'],
    ] as const) {
      let asked = 0;
      const fetched = fetchVerified(request(null), async () => {
        asked++;
        return answer;
      });
      await expect(fetched).rejects.toMatchObject({ problem, answer });
      expect(asked).toBe(1);
    }
  });

  it('takes any body for a file that the build does not know, with its type and the length that is declared', async () => {
    const seen: [number, number][] = [];
    const onBytes = (arrived: number, declared: number) => seen.push([arrived, declared]);
    const headers = { 'content-type': 'text/plain', 'content-length': '8' };
    const whole = await fetchVerified({ ...request(null), onBytes }, async () => new Response('whatever', { headers }));
    expect([await whole.text(), whole.type]).toEqual(['whatever', 'text/plain']);
    await fetchVerified(
      { ...request(null), onBytes },
      async () => new Response('whatever', { headers: { ...headers, 'content-encoding': 'gzip' } }),
    );
    expect(seen).toEqual([
      [8, 8],
      [8, 0],
    ]);
  });
});

describe('findKeptFile', () => {
  it('gives what is kept, and drops what is damaged', async () => {
    const file = fileOf('models/a', 'first');
    const { caches, kept } = toolsWith({});
    expect(await findKeptFile(SCOPE, file, caches)).toBeNull();
    await keepFile(SCOPE, file, new Blob(['first']), caches);
    expect(await (await findKeptFile(SCOPE, file, caches))?.text()).toBe('first');
    kept.set(heavyKey(SCOPE, file), new Response('FIRST'));
    expect(await findKeptFile(SCOPE, file, caches)).toBeNull();
    expect(kept.size).toBe(0);
  });
});

describe('addresses of the site', () => {
  it('are told apart from other sites of the same origin', () => {
    expect(pathWithin(SCOPE, `${SCOPE}data/x.parquet?a=1#b`)).toBe('data/x.parquet');
    expect(pathWithin(SCOPE, SCOPE)).toBe('index.html');
    expect(pathWithin(SCOPE, 'https://example.org/other/x')).toBeNull();
    expect(pathWithin(SCOPE, 'https://elsewhere.org/maps/x')).toBeNull();
    expect(cacheNames(SCOPE).heavy).not.toBe(cacheNames('https://example.org/other/').heavy);
  });

  it('carry the hash in the form that a request’s integrity has', () => {
    const sha256 = createHash('sha256').update('x').digest();
    expect(integrityOf(sha256.toString('hex'))).toBe(`sha256-${sha256.toString('base64')}`);
  });
});

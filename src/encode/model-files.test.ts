import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { makeModelFiles } from './model-files.web.ts';

const BASE = 'https://example.org/maps/';
const KNOWN = {
  'models/m/model.onnx': { sha256: createHash('sha256').update('weights').digest('hex'), bytes: 7 },
};

/** A server that answers by path, and a cache storage in memory. */
function startLab(bodies: Record<string, Response | string>, isStorageDenied = false) {
  const asked: string[] = [];
  const kept = new Map<string, Response>();
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url.slice(BASE.length));
    const body = bodies[url.slice(BASE.length)] ?? new Response('', { status: 404 });
    return body instanceof Response ? body.clone() : new Response(body);
  });
  const cache = {
    match: async (key: string) => kept.get(key)?.clone(),
    put: async (key: string, response: Response) => void kept.set(key, response),
    delete: async (key: string) => kept.delete(key),
  };
  const open = async () => (isStorageDenied ? Promise.reject(new DOMException('denied', 'SecurityError')) : cache);
  vi.stubGlobal('caches', { open });
  const loads: [number, number][] = [];
  const start = (given: { url: string; blob: Blob }[] = []) =>
    makeModelFiles({
      ...{ baseUrl: BASE, known: KNOWN, given, expectedBytes: 10 },
      onLoad: (loaded, total) => loads.push([loaded, total]),
    });
  return { asked, kept, loads, start };
}

afterEach(() => vi.unstubAllGlobals());

describe('makeModelFiles', () => {
  it('fetches a file once for all who ask, keeps it for the next visit, and hands it to other workers', async () => {
    const { asked, loads, start } = startLab({ 'models/m/model.onnx': 'weights' });
    const files = start();
    const answers = await Promise.all([files.fetch('models/m/model.onnx'), files.fetch(`${BASE}models/m/model.onnx`)]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['weights', 'weights']);
    expect(answers[0].headers.get('content-length')).toBe('7');
    expect(asked).toEqual(['models/m/model.onnx']);
    expect(loads.at(-1)).toEqual([7, 10]);
    expect(await (await start().fetch('models/m/model.onnx')).text()).toBe('weights');
    expect(await (await start(await files.all()).fetch('models/m/model.onnx')).text()).toBe('weights');
    expect(asked).toHaveLength(1);
  });

  it('passes on that an optional file is missing, which is no failure', async () => {
    const { start } = startLab({});
    const files = start();
    expect((await files.fetch('models/m/optional.json')).status).toBe(404);
    expect([files.failure, await files.all()]).toEqual([null, []]);
  });

  it.each([
    ['another file', 'WEIGHTS', 'model-failed', 2],
    ['a page of HTML', new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'model-missing', 1],
  ])('refuses %s and remembers why', async (_what, body, code, times) => {
    const { asked, kept, start } = startLab({ 'models/m/model.onnx': body });
    const files = start();
    await expect(files.fetch('models/m/model.onnx')).rejects.toMatchObject({ failure: { code } });
    expect(files.failure?.failure.code).toBe(code);
    expect(asked).toHaveLength(times);
    expect(kept.size).toBe(0);
  });

  it('does without storage where it is denied', async () => {
    const { asked, start } = startLab({ 'models/m/model.onnx': 'weights' }, true);
    for (const files of [start(), start()]) {
      expect(await (await files.fetch('models/m/model.onnx')).text()).toBe('weights');
    }
    expect(asked).toHaveLength(2);
  });
});

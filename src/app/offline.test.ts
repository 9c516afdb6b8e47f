import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { corpusOf, mapOf } from './fixtures/app-lab.ts';
import { wholeApp } from './fixtures/whole-app.ts';
import { makeOffline } from './offline.ts';

const BYTES = HEAVY_FILES.reduce((sum, { bytes }) => sum + bytes, 0);
const BASE = 'https://maps.example/here/';

/** The server's response. */
let answer: (url: string, signal: AbortSignal) => Promise<Response>;
let kept: Map<string, Response>;
let listeners: Map<string, () => void>;

beforeEach(() => {
  kept = new Map();
  listeners = new Map();
  answer = async (url) =>
    new Response(new Uint8Array(await readFile(join(import.meta.dirname, '../../public', url.slice(BASE.length)))));
  const cacheOf = (name: string) => ({
    match: async (key: string | { url: string }) =>
      kept.get(`${name} ${typeof key === 'string' ? key : key.url}`)?.clone(),
    put: async (key: string, response: Response) => void kept.set(`${name} ${key}`, response),
    keys: async () =>
      [...kept.keys()].filter((key) => key.startsWith(`${name} `)).map((key) => ({ url: key.slice(name.length + 1) })),
    delete: async (key: string | { url: string }) => kept.delete(`${name} ${typeof key === 'string' ? key : key.url}`),
  });
  vi.stubGlobal('caches', { open: async (name: string) => cacheOf(name) });
  vi.stubGlobal('fetch', (url: string, { signal }: RequestInit) => answer(url, signal ?? new AbortController().signal));
  vi.stubGlobal('window', {
    addEventListener: (kind: string, listener: () => void) => void listeners.set(kind, listener),
  });
  vi.stubGlobal('navigator', {});
});
afterEach(() => void vi.unstubAllGlobals());

function lab() {
  const app = wholeApp();
  const opened: string[] = [];
  let reloads = 0;
  const importing = {
    openFiles: async (files: readonly File[]) => {
      opened.push(...files.map(({ name }) => name));
      return null;
    },
  };
  const page = { ...app.page, reload: () => void reloads++ };
  const offline = makeOffline({ ...app, page, importing });
  const state = () => app.store.get().offline.state;
  return { ...app, offline, opened, state, reloads: () => reloads };
}

describe('the files that embedding needs', () => {
  it('are fetched once, with progress, and are there in the next visit', async () => {
    const { offline, store, state } = lab();
    const seen: number[] = [];
    store.subscribe(({ offline: { done } }) => seen.push(done));
    await offline.keepOffline();
    expect(state()).toBe('ready');
    expect(Math.max(...seen)).toBe(BYTES);
    answer = () => Promise.reject(new Error('nothing is asked for again'));
    const next = lab();
    await next.offline.keepOffline();
    expect([next.state(), next.said()]).toEqual(['ready', []]);
  });

  it.each<[string, () => Promise<Response>, RegExp]>([
    ['the server does not answer', () => Promise.reject(new TypeError('no line')), /^The server did not answer/u],
    ['it has other files', async () => new Response('other'), /^The server sent other files/u],
  ])('are not kept where %s, which is said', async (_, failing, text) => {
    const { offline, store, state } = lab();
    answer = failing;
    await offline.keepOffline();
    expect(state()).toBe('stopped');
    expect(store.get().notices).toMatchObject([
      { title: 'Not kept for use offline', text: expect.stringMatching(text) },
    ]);
  });

  it('are not kept where the browser refuses to store, which is said', async () => {
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
    const { offline, store, state } = lab();
    await offline.keepOffline();
    expect([state(), store.get().notices[0].text]).toEqual([
      'stopped',
      'The browser has no room for it, or refuses to store. Everything works on while you are online.',
    ]);
  });

  it('can be stopped, without a word', async () => {
    const { offline, state, said } = lab();
    answer = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
        offline.stopKeeping();
      });
    await offline.keepOffline();
    expect([state(), said()]).toEqual(['stopped', []]);
  });
});

describe('a page that starts', () => {
  it('says nothing of use offline where there can be no service worker', async () => {
    const { offline, state, said } = lab();
    await offline.startOffline();
    expect([state(), said()]).toEqual(['none', []]);
  });

  it('offers to load anew when a part of it is gone from the server', async () => {
    const { offline, store } = lab();
    await offline.startOffline();
    listeners.get('vite:preloadError')?.();
    expect(store.get().hasUpdate).toBe(true);
  });
});

describe('a new version', () => {
  it('gets the map that no file holds yet, and opens it', async () => {
    const old = lab();
    old.show(mapOf(corpusOf(5)));
    await old.offline.acceptNewVersion();
    expect(old.reloads()).toBe(1);
    const next = lab();
    await next.offline.startOffline();
    expect(next.opened).toEqual(['a-map.parquet']);
    const third = lab();
    await third.offline.startOffline();
    expect(third.opened).toEqual([]);
  });

  it('gets none that has an address', async () => {
    const old = lab();
    old.show(mapOf(corpusOf(5)));
    old.store.set({ mapAt: 'maps/mine.parquet' });
    await old.offline.acceptNewVersion();
    const next = lab();
    await next.offline.startOffline();
    expect([old.reloads(), next.opened]).toEqual([1, []]);
  });

  it('waits where the map could not be handed to it', async () => {
    vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('denied', 'SecurityError')) });
    const { offline, show, said, reloads } = lab();
    show(mapOf(corpusOf(5)));
    await offline.acceptNewVersion();
    expect([reloads(), said()]).toEqual([0, ['Save the map first']]);
  });
});

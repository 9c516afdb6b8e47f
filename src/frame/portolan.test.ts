import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PortolanMapElement } from '../../public/portolan.d.ts';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import { frameMap } from './fixtures/frame-map.ts';
import { type StandInElement, type StandInPage, standInPage } from './fixtures/stand-in-page.ts';
import { type HostLink, makeHostLink } from './host-link.ts';
import { CONNECT, frameOptions } from './protocol.ts';
import { makeViewer } from './viewer.ts';

const HOST = 'https://host.example';
const BYTES = encodeMapFile(frameMap());

let page: StandInPage;
let frame: StandInElement;
let link: HostLink;
let element: PortolanMapElement & StandInElement & { connectedCallback(): void; disconnectedCallback(): void };
let heard: [string, unknown][] = [];
/** The host page's `color-scheme`, and what a change of its attributes calls. */
let scheme = 'normal';
let changed = (): void => undefined;

/** Sends a message to the frame as a browser would. */
function deliver(data: unknown, from: { origin?: string; source?: unknown; ports?: unknown[] } = {}): void {
  const { origin = HOST, source = window.parent, ports = [] } = from;
  window.dispatchEvent(Object.assign(new Event('message'), { data, origin, source, ports }));
}

/** Does what a frame does before its host calls anything. */
function startFrame(): void {
  const viewer = makeViewer(frameOptions(''), link.tell);
  page.setSeen(true);
  link.serve(viewer, async (bytes) => {
    const opened = await viewer.open(bytes);
    link.tell('loaded', opened);
    return opened;
  });
}

beforeEach(async () => {
  page = standInPage();
  heard = [];
  const { createElement } = document;
  Object.assign(document, {
    baseURI: `${HOST}/docs/page.html`,
    createElement: (tag: string) => {
      const made = createElement(tag);
      if (tag === 'iframe') {
        const postMessage = (data: unknown, _to: string, ports: unknown[]) => deliver(data, { ports });
        frame = Object.assign(made as unknown as StandInElement, { sandbox: [], contentWindow: { postMessage } });
      }
      return made;
    },
  });
  vi.stubGlobal('location', { origin: HOST });
  scheme = 'normal';
  vi.stubGlobal('getComputedStyle', () => ({ colorScheme: scheme }));
  vi.stubGlobal(
    'MutationObserver',
    class {
      constructor(change: () => void) {
        changed = change;
      }
      observe = (): void => undefined;
      disconnect = (): void => undefined;
    },
  );
  const defined = new Map<string, new () => typeof element>();
  vi.stubGlobal('customElements', { get: (name: string) => defined.get(name), define: defined.set.bind(defined) });
  vi.resetModules();
  await import('./portolan.ts');
  const Made = defined.get('portolan-map');
  if (!Made) throw new Error('no element is defined');
  element = new Made();
  for (const name of ['ready', 'loaded', 'error', 'select', 'progress']) {
    element.addEventListener(`portolan-${name}`, (event) => {
      heard.push([name, (event as CustomEvent).detail]); // All portolan-… events are CustomEvents.
    });
  }
  link = makeHostLink(HOST);
});

afterEach(() => {
  element.disconnectedCallback();
  vi.unstubAllGlobals();
});

/** Puts the element into the page and starts its frame. */
function show(): void {
  element.connectedCallback();
  startFrame();
  frame.dispatchEvent(new Event('load'));
}

describe('the element of a host page', () => {
  it('tells the frame by its address what to show, and whom to obey', () => {
    element.setAttribute('src', 'maps/a.parquet');
    element.setAttribute('view', '0.5,0,2');
    element.setAttribute('query', 'two words');
    element.setAttribute('gestures', 'greedy');
    element.connectedCallback();
    const { href, hash, origin } = new URL(Object.getOwnPropertyDescriptor(frame, 'src')?.value);
    expect([origin, href.split('#')[0]]).toEqual([HOST, `${HOST}/docs/frame.html`]);
    expect(frameOptions(hash)).toEqual({
      ...frameOptions(''),
      ...{ map: `${HOST}/docs/maps/a.parquet`, host: HOST, view: { x: 0.5, y: 0, zoom: 2 } },
      ...{ query: 'two words', gestures: 'greedy' },
    });
  });

  it('has every call answered by the frame', async () => {
    show();
    expect(await element.load({ bytes: BYTES.slice(0) })).toEqual({ papers: 60, name: 'Sixty papers' });
    expect((await element.search('portolan')).indices.toSorted((a, b) => a - b)).toEqual([3, 23, 43]);
    expect(await element.select(3)).toBeNull();
    expect(await element.select({ topic: 1 })).toBeNull();
    expect(await element.highlight([1, 2])).toBeNull();
    expect(await element.setView({ x: 0.5, y: 0.25, zoom: 2 })).toBeNull();
    expect(await element.setColor('venue')).toBeNull();
    expect(await element.setTheme('dark')).toBeNull();
    expect(await element.filter({ topics: [1] })).toBeNull();
    expect(await element.getState()).toEqual({
      ...{ papers: 60, name: 'Sixty papers', query: 'portolan', selected: 3, topic: 1, theme: 'dark' },
      ...{ view: { x: 0.5, y: 0.25, zoom: 2 }, filter: { topics: [1] }, color: 'column:0' },
    });
    expect((await element.getTopics()).map(({ id, parent }) => [id, parent])).toEqual([
      [0, -1],
      [1, -1],
      [2, 0],
    ]);
    expect(await element.getPapers(3, 1)).toMatchObject([{ index: 3, id: 'id-3', title: 'Paper 3', date: '2000' }]);
    expect(await element.getPapers()).toHaveLength(60);
    expect((await element.export('csv')).type).toMatch(/^text\/csv/u);
    expect(heard.map(([name]) => name)).toEqual(['ready', 'loaded']);
    await element.destroy();
    expect(element.parent).toBeNull();
  });

  it('is told why a call failed, and that the rest of it stays as it was', async () => {
    show();
    await element.load({ bytes: BYTES.slice(0) });
    await expect(element.load({ bytes: new ArrayBuffer(9) })).rejects.toMatchObject({ code: 'map-corrupt' });
    for (const wrong of [
      element.select(60),
      element.select({ topic: 99 }),
      element.setColor('price'),
      element.export('exe' as 'csv'), // A page without types could call it so.
      element.getPapers(0, 1e6),
    ]) {
      await expect(wrong).rejects.toMatchObject({ name: 'PortolanError', code: 'bad-call' });
    }
    await expect(element.load('http://other.example/a.parquet')).rejects.toMatchObject({ code: 'network' });
    expect(await element.getState()).toMatchObject({ papers: 60, selected: -1, color: 'topic' });
  });

  it('waits for a frame that is not there yet, and gives up when it goes', async () => {
    element.connectedCallback();
    const waiting = element.getState();
    expect(Object.getOwnPropertyDescriptor(frame, 'loading')?.value).toBe('eager');
    frame.dispatchEvent(new Event('load'));
    startFrame();
    expect(await waiting).toMatchObject({ papers: 0, view: null });
    const asked = element.getTopics();
    element.disconnectedCallback();
    await expect(asked).rejects.toMatchObject({ code: 'gone' });
    await expect(element.getState()).rejects.toMatchObject({ code: 'gone' });
  });

  it('hears of a map that was loaded before it was connected, and of what the reader does', async () => {
    element.connectedCallback();
    startFrame();
    link.tell('progress', { loaded: 1, total: 2 });
    link.tell('loaded', { papers: 60, name: 'Sixty papers' });
    frame.dispatchEvent(new Event('load'));
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard).toEqual([
      ['ready', null],
      ['loaded', { papers: 60, name: 'Sixty papers' }],
    ]);
    await element.load({ bytes: BYTES.slice(0) });
    page.find('.map').dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), { key: 'Escape' }));
    link.tell('select', 5);
    await vi.waitFor(() => expect(heard.at(-1)).toEqual(['select', 5]));
  });

  it('brings the map itself when the frame may not fetch it', async () => {
    element.setAttribute('src', 'a.parquet');
    const fetched: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      fetched.push(String(url));
      return new Response(BYTES.slice(0));
    });
    show();
    link.tell('error', { code: 'network', message: 'not allowed' });
    await vi.waitFor(() => expect(heard.at(-1)).toEqual(['loaded', { papers: 60, name: 'Sixty papers' }]));
    expect(fetched).toEqual(['a.parquet']);
    expect(heard.map(([name]) => name)).not.toContain('error');
  });

  it.each([
    ['light', 'light'],
    ['only dark', 'dark'],
    ['light dark', 'auto'],
    ['normal', 'auto'],
  ])('passes on the page’s color-scheme %s as %s', (given, theme) => {
    scheme = given;
    element.setAttribute('src', 'a.parquet');
    element.connectedCallback();
    expect(frameOptions(new URL(Object.getOwnPropertyDescriptor(frame, 'src')?.value).hash).theme).toBe(theme);
  });

  it('follows the page’s theme until it is given one of its own', async () => {
    show();
    await element.load({ bytes: BYTES.slice(0) });
    scheme = 'dark';
    changed();
    await vi.waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    expect((await element.getState()).theme).toBe('auto');
    await element.setTheme('light');
    scheme = 'light dark';
    changed();
    expect((await element.getState()).theme).toBe('light');
  });
});

describe('a frame', () => {
  /** Tries to connect. Returns the messages that come over the port. */
  function connect(data: unknown, from: { origin?: string; source?: unknown }): unknown[] {
    const got: unknown[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => got.push(data);
    deliver(data, { ...from, ports: [port2] });
    ports.push(port1);
    return got;
  }
  const ports: MessagePort[] = [];
  afterEach(() => {
    for (const port of ports.splice(0)) port.close();
  });

  it('obeys its own parent at the origin that it was told, and the first that connects', async () => {
    startFrame();
    const strangers = [
      connect(CONNECT, { origin: 'https://evil.example' }),
      connect(CONNECT, { source: {} }),
      connect({ ...CONNECT, portolan: 2 }, {}),
      connect('connect', {}),
    ];
    const host = connect(CONNECT, {});
    const late = connect(CONNECT, {});
    await vi.waitFor(() => expect(host).toEqual([{ event: 'ready', detail: null }]));
    expect([...strangers, late].flat()).toEqual([]);
  });

  it('does no call twice, and answers none that has no number', async () => {
    startFrame();
    const host = connect(CONNECT, {});
    const [port] = ports;
    for (const call of [
      { id: 1, method: 'setTheme', args: 'dark' },
      { id: 1, method: 'setTheme', args: 'light' },
      { method: 'setTheme', args: 'light' },
      { id: 2, method: 'eval', args: '1' },
      { id: 3, method: 'getPapers', args: { from: 0, count: 1 } },
    ]) {
      port.postMessage(call);
    }
    await vi.waitFor(() => expect(host).toHaveLength(4));
    expect(host.slice(1)).toEqual([
      { id: 1, value: null },
      { id: 2, code: 'bad-call', message: expect.any(String) },
      { id: 3, value: [] },
    ]);
    expect(page.root.dataset.theme).toBe('dark');
  });

  it('reads maps by HTTPS alone, reports how far it is, and stops at its limit', async () => {
    startFrame();
    const host = connect(CONNECT, {});
    const [port] = ports;
    const asked: [string, RequestInit | undefined][] = [];
    vi.stubGlobal('fetch', async (url: URL, init?: RequestInit) => {
      asked.push([url.href, init]);
      if (url.pathname === '/missing') return new Response('', { status: 404 });
      const tooLong = url.pathname === '/huge' ? { 'content-length': '300000000' } : undefined;
      return new Response(BYTES.slice(0), tooLong && { headers: tooLong });
    });
    const answer = async (id: number, url: string) => {
      port.postMessage({ id, method: 'load', args: { url } });
      await vi.waitFor(() => expect(host.some((message) => Object(message).id === id)).toBe(true));
      return host.find((message) => Object(message).id === id);
    };
    expect(await answer(1, 'https://a.example/map')).toEqual({ id: 1, value: { papers: 60, name: 'Sixty papers' } });
    expect(asked[0][1]).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
    expect(host).toContainEqual({ event: 'progress', detail: { loaded: BYTES.byteLength, total: 0 } });
    expect(await answer(2, 'https://a.example/missing')).toMatchObject({ code: 'network' });
    expect(await answer(3, 'https://a.example/huge')).toMatchObject({ code: 'too-large' });
    expect(await answer(4, 'ftp://a.example/map')).toMatchObject({ code: 'network' });
    expect(asked).toHaveLength(3);
  });
});

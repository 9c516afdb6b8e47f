import type { PortolanError as ElementError, PortolanMapElement } from '../../public/portolan.d.ts';
import { CONNECT, type FrameAnswers, type FrameArgs, type FrameMessage, type FrameMethod } from './protocol.ts';

/** The error that calls reject with. `code` comes from the frame, or is `gone` when no frame answers. */
class PortolanError extends Error implements ElementError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'PortolanError';
    this.code = code;
  }
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: PortolanError): void;
}

/** A call made before the frame was ready. */
interface Early {
  readonly send: () => void;
  readonly reject: (error: PortolanError) => void;
}

/** How long to wait for the frame before giving up. */
const READY_MS = 30_000;

const script = document.currentScript;
const frameUrl = new URL('frame.html', script instanceof HTMLScriptElement ? script.src : document.baseURI);
/** The origin of the frame's document. The port is sent to no other origin. */
const frameOrigin = frameUrl.origin;

/**
 * `<portolan-map src="map.parquet" height="480" theme="auto" view="x,y,zoom" query="…" color="topic" topic="3"
 * gestures="cooperative">`: a map in a frame of its own. The element's content is shown only where scripts are off.
 * Every method returns a promise. The frame's events are dispatched as `portolan-…` with a `detail`.
 */
class PortolanMap extends HTMLElement implements PortolanMapElement {
  #frame: HTMLIFrameElement | null = null;
  #port: MessagePort | null = null;
  #lastId = 0;
  #isReady = false;
  /** Whether the theme follows this page's. */
  #isAuto = true;
  #following: (() => void) | null = null;
  readonly #pending = new Map<number, Pending>();
  readonly #waiting: Early[] = [];

  connectedCallback(): void {
    if (this.#frame) return;
    const theme = this.getAttribute('theme');
    this.#isAuto = theme !== 'light' && theme !== 'dark';
    const frame = document.createElement('iframe');
    frame.src = `${frameUrl.href}#${this.#hash()}`;
    frame.title = this.getAttribute('label') ?? 'Map of texts';
    frame.loading = 'lazy';
    frame.referrerPolicy = 'no-referrer';
    frame.allow = 'fullscreen; clipboard-write';
    frame.style.cssText = 'display:block;width:100%;border:0';
    frame.height = this.getAttribute('height') ?? '480';
    const sandbox = this.getAttribute('sandbox');
    if (sandbox !== null) frame.setAttribute('sandbox', sandbox);
    frame.addEventListener('load', () => this.#connect(frame));
    this.#frame = frame;
    this.replaceChildren(frame);
    this.#following = this.#followPage();
  }

  disconnectedCallback(): void {
    this.#end('the map was taken out of the page');
    this.#giveUp('the map was taken out of the page');
    this.#following?.();
    this.#frame?.remove();
    this.#frame = null;
  }

  load(what: FrameArgs['load'] | string): Promise<FrameAnswers['load']> {
    if (typeof what !== 'string') return this.#call('load', what);
    return this.#call('load', { url: new URL(what, document.baseURI).href });
  }

  setView(view: FrameArgs['setView'] = null): Promise<FrameAnswers['setView']> {
    return this.#call('setView', view);
  }

  search(query: string): Promise<FrameAnswers['search']> {
    return this.#call('search', query);
  }

  select(what: FrameArgs['select']): Promise<FrameAnswers['select']> {
    return this.#call('select', what);
  }

  highlight(indices: readonly number[]): Promise<FrameAnswers['highlight']> {
    return this.#call('highlight', indices);
  }

  filter(filter: FrameArgs['filter'] = null): Promise<FrameAnswers['filter']> {
    return this.#call('filter', filter);
  }

  setColor(color: FrameArgs['setColor']): Promise<FrameAnswers['setColor']> {
    return this.#call('setColor', color);
  }

  setTheme(theme: FrameArgs['setTheme']): Promise<FrameAnswers['setTheme']> {
    this.#isAuto = theme === 'auto';
    return this.#call('setTheme', theme === 'auto' ? this.#pageTheme() : theme);
  }

  async getState(): Promise<FrameAnswers['getState']> {
    const state = await this.#call('getState', null);
    return this.#isAuto ? { ...state, theme: 'auto' } : state;
  }

  getTopics(): Promise<FrameAnswers['getTopics']> {
    return this.#call('getTopics', null);
  }

  getPapers(from = 0, count = 100): Promise<FrameAnswers['getPapers']> {
    return this.#call('getPapers', { from, count });
  }

  export(format: FrameArgs['export']): Promise<FrameAnswers['export']> {
    return this.#call('export', format);
  }

  async destroy(): Promise<void> {
    if (this.#isReady) await this.#call('destroy', null);
    this.remove();
  }

  /** The frame's options, in the fragment of its address because that is not sent to the server. */
  #hash(): string {
    const hash = new URLSearchParams({ host: location.origin });
    const src = this.getAttribute('src');
    if (src !== null) hash.set('map', new URL(src, document.baseURI).href);
    for (const [attribute, key] of [
      ['theme', 'theme'],
      ['view', 'at'],
      ['query', 'q'],
      ['color', 'color'],
      ['topic', 'topic'],
      ['gestures', 'gestures'],
    ]) {
      const value = this.getAttribute(attribute);
      if (value !== null) hash.set(key, value);
    }
    if (this.#isAuto) hash.set('theme', this.#pageTheme());
    return hash.toString();
  }

  /** The one theme of this page's `color-scheme` where the map stands; the system's where it allows both or none. */
  #pageTheme(): FrameArgs['setTheme'] {
    const schemes = getComputedStyle(this).colorScheme.split(' ');
    const [isLight, isDark] = [schemes.includes('light'), schemes.includes('dark')];
    return isLight === isDark ? 'auto' : isDark ? 'dark' : 'light';
  }

  /** Passes this page's theme on when it changes, which pages do by an attribute of an element around the map. */
  #followPage(): () => void {
    let shown = this.#pageTheme();
    const watch = new MutationObserver(() => {
      const now = this.#pageTheme();
      if (!this.#isAuto || now === shown) return;
      shown = now;
      void this.#call('setTheme', now).catch(() => undefined);
    });
    for (let around: Element | null = this; around; around = around.parentElement) {
      watch.observe(around, { attributes: true });
    }
    return () => watch.disconnect();
  }

  #connect(frame: HTMLIFrameElement): void {
    this.#end('the frame was loaded anew');
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<FrameMessage>) => this.#hear(data);
    this.#port = port1;
    // Without `allow-same-origin` the frame's origin is opaque and cannot be named. Whatever document is in the frame
    // then gets the port, but it can do no more with it than the frame could: show a map, and answer.
    const isOpaque = frame.sandbox.length > 0 && !frame.sandbox.contains('allow-same-origin');
    frame.contentWindow?.postMessage(CONNECT, isOpaque ? '*' : frameOrigin, [port2]);
  }

  #call<Method extends FrameMethod>(method: Method, args: FrameArgs[Method]): Promise<FrameAnswers[Method]> {
    if (!this.#frame) return Promise.reject(new PortolanError('gone', 'the map is not in the page'));
    return new Promise((resolve, reject) => {
      const send = (): void => {
        const id = ++this.#lastId;
        // The frame answers with this method's type of value.
        this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
        this.#port?.postMessage({ id, method, args });
      };
      if (this.#isReady) send();
      else this.#wait({ send, reject });
    });
  }

  /** Queues a call: loads the frame now, even when it is out of view, and gives up after a time limit. */
  #wait(early: Early): void {
    if (this.#frame) this.#frame.loading = 'eager';
    if (this.#waiting.length === 0) setTimeout(() => this.#giveUp('the frame did not answer'), READY_MS);
    this.#waiting.push(early);
  }

  #giveUp(why: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new PortolanError('gone', why));
  }

  #hear(data: FrameMessage): void {
    if ('event' in data) {
      if (data.event === 'ready') {
        this.#isReady = true;
        for (const { send } of this.#waiting.splice(0)) send();
      }
      const isLost = data.event === 'error' && (data.detail as { code?: string } | null)?.code === 'network'; // Posted by the frame.
      if (isLost && this.getAttribute('src') !== null) void this.#bring(data.detail);
      else this.#announce(data.event, data.detail);
      return;
    }
    const pending = this.#pending.get(data.id);
    this.#pending.delete(data.id);
    if ('code' in data) pending?.reject(new PortolanError(data.code, data.message));
    else pending?.resolve(data.value);
  }

  #announce(event: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(`portolan-${event}`, { detail }));
  }

  /**
   * When the frame may not fetch the map, as in a sandbox or from a page without HTTPS, this page fetches it and passes
   * it on. Only if it cannot either, that is a failure.
   */
  async #bring(detail: unknown): Promise<void> {
    const src = this.getAttribute('src') ?? '';
    const response = await fetch(src).catch(() => null);
    const bytes = response?.ok ? await response.arrayBuffer().catch(() => null) : null;
    try {
      // The frame tries again for the sake of its reader, to whom it then says why it shows nothing.
      await this.load(bytes ? { bytes } : src);
    } catch {
      this.#announce('error', detail);
    }
  }

  #end(why: string): void {
    this.#port?.close();
    this.#port = null;
    this.#isReady = false;
    for (const { reject } of this.#pending.values()) reject(new PortolanError('gone', why));
    this.#pending.clear();
  }
}

if (!customElements.get('portolan-map')) customElements.define('portolan-map', PortolanMap);

import { StageError, toFailure } from '../model/failure.ts';
import {
  FRAME_LIMITS,
  type FrameArgs,
  type FrameCall,
  type FrameMessage,
  type FrameMethod,
  isConnect,
  parseCall,
  type Tell,
} from './protocol.ts';
import type { Viewer } from './viewer.ts';

/** The connection to the host page. */
export interface HostLink {
  /** Reports an event to the host. Of the events before it connects, it gets only the last `loaded` or `error`. */
  readonly tell: Tell;
  /**
   * Passes the host's calls to `viewer`, those that have waited too. `explain` is told why a map could not be loaded
   * while there is none.
   */
  serve(viewer: Viewer, open: (bytes: ArrayBuffer) => Promise<unknown>, explain?: (message: string) => void): void;
}

/**
 * Waits for the one page that may give orders: the frame's own parent, at the origin that the frame's address names. It
 * hands over a port; every later message comes over that port, and a second hand-over is ignored.
 */
export function makeHostLink(hostOrigin: string): HostLink {
  let port: MessagePort | null = null;
  let answer: ((call: FrameCall) => Promise<unknown>) | null = null;
  let lastId = 0;
  const waiting: FrameCall[] = [];
  const post = (message: FrameMessage): void => port?.postMessage(message);
  // The frame may have loaded its map, or failed to, before its host connects.
  let outcome: FrameMessage | null = null;
  const tell: Tell = (event, detail) => {
    const message: FrameMessage = { event, detail };
    if (event === 'loaded' || event === 'error') outcome = message;
    post(message);
  };
  const greet = (): void => {
    tell('ready', null);
    if (outcome) post(outcome);
  };

  const handle = async (call: FrameCall): Promise<void> => {
    if (!answer) {
      waiting.push(call);
      return;
    }
    try {
      post({ id: call.id, value: (await answer(call)) ?? null });
    } catch (error) {
      const code =
        error instanceof StageError ? error.failure.code : error instanceof RangeError ? 'bad-call' : 'internal';
      post({ id: call.id, code, message: error instanceof Error ? error.message : String(error) });
    }
  };

  const onMessage = (data: unknown): void => {
    const call = parseCall(data, lastId);
    if (!call) return;
    lastId = call.id;
    if ('method' in call) void handle(call);
    else post({ id: call.id, code: 'bad-call', message: 'no such method, or arguments that it does not take' });
  };

  window.addEventListener('message', (event) => {
    const isHost = event.source === window.parent && window.parent !== window && event.origin === hostOrigin;
    if (port || hostOrigin === '' || !isHost || !isConnect(event.data) || event.ports.length !== 1) return;
    port = event.ports[0];
    port.onmessage = ({ data }) => onMessage(data);
    if (answer) greet();
  });

  return {
    tell,
    serve(viewer, open, explain = () => undefined) {
      const answers = answersOf(viewer, open, { tell, explain });
      // parseCall has checked that the arguments fit the method.
      answer = async ({ method, args }) => (answers[method] as (args: unknown) => unknown)(args);
      if (port) greet();
      for (const call of waiting.splice(0)) void handle(call);
    },
  };
}

type Answers = { readonly [Method in FrameMethod]: (args: FrameArgs[Method]) => unknown };

interface Telling {
  readonly tell: Tell;
  readonly explain: (message: string) => void;
}

function answersOf(
  viewer: Viewer,
  open: (bytes: ArrayBuffer) => Promise<unknown>,
  { tell, explain }: Telling,
): Answers {
  return {
    ...viewer,
    async load(what) {
      try {
        if ('bytes' in what) return await open(what.bytes);
        return await open(await fetchMap(what.url, (loaded, total) => tell('progress', { loaded, total })));
      } catch (error) {
        if (viewer.state().papers === 0) explain(toFailure(error, 'map-file').message);
        throw error;
      }
    },
    getState: viewer.state,
    getTopics: viewer.topics,
    getPapers: ({ from, count }) => viewer.papers(from, count),
    destroy: viewer.dispose,
  };
}

const TIMEOUT_MS = 60_000;

/**
 * The bytes of a map file, from any site by HTTPS or from this frame's own site. Sends neither cookies nor the page's
 * address. Fails with `network`, or with `too-large` above 256 MB even when the headers give a smaller size.
 */
export async function fetchMap(
  address: string,
  onProgress: (loaded: number, total: number) => void,
): Promise<ArrayBuffer> {
  const url = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;
  if (!url || (url.protocol !== 'https:' && url.origin !== new URL(document.baseURI).origin)) {
    throw new StageError('network', 'map-file', `${address} is no https address`);
  }
  let response: Response;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', signal });
  } catch (cause) {
    throw new StageError('network', 'map-file', `${url.host} did not answer, or does not allow reading`, { cause });
  }
  if (!response.ok) throw new StageError('network', 'map-file', `${url.host} answered ${response.status}`);
  const total = Number(response.headers.get('content-length') ?? 0);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  const reader = response.body?.getReader();
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    pieces.push(step.value);
    loaded += step.value.length;
    if (Math.max(loaded, total) > FRAME_LIMITS.bytes) {
      await reader?.cancel();
      throw new StageError('too-large', 'map-file', `a map of more than ${FRAME_LIMITS.bytes / 1024 ** 2} MB`);
    }
    onProgress(loaded, total);
  }
  return new Blob(pieces).arrayBuffer();
}

import type { PortolanEvents, PortolanMapElement, PortolanState, PortolanView } from '../../public/portolan.d.ts';

/** The arguments of each method that a host page may call. */
export interface FrameArgs {
  readonly load: { readonly url: string } | { readonly bytes: ArrayBuffer };
  /** Null shows the whole map. */
  readonly setView: PortolanView | null;
  readonly search: string;
  /** A paper's index or a topic's id; −1 for none. */
  readonly select: number | { readonly topic: number };
  /** Paper indices; an empty list ends the highlighting. */
  readonly highlight: readonly number[];
  /** Colours and searches only papers of these topics, by id; null: all papers. */
  readonly filter: PortolanState['filter'];
  /** `topic`, `nearest-topic`, `source`, `year`, `none`, or a column by its index from 0 or its name. */
  readonly setColor: string | number;
  readonly setTheme: PortolanState['theme'];
  readonly getState: null;
  readonly getTopics: null;
  readonly getPapers: { readonly from: number; readonly count: number };
  readonly export: 'png' | 'csv' | 'jsonl';
  readonly destroy: null;
}

/** A method of the frame, named as in `PortolanMapElement`. */
export type FrameMethod = keyof FrameArgs;

/** What each method answers. */
export type FrameAnswers = { readonly [Method in FrameMethod]: Awaited<ReturnType<PortolanMapElement[Method]>> };

/** One call. Ids increase; a call whose id does not is a repeat and is ignored. */
export type FrameCall = {
  [Method in FrameMethod]: { readonly id: number; readonly method: Method; readonly args: FrameArgs[Method] };
}[FrameMethod];

/** The events of a frame by name, with the details of {@link PortolanEvents}. */
export type FrameEvents = {
  readonly [Name in keyof PortolanEvents as Name extends `portolan-${infer Short}`
    ? Short
    : never]: PortolanEvents[Name]['detail'];
};

/** Reports an event of the frame. */
export type Tell = <Name extends keyof FrameEvents>(event: Name, detail: FrameEvents[Name]) => void;

/** What a frame posts: an answer to a call, or an event. */
export type FrameMessage =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly code: string; readonly message: string }
  | { readonly event: keyof FrameEvents; readonly detail: unknown };

/** The first message of a host, sent with one port that carries all later messages. */
export const CONNECT = { portolan: 1, type: 'connect' } as const;

/** Limits of one message: characters, list lengths, bytes. A larger message is rejected. */
export const FRAME_LIMITS = { text: 2000, indices: 100_000, papers: 1000, bytes: 256 * 1024 * 1024 } as const;

/** The options in the fragment of a frame's address. */
export interface FrameOptions {
  /** Address of the map file; '' if the host will send one by `load`. */
  readonly map: string;
  /** The origin of the page that may call the frame; '' for none. */
  readonly host: string;
  readonly theme: PortolanState['theme'];
  readonly view: PortolanView | null;
  readonly query: string;
  /** As `setColor` takes it; '' for the map's own choice. */
  readonly color: string;
  /** Id of the highlighted topic; −1 for none. */
  readonly topic: number;
  /** `cooperative`: the wheel and one finger scroll the host page; `greedy`: they move the map. */
  readonly gestures: 'cooperative' | 'greedy';
}

/** The options in `hash`. Malformed ones are ignored. Never throws. */
export function frameOptions(hash: string): FrameOptions {
  const pairs = new URLSearchParams(hash.replace(/^#/u, ''));
  const text = (key: string): string => (pairs.get(key) ?? '').slice(0, FRAME_LIMITS.text);
  const theme = pairs.get('theme');
  return {
    map: text('map'),
    host: text('host'),
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    view: viewOf(text('at')),
    query: text('q').slice(0, 300),
    color: text('color').slice(0, 300),
    topic: /^\d{1,7}$/u.test(text('topic')) ? Number(text('topic')) : -1,
    gestures: pairs.get('gestures') === 'greedy' ? 'greedy' : 'cooperative',
  };
}

/** Whether `data` is {@link CONNECT}. */
export function isConnect(data: unknown): boolean {
  return isRecord(data) && data.portolan === CONNECT.portolan && data.type === CONNECT.type;
}

/**
 * The call in an untrusted message. Null when it cannot be answered: it has no id, or one not above `lastId`, which
 * could be a repeat. Only the id when the call is malformed, over the limits or unknown. Never throws.
 */
export function parseCall(data: unknown, lastId: number): FrameCall | { readonly id: number } | null {
  if (!isRecord(data)) return null;
  const { id, method, args } = data;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= lastId) return null;
  if (typeof method !== 'string' || !Object.hasOwn(CHECKS, method)) return { id };
  const known = method as FrameMethod; // It is a key of CHECKS.
  // The method's check has validated its arguments.
  return CHECKS[known](args) ? ({ id, method: known, args: args ?? null } as FrameCall) : { id };
}

const CHECKS: { readonly [Method in FrameMethod]: (args: unknown) => boolean } = {
  load: (args) =>
    isRecord(args) &&
    ((typeof args.url === 'string' && args.url.length <= FRAME_LIMITS.text) ||
      (args.bytes instanceof ArrayBuffer && args.bytes.byteLength <= FRAME_LIMITS.bytes)),
  setView: (args) => args === null || (isRecord(args) && isViewNumbers(args.x, args.y, args.zoom)),
  search: (args) => typeof args === 'string' && args.length <= FRAME_LIMITS.text,
  select: (args) => isIndex(isRecord(args) ? args.topic : args),
  highlight: isIndices,
  filter: (args) => args === null || (isRecord(args) && isIndices(args.topics)),
  setColor: (args) =>
    typeof args === 'string' ? args.length <= FRAME_LIMITS.text : isCount(args, Number.MAX_SAFE_INTEGER),
  setTheme: (args) => args === 'light' || args === 'dark' || args === 'auto',
  getState: isNothing,
  getTopics: isNothing,
  getPapers: (args) =>
    isRecord(args) && isCount(args.from, Number.MAX_SAFE_INTEGER) && isCount(args.count, FRAME_LIMITS.papers),
  export: (args) => args === 'png' || args === 'csv' || args === 'jsonl',
  destroy: isNothing,
};

function isNothing(args: unknown): boolean {
  return args === undefined || args === null;
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isViewNumbers(x: unknown, y: unknown, zoom: unknown): boolean {
  const isNear = (value: unknown): boolean => Number.isFinite(value) && Math.abs(Number(value)) <= 100;
  return isNear(x) && isNear(y) && Number.isFinite(zoom) && Number(zoom) >= 0.01 && Number(zoom) <= 1000;
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= -1;
}

function isIndices(args: unknown): boolean {
  return (
    Array.isArray(args) &&
    args.length <= FRAME_LIMITS.indices &&
    args.every((index) => isCount(index, Number.MAX_SAFE_INTEGER))
  );
}

function isCount(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

/** `x,y,zoom`, as in links to the page itself. */
function viewOf(text: string): PortolanView | null {
  const parts = text.split(',');
  if (parts.length !== 3 || parts.some((part) => !/^-?\d{1,4}(?:\.\d{1,8})?$/u.test(part))) return null;
  const [x, y, zoom] = parts.map(Number);
  return zoom >= 0.01 && zoom <= 1000 ? { x, y, zoom } : null;
}

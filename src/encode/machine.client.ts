import type { GpuAdapter } from './backends.web.ts';
import type { Device } from './model-spec.ts';

/** What the number of encode workers depends on. */
export interface Machine {
  /** `navigator.hardwareConcurrency`. */
  readonly cores: number;
  /** `navigator.deviceMemory` in gigabytes; null where the browser does not report it. */
  readonly memoryGb: number | null;
  readonly isIos: boolean;
}

/** Each worker takes about 112 MB; on no machine measured do more than this pay. */
const MAX_WORKERS = 4;
const MAX_ASKED = 16;

/**
 * The number of encode workers: one core is left for the page, at most 4; at most 2 with 4 GB or less; 1 on iOS, which
 * kills tabs that use more memory. `asked` (1…16) overrides this unless null.
 */
export function poolSize({ cores, memoryGb, isIos }: Machine, asked: number | null = null): number {
  if (asked !== null) return Math.min(MAX_ASKED, Math.max(1, asked));
  if (isIos) return 1;
  const most = memoryGb !== null && memoryGb <= 4 ? 2 : MAX_WORKERS;
  return Math.min(most, Math.max(1, cores - 1));
}

/** The machine that this page runs on, as far as its browser reports it. */
export function thisMachine(): Machine {
  const { hardwareConcurrency, userAgent, maxTouchPoints } = navigator;
  // Missing from the types, since only Chromium has it.
  const memory: unknown = Reflect.get(navigator, 'deviceMemory');
  // iPads call themselves Macs, but no Mac has a touch screen.
  const isIos = /iPhone|iPad|iPod/u.test(userAgent) || (/Macintosh/u.test(userAgent) && maxTouchPoints > 1);
  return { cores: hardwareConcurrency || 1, memoryGb: typeof memory === 'number' ? memory : null, isIos };
}

/** The browser's graphics adapter; null if it has none, or withholds it without a secure context. */
export async function findGpuAdapter(): Promise<GpuAdapter | null> {
  const { gpu } = navigator as { gpu?: GPU }; // Missing in older browsers, and without a secure context.
  try {
    const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return null;
    const { vendor, architecture, device, description } = adapter.info;
    return {
      key: [vendor, architecture, device, description, navigator.userAgent].join('|'),
      isFallback: adapter.info.isFallbackAdapter,
      hasF16: adapter.features.has('shader-f16'),
    };
  } catch {
    return null;
  }
}

const STORED_AS = 'portolan-device';
/** Drivers and browsers improve, so a slow or wrong device is tried again after this time. */
const VALID_MS = 30 * 24 * 3600 * 1000;
const MAX_VERDICTS = 20;

interface Verdict {
  readonly device: Device;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The faster device for this adapter and model, as found within the last 30 days; null when unknown. */
export function recallDevice(adapter: GpuAdapter, model: string, now: number): Device | null {
  const verdict = readVerdicts()[`${model}|${adapter.key}`];
  return verdict && now - verdict.at < VALID_MS && now >= verdict.at ? verdict.device : null;
}

/** Remembers the faster device in this browser, unless storage is denied. */
export function rememberDevice(adapter: GpuAdapter, model: string, device: Device, now: number): void {
  const others = Object.entries(readVerdicts()).filter(([key]) => key !== `${model}|${adapter.key}`);
  const verdicts = Object.fromEntries([
    ...others.slice(1 - MAX_VERDICTS),
    [`${model}|${adapter.key}`, { device, at: now }],
  ]);
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(verdicts));
  } catch {
    // The next visit tries again.
  }
}

function readVerdicts(): Record<string, Verdict | undefined> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, Verdict] => isVerdict(entry[1])),
    );
  } catch {
    return {};
  }
}

function isVerdict(value: unknown): value is Verdict {
  if (typeof value !== 'object' || value === null) return false;
  const { device, at } = value as Partial<Verdict>; // The next line checks both fields.
  return (device === 'wasm' || device === 'webgpu') && typeof at === 'number';
}

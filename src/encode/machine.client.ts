import type { GpuAdapter } from './backends.web.ts';
import type { Device } from './model-spec.ts';

/** What decides how many encode workers a device gets. */
export interface Machine {
  /** `navigator.hardwareConcurrency`. */
  readonly cores: number;
  /** `navigator.deviceMemory` in gigabytes; null where the browser does not say. */
  readonly memoryGb: number | null;
  readonly isIos: boolean;
}

/** Each worker holds about 112 MB: more than this many pay on no machine that was measured. */
const MAX_WORKERS = 4;
const MAX_ASKED = 16;

/**
 * How many encode workers to run: one core is left to the page, 4 at most. 1 on iOS, where a tab of more is ended; at
 * most 2 with 4 GB or less. `asked` (1…16) overrides it all, null asks for nothing.
 */
export function poolSize({ cores, memoryGb, isIos }: Machine, asked: number | null = null): number {
  if (asked !== null) return Math.min(MAX_ASKED, Math.max(1, asked));
  if (isIos) return 1;
  const most = memoryGb !== null && memoryGb <= 4 ? 2 : MAX_WORKERS;
  return Math.min(most, Math.max(1, cores - 1));
}

/** The machine that this page runs on, as far as its browser says. */
export function thisMachine(): Machine {
  const { hardwareConcurrency, userAgent, maxTouchPoints } = navigator;
  // Not in the types: Chromium alone says so.
  const memory: unknown = Reflect.get(navigator, 'deviceMemory');
  // iPads call themselves Macs, but no Mac has a touch screen.
  const isIos = /iPhone|iPad|iPod/u.test(userAgent) || (/Macintosh/u.test(userAgent) && maxTouchPoints > 1);
  return { cores: hardwareConcurrency || 1, memoryGb: typeof memory === 'number' ? memory : null, isIos };
}

/** The browser's graphics adapter; null where it has none, or does not let pages without a secure context have it. */
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
/** Drivers and browsers get better: what was slow or wrong is tried again after so long. */
const VALID_MS = 30 * 24 * 3600 * 1000;
const MAX_VERDICTS = 20;

interface Verdict {
  readonly device: Device;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Which device proved faster for this adapter and model within the last 30 days; null when that is not known. */
export function recallDevice(adapter: GpuAdapter, model: string, now: number): Device | null {
  const verdict = readVerdicts()[`${model}|${adapter.key}`];
  return verdict && now - verdict.at < VALID_MS && now >= verdict.at ? verdict.device : null;
}

/** Remembers it in this browser; where storage is denied, nowhere. */
export function rememberDevice(adapter: GpuAdapter, model: string, device: Device, now: number): void {
  const others = Object.entries(readVerdicts()).filter(([key]) => key !== `${model}|${adapter.key}`);
  const verdicts = Object.fromEntries([
    ...others.slice(1 - MAX_VERDICTS),
    [`${model}|${adapter.key}`, { device, at: now }],
  ]);
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(verdicts));
  } catch {
    // The next visit tries anew.
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
  const { device, at } = value as Partial<Verdict>; // Each is looked at on the next line.
  return (device === 'wasm' || device === 'webgpu') && typeof at === 'number';
}

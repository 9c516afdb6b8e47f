import { afterEach, describe, expect, it, vi } from 'vitest';
import { findGpuAdapter, poolSize, recallDevice, rememberDevice, thisMachine } from './machine.client.ts';

const CARD = { key: 'card', isFallback: false, hasF16: true };
const DAY = 24 * 3600 * 1000;
const NOW = 1000 * DAY;

function storageWith(stored: string | null = null): Map<string, string> {
  const entries = new Map<string, string>(stored === null ? [] : [['portolan-device', stored]]);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => entries.set(key, value),
  });
  return entries;
}

afterEach(() => vi.unstubAllGlobals());

describe('what is remembered of a device', () => {
  it('holds for its adapter and model, for 30 days', () => {
    storageWith();
    rememberDevice(CARD, 'm', 'webgpu', NOW);
    rememberDevice({ ...CARD, key: 'other' }, 'm', 'wasm', NOW);
    expect(recallDevice(CARD, 'm', NOW + 29 * DAY)).toBe('webgpu');
    expect(recallDevice({ ...CARD, key: 'other' }, 'm', NOW)).toBe('wasm');
    expect(recallDevice(CARD, 'n', NOW)).toBeNull();
    expect(recallDevice(CARD, 'm', NOW + 31 * DAY)).toBeNull();
    expect(recallDevice(CARD, 'm', NOW - DAY)).toBeNull();
  });

  it('is the last word, and never more than twenty of them', () => {
    const entries = storageWith();
    for (let i = 0; i < 50; i++) rememberDevice({ ...CARD, key: `${i}` }, 'm', 'wasm', NOW);
    rememberDevice({ ...CARD, key: '49' }, 'm', 'webgpu', NOW);
    expect(recallDevice({ ...CARD, key: '49' }, 'm', NOW)).toBe('webgpu');
    expect(Object.keys(JSON.parse(entries.get('portolan-device') ?? ''))).toHaveLength(20);
  });

  it.each(['nonsense', '[]', 'null', '{"m|card":{"device":"fpga","at":1}}', '{"m|card":7}'])(
    'takes %s in storage for nothing',
    (stored) => {
      storageWith(stored);
      expect(recallDevice(CARD, 'm', NOW)).toBeNull();
    },
  );

  it('is nothing where storage is denied, and nothing throws', () => {
    vi.stubGlobal('localStorage', undefined);
    rememberDevice(CARD, 'm', 'webgpu', NOW);
    expect(recallDevice(CARD, 'm', NOW)).toBeNull();
  });
});

describe('findGpuAdapter', () => {
  const info = { vendor: 'v', architecture: 'a', device: '', description: '', isFallbackAdapter: true };

  it('tells software from a device, and whether it has 16-bit floats', async () => {
    const requestAdapter = async () => ({ info, features: new Set(['shader-f16']) });
    vi.stubGlobal('navigator', { userAgent: 'browser', gpu: { requestAdapter } });
    expect(await findGpuAdapter()).toEqual({ key: 'v|a|||browser', isFallback: true, hasF16: true });
  });

  it('is null without WebGPU, without an adapter, and when asking fails', async () => {
    for (const gpu of [
      undefined,
      { requestAdapter: async () => null },
      { requestAdapter: () => Promise.reject(new Error('no')) },
    ]) {
      vi.stubGlobal('navigator', { userAgent: 'browser', gpu });
      expect(await findGpuAdapter()).toBeNull();
    }
  });
});

const desktop = { cores: 8, memoryGb: 8, isIos: false };

describe('poolSize', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 4],
    [64, 4],
  ])('leaves one core of %i to the page: %i workers', (cores, workers) => {
    expect(poolSize({ ...desktop, cores })).toBe(workers);
  });

  it('is careful on small devices and on iOS', () => {
    expect(poolSize({ ...desktop, memoryGb: 4 })).toBe(2);
    expect(poolSize({ ...desktop, memoryGb: null })).toBe(4);
    expect(poolSize({ ...desktop, isIos: true })).toBe(1);
  });

  it('does as it is asked, within bounds', () => {
    expect([0, 1, 3, 99].map((asked) => poolSize({ ...desktop, cores: 2 }, asked))).toEqual([1, 1, 3, 16]);
  });
});

describe('thisMachine', () => {
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';

  it.each([
    [{ hardwareConcurrency: 8, userAgent: mac, maxTouchPoints: 0, deviceMemory: 4 }, 8, 4, false],
    [{ hardwareConcurrency: 8, userAgent: mac, maxTouchPoints: 5 }, 8, null, true],
    [{ hardwareConcurrency: 0, userAgent: 'iPhone', maxTouchPoints: 5 }, 1, null, true],
  ])('tells iPads from Macs, and does with what a browser says', (navigator, cores, memoryGb, isIos) => {
    vi.stubGlobal('navigator', navigator);
    expect(thisMachine()).toEqual({ cores, memoryGb, isIos });
  });
});

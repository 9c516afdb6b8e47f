import { describe, expect, it } from 'vitest';
import { StageError } from '../model/failure.ts';
import { type DeviceChoice, type GpuAdapter, makeBackends } from './backends.web.ts';
import type { EncodePool } from './encode-pool.web.ts';
import { DEFAULT_MODEL, type Device } from './model-spec.ts';

const REAL: GpuAdapter = { key: 'card', isFallback: false, hasF16: false };

interface Setting {
  readonly choice?: DeviceChoice;
  readonly adapter?: GpuAdapter | null;
  readonly known?: Device | null;
  readonly workers?: number;
  /** Milliseconds that a sample takes on each device. */
  readonly gpuMs?: number;
  /** Word pieces of a sample; NaN for a broken worker. */
  readonly pieces?: number;
  readonly gpuError?: StageError;
  readonly cached?: boolean;
}

/** Backends over fake pools that only advance the clock. */
function startLab(setting: Setting) {
  let clock = 0;
  const lab = { remembered: [] as Device[], said: [] as string[], stopped: [] as string[], loaded: [] as string[] };
  const makePool = ({ dtype, device }: typeof DEFAULT_MODEL): EncodePool => {
    const name = `${dtype} ${device}`;
    const api = {
      recall: async (inputs: readonly unknown[]) => ({ rows: inputs.map(() => (setting.cached ? 0 : -1)) }),
      encode: async () => {
        if (device === 'webgpu' && setting.gpuError) throw setting.gpuError;
        clock += device === 'webgpu' ? (setting.gpuMs ?? 10) : 100;
        return { pieces: [setting.pieces ?? 1000] };
      },
      settle: async () => undefined,
    };
    return {
      ask: (call) => call(api as never), // The backends call no other methods.
      loadLead: async () => void lab.loaded.push(name),
      run: async () => undefined,
      idle: async () => undefined,
      stop: () => void lab.stopped.push(name),
    };
  };
  const backends = makeBackends({
    spec: DEFAULT_MODEL,
    choice: setting.choice ?? 'auto',
    workers: setting.workers ?? 2,
    makePool,
    findAdapter: async () => (setting.adapter === undefined ? REAL : setting.adapter),
    recall: () => lab.remembered.at(-1) ?? setting.known ?? null,
    remember: (_adapter, device) => lab.remembered.push(device),
    onFallback: ({ code }) => lab.said.push(code),
    now: () => clock,
  });
  return { lab, backends };
}

const work = (characters: number) => ({
  characters,
  sample: [{ segments: ['a'] }],
  signal: undefined,
  onLoad: () => undefined,
});
const MUCH = work(1_000_000);
const LITTLE = work(1000);

async function backendFor(setting: Setting, some = MUCH): Promise<string> {
  const { backends } = startLab(setting);
  const first = await backends.begin(some);
  const { spec } = (await backends.decide(some)) ?? first;
  return `${spec.dtype} ${spec.device}`;
}

describe('makeBackends', () => {
  it('takes the graphics device where it has proved faster than all workers together', async () => {
    expect(await backendFor({ gpuMs: 20 })).toBe('int8 webgpu');
    expect(await backendFor({ gpuMs: 60 })).toBe('q8 wasm');
    expect(await backendFor({ gpuMs: 20, workers: 4 })).toBe('int8 webgpu');
    expect(await backendFor({ gpuMs: 20, workers: 5 })).toBe('q8 wasm');
  });

  it('wants a fifth more than all workers', async () => {
    expect(await backendFor({ gpuMs: 41.66 })).toBe('int8 webgpu');
    expect(await backendFor({ gpuMs: 100 / 2.3 })).toBe('q8 wasm');
    expect(await backendFor({ pieces: Number.NaN })).toBe('q8 wasm');
  });

  it('never tries software, little work, a browser without an adapter, or against the address', async () => {
    expect(await backendFor({ gpuMs: 1, adapter: { ...REAL, isFallback: true } })).toBe('q8 wasm');
    expect(await backendFor({ gpuMs: 1 }, LITTLE)).toBe('q8 wasm');
    expect(await backendFor({ gpuMs: 1, adapter: null })).toBe('q8 wasm');
    expect(await backendFor({ gpuMs: 1, choice: 'wasm' })).toBe('q8 wasm');
  });

  it('takes what the address says, software too, and says when there is none', async () => {
    expect(await backendFor({ choice: 'webgpu', adapter: { ...REAL, isFallback: true } }, LITTLE)).toBe('int8 webgpu');
    const { lab, backends } = startLab({ choice: 'webgpu', adapter: null });
    expect((await backends.begin(MUCH)).spec).toBe(DEFAULT_MODEL);
    expect((await backends.begin(MUCH)).spec).toBe(DEFAULT_MODEL);
    expect(lab.said).toEqual(['device-wrong']);
  });

  it('goes by what it remembers, without a trial', async () => {
    const { lab, backends } = startLab({ known: 'webgpu' });
    expect((await backends.begin(MUCH)).spec.device).toBe('webgpu');
    expect(await backends.decide(MUCH)).toBeNull();
    expect(lab.loaded).toEqual([]);
    expect(await backendFor({ known: 'wasm', gpuMs: 1 })).toBe('q8 wasm');
    expect(await backendFor({ known: 'webgpu' }, LITTLE)).toBe('q8 wasm');
    expect(await backendFor({ known: 'webgpu', cached: true })).toBe('q8 wasm');
  });

  it('remembers a trial’s outcome, and stops the loser', async () => {
    const slow = startLab({ gpuMs: 90 });
    await slow.backends.begin(MUCH);
    await slow.backends.decide(MUCH);
    expect(slow.lab).toMatchObject({ remembered: ['wasm'], stopped: ['int8 webgpu'], said: [] });
    const fast = startLab({ gpuMs: 10 });
    await fast.backends.begin(MUCH);
    await fast.backends.decide(MUCH);
    expect(fast.lab).toMatchObject({ remembered: ['webgpu'], stopped: [], said: [] });
  });

  it('refuses a device that answers wrongly, for good; one that was not fetched, for now', async () => {
    const wrong = startLab({ gpuError: new StageError('device-wrong', 'encode', 'no') });
    await wrong.backends.begin(MUCH);
    expect((await wrong.backends.decide(MUCH))?.spec).toBe(DEFAULT_MODEL);
    expect(wrong.lab).toMatchObject({ remembered: ['wasm'], said: ['device-wrong'], stopped: ['int8 webgpu'] });
    const missing = startLab({ gpuError: new StageError('model-missing', 'encode', 'offline') });
    await missing.backends.begin(MUCH);
    await missing.backends.decide(MUCH);
    expect(missing.lab).toMatchObject({ remembered: [], said: ['model-missing'] });
    expect(await missing.backends.decide(MUCH)).toBeNull();
  });

  it('goes down once: by the same file when vectors are there, by the fastest when none is', async () => {
    for (const [hasVectors, name] of [
      [true, 'int8 wasm'],
      [false, 'q8 wasm'],
    ] as const) {
      const { lab, backends } = startLab({ choice: 'webgpu' });
      await backends.begin(MUCH);
      const lost = new StageError('device-lost', 'encode', 'gone');
      const backend = backends.fallBack(lost, hasVectors);
      expect(`${backend?.spec.dtype} ${backend?.spec.device}`).toBe(name);
      expect(lab).toMatchObject({ said: ['device-lost'], stopped: ['int8 webgpu'], remembered: ['wasm'] });
      expect(backends.fallBack(lost, hasVectors)).toBeNull();
      expect((await backends.begin(MUCH)).spec).toBe(DEFAULT_MODEL);
    }
  });

  it('does not take a cancelled trial for a slow device', async () => {
    const { lab, backends } = startLab({ gpuError: new StageError('cancelled', 'encode', 'enough') });
    await backends.begin(MUCH);
    await expect(backends.decide(MUCH)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(lab).toMatchObject({ remembered: [], said: [], stopped: ['int8 webgpu'] });
  });
});

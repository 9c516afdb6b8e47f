import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, NO_CHROMIUM, needChromium } from '../src/command/chromium.mjs';

const executablePath = needChromium();
if (!executablePath) throw new Error(NO_CHROMIUM);

/** WebGPU by a software adapter. */
const WEBGPU_ARGS = [
  ...CHROMIUM_ARGS,
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './global-setup.ts',
  // One more than the machine of CI has cores: a third of its time a test waits, for pictures, timers and workers.
  workers: 3,
  fullyParallel: true,
  // Machines are shared: a test may starve once. It is printed as flaky then.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  projects: [
    // First and one at a time, since its tests are the longest by far, and the adapter takes what processors there are.
    {
      name: 'webgpu',
      testMatch: 'webgpu.spec.ts',
      workers: 1,
      use: { launchOptions: { executablePath, args: WEBGPU_ARGS } },
    },
    // The folders of benches beside the specs hold unit tests.
    { name: 'page', testMatch: '*.spec.ts', testIgnore: 'webgpu.spec.ts' },
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    // Each test begins as a first visit; what the service worker does is tried where it says so.
    serviceWorkers: 'block',
    launchOptions: { executablePath, args: CHROMIUM_ARGS },
    trace: 'on-first-retry',
  },
});

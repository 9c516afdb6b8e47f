import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, NO_CHROMIUM, needChromium } from '../src/command/chromium.mjs';

const executablePath = needChromium();
if (!executablePath) throw new Error(NO_CHROMIUM);

/** WebGPU with a software adapter. */
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
  // One more than CI's machine has cores: tests wait a third of their time for pictures, timers and workers.
  workers: 3,
  // Of the tests of one file none run side by side: files of many models would take the processors from each other.
  fullyParallel: false,
  // On shared machines a test may starve once; it is then printed as flaky.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  projects: [
    // First and one at a time: its tests are the longest by far, and the adapter takes all processors.
    {
      name: 'webgpu',
      testMatch: 'webgpu.spec.ts',
      workers: 1,
      use: { launchOptions: { executablePath, args: WEBGPU_ARGS } },
    },
    // The folders of benches beside the specs contain unit tests.
    { name: 'page', testMatch: '*.spec.ts', testIgnore: 'webgpu.spec.ts' },
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    // Each test begins as a first visit; tests of the service worker allow it themselves.
    serviceWorkers: 'block',
    launchOptions: { executablePath, args: CHROMIUM_ARGS },
    trace: 'on-first-retry',
  },
});

import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, NO_CHROMIUM, needChromium } from '../src/command/chromium.mjs';

const executablePath = needChromium();
if (!executablePath) throw new Error(NO_CHROMIUM);

export default defineConfig({
  testDir: '.',
  // The folders of benches beside it hold unit tests.
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './global-setup.ts',
  // As many as the machine of CI has cores. Files run side by side, the tests of one in turn.
  workers: 2,
  // Machines are shared: a test may starve once. It is printed as flaky then.
  retries: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    // Each test begins as a first visit; what the service worker does is tried where it says so.
    serviceWorkers: 'block',
    launchOptions: { executablePath, args: CHROMIUM_ARGS },
    trace: 'on-first-retry',
  },
});

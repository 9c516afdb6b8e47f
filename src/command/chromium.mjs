import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ROOT } from './paths.mjs';

/** Playwright's own: only the last `--disable-features` counts, and ours comes after Playwright's. */
const PLAYWRIGHT_FEATURES = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

/** What Chromium starts beside the page (address bar, spare renderer): a third of the work of opening a window. */
const UNSEEN_FEATURES = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'SpareRendererForSitePerProcess',
];

/**
 * Software GL for the map alone, so that it is drawn on machines without a GPU: compositing the window with it too
 * would make a frame four times as expensive. No background requests to Google.
 */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--disable-gpu-rasterization',
  '--disable-gpu-compositing',
  '--enable-unsafe-swiftshader',
  `--disable-features=${[...PLAYWRIGHT_FEATURES, ...UNSEEN_FEATURES].join()}`,
];

/**
 * As on users' machines, the graphics device also composites the window, which is a part of a frame's time. Without it,
 * screenshots lack the map where a panel has just been, until it is drawn again.
 */
export const WHOLE_GL_ARGS = CHROMIUM_ARGS.filter((arg) => arg !== '--disable-gpu-compositing');

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The path of a Chromium: `PORTOLAN_CHROMIUM`, Playwright's own, or the system's. If there is none, Playwright's is
 * downloaded or, as root, the system's package manager installs one.
 * @returns {string | null} null when none could be installed either
 */
export function needChromium() {
  const found = findChromium();
  if (found) return found;
  console.error('No Chromium found: downloading the one that Playwright uses …');
  run(process.execPath, [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium']);
  const downloaded = findChromium();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('That was refused: installing the package chromium …');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  }
  return findChromium();
}

/** What to say when there is no Chromium. */
export const NO_CHROMIUM =
  'No Chromium was found and none could be installed: install Chromium or Chrome, or set PORTOLAN_CHROMIUM to its path.';

/** @returns {string | null} */
function findChromium() {
  const asked = process.env.PORTOLAN_CHROMIUM;
  return [asked, chromium.executablePath(), ...SYSTEM_PATHS].find((path) => path && existsSync(path)) ?? null;
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync(command, args, { cwd: ROOT, env, stdio: ['ignore', 'ignore', 2], timeout: 10 * 60_000 });
}

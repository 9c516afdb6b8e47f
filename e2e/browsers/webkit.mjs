import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findScreen, openScreen } from './screen.mjs';

/** @typedef {import('./firefox.mjs').Driver} Driver */

const DRIVERS = ['/usr/bin/WebKitWebDriver', '/usr/local/bin/WebKitWebDriver', '/usr/lib64/WebKitWebDriver'];
const LIBRARIES = ['/usr/lib', '/usr/lib64', '/usr/libexec'];

/** Marionette's names for the commands, as method and path of W3C WebDriver. @type {Record<string, string>} */
const ENDPOINTS = {
  Navigate: 'POST url',
  Refresh: 'POST refresh',
  ExecuteAsyncScript: 'POST execute/async',
  ElementClick: 'POST element/{id}/click',
  ElementClear: 'POST element/{id}/clear',
  ElementSendKeys: 'POST element/{id}/value',
  PerformActions: 'POST actions',
  ReleaseActions: 'DELETE actions',
  TakeScreenshot: 'GET screenshot',
  SetWindowRect: 'POST window/rect',
  SetTimeouts: 'POST timeouts',
  SwitchToFrame: 'POST frame',
};

/** @returns {{ driver: string, browser: string } | null} null where a part of it is missing */
export function findWebKit() {
  const driver = DRIVERS.find(existsSync);
  const browser = LIBRARIES.filter(existsSync).flatMap(miniBrowsers)[0];
  return driver && browser && findScreen() ? { driver, browser } : null;
}

/** @param {string} folder */
function miniBrowsers(folder) {
  const found = spawnSync('find', [folder, '-maxdepth', '3', '-name', 'MiniBrowser', '-type', 'f']);
  return String(found.stdout).split('\n').filter(Boolean);
}

/**
 * Starts WebKitGTK's MiniBrowser by its own driver, on a display of its own where there is none.
 * @param {NonNullable<ReturnType<typeof findWebKit>>} parts
 * @returns {Promise<Driver>}
 */
export async function startWebKit({ driver, browser }) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-webkit-'));
  const screen = await openScreen();
  const env = { ...process.env, HOME: folder, DISPLAY: screen.name };
  const port = await freePort();
  const server = spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' });
  const root = `http://127.0.0.1:${port}/session`;
  const binary = { binary: browser, args: ['--automation', '--geometry=1280x880'] };
  const session = await untilAnswered(() =>
    ask('POST', root, { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': binary } } }),
  );
  const { sessionId, capabilities } = session;
  return {
    version: `WebKit (${capabilities.browserName} ${capabilities.browserVersion})`,
    downloads: folder,
    send: async (command, params = {}) => {
      const [method, path] = ENDPOINTS[command].split(' ');
      const { id, ...body } = /** @type {{ id?: unknown }} */ (params);
      const inPath = path.includes('{id}');
      const value = await ask(
        method,
        `${root}/${sessionId}/${path.replace('{id}', String(id))}`,
        inPath || method !== 'POST' ? body : params,
      );
      return { value };
    },
    // It has no way to ask for the console: what the page itself hears is all there is.
    complaints: async () => [],
    end: async () => {
      await ask('DELETE', `${root}/${sessionId}`).catch(() => undefined);
      server.kill();
      screen.end();
      await sleep(500);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * @param {string} method @param {string} url @param {object} [body]
 * @returns {Promise<any>} the answer's value; rejects with what the driver says
 */
async function ask(method, url, body) {
  const text = method === 'POST' ? JSON.stringify(body ?? {}) : null;
  const response = await fetch(url, { method, body: text, headers: { 'content-type': 'application/json' } });
  const { value } = /** @type {{ value: any }} */ (await response.json());
  if (response.ok) return value;
  throw new Error(`${value.error}: ${value.message}`);
}

/** @template T @param {() => Promise<T>} attempt @returns {Promise<T>} */
async function untilAnswered(attempt) {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      // Nobody listens yet: fetch says so by a TypeError.
      if (!(error instanceof TypeError) || tries > 100) throw error;
      await sleep(100);
    }
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

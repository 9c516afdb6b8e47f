import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findScreen, openScreen } from './screen.mjs';

/**
 * A browser that takes the commands of W3C WebDriver under the names that Marionette has for them.
 * @typedef {object} Driver
 * @property {string} version as the browser names itself
 * @property {string} downloads folder that saved files go to
 * @property {(command: string, params?: object) => Promise<any>} send rejects with the browser's own words
 * @property {() => Promise<string[]>} complaints errors and policy violations told so far, of pages and workers
 * @property {() => Promise<void>} end
 */

const PATHS = [
  '/usr/bin/firefox',
  '/usr/bin/firefox-esr',
  '/snap/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** Nothing that phones home, nothing that asks; saved files go to a folder without a question. */
const PREFERENCES = {
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.download.folderList': 2,
  'browser.download.alwaysOpenPanel': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
  'marionette.port': 0,
};

/** The browser's own process hears what every page and worker says; warnings count where they are of the policy. */
const COMPLAINTS = `
  return Services.console.getMessageArray()
    .filter((message) => message instanceof Ci.nsIScriptError && /^(?:https?|blob):/u.test(message.sourceName))
    .filter(({ flags, errorMessage }) =>
      !(flags & Ci.nsIScriptError.warningFlag) || /Content-Security-Policy|Trusted ?Types/u.test(errorMessage))
    .map(({ errorMessage, sourceName, lineNumber }) => errorMessage + ' (' + sourceName + ':' + lineNumber + ')');`;

/** @returns {string | null} path of `PORTOLAN_FIREFOX`, or of the system's Firefox */
export function findFirefox() {
  return [process.env.PORTOLAN_FIREFOX, ...PATHS].find((path) => path && existsSync(path)) ?? null;
}

/**
 * Starts Firefox with a profile of its own and speaks Marionette with it, what geckodriver speaks: JSON behind its length, over
 * TCP. So neither geckodriver nor a package is needed.
 * @param {string} executable
 * @param {{ preferences?: Record<string, string | number | boolean>, headless?: boolean }} [options] preferences on top of
 *   the usual ones; without a window there is no WebGL
 * @returns {Promise<Driver>}
 */
export async function startFirefox(executable, { preferences = {}, headless = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-firefox-'));
  const all = { ...PREFERENCES, 'browser.download.dir': folder, ...preferences };
  const lines = Object.entries(all).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(folder, 'user.js'), lines.join('\n'));
  const screen = headless || !findScreen() ? null : await openScreen();
  const args = ['--marionette', '--remote-allow-system-access', '--no-remote', '--profile', folder];
  if (!screen) args.push('--headless');
  const env = { ...process.env, HOME: folder, ...(screen ? { DISPLAY: screen.name } : {}) };
  const browser = spawn(executable, args, { stdio: 'ignore', env });
  const ended = new Promise((resolve) => browser.on('exit', resolve));
  const wire = await openWire(await portOf(join(folder, 'MarionetteActivePort'), browser));
  const { capabilities } = await wire.send('WebDriver:NewSession', {
    capabilities: { alwaysMatch: { acceptInsecureCerts: false, unhandledPromptBehavior: 'ignore' } },
  });
  /** @param {string} script */
  const inBrowser = async (script) => {
    await wire.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return (await wire.send('WebDriver:ExecuteScript', { script, args: [] })).value;
    } finally {
      await wire.send('Marionette:SetContext', { value: 'content' });
    }
  };
  return {
    version: `Firefox ${capabilities.browserVersion}`,
    downloads: folder,
    send: (command, params) => wire.send(`WebDriver:${command}`, params),
    complaints: () => inBrowser(COMPLAINTS),
    end: async () => {
      await wire.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
      const late = setTimeout(() => browser.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
      screen?.end();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * @param {string} file that the browser writes the number of its port into
 * @param {import('node:child_process').ChildProcess} browser
 */
async function portOf(file, browser) {
  for (let tries = 0; tries < 600; tries++) {
    if (browser.exitCode !== null) throw new Error(`Firefox ended at once, with code ${browser.exitCode}.`);
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (port > 0) return port;
    await sleep(100);
  }
  browser.kill();
  throw new Error('Firefox opened no port for Marionette within a minute.');
}

/** @param {number} port */
async function openWire(port) {
  const socket = connect(port, '127.0.0.1');
  /** @type {Map<number, { resolve: (value: any) => void, reject: (reason: Error) => void }>} */
  const pending = new Map();
  let rest = Buffer.alloc(0);
  let calls = 0;
  /** @type {(value: unknown) => void} */
  let greet = () => undefined;
  const greeting = new Promise((resolve, reject) => {
    greet = resolve;
    socket.on('error', reject);
  });
  socket.on('close', () => {
    for (const call of pending.values()) call.reject(new Error('Firefox has closed the connection.'));
    pending.clear();
  });
  socket.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let colon = rest.indexOf(':'); colon > 0; colon = rest.indexOf(':')) {
      const end = colon + 1 + Number(rest.subarray(0, colon));
      if (rest.length < end) return;
      const message = JSON.parse(rest.subarray(colon + 1, end).toString());
      rest = rest.subarray(end);
      if (!Array.isArray(message)) {
        greet(message);
        continue;
      }
      const [, id, error, result] = message;
      const call = pending.get(id);
      pending.delete(id);
      if (error) call?.reject(new Error(`${error.error}: ${error.message}`));
      else call?.resolve(result);
    }
  });
  await greeting;
  return {
    /** @param {string} command @param {object} [params] @returns {Promise<any>} */
    send(command, params = {}) {
      const id = ++calls;
      const message = JSON.stringify([0, id, command, params]);
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        socket.write(`${Buffer.byteLength(message)}:${message}`);
      });
    },
  };
}

/**
 * npm run browsers [-- firefox] [webkit] [--pictures FOLDER] [--headless] [--denied] [--only STATION]
 *
 * Goes through the built site in Firefox and WebKitGTK, whichever are on this machine, and prints a line a station.
 * `--headless`: Firefox without a window, so without WebGL; `--denied`: it refuses the site all storage. Exits 1 when a
 * station failed or the console has a complaint, 2 when none of the browsers is there.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { needBuild, needNode, needPackages } from '../../src/command/prepare.mjs';
import { findFirefox, startFirefox } from './firefox.mjs';
import { openPage } from './page.mjs';
import { STATIONS } from './tour.mjs';
import { findWebKit, startWebKit } from './webkit.mjs';

/** @typedef {import('./firefox.mjs').Driver} Driver */

const HOW = {
  firefox:
    'Firefox is not there: install it (Debian: apt-get install firefox-esr), or set PORTOLAN_FIREFOX to its path.',
  webkit:
    'WebKit is not there: it takes WebKitGTK’s driver and a display (Debian: apt-get install webkit2gtk-driver xvfb).',
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pictures: { type: 'string' },
    denied: { type: 'boolean', default: false },
    headless: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
needNode();
needPackages();
needBuild();
const { serveSite } = await import('../../src/command/serve.mjs');
const wanted = positionals.length > 0 ? positionals : ['firefox', 'webkit'];
const starts = wanted.map((name) => ({ name, start: starterOf(name) }));
for (const { name, start } of starts)
  if (!start) console.log(HOW[/** @type {keyof typeof HOW} */ (name)] ?? `There is no way to drive ${name}.`);
let failures = 0;
for (const { name, start } of starts) if (start) failures += await travel(name, start);
process.exit(starts.every(({ start }) => !start) ? 2 : Math.min(failures, 1));

/** @param {string} name @returns {(() => Promise<Driver>) | null} */
function starterOf(name) {
  if (name === 'firefox') {
    const path = findFirefox();
    const preferences = values.denied ? { 'network.cookie.cookieBehavior': 2 } : {};
    return path ? () => startFirefox(path, { preferences, headless: values.headless }) : null;
  }
  const parts = name === 'webkit' ? findWebKit() : null;
  return parts ? () => startWebKit(parts) : null;
}

/**
 * @param {string} name @param {() => Promise<Driver>} start
 * @returns {Promise<number>} how many stations failed, and how many complaints the console has
 */
async function travel(name, start) {
  const site = await openSite();
  const driver = await start();
  console.log(driver.version);
  try {
    await driver.send('SetWindowRect', { width: 1280, height: 880 });
    await driver.send('SetTimeouts', { script: 60_000, pageLoad: 60_000 });
    const page = openPage(driver);
    const failed = await visitAll(name, page, driver, site);
    const complaints = [...new Set([...(await driver.complaints()), ...(await page.heard())])];
    for (const line of complaints) console.log(`  SAID   ${line.slice(0, 300)}`);
    if (complaints.length === 0) console.log('  ok     nothing in the console');
    return failed + complaints.length;
  } finally {
    await driver.end();
    await site.close();
  }
}

/**
 * @param {string} name @param {import('./page.mjs').Page} page @param {Driver} driver
 * @param {Awaited<ReturnType<typeof openSite>>} site
 */
async function visitAll(name, page, driver, site) {
  /** @param {string} what */
  const picture = async (what) => {
    if (!values.pictures) return;
    mkdirSync(values.pictures, { recursive: true });
    await page.picture(join(values.pictures, `${name}-${what}.png`));
  };
  let failed = 0;
  for (const station of STATIONS) {
    if ((values.denied && station.needsStorage) || !station.name.includes(values.only)) continue;
    const began = Date.now();
    try {
      const remark = await station.visit({ page, driver, site, picture });
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      console.log(`  ok     ${station.name}${remark ? `: ${remark}` : ''} (${seconds} s)`);
    } catch (error) {
      failed++;
      console.log(`  FAILED ${station.name}: ${error instanceof Error ? error.message : error}`);
      await picture(`failed-${station.name.replaceAll(/\W+/gu, '-')}`).catch(() => undefined);
      if (station === STATIONS[0]) break;
    }
  }
  return failed;
}

/** The built site at one address, which can be taken away and brought back. */
async function openSite() {
  let server = await serveSite(4200);
  const { url } = server;
  const port = Number(new URL(url).port);
  return {
    url,
    close: () => server.close(),
    open: async () => {
      server = await serveSite(port);
    },
  };
}

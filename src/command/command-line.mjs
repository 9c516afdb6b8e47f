import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { needBuild, needNode, needPackages } from './prepare.mjs';

/**
 * Ends the process with a sentence.
 * @param {string} sentence
 * @returns {never}
 */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/**
 * The command line's options and what stands between them. Ends the process on an option that there is not.
 * @template {string} Name
 * @template {string} [Flag=never]
 * @param {object} known
 * @param {string} known.usage what is told of how it is called
 * @param {readonly Name[]} known.names options with a value
 * @param {readonly Flag[]} [known.flags] options without one
 * @param {boolean} [known.takesFiles] default no
 * @returns {{ values: Partial<Record<Name, string>>, flags: Partial<Record<Flag, true>>, files: string[] }}
 */
export function readCommandLine({ usage, names, flags = [], takesFiles = false }) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = {};
  for (const name of names) options[name] = { type: 'string' };
  for (const flag of flags) options[flag] = { type: 'boolean' };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: takesFiles });
    // Of what type each is has been said above, name by name.
    return {
      values: /** @type {Partial<Record<Name, string>>} */ (values),
      flags: /** @type {Partial<Record<Flag, true>>} */ (values),
      files: positionals,
    };
  } catch (error) {
    return fail(`${messageOf(error)}\n${usage}`);
  }
}

/**
 * Ends the process when `value` is no whole number from `min` to `max`.
 * @param {string} option with its dashes
 * @param {string} value
 * @param {number} min
 * @param {number} [max] default: none
 * @returns {string} `value`
 */
export function wholeNumber(option, value, min, max) {
  if (/^\d{1,10}$/u.test(value) && Number(value) >= min && Number(value) <= (max ?? Number.POSITIVE_INFINITY)) {
    return value;
  }
  return fail(`${option} takes a whole number from ${min} ${max === undefined ? 'up' : `to ${max}`}, got ${value}.`);
}

/**
 * Ends the process when one of them is no file.
 * @param {readonly string[]} paths
 */
export function needFiles(paths) {
  const missing = paths.find((path) => !existsSync(path) || !statSync(path).isFile());
  if (missing !== undefined) fail(`There is no file ${missing}.`);
}

/**
 * Does something with the built site, which is served for so long, in a browser, and ends the process: with 1 and its
 * sentence when it throws.
 * @param {(site: { url: string, executablePath: string }) => Promise<void>} act gets the site's address and a Chromium
 * @returns {Promise<never>}
 */
export async function withSite(act) {
  needNode();
  needPackages();
  needBuild();
  const { needChromium, NO_CHROMIUM } = await import('./chromium.mjs');
  const executablePath = needChromium();
  if (!executablePath) fail(NO_CHROMIUM);
  const { serveSite } = await import('./serve.mjs');
  const site = await serveSite(4173);
  try {
    await act({ url: site.url, executablePath });
  } catch (error) {
    await site.close();
    fail(messageOf(error));
  }
  await site.close();
  process.exit(0);
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

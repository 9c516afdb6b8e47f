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
 * The options and files of the command line. Ends the process on an unknown option.
 * @template {string} Name
 * @template {string} [Flag=never]
 * @template {string} [Several=never]
 * @param {object} known
 * @param {string} known.usage what to print about usage
 * @param {readonly Name[]} known.names options with a value
 * @param {readonly Flag[]} [known.flags] options without one
 * @param {readonly Several[]} [known.several] options with a value that may be given more than once
 * @param {boolean} [known.takesFiles] default false
 * @returns {{ values: Partial<Record<Name, string>>, flags: Partial<Record<Flag, true>>, lists: Partial<Record<Several, string[]>>, files: string[] }}
 */
export function readCommandLine({ usage, names, flags = [], several = [], takesFiles = false }) {
  /** @type {import('node:util').ParseArgsConfig['options']} */
  const options = {};
  for (const name of names) options[name] = { type: 'string' };
  for (const flag of flags) options[flag] = { type: 'boolean' };
  for (const name of several) options[name] = { type: 'string', multiple: true };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: takesFiles });
    // Each option's type has been declared above.
    return {
      values: /** @type {Partial<Record<Name, string>>} */ (values),
      flags: /** @type {Partial<Record<Flag, true>>} */ (values),
      lists: /** @type {Partial<Record<Several, string[]>>} */ (values),
      files: positionals,
    };
  } catch (error) {
    return fail(`${messageOf(error)}\n${usage}`);
  }
}

/**
 * Ends the process when `value` is not a whole number from `min` to `max`.
 * @param {string} option with its dashes
 * @param {string} value
 * @param {number} min
 * @param {number} [max] default: no maximum
 * @returns {string} `value`
 */
export function wholeNumber(option, value, min, max) {
  if (/^\d{1,10}$/u.test(value) && Number(value) >= min && Number(value) <= (max ?? Number.POSITIVE_INFINITY)) {
    return value;
  }
  return fail(`${option} takes a whole number from ${min} ${max === undefined ? 'up' : `to ${max}`}, got ${value}.`);
}

/**
 * Ends the process when one of the paths is not a file.
 * @param {readonly string[]} paths
 */
export function needFiles(paths) {
  const missing = paths.find((path) => !existsSync(path) || !statSync(path).isFile());
  if (missing !== undefined) fail(`There is no file ${missing}.`);
}

/**
 * The files named, and those in the folders named. Ends the process when one of the paths is not there.
 * @param {readonly string[]} paths
 * @returns {{ files: string[], folders: string[] }}
 */
export function filesAndFolders(paths) {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) fail(`There is no file or folder ${missing}.`);
  const isFolder = (/** @type {string} */ path) => statSync(path).isDirectory();
  return { files: paths.filter((path) => !isFolder(path)), folders: paths.filter(isFolder) };
}

/**
 * Runs `act` in a browser while the built site is served, then ends the process; with 1 and its message if it throws.
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

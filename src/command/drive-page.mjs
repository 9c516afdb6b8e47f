import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS } from './chromium.mjs';

/** @typedef {import('../../public/portolan.d.ts').PortolanPage} PortolanPage */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {Exclude<keyof PortolanPage, 'on' | 'export'>} Method a method whose result is JSON */

/** Limit for starting the page. Steps whose time depends on the data have no limit. */
const START_TIMEOUT_MS = 60_000;

/**
 * Opens the page in a browser of its own, waits until it can be driven, and closes the browser after `act`.
 * @template Result
 * @param {{ executablePath: string, url: string }} where a Chromium, and the page with its settings after `#`
 * @param {(page: Page) => Promise<Result>} act
 * @returns {Promise<Result>}
 */
export async function withPage({ executablePath, url }, act) {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    // Nothing of this visit is kept, so the page must not fetch anything for the next one.
    const page = await browser.newPage({ serviceWorkers: 'block' });
    page.setDefaultTimeout(START_TIMEOUT_MS);
    /** @type {Promise<never>} */
    const crashed = new Promise((_, reject) => {
      const sentence = 'The page ran out of memory or crashed. Fewer papers take less: npm run map has --limit.';
      page.on('crash', () => reject(new Error(sentence)));
    });
    crashed.catch(() => undefined);
    await page.goto(url);
    await page.waitForFunction(() => 'portolan' in window);
    return await Promise.race([act(page), crashed]);
  } finally {
    await browser.close();
  }
}

/**
 * Calls the page's port. Throws an Error with the page's own sentence where the call rejects.
 * @template {Method} Name
 * @param {Page} page
 * @param {Name} method
 * @param {Parameters<PortolanPage[Name]>} args
 * @returns {Promise<Awaited<ReturnType<PortolanPage[Name]>>>}
 */
export async function callPort(page, method, ...args) {
  const result = await call(page, method, args);
  return /** @type {Awaited<ReturnType<PortolanPage[Name]>>} */ (result); // As the method's type says.
}

/**
 * Like {@link callPort}, for a method that takes files of this machine, by absolute paths. `open` takes the first one;
 * `read` takes those of folders too, which keep their paths.
 * @template {'open' | 'read'} Name
 * @param {Page} page
 * @param {Name} method
 * @param {readonly string[]} paths
 * @param {{ folders?: readonly string[], reading?: import('../../public/portolan.d.ts').PortolanReadOptions }} [more]
 * @returns {Promise<Awaited<ReturnType<PortolanPage[Name]>>>}
 */
export async function callPortWithFiles(page, method, paths, { folders = [], reading } = {}) {
  const chooser = (/** @type {boolean} */ isOfFolder) =>
    page.evaluateHandle((ofFolder) => {
      const input = document.createElement('input');
      input.type = 'file';
      input.multiple = true;
      input.webkitdirectory = ofFolder;
      return input;
    }, isOfFolder);
  const files = await chooser(false);
  await files.setInputFiles([...paths]);
  const inputs = [files];
  for (const folder of folders) {
    const input = await chooser(true);
    await input.setInputFiles(folder);
    inputs.push(input);
  }
  const result = await call(page, method, [inputs, ...(reading === undefined ? [] : [reading])]);
  return /** @type {Awaited<ReturnType<PortolanPage[Name]>>} */ (result); // As the method's type says.
}

/**
 * Writes the shown map as a file of this machine.
 * @param {Page} page
 * @param {Parameters<PortolanPage['export']>[0]} format
 * @param {string} path
 */
export async function exportFromPage(page, format, path) {
  const download = page.waitForEvent('download', { timeout: 0 });
  // The page may crash before the download starts.
  download.catch(() => undefined);
  const { refusal } = await page.evaluate(async (wanted) => {
    try {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await window.portolan.export(wanted));
      link.download = 'map';
      link.click();
      return { refusal: null };
    } catch (error) {
      return { refusal: error instanceof Error ? error.message : String(error) };
    }
  }, format);
  if (refusal !== null) throw new Error(refusal);
  await (await download).saveAs(path);
}

/**
 * @param {Page} page
 * @param {Method} method
 * @param {readonly unknown[]} args for a list of file choosers the page gets their files
 * @returns {Promise<unknown>} the method's result, as JSON represents it
 */
async function call(page, method, args) {
  const answer = await page.evaluate(
    async ([name, given]) => {
      const files = given.map((/** @type {unknown} */ arg) => {
        if (!Array.isArray(arg) || !arg.every((input) => input instanceof HTMLInputElement)) return arg;
        const all = arg.flatMap((input) => Array.from(input.files ?? []));
        return name === 'open' ? all[0] : all;
      });
      try {
        // The types of the callers ensure that the arguments fit the method.
        const act = /** @type {(...args: unknown[]) => Promise<unknown>} */ (
          /** @type {unknown} */ (window.portolan[name])
        );
        return { result: await act(...files), refusal: null };
      } catch (error) {
        return { result: undefined, refusal: error instanceof Error ? error.message : String(error) };
      }
    },
    /** @type {const} */ ([method, args]),
  );
  if (answer.refusal !== null) throw new Error(answer.refusal);
  return answer.result;
}

import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { needBuild, needNode, needPackages } from './prepare.mjs';

const MODES = ['hybrid', 'words', 'meaning'];
const USAGE = `npm run search -- --map map.parquet --queries FILE.json [--mode ${MODES.join('|')}] [--limit N]`;
const DEFAULT_LIMIT = 10;

/**
 * @typedef {object} SearchOrder
 * @property {string} map absolute path
 * @property {string[]} queries
 * @property {string} mode
 * @property {number} limit
 */

// `npm run search`: asks a map by driving the built page in Chromium, so that page and command cannot differ.
const order = readOrder(process.argv.slice(2));
needNode();
needPackages();
needBuild();
const { needChromium, NO_CHROMIUM } = await import('./chromium.mjs');
const executablePath = needChromium();
if (!executablePath) fail(NO_CHROMIUM);
const { serveSite } = await import('./serve.mjs');
const { searchInPage } = await import('./search-page.mjs');
const site = await serveSite(4173);
try {
  await searchInPage({
    executablePath,
    url: `${site.url}#map=none`,
    ...order,
    found: (query, hits) => console.log(JSON.stringify({ query, hits })),
  });
} catch (error) {
  await site.close();
  fail(error instanceof Error ? error.message : String(error));
}
await site.close();
process.exit(0);

/**
 * Ends the process with a sentence.
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/**
 * @param {string[]} args
 * @returns {SearchOrder}
 */
function readOrder(args) {
  const { map, queries, mode = 'hybrid', limit = String(DEFAULT_LIMIT) } = parse(args);
  if (!map) fail(`Say which map to search: --map map.parquet\n${USAGE}`);
  if (!queries) fail(`Say what to search for: --queries FILE.json\n${USAGE}`);
  const missing = [map, queries].find((file) => !existsSync(file) || !statSync(file).isFile());
  if (missing !== undefined) fail(`There is no file ${missing}.`);
  if (!isMapFile(map)) fail(`${map} is no map file: that is Parquet, by its name too.`);
  if (!MODES.includes(mode)) fail(`--mode takes ${MODES.join(', ')}, got ${mode}.`);
  if (!/^\d{1,4}$/u.test(limit) || Number(limit) < 1 || Number(limit) > 1000) {
    fail(`--limit takes a whole number from 1 to 1000, got ${limit}.`);
  }
  return { map: resolve(map), queries: readQueries(queries), mode, limit: Number(limit) };
}

/** @param {string} path */
function isMapFile(path) {
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  readSync(file, head);
  closeSync(file);
  return head.toString('latin1') === 'PAR1' && /\.parquet$/iu.test(path);
}

/** @param {string[]} args */
function parse(args) {
  /** @satisfies {import('node:util').ParseArgsConfig['options']} */
  const options = {
    map: { type: /** @type {const} */ ('string') },
    queries: { type: /** @type {const} */ ('string') },
    mode: { type: /** @type {const} */ ('string') },
    limit: { type: /** @type {const} */ ('string') },
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

/**
 * The queries of a JSON file: a list of strings or of objects with a `query`, or an object that holds such lists, whose
 * other entries are left alone.
 * @param {string} path
 * @returns {string[]}
 */
function readQueries(path) {
  /** @type {unknown} */
  let content;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    fail(`${path} is not JSON.`);
  }
  const isList = Array.isArray(content);
  const lists = isList ? [content] : typeof content === 'object' && content !== null ? Object.values(content) : [];
  const queries = lists.flatMap((list) => (Array.isArray(list) ? list.map(queryOf) : []));
  const found = queries.filter((query) => query !== null);
  if (found.length === 0) fail(`${path} holds no query: it takes a list of strings, or of objects with a "query".`);
  const bad = isList ? queries.indexOf(null) : -1;
  if (bad >= 0) fail(`${path}: entry ${bad + 1} is no query: it takes a string, or an object with a "query".`);
  return found;
}

/**
 * @param {unknown} entry
 * @returns {string | null} null when it is none
 */
function queryOf(entry) {
  const text = typeof entry === 'object' && entry !== null && 'query' in entry ? entry.query : entry;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, needFiles, readCommandLine, wholeNumber, withSite } from './command-line.mjs';

/** @typedef {import('./search-page.mjs').PageSearch['mode']} Mode */

/** @type {readonly Mode[]} */
const MODES = ['hybrid', 'words', 'meaning'];
const USAGE = `npm run search -- --map map.parquet --queries FILE.json [--mode ${MODES.join('|')}] [--limit N]`;
const DEFAULT_LIMIT = 10;

// `npm run search`: searches a map by driving the built page in Chromium, so that page and command cannot differ.
const order = readOrder();
await withSite(async ({ url, executablePath }) => {
  const { searchInPage } = await import('./search-page.mjs');
  await searchInPage({
    executablePath,
    url: `${url}#map=none`,
    ...order,
    found: (query, hits) => console.log(JSON.stringify({ query, hits })),
  });
});

/** What to do: the absolute path of a map, the queries, the mode, and the maximum number of hits. */
function readOrder() {
  const { values } = readCommandLine({ usage: USAGE, names: ['map', 'queries', 'mode', 'limit'] });
  const { map, queries, mode = 'hybrid', limit = String(DEFAULT_LIMIT) } = values;
  if (!map) fail(`Say which map to search: --map map.parquet\n${USAGE}`);
  if (!queries) fail(`Say what to search for: --queries FILE.json\n${USAGE}`);
  needFiles([map, queries]);
  if (!isMapFile(map)) fail(`${map} is no map file: that is Parquet, by its name too.`);
  const known = MODES.find((name) => name === mode);
  if (!known) fail(`--mode takes ${MODES.join(', ')}, got ${mode}.`);
  return {
    ...{ map: resolve(map), queries: readQueries(queries), mode: known },
    limit: Number(wholeNumber('--limit', limit, 1, 1000)),
  };
}

/** @param {string} path */
function isMapFile(path) {
  const head = Buffer.alloc(4);
  const file = openSync(path, 'r');
  readSync(file, head);
  closeSync(file);
  return head.toString('latin1') === 'PAR1' && /\.parquet$/iu.test(path);
}

/**
 * The queries of a JSON file: a list of strings or of objects with a `query`, or an object that holds such lists, whose
 * other entries are ignored.
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
 * @returns {string | null} null when it is not a query
 */
function queryOf(entry) {
  const text = typeof entry === 'object' && entry !== null && 'query' in entry ? entry.query : entry;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}

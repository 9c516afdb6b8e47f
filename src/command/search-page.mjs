import { callPort, callPortWithFiles, withPage } from './drive-page.mjs';

/** @typedef {import('../../public/portolan.d.ts').PortolanHit} Hit */

/**
 * @typedef {object} PageSearch
 * @property {string} executablePath a Chromium
 * @property {string} url the page, without a map
 * @property {string} map absolute path of a map file
 * @property {readonly string[]} queries
 * @property {'hybrid' | 'words' | 'meaning'} mode
 * @property {number} limit maximum hits for a query
 * @property {(query: string, hits: Hit[]) => void} found
 */

/**
 * Opens the map and runs each query. Throws an Error with the page's own sentence when the page reports a failure, or
 * cannot search by meaning as requested.
 * @param {PageSearch} order
 */
export function searchInPage({ executablePath, url, map, queries, mode, limit, found }) {
  return withPage({ executablePath, url }, async (page) => {
    await callPortWithFiles(page, 'open', [map]);
    for (const query of queries) found(query, await callPort(page, 'search', query, { mode, limit }));
  });
}

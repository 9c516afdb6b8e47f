import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, filesAndFolders, needFiles, readCommandLine, wholeNumber, withSite } from './command-line.mjs';
import { READING, READING_USAGE, readingOptions } from './reading-options.mjs';

const USAGE = `npm run map -- FILE|FOLDER… --out map.parquet [--limit N] [--seed S] [--model ID] [--vectors COLUMN] [--places COLUMN,COLUMN|none] [--jsonl papers.jsonl] [--add-to map.parquet] [--dimensions N [--reduce pca|prefix]] [--name TITLE] [--origin WORDS] [--noun review|story/stories]
  layout: [--neighbors 3…200] [--min-dist 0…1] [--start words|pca|spectral] [--densmap] [--no-centre] [--topics map|umap5] [--engine umap-js]
${READING_USAGE}`;

/** @typedef {ReturnType<typeof parse>} Options */

// `npm run map`: makes a map file by driving the built page in Chromium, so that page and command cannot differ.
const began = performance.now();
const options = parse();
const order = readOrder(options);
await withSite(async ({ url, executablePath }) => {
  const { makeMapInPage, lookInPage } = await import('./map-page.mjs');
  const where = { executablePath, url: url + order.page, files: order.files, folders: order.folders };
  if (order.out === null) {
    console.log(JSON.stringify(await lookInPage({ ...where, reading: order.reading }), null, 2));
    return;
  }
  const mapPath = partialOf(order.out);
  const jsonlPath = order.jsonl && partialOf(order.jsonl);
  try {
    const result = await makeMapInPage({
      ...{ ...where, reading: order.reading, addTo: order.addTo, keep: order.keep },
      ...{ mapPath, jsonlPath, say: (line) => console.log(line), warn: (line) => console.error(line) },
    });
    renameSync(mapPath, order.out);
    if (order.jsonl && jsonlPath) renameSync(jsonlPath, order.jsonl);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    console.log(JSON.stringify({ ...result, seconds, out: order.out }));
  } finally {
    for (const path of [mapPath, jsonlPath]) if (path) rmSync(path, { force: true });
  }
});

function parse() {
  return readCommandLine({
    usage: USAGE,
    names: [
      .../** @type {const} */ ([
        'out',
        'jsonl',
        'limit',
        'seed',
        'model',
        'vectors',
        'places',
        'name',
        'origin',
        'noun',
        'add-to',
      ]),
      .../** @type {const} */ (['engine', 'start', 'topics', 'neighbors', 'min-dist', 'dimensions', 'reduce', 'merge']),
    ],
    flags: ['densmap', 'no-centre', 'dry-run'],
    several: READING,
    takesFiles: true,
  });
}

/**
 * @param {Options} options
 * @returns `page`: the page of the site and what follows its `#`; `files`, `folders` and `addTo`: absolute paths; `out`:
 * null where no map is to be made
 */
function readOrder({ values, flags, lists, files }) {
  if (files.length === 0) fail(`Name at least one file or folder of texts.\n${USAGE}`);
  if (!values.out && !flags['dry-run']) fail(`Say where the map goes: --out map.parquet\n${USAGE}`);
  const addTo = values['add-to'];
  const given = filesAndFolders(files);
  if (addTo !== undefined) needFiles([addTo]);
  // The same order must make the same file anywhere, but graphics devices differ in the last bits.
  const hash = new URLSearchParams({ map: 'none', device: 'wasm' });
  if (values.limit !== undefined) hash.set('limit', wholeNumber('--limit', values.limit, 1));
  if (values.seed !== undefined) hash.set('seed', wholeNumber('--seed', values.seed, 0));
  for (const name of /** @type {const} */ (['model', 'vectors', 'places', 'name', 'origin']))
    if (values[name]) hash.set(name, values[name]);
  addLayout({ values, flags }, hash);
  for (const path of [values.out, values.jsonl]) if (path) mkdirSync(dirname(resolve(path)), { recursive: true });
  return {
    files: given.files.map((file) => resolve(file)),
    folders: given.folders.map((folder) => resolve(folder)),
    reading: {
      ...readingOptions(lists, values.merge, given.files),
      ...(values.noun ? { noun: values.noun } : {}),
    },
    addTo: addTo === undefined ? null : resolve(addTo),
    out: flags['dry-run'] || !values.out ? null : values.out,
    jsonl: values.jsonl ?? null,
    keep: readKeeping(values),
    // To name a model of a hub is to agree to contact it, which only that page's policy allows.
    page: `${values.model?.includes('/') ? 'hub.html' : ''}#${hash.toString()}`,
  };
}

/**
 * How many dimensions to keep; the page decides which numbers are possible.
 * @param {Options['values']} values
 * @returns {import('./map-page.mjs').Keeping | null}
 */
function readKeeping({ dimensions, reduce }) {
  if (reduce !== undefined && dimensions === undefined) fail('--reduce says how --dimensions N shall be kept.');
  if (reduce !== undefined && reduce !== 'pca' && reduce !== 'prefix') {
    fail(`--reduce takes one of pca, prefix, got ${reduce}.`);
  }
  if (dimensions === undefined) return null;
  return { kept: Number(wholeNumber('--dimensions', dimensions, 1)), kind: reduce ?? null };
}

/**
 * Adds the layout's options to the page's address. The page would ignore a value out of range.
 * @param {Pick<Options, 'values' | 'flags'>} options
 * @param {URLSearchParams} hash
 */
function addLayout({ values, flags }, hash) {
  if (values.neighbors !== undefined) hash.set('neighbors', wholeNumber('--neighbors', values.neighbors, 3, 200));
  const minDist = values['min-dist'];
  if (minDist !== undefined) {
    if (!/^(?:0(?:\.\d{1,4})?|1)$/u.test(minDist)) fail(`--min-dist takes a number 0…1, got ${minDist}.`);
    hash.set('mindist', minDist);
  }
  setOneOf('start', ['words', 'pca', 'spectral'], values, hash);
  setOneOf('topics', ['map', 'umap5'], values, hash);
  setOneOf('engine', ['portolan', 'umap-js'], values, hash);
  if (flags.densmap) hash.set('densmap', 'on');
  if (flags['no-centre']) hash.set('centre', 'off');
}

/**
 * @param {'start' | 'topics' | 'engine'} name
 * @param {readonly string[]} known
 * @param {Options['values']} values
 * @param {URLSearchParams} hash
 */
function setOneOf(name, known, values, hash) {
  const value = values[name];
  if (value === undefined) return;
  if (!known.includes(value)) fail(`--${name} takes one of ${known.join(', ')}, got ${value}.`);
  hash.set(name, value);
}

/**
 * A name beside `path`: moving it there at the end is one step, so there is never an incomplete file at `path`.
 * @param {string} path
 */
function partialOf(path) {
  const absolute = resolve(path);
  return join(dirname(absolute), `.${basename(absolute)}.${process.pid}.partial`);
}

/**
 * npm run report [-- --map FILE.parquet] [--labels FILE.json] [--topics umap5] [--peers] [--embedding-atlas FOLDER] [--names]
 *
 * One table: how good the topics of a map and their names are, by figures that need no taste. The topics the file holds,
 * those found again here, with --topics umap5 those found in five dimensions too, and with --peers WizMap's recipe on the same places and texts; with a folder that has the
 * unpacked npm tarball of Embedding Atlas also what its own code makes of them. Labels: { "labels": { title: label } }.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTypeScript } from '../../src/command/load-typescript.mjs';
import { ROOT } from '../../src/command/paths.mjs';
import { loadAtlas } from './report/atlas-worker.mjs';

/** Names of a flat recipe that are printed. */
const MAX_NAMES = 40;

/**
 * @typedef {typeof import('./report/report-entry.ts')} Entry
 * @typedef {import('./report/report-entry.ts').ReportMap} ReportMap
 * @typedef {readonly import('./report/grouping.ts').Grouping[]} Levels
 */

try {
  await report(readOptions());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      map: { type: 'string', default: join(ROOT, 'public/data/sample.parquet') },
      labels: { type: 'string' },
      topics: { type: 'string', default: 'map' },
      peers: { type: 'boolean', default: false },
      'embedding-atlas': { type: 'string' },
      names: { type: 'boolean', default: false },
    },
  });
  for (const file of [values.map, values.labels]) if (file && !existsSync(file)) throw new Error(`no file at ${file}`);
  if (!['map', 'umap5'].includes(values.topics)) throw new Error(`--topics takes map or umap5, got ${values.topics}`);
  return { ...values, atlas: values['embedding-atlas'] };
}

/** @param {ReturnType<typeof readOptions>} options */
async function report(options) {
  /** @type {Entry} */
  const entry = await loadTypeScript('e2e/bench/report/report-entry.ts');
  const opened = await entry.openMap(options.map);
  const labels = options.labels ? entry.labelsOf(readFileSync(options.labels, 'utf8'), opened.titles) : null;
  console.log(`${opened.titles.length} papers, ${opened.map.info.name}.`);
  if (labels) {
    const left = labels.strangers > 0 ? `, ${labels.strangers} further titles are of no paper` : '';
    console.log(`Labels: ${labels.papers} papers, ${labels.kinds} kinds${left}.`);
  }
  const recipes = await groupPapers(entry, opened, options);
  const measured = recipes.map((levels) => levels.map((level) => entry.measure(level, opened.searched, labels)));
  console.log(`\n${entry.tableOf(measured.flat())}`);
  if (!options.names) return;
  for (const levels of measured) {
    const isTree = levels[0].grouping.recipe.startsWith('Portolan');
    const trees = isTree ? [levels] : levels.map((level) => [level]);
    for (const tree of trees) console.log(`\n${entry.namesOf(tree, isTree ? Number.POSITIVE_INFINITY : MAX_NAMES)}`);
  }
}

/** @param {Entry} entry @param {ReportMap} opened @param {{ topics: string, peers: boolean, atlas: string | undefined }} options @returns {Promise<Levels[]>} */
async function groupPapers(entry, opened, { topics, peers, atlas }) {
  const stored = entry.storedTopics(opened);
  if (stored.length === 0) console.log('The map file holds no topics.');
  const { levels, clusterSeconds } = entry.topicsAnew(opened);
  if (levels.length === 0) console.log('No topics were found here.');
  const clusters = clusterSeconds.toFixed(2);
  console.log(
    `Found anew: names by words alone; its seconds are for all levels, ${clusters} of them for clusters (warm).`,
  );
  /** @type {Levels[]} */
  const recipes = [stored, levels].filter(({ length }) => length > 0);
  const space = topics === 'umap5' ? await entry.spaceOf(opened) : null;
  if (space) recipes.push(entry.topicsAnew(opened, space).levels);
  if (peers) recipes.push([entry.tileGrouping(opened)]);
  if (atlas !== undefined) {
    const call = await loadAtlas(resolve(atlas));
    recipes.push(await entry.atlasTopics(opened.map.positions, opened.raw, call));
    console.log('Embedding Atlas: without the seconds of its density map, which it makes on the GPU.');
  }
  return recipes;
}

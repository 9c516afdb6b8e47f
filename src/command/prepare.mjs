import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DIST, ROOT } from './paths.mjs';

const MIN_NODE = [20, 19];
/** The site's sources: anything newer than the last build requires a new one. */
const BUILD_INPUTS = ['src', 'public', 'index.html', 'hub.html', 'frame.html', 'vite.config.ts', 'package-lock.json'];

/** Ends the process with a sentence when this Node.js is too old to build the site. */
export function needNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  console.error(`Portolan needs Node.js ${MIN_NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Installs the packages of the lockfile when they are missing or belong to another lockfile. Never does so through a
 * link, since that would empty a folder which others use.
 */
export function needPackages() {
  const folder = join(ROOT, 'node_modules');
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const installed = join(folder, '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs) return;
  console.error('Installing packages (once) …');
  runOrExit(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    'The packages could not be installed.',
  );
}

/** Builds the site when it is missing or older than its sources. */
export function needBuild() {
  if (isBuilt(join(DIST, 'index.html'))) return;
  console.error('Building …');
  const args = [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'];
  runOrExit(process.execPath, args, 'The site could not be built.');
}

/**
 * @param {string} built a file that a build writes
 * @param {string[]} more its sources besides those of the site, from the repository's root
 * @returns {boolean} whether the file exists and is newer than all sources
 */
export function isBuilt(built, more = []) {
  const newest = Math.max(...[...BUILD_INPUTS, ...more].map((input) => newestChange(join(ROOT, input))));
  return existsSync(built) && statSync(built).mtimeMs > newest;
}

/**
 * Runs a command in the repository's root with its output shown on the error stream; ends the process when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {string} sentence what to say then
 */
function runOrExit(command, args, sentence) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (result.status === 0) return;
  console.error(result.error ? `${sentence} (${result.error.message})` : sentence);
  process.exit(1);
}

/**
 * @param {string} path a file or folder
 * @returns {number} newest modification under it, in milliseconds
 */
function newestChange(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), stat.mtimeMs);
}

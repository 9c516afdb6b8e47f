import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { findCycle, readModules } from './source-tree.mjs';

/** @typedef {import('./source-tree.mjs').Module} Module */

const MAX_FUNCTION_LINES = 60;
const SMALL_FILE_LINES = 40;
const isTest = (/** @type {string} */ path) => /\.(?:test|bench|spec)\.ts$|\/fixtures\//u.test(path);

// `npm run structure [-- --list]`: measures of the source's structure; with --list also the places behind them.
const lists = process.argv.includes('--list');
const modules = readModules(join(ROOT, 'src'));
const shipped = modules.filter(({ path }) => !isTest(path));
const tests = modules.filter(({ path }) => isTest(path));
const outside = readModules(join(ROOT, 'e2e'));

printSizes();
printFunctions();
printExports();
printState();
printLayers();
printTestShares();

function printSizes() {
  const css = execFileSync('git', ['ls-files', 'src/*.css', 'src/**/*.css'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const cssLines = css.split('\n').map((path) => linesOf(readFileSync(join(ROOT, path), 'utf8')));
  print('files that ship', shipped.length);
  print('their lines', sum(shipped.map(({ text }) => linesOf(text))));
  print('lines of styles', sum([...cssLines]));
  print('lines of tests and fixtures', sum(tests.map(({ text }) => linesOf(text))));
  const small = shipped.filter(({ text }) => linesOf(text) <= SMALL_FILE_LINES);
  print(`files up to ${SMALL_FILE_LINES} lines`, small.length);
  const importers = new Map();
  for (const { path, imports } of shipped) {
    for (const { target } of imports) if (target) importers.set(target, (importers.get(target) ?? new Set()).add(path));
  }
  const single = shipped.filter(({ path }) => importers.get(path)?.size === 1);
  print(
    'files with one importer',
    single.length,
    single.map(({ path }) => `${path} < ${[...importers.get(path)][0]}`),
  );
}

function printFunctions() {
  const long = shipped.flatMap(({ path, functions }) =>
    functions.flatMap(({ name, line, lines }) =>
      lines > MAX_FUNCTION_LINES ? [`${path}:${line} ${name}, ${lines} lines`] : [],
    ),
  );
  print(`functions over ${MAX_FUNCTION_LINES} lines`, long.length, long);
}

function printExports() {
  const users = new Map();
  for (const [where, list] of /** @type {const} */ ([
    ['src', modules],
    ['e2e', outside],
  ])) {
    for (const { path, imports, loads } of list) {
      const loaded = loads.map((target) => ({ target, names: ['*'] }));
      for (const { target, names } of [...imports, ...loaded]) {
        const to = target?.startsWith('../src/') ? target.slice('../src/'.length) : target;
        for (const name of names) {
          const key = `${to} ${name}`;
          users.set(key, [
            ...(users.get(key) ?? []),
            isTest(path) || (where === 'e2e' && !/^bench|\.mjs$/u.test(path)) ? 'test' : 'shipped',
          ]);
        }
      }
    }
  }
  const all = shipped.flatMap(({ path, exports, text }) => exports.map((made) => ({ path, text, ...made })));
  /** @param {{ path: string, name: string }} made @returns {string[]} */
  const usersOf = ({ path, name }) => [...(users.get(`${path} ${name}`) ?? []), ...(users.get(`${path} *`) ?? [])];
  const named = (/** @type {typeof all} */ list) => list.map(({ path, line, name }) => `${path}:${line} ${name}`);
  print('exports', all.length);
  const ownOnly = all.filter((made) => usersOf(made).length === 0);
  print('exports that nothing imports', ownOnly.length, named(ownOnly));
  const once = all.filter((made) => usersOf(made).filter((user) => user === 'shipped').length === 1);
  print('exports that one shipped file imports', once.length);
  const testsAlone = all.filter((made) => {
    const list = usersOf(made);
    // A type or a constant in the public signature of its own file is not exported for tests.
    return list.length > 0 && !list.includes('shipped') && !made.isType && !made.path.startsWith('command/');
  });
  print('exports that tests alone import', testsAlone.length, named(testsAlone));
  const bare = all.filter(({ isDocumented }) => !isDocumented);
  print('exports without a docstring', bare.length, named(bare));
}

function printState() {
  const isEntry = /^main\.tsx$|^frame\/frame\.ts$|\.worker\.ts$|^command\//u;
  const holders = shipped.filter(({ path, mutable }) => mutable.length > 0 && !isEntry.test(path));
  const places = holders.map(({ path, mutable }) => `${path}: ${mutable.join(', ')}`);
  print('modules that hold state', holders.length, places);
  const edges = new Map(shipped.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]));
  const cycle = findCycle(edges);
  print('a cycle of imports, types included', cycle.length === 0 ? 'none' : cycle.join(' > '));
}

/** The longest chain of imports within a folder, without type imports. */
function printLayers() {
  for (const room of ['ui', 'app']) {
    const inside = new Map(
      shipped.filter(({ path }) => path.startsWith(`${room}/`)).map((module) => [module.path, module]),
    );
    /** @type {Map<string, number>} */
    const known = new Map();
    /** @type {(path: string) => number} */
    const depth = (path) => {
      const before = known.get(path);
      if (before !== undefined) return before;
      known.set(path, 1);
      const next = inside
        .get(path)
        ?.imports.flatMap(({ target, isType }) => (target && !isType && inside.has(target) ? [target] : []));
      const found = 1 + Math.max(0, ...(next ?? []).map(depth));
      known.set(path, found);
      return found;
    };
    print(`layers of imports within ${room}`, Math.max(0, ...[...inside.keys()].map(depth)));
  }
}

function printTestShares() {
  const rooms = [...new Set(shipped.map(({ path }) => path.split('/')[0]))].filter((room) => !room.includes('.'));
  for (const room of rooms) {
    const of = (/** @type {readonly Module[]} */ list) =>
      list.filter(({ path }) => path.startsWith(`${room}/`) && !path.includes('/fixtures/'));
    const [source, test] = [of(shipped), of(tests)];
    const lines = (/** @type {readonly Module[]} */ list) => sum(list.map(({ text }) => linesOf(text)));
    const share = lines(test) / Math.max(1, lines(source));
    console.log(
      `  ${room.padEnd(10)} ${String(source.length).padStart(4)} files ${String(lines(source)).padStart(6)} lines, tests : source ${share.toFixed(2)}`,
    );
  }
}

/**
 * @param {string} what
 * @param {number | string} figure
 * @param {readonly string[]} [places]
 */
function print(what, figure, places = []) {
  console.log(`${what}: ${figure}`);
  if (lists) for (const place of places) console.log(`    ${place}`);
}

/** @param {readonly number[]} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** @param {string} text */
function linesOf(text) {
  return text.split('\n').length - 1;
}

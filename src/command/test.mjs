import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './paths.mjs';
import { needBuild, needNode, needPackages } from './prepare.mjs';

/** @type {Record<string, string>} Each tool's start file, so that neither a shell nor npx is needed. */
const TOOLS = {
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  knip: 'knip/bin/knip.js',
  vitest: 'vitest/vitest.mjs',
  sizeLimit: 'size-limit/bin.js',
  playwright: '@playwright/test/cli.js',
};

// `npm test`: every check, also on a fresh clone. All run even when one fails; names after `--` choose some.
// `npm run check`: checks without build and browser, and only the unit tests that a change may have broken.
// `npm run fuzz`: only the property tests, ten times as many runs, with new examples each time.
const { values, positionals } = parseArgs({
  options: { changed: { type: 'boolean' }, fuzz: { type: 'boolean' } },
  allowPositionals: true,
});

const unitTests = values.changed ? ['related', '--run', ...changedFiles()] : ['run'];

/** @type {{ name: string, tool: string, args: string[], needsSite?: boolean }[]} */
const CHECKS = [
  ...['core', 'worker', 'app', 'test'].map((part) => ({
    name: `types: ${part}`,
    tool: 'tsc',
    args: ['-p', `src/tsconfig.${part}.json`],
  })),
  { name: 'lint', tool: 'biome', args: ['ci', '--error-on-warnings', '.'] },
  { name: 'unused', tool: 'knip', args: [] },
  // This reporter prints failures and the number of tests.
  { name: 'unit', tool: 'vitest', args: [...unitTests, '--reporter=agent'] },
  { name: 'size', tool: 'sizeLimit', args: [], needsSite: true },
  {
    name: 'end to end',
    tool: 'playwright',
    args: ['test', '-c', 'e2e/playwright.config.ts', '--grep-invert', '@alone'],
    needsSite: true,
  },
  // Tests that count frames and long tasks of the page must not share the processor with another test.
  {
    name: 'one at a time',
    tool: 'playwright',
    args: ['test', '-c', 'e2e/playwright.config.ts', '--grep', '@alone', '--workers=1'],
    needsSite: true,
  },
];

needNode();
needPackages();
const chosen = CHECKS.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.startsWith(word)),
);
if (chosen.some(({ needsSite }) => needsSite)) await needSite();
const env = values.fuzz ? { ...process.env, PORTOLAN_FUZZ: '1' } : process.env;
const failed = chosen.filter(({ name, tool, args }) => {
  console.log(`\n── ${name}`);
  const path = join(ROOT, 'node_modules', TOOLS[tool]);
  return spawnSync(process.execPath, [path, ...args], { cwd: ROOT, env, stdio: ['ignore', 1, 2] }).status !== 0;
});
console.log(`\n${failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.map(({ name }) => name).join(', ')}`}`);
console.log(`${chosen.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length === 0 ? 0 : 1);

/** Provides a browser and a built site; ends the process with a sentence where that is not possible. */
async function needSite() {
  const { needChromium, NO_CHROMIUM } = await import('./chromium.mjs');
  if (!needChromium()) {
    console.error(NO_CHROMIUM);
    process.exit(1);
  }
  needBuild();
}

/**
 * Files that differ from the branch `main`, committed or not, and the architecture test, which reads every file but
 * imports none.
 * @returns {string[]} paths from the repository's root
 */
function changedFiles() {
  const base = ['origin/main', 'main'].map((main) => git('merge-base', 'HEAD', main)[0]).find(Boolean) ?? 'HEAD';
  const changed = [...git('diff', '--name-only', base), ...git('ls-files', '--others', '--exclude-standard')];
  return ['src/architecture.test.ts', ...changed.filter((path) => existsSync(join(ROOT, path)))];
}

/**
 * The lines that Git prints; none where it fails.
 * @param {string[]} args
 */
function git(...args) {
  const { stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return (stdout ?? '').split('\n').filter(Boolean);
}

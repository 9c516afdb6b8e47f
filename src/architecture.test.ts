import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycle, readModules } from './command/source-tree.mjs';

const SRC = import.meta.dirname;
const ROOT = dirname(SRC);

const BEHIND_THE_APP = 'model text topics search facet render pipeline read encode project export library'.split(' ');

/**
 * Which folder may import which: the table of docs/architecture.md. `worker` is for clients and workers
 * alone, so that the stages themselves stay free of threads.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  math: ['model'],
  text: [],
  worker: ['model'],
  read: ['model', 'math', 'text', 'worker'],
  encode: ['model', 'math', 'worker', 'offline'],
  project: ['model', 'math', 'worker', 'offline'],
  lexical: ['model', 'math', 'text', 'worker', 'project'],
  topics: ['model', 'math', 'text', 'worker'],
  search: ['model', 'math', 'text', 'worker'],
  pipeline: ['model', 'math', 'text', 'worker', 'read', 'encode', 'project', 'lexical', 'topics'],
  facet: ['model', 'math', 'text'],
  render: ['model', 'math'],
  app: [...BEHIND_THE_APP, 'lexical', 'offline'],
  ui: ['app', ...BEHIND_THE_APP],
  offline: [],
  library: ['model'],
  export: ['model', 'text', 'render'],
  frame: ['model', 'math', 'text', 'search', 'topics', 'render', 'export'],
  command: ['offline'],
};

/** Packages that are imported by value in one place only. */
const DOORS: Readonly<Record<string, RegExp>> = {
  '@huggingface/transformers': /^encode\/engine\.web\.ts$/u,
  'umap-js': /^project\/layout\/umap-js-engine\.ts$/u,
  flatbush: /^render\/labels\/placement-state\.ts$/u,
  'd3-contour': /^topics\/contours\/density-grid\.ts$/u,
  '@plotly/regl': /^render\/gl-device\.ts$/u,
  minisearch: /^search\/word-index\.ts$/u,
  papaparse: /^read\//u,
  saxes: /^read\//u,
  fflate: /^(?:read|export)\//u,
  'pdfjs-dist': /^read\//u,
  yaml: /^read\//u,
  'read-excel-file': /^read\//u,
  'franc-min': /^read\//u,
  '@uwdata/flechette': /^read\//u,
  entities: /^text\//u,
  idb: /^(?:encode\/vector-cache|library\/database)\.web\.ts$/u,
  hyparquet: /^model\/map-file\//u,
  'hyparquet-writer': /^model\/map-file\//u,
  'hyparquet-compressors': /^model\/map-file\//u,
  stopword: /^topics\/naming\/stop-words\.ts$/u,
  comlink: /^worker\/|\.(?:worker|client)\.ts$/u,
  react: /^ui\/|^main\.tsx$/u,
  'react-dom': /^main\.tsx$/u,
  'react-aria-components': /^ui\//u,
  '@tanstack/react-virtual': /^ui\/table\//u,
  'lucide-react': /^ui\//u,
  zundo: /^app\/store\.ts$/u,
  zustand: /^app\/store\.ts$/u,
};

const modules = readModules(SRC);
const shipped = modules.filter(({ path }) => !/\.(?:test|bench)\.ts$/u.test(path) && !path.includes('/fixtures/'));
const imports = shipped.flatMap(({ path, imports }) => imports.map((edge) => ({ from: path, ...edge })));
const local = imports.flatMap(({ target, ...edge }) =>
  target === null || /\.(?:css|d\.ts)$/u.test(target) ? [] : [{ ...edge, target }],
);

/** Files that start something: a page, a frame, a worker, a command. What they hold lives as long as they do. */
const IS_ENTRY = /^main\.tsx$|^frame\/frame\.ts$|\.worker\.ts$|^command\//u;

const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)];

/** `@scope/name` or `name`, without the path inside the package. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function folder(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

describe('architecture', () => {
  it('gives every folder a row in the import table', () => {
    expect(
      [...new Set(shipped.map(({ path }) => folder(path)))].filter((name) => name !== '' && !(name in MAY_IMPORT)),
    ).toEqual([]);
  });

  it('imports downwards only', () => {
    const wrong = local.filter((edge) => {
      const [from, to] = [folder(edge.from), folder(edge.target)];
      return from !== '' && from !== to && !MAY_IMPORT[from]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('leaves threads to workers and clients', () => {
    const isThread = /\.(?:worker|client|web)\.ts$/u;
    const wrong = local.filter(
      (edge) => folder(edge.target) === 'worker' && folder(edge.from) !== 'worker' && !isThread.test(edge.from),
    );
    expect(wrong).toEqual([]);
  });

  it('reaches a worker by its client alone', () => {
    expect(local.filter((edge) => edge.target.endsWith('.worker.ts'))).toEqual([]);
    const strangers = local.filter(
      (edge) => folder(edge.from) === 'ui' && ['encode', 'project', 'lexical', 'topics'].includes(folder(edge.target)),
    );
    const allowed =
      /\.client\.ts$|encode\/model-spec\.ts$|topics\/contours\/contour-tile\.ts$|project\/measure\/neighborhood\.ts$/u;
    expect(strangers.filter((edge) => !edge.isType && !allowed.test(edge.target))).toEqual([]);
  });

  it('lets each package in by one door', () => {
    const wrong = imports.filter(({ from, specifier, isType }) => {
      if (specifier.startsWith('.') || isType || from.startsWith('command/')) return false;
      const name = packageOf(specifier);
      return !DOORS[name]?.test(from) && !name.startsWith('@fontsource');
    });
    expect(wrong).toEqual([]);
  });

  it('has no cycle, types included', () => {
    const edges = new Map<string, string[]>();
    for (const { from, target } of local) {
      edges.set(from, [...(edges.get(from) ?? []), target]);
    }
    expect(findCycle(edges)).toEqual([]);
  });

  it('holds no state in modules', () => {
    const holders = shipped.filter(({ path, mutable }) => mutable.length > 0 && !IS_ENTRY.test(path));
    expect(holders.map(({ path, mutable }) => `${path}: ${mutable.join(', ')}`)).toEqual([]);
  });

  it('keeps files within 300 lines', () => {
    const long = modules.filter(({ text }) => text.split('\n').length > 301);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('keeps functions within 60 lines, those inside them included', () => {
    const long = shipped.flatMap(({ path, functions }) =>
      functions.flatMap(({ name, line, lines }) => (lines > 60 ? [`${path}:${line} ${name}`] : [])),
    );
    expect(long).toEqual([]);
  });

  it('documents every export', () => {
    const written = shipped.filter(({ path }) => !/\.(?:generated|wasm|as)\.ts$/u.test(path));
    const bare = written.flatMap(({ path, exports }) =>
      exports.flatMap(({ name, line, isDocumented }) => (isDocumented ? [] : [`${path}:${line} ${name}`])),
    );
    expect(bare).toEqual([]);
  });

  it('is documented with places that exist', () => {
    const named = pages.flatMap((page) => {
      const found = readFileSync(join(ROOT, page), 'utf8').matchAll(/`((?:src|public|e2e|docs|\.ci)\/[\w./-]*)`/gu);
      return Array.from(found, ([, path]) => ({ page, path }));
    });
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('has no link in its documentation to a page or heading that is not there', () => {
    const links = pages.flatMap((page) => {
      const found = readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]*)(#[^)\s]*)?\)/gu);
      return Array.from(found, ([, path, heading = '']) => ({ page, path, heading }));
    });
    expect(links.length).toBeGreaterThan(20);
    const isBroken = ({ page, path, heading }: (typeof links)[number]): boolean => {
      const target = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
      return !existsSync(target) || (heading !== '' && !headingsOf(target).includes(heading.slice(1)));
    };
    expect(links.filter(isBroken)).toEqual([]);
  });

  it('documents the table of imports as it is', () => {
    const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
    const rows = Array.from(page.matchAll(/^\| `src\/([\w-]+)\/` \|.*\| ([^|]*) \|$/gmu), ([, name, may]) => ({
      name,
      may,
    }));
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(MAY_IMPORT).sort());
    // These two may import nearly everything, which is said in words.
    const exact = rows.filter(({ name }) => name !== 'app' && name !== 'ui');
    expect(exact.map(({ name, may }) => [name, may === '–' ? [] : may.split(', ')])).toEqual(
      exact.map(({ name }) => [name, MAY_IMPORT[name]]),
    );
  });
});

/** Anchors of a page's headings, as GitHub makes them. */
function headingsOf(path: string): string[] {
  const headings = readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gmu);
  return Array.from(headings, ([, words]) =>
    words
      .toLowerCase()
      .replace(/[^\w\s-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

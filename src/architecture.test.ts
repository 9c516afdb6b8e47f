import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = import.meta.dirname;
const ROOT = dirname(SRC);

/**
 * Which folder may import which: the table of the README's Architecture section. `worker` is for clients and workers
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
  app: [
    'model',
    'text',
    'topics',
    'search',
    'facet',
    'render',
    'pipeline',
    'read',
    'encode',
    'project',
    'lexical',
    'offline',
    'export',
    'library',
  ],
  ui: [
    'app',
    'model',
    'text',
    'topics',
    'search',
    'facet',
    'render',
    'pipeline',
    'read',
    'encode',
    'project',
    'library',
    'export',
  ],
  offline: [],
  library: ['model'],
  export: ['model', 'render'],
  frame: ['model', 'search', 'render', 'export'],
  command: ['offline'],
};

/** Packages that are imported by value in one place only. */
const DOORS: Readonly<Record<string, RegExp>> = {
  '@huggingface/transformers': /^encode\/engine\.web\.ts$/u,
  'umap-js': /^project\/layout\/umap-js-engine\.ts$/u,
  flatbush: /^render\/labels\/placement-boxes\.ts$/u,
  'd3-contour': /^topics\/contours\/contour-rings\.ts$/u,
  '@plotly/regl': /^render\/gl-device\.ts$/u,
  minisearch: /^search\/word-index\.ts$/u,
  papaparse: /^read\//u,
  idb: /^(?:encode\/vector-cache|library\/database)\.web\.ts$/u,
  hyparquet: /^model\/map-file\//u,
  'hyparquet-writer': /^model\/map-file\//u,
  'hyparquet-compressors': /^model\/map-file\//u,
  stopword: /^topics\/naming\/stop-words\.ts$/u,
  comlink: /^worker\/|\.(?:worker|client)\.ts$/u,
  react: /^ui\/|^main\.tsx$/u,
  'react-dom': /^main\.tsx$/u,
  'react-aria-components': /^ui\//u,
  'lucide-react': /^ui\//u,
  zundo: /^app\/store\.ts$/u,
  zustand: /^(?:app|ui)\/(?:use-)?store\.ts$/u,
};

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly isType: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(?:tsx?|mjs)$/u.test(path) && !path.endsWith('.d.ts'));
const shipped = files.filter((path) => !/\.(?:test|bench)\.ts$/u.test(path) && !path.includes('/fixtures/'));
const imports = shipped.flatMap(importsOf);

function importsOf(from: string): Import[] {
  const text = readFileSync(join(SRC, from), 'utf8');
  const found = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gmu);
  return Array.from(found, ([clause, type, specifier]) => {
    const named = /\{([^}]*)\}/u.exec(clause)?.[1] ?? '';
    const names = named.split(',').filter((name) => name.trim() !== '');
    const onlyTypes =
      names.length > 0 && !/\w\s*,\s*\{/u.test(clause) && names.every((name) => /^\s*type\s/u.test(name));
    return { from, specifier, isType: type !== undefined || onlyTypes };
  });
}

/** Path under src/ that a relative import names. */
function target({ from, specifier }: Import): string {
  return relative(SRC, resolve(SRC, dirname(from), specifier)).replaceAll('\\', '/');
}

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

const local = imports.filter(({ specifier }) => specifier.startsWith('.') && !/\.css$|\?/u.test(specifier));

describe('architecture', () => {
  it('gives every folder a row in the import table', () => {
    expect([...new Set(shipped.map(folder))].filter((name) => name !== '' && !(name in MAY_IMPORT))).toEqual([]);
  });

  it('imports downwards only', () => {
    const wrong = local.filter((edge) => {
      const [from, to] = [folder(edge.from), folder(target(edge))];
      return from !== '' && from !== to && !MAY_IMPORT[from]?.includes(to);
    });
    expect(wrong).toEqual([]);
  });

  it('leaves threads to workers and clients', () => {
    const isThread = /\.(?:worker|client|web)\.ts$/u;
    const wrong = local.filter(
      (edge) => folder(target(edge)) === 'worker' && folder(edge.from) !== 'worker' && !isThread.test(edge.from),
    );
    expect(wrong).toEqual([]);
  });

  it('reaches a worker by its client alone', () => {
    expect(local.filter((edge) => target(edge).endsWith('.worker.ts'))).toEqual([]);
    const strangers = local.filter(
      (edge) =>
        folder(edge.from) === 'ui' && ['encode', 'project', 'lexical', 'cluster'].includes(folder(target(edge))),
    );
    const allowed = /\.client\.ts$|encode\/model-spec\.ts$|cluster\/contour-tile\.ts$|project\/neighborhood\.ts$/u;
    expect(strangers.filter((edge) => !edge.isType && !allowed.test(target(edge)))).toEqual([]);
  });

  it('lets each package in by one door', () => {
    const wrong = imports.filter(({ from, specifier, isType }) => {
      if (specifier.startsWith('.') || isType || from.startsWith('command/')) return false;
      const name = packageOf(specifier);
      return !DOORS[name]?.test(from) && !name.startsWith('@fontsource');
    });
    expect(wrong).toEqual([]);
  });

  it('has no cycle', () => {
    const edges = new Map<string, string[]>();
    for (const edge of local.filter(({ isType }) => !isType)) {
      edges.set(edge.from, [...(edges.get(edge.from) ?? []), target(edge)]);
    }
    expect(findCycle(edges)).toEqual([]);
  });

  it('keeps files within 300 lines', () => {
    const long = files.filter((path) => readFileSync(join(SRC, path), 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });

  it('names only places in the README that exist', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const named = Array.from(readme.matchAll(/`((?:src|public|e2e|\.ci)\/[\w./-]*)`/gu), ([, path]) => path);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

/** The files of one cycle, or [] when there is none. */
function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle.length > 0) return cycle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of edges.keys()) {
    const cycle = visit(file);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

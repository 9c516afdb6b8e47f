import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync, Visitor } from 'vite';

/**
 * What the architecture test and `npm run structure` know about one file, read from its syntax tree.
 * @typedef {object} Module
 * @property {string} path below the folder that was read, with `/`
 * @property {string} text
 * @property {readonly Import[]} imports
 * @property {readonly string[]} loads the files that `import()` names, as {@link Module.path}
 * @property {readonly Export[]} exports
 * @property {readonly { name: string, line: number, lines: number }[]} functions whole lines
 * @property {readonly string[]} mutable a phrase for each mutable value at module level
 */

/**
 * @typedef {object} Import
 * @property {string} specifier
 * @property {string | null} target the path of the imported file, as {@link Module.path}; null for a package
 * @property {boolean} isType whether every name is imported as a type
 * @property {readonly string[]} names imported from it; `*` for all
 */

/** @typedef {{ name: string, line: number, isDocumented: boolean, isType: boolean }} Export */

/**
 * Every TypeScript and JavaScript module below `folder` except declarations (`.d.ts`). Throws where one does not parse.
 * @param {string} folder
 * @returns {Module[]}
 */
export function readModules(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return paths
    .filter((path) => /\.(?:tsx?|mjs)$/u.test(path) && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => readModule(folder, path));
}

/**
 * @param {string} folder
 * @param {string} path
 * @returns {Module}
 */
function readModule(folder, path) {
  const text = readFileSync(join(folder, path), 'utf8');
  const { program, module, comments, errors } = parseSync(path, text);
  // AssemblyScript has decorators where TypeScript has none: such a file is counted, but not parsed.
  if (path.endsWith('.as.ts')) return { path, text, imports: [], loads: [], exports: [], functions: [], mutable: [] };
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const lineOf = lineCounter(text);
  return {
    path,
    text,
    imports: importsOf(folder, path, module),
    loads: module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const target = targetOf(folder, path, text.slice(start + 1, end - 1));
      return target === null ? [] : [target];
    }),
    exports: exportsOf(module, program, comments, lineOf),
    functions: functionsOf(program, lineOf),
    mutable: mutableState(program),
  };
}

/**
 * @param {string} text
 * @returns {(offset: number) => number} lines count from 1
 */
function lineCounter(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/**
 * @param {string} folder
 * @param {string} path of the file that imports
 * @param {string} specifier
 * @returns the path of the imported file, as {@link Module.path}; null for a package
 */
function targetOf(folder, path, specifier) {
  if (!specifier.startsWith('.')) return null;
  return relative(folder, resolve(folder, dirname(path), specifier.replace(/\?.*$/u, ''))).replaceAll('\\', '/');
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {ReturnType<typeof parseSync>['module']} module
 * @returns {Import[]}
 */
function importsOf(folder, path, module) {
  /** @param {string} specifier */
  const target = (specifier) => targetOf(folder, path, specifier);
  const found = module.staticImports.map(({ moduleRequest: { value }, entries }) => ({
    specifier: value,
    target: target(value),
    isType: entries.length > 0 && entries.every(({ isType }) => isType),
    names: entries.map(({ importName: { kind, name } }) =>
      kind === 'Name' ? (name ?? '') : kind === 'Default' ? 'default' : '*',
    ),
  }));
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, importName, isType } of entries) {
      if (!moduleRequest) continue;
      const { value } = moduleRequest;
      found.push({ specifier: value, target: target(value), isType, names: [importName.name ?? '*'] });
    }
  }
  return found;
}

/**
 * @param {ReturnType<typeof parseSync>['module']} module
 * @param {ReturnType<typeof parseSync>['program']} program
 * @param {ReturnType<typeof parseSync>['comments']} comments
 * @param {(offset: number) => number} lineOf
 * @returns {Export[]}
 */
function exportsOf(module, program, comments, lineOf) {
  const documented = new Set(
    comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*')).map(({ end }) => lineOf(end) + 1),
  );
  const overloads = new Set();
  return module.staticExports.flatMap(({ start, entries }) => {
    const line = lineOf(start);
    return entries.flatMap(({ exportName: { name }, isType, moduleRequest }) => {
      // The comment of an overloaded function's first signature documents the later ones too.
      if (name === null || moduleRequest || overloads.has(name)) return [];
      overloads.add(name);
      const node = program.body.find((statement) => statement.start === start);
      const declares = node?.type === 'ExportNamedDeclaration' && node.declaration !== null;
      return [{ name, line, isDocumented: documented.has(line) || !declares, isType }];
    });
  });
}

/**
 * @param {ReturnType<typeof parseSync>['program']} program
 * @param {(offset: number) => number} lineOf
 */
function functionsOf(program, lineOf) {
  /** @type {{ name: string, line: number, lines: number }[]} */
  const found = [];
  /** @param {{ start: number, end: number, id?: { name: string } | null }} node */
  const add = (node) => {
    const line = lineOf(node.start);
    found.push({ name: node.id?.name ?? '(anonymous)', line, lines: lineOf(node.end) - line + 1 });
  };
  new Visitor({ FunctionDeclaration: add, FunctionExpression: add, ArrowFunctionExpression: add }).visit(program);
  return found;
}

const COLLECTIONS = /^(?:Map|Set|WeakMap|WeakSet|AbortController|Array)$/u;
const MUTATORS = /^(?:set|add|push|pop|shift|unshift|splice|delete|clear|sort|fill|abort)$/u;

/**
 * The mutable state of a module: `let`; an empty collection; the result of a creator; a constant into which a function
 * of the module writes. A table that is written once where it is declared is not state.
 * @param {ReturnType<typeof parseSync>['program']} program
 * @returns {string[]}
 */
function mutableState(program) {
  /** @type {string[]} */
  const found = [];
  /** @type {Set<string>} */
  const constants = new Set();
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier') continue;
      if (declaration.kind !== 'const') found.push(`${declaration.kind} ${id.name}`);
      else if (init && isMutable(init, id.typeAnnotation)) found.push(`const ${id.name}`);
      else if (init && !/Function/u.test(init.type)) constants.add(id.name);
    }
  }
  return [...found, ...changedConstants(program, constants)];
}

/**
 * @param {import('vite').ESTree.Expression} init
 * @param {import('vite').ESTree.TSTypeAnnotation | null | undefined} annotation
 */
function isMutable(init, annotation) {
  const type = annotation?.typeAnnotation;
  const isReadonly =
    (type?.type === 'TSTypeReference' &&
      type.typeName.type === 'Identifier' &&
      /^Readonly/u.test(type.typeName.name)) ||
    (type?.type === 'TSTypeOperator' && type.operator === 'readonly');
  if (init.type === 'NewExpression')
    return (
      init.callee.type === 'Identifier' &&
      COLLECTIONS.test(init.callee.name) &&
      init.arguments.length === 0 &&
      !isReadonly
    );
  if (init.type === 'ArrayExpression') return init.elements.length === 0 && !isReadonly;
  return init.type === 'CallExpression' && init.callee.type === 'Identifier' && /^make[A-Z]/u.test(init.callee.name);
}

/**
 * @param {ReturnType<typeof parseSync>['program']} program
 * @param {ReadonlySet<string>} constants
 */
function changedConstants(program, constants) {
  /** @type {Set<string>} */
  const changed = new Set();
  /** @param {import('vite').ESTree.Node} node */
  const root = (node) => {
    let inner = node;
    while (inner.type === 'MemberExpression') inner = inner.object;
    return inner !== node && inner.type === 'Identifier' && constants.has(inner.name) ? inner.name : null;
  };
  /** @param {string | null} name */
  const note = (name) => name !== null && changed.add(`const ${name}, changed`);
  new Visitor({
    AssignmentExpression: ({ left }) => void note(root(left)),
    UpdateExpression: ({ argument }) => void note(root(argument)),
    CallExpression: ({ callee }) => {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (MUTATORS.test(callee.property.name)) note(root(callee));
    },
  }).visit(program);
  return [...changed];
}

/**
 * The files of one cycle of imports, types included, or [] when there is none.
 * @param {ReadonlyMap<string, readonly string[]>} edges
 * @returns {string[]}
 */
export function findCycle(edges) {
  const done = new Set();
  /** @type {string[]} */
  const path = [];
  /** @type {(file: string) => string[]} */
  const visit = (file) => {
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

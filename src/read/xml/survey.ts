/** What was seen of the elements of one path. */
interface Seen {
  readonly name: string;
  count: number;
  /** Most of them within one parent. */
  together: number;
  /** UTF-16 units of words directly within them. */
  words: number;
  /** Names of their attributes with values, and UTF-16 units of these. */
  readonly attributes: Set<string>;
  attributeLength: number;
  readonly children: Map<string, Seen>;
}

/** Watches the beginning of an unknown XML file, and finds which elements are its records. */
export interface Survey {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  words(text: string): void;
  close(): void;
  /** Paths of elements that could be records, with `/` between names, the likeliest first. Never empty after `open`. */
  candidates(): string[];
}

/** Paths that are told apart; more are not looked at. */
const MAX_PATHS = 5000;
/** Share of the words that records hold. */
const MOST = 0.5;
const MAX_CANDIDATES = 10;
/** Elements that are parts of a text, not records. */
const TEXT_PART =
  /^(?:p|para|paragraph|sec|section|div|head|line|l|lg|s|seg|w|token|li|b|i|em|strong|span|style|br|a|ref|tr|td|v|verse)$/iu;

/** Makes a survey; see {@link Survey}. */
export function makeSurvey(): Survey {
  const top = seen('');
  const open: { readonly at: Seen; readonly counts: Map<string, number> }[] = [{ at: top, counts: new Map() }];
  let paths = 0;
  let below = 0;
  return {
    open(name, attributes) {
      const parent = open[open.length - 1];
      let child = parent.at.children.get(name);
      if (below > 0 || (!child && paths >= MAX_PATHS)) {
        below++;
        return;
      }
      if (!child) {
        child = seen(name);
        parent.at.children.set(name, child);
        paths++;
      }
      child.count++;
      const together = (parent.counts.get(name) ?? 0) + 1;
      parent.counts.set(name, together);
      child.together = Math.max(child.together, together);
      for (const [key, value] of Object.entries(attributes)) {
        if (/^xmlns(?::|$)|^xml:/u.test(key)) continue;
        if (child.attributes.size < 50) child.attributes.add(key);
        child.attributeLength += value.length;
      }
      open.push({ at: child, counts: new Map() });
    },
    words(text) {
      open[open.length - 1].at.words += text.trim().length;
    },
    close() {
      if (below > 0) below--;
      else if (open.length > 1) open.pop();
    },
    candidates: () => candidatesIn(top),
  };
}

function seen(name: string): Seen {
  return { name, count: 0, together: 0, words: 0, attributes: new Set(), attributeLength: 0, children: new Map() };
}

function candidatesIn(top: Seen): string[] {
  const best = bestPath(top);
  const others: { path: string; weight: number }[] = [];
  const visit = (at: Seen, path: readonly string[], depth: number): void => {
    for (const child of at.children.values()) {
      const here = [...path, child.name];
      if (child.together > 1 && fieldsOf(child) > 0) others.push({ path: here.join('/'), weight: weightOf(child) });
      if (depth < 8) visit(child, here, depth + 1);
    }
  };
  visit(top, [], 0);
  others.sort((a, b) => b.weight - a.weight);
  return [...new Set([best, ...others.map(({ path }) => path)])].slice(0, MAX_CANDIDATES);
}

/**
 * The path of the repeated element that holds most words. If none does, the outermost element that has single values of
 * its own: such a file is one record.
 */
function bestPath(top: Seen): string {
  let at = top;
  const path: string[] = [];
  let single: string | null = null;
  for (;;) {
    const weight = weightOf(at);
    const children = [...at.children.values()].sort((a, b) => weightOf(b) - weightOf(a));
    const [largest] = children;
    const isText = at.words > weight * MOST || largest === undefined || TEXT_PART.test(largest.name);
    const isValue = at !== top && largest?.together === 1 && largest.children.size === 0;
    if (isText || isValue || weightOf(largest) < weight * MOST) return single ?? path.join('/');
    if (at !== top && leavesOf(at) > 0) single ??= path.join('/');
    path.push(largest.name);
    const isRecord = largest.together > 1 && fieldsOf(largest) > 0 && (ownFields(largest) >= 2 || leavesOf(at) < 2);
    if (isRecord && (ownFields(largest) >= 2 || !holdsRecords(largest))) return path.join('/');
    at = largest;
  }
}

/** Whether a repeated element is only a group of others that are records. */
function holdsRecords(group: Seen): boolean {
  return [...group.children.values()].some(
    (child) =>
      child.together > 1 &&
      !TEXT_PART.test(child.name) &&
      child.attributes.size + child.children.size >= 2 &&
      weightOf(child) >= weightOf(group) * 0.7,
  );
}

function weightOf(at: Seen): number {
  let weight = at.words + at.attributeLength;
  for (const child of at.children.values()) weight += weightOf(child);
  return weight;
}

/** How many kinds of attributes and elements there are in an element. */
function fieldsOf(at: Seen): number {
  return at.attributes.size + at.children.size + (at.words > 0 ? 1 : 0);
}

/** How many of them are single values. */
function ownFields(at: Seen): number {
  return at.attributes.size + leavesOf(at);
}

/** How many kinds of elements in an element are single words or texts. */
function leavesOf(at: Seen): number {
  const isLeaf = (child: Seen): boolean => child.children.size === 0 && child.words > 0 && child.together === 1;
  return [...at.children.values()].filter((child) => isLeaf(child) && !TEXT_PART.test(child.name)).length;
}

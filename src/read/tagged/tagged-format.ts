import type { LazyTextFormat, TextHead } from '../format.ts';
import { knownTags, type TagTable } from './tag-table.ts';

/** How a tagged format is recognised. */
interface TaggedSignature {
  readonly name: string;
  readonly extensions: readonly string[];
  /** Beginnings that no other format has. */
  readonly start: RegExp;
  readonly table: TagTable;
}

/** A text format of tagged records. */
export function taggedFormat({ name, extensions, start, table }: TaggedSignature): LazyTextFormat {
  return {
    name,
    score(head) {
      if (start.test(head.start)) return 1;
      const shape = scoreShape(head, table);
      return shape > 0 || !extensions.includes(head.extension) ? shape : 0.5;
    },
    load: async () => {
      const { makeTaggedParser } = await import('./tagged-parser.ts');
      return (sink, options, head) => makeTaggedParser(table, { sink, options, head });
    },
  };
}

/** Lines of the head that are looked at. */
const MAX_LINES = 2000;
/** Share of the lines that begin a known field: low, since a long abstract may be wrapped into many lines. */
const MIN_SHARE = 0.15;
/** Share without a line that begins or ends a record, by which alone other formats could be meant. */
const MIN_SHARE_ALONE = 0.4;

/** How much the lines of a text look like records of `table`, wherever they begin. */
function scoreShape({ text }: TextHead, table: TagTable): number {
  const known = knownTags(table);
  const isKnown = (tag: string): boolean => known.has(tag);
  const seen = new Set<string>();
  let [lines, tagged] = [0, 0];
  for (const line of text.split('\n', MAX_LINES)) {
    if (line.trim() === '') continue;
    lines++;
    const tag = table.cut(line.slice(0, 200), isKnown)?.[0];
    if (tag === undefined || !known.has(tag)) continue;
    tagged++;
    seen.add(tag);
  }
  if (seen.size < 3 || ![...table.title, ...table.text].some((tag) => seen.has(tag))) return 0;
  const share = tagged / lines;
  const isFramed = seen.has(table.begins) || (table.ends !== null && seen.has(table.ends));
  if (isFramed && share >= MIN_SHARE) return 0.9 + share / 20;
  return share >= MIN_SHARE_ALONE ? 0.65 + share / 20 : 0;
}

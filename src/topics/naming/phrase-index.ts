import type { PhraseScan, PhraseVisitor, TokenStream } from './token-stream.ts';

/** The phrases that enough papers hold, numbered in the order of their first occurrence. All arrays are by phrase. */
export interface PhraseIndex {
  readonly count: number;
  /** The number of the phrase with these hashes, −1 for none. O(1). */
  find(low: number, high: number): number;
  readonly papers: Int32Array;
  readonly occurrences: Int32Array;
  /** Occurrences without a preceding word that could belong to it; `freeAfter`: without a following one. */
  readonly freeBefore: Int32Array;
  readonly freeAfter: Int32Array;
  /** Its first occurrence: entries [from, to) of the stream. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The initial fields of a visitor, which a scan sets. */
  makeVisitor(): Omit<PhraseVisitor, 'visit'>;
}

/** Counts the phrases of a stream that at least `minPapers` papers hold. O(entries) time. */
export function makePhraseIndex(stream: TokenStream, scan: PhraseScan, minPapers: number): PhraseIndex {
  const all = countCandidates(stream, scan, sketchCounts(stream, scan), minPapers);
  const kept: number[] = [];
  for (let p = 0; p < all.size; p++) if (all.papers.at(p) >= minPapers) kept.push(p);
  const table = makeHashTable(kept.length);
  const pick = (list: GrowingInts) => Int32Array.from(kept, (p) => list.at(p));
  for (const p of kept) table.add(all.table.lowOf(p), all.table.highOf(p));
  return {
    count: kept.length,
    find: table.find,
    papers: pick(all.papers),
    occurrences: pick(all.occurrences),
    freeBefore: pick(all.freeBefore),
    freeAfter: pick(all.freeAfter),
    from: pick(all.from),
    to: pick(all.to),
    makeVisitor: makeFields,
  };
}

const SKETCH_BITS = 22;

/** Occurrences of phrases by their hash, up to 255: never too low, but too high where two phrases share a hash. */
function sketchCounts(stream: TokenStream, scan: PhraseScan): Uint8Array {
  const counts = new Uint8Array(1 << SKETCH_BITS);
  const visitor = {
    ...makeFields(),
    visit() {
      const at = sketchPlace(this.low, this.high);
      if (counts[at] < 255) counts[at]++;
    },
  };
  scanPapers(stream, scan, visitor, () => {});
  return counts;
}

function sketchPlace(low: number, high: number): number {
  return (low ^ Math.imul(high, 0x27d4eb2f)) >>> (32 - SKETCH_BITS);
}

interface Candidates {
  readonly size: number;
  readonly table: HashTable;
  readonly papers: GrowingInts;
  readonly occurrences: GrowingInts;
  readonly freeBefore: GrowingInts;
  readonly freeAfter: GrowingInts;
  readonly from: GrowingInts;
  readonly to: GrowingInts;
}

function countCandidates(stream: TokenStream, scan: PhraseScan, sketch: Uint8Array, least: number): Candidates {
  const table = makeHashTable(1024);
  const [papers, occurrences, freeBefore, freeAfter] = Array.from({ length: 4 }, makeGrowingInts);
  const [from, to, last] = Array.from({ length: 3 }, makeGrowingInts);
  let paper = 0;
  const visitor = {
    ...makeFields(),
    visit() {
      if (sketch[sketchPlace(this.low, this.high)] < least) return;
      const p = table.add(this.low, this.high);
      if (occurrences.at(p) === 0) {
        from.set(p, this.from);
        to.set(p, this.to);
      }
      if (last.at(p) !== paper + 1) papers.set(p, papers.at(p) + 1);
      last.set(p, paper + 1);
      occurrences.set(p, occurrences.at(p) + 1);
      if (this.freeBefore) freeBefore.set(p, freeBefore.at(p) + 1);
      if (this.freeAfter) freeAfter.set(p, freeAfter.at(p) + 1);
    },
  };
  scanPapers(stream, scan, visitor, (i) => {
    paper = i;
  });
  return { size: table.size(), table, papers, occurrences, freeBefore, freeAfter, from, to };
}

function scanPapers(stream: TokenStream, scan: PhraseScan, visitor: PhraseVisitor, begin: (i: number) => void): void {
  for (let i = 0; i < stream.bodies.length; i++) {
    begin(i);
    scan(stream.starts[i], stream.starts[i + 1], visitor);
  }
}

function makeFields(): Omit<PhraseVisitor, 'visit'> {
  return { low: 0, high: 0, from: 0, to: 0, freeBefore: false, freeAfter: false };
}

interface GrowingInts {
  /** 0 where nothing was set. */
  at(i: number): number;
  set(i: number, value: number): void;
}

function makeGrowingInts(): GrowingInts {
  let data = new Int32Array(1024);
  return {
    at: (i) => (i < data.length ? data[i] : 0),
    set(i, value) {
      if (i >= data.length) {
        const grown = new Int32Array(Math.max(i + 1, data.length * 2));
        grown.set(data);
        data = grown;
      }
      data[i] = value;
    },
  };
}

/** Numbers pairs of hashes from 0 in the order they are added. Open addressing, at most half full. */
interface HashTable {
  size(): number;
  /** The number of a pair, a new one if it has none. */
  add(low: number, high: number): number;
  /** The number of a pair, −1 for none. */
  find(low: number, high: number): number;
  lowOf(number: number): number;
  highOf(number: number): number;
}

function makeHashTable(expected: number): HashTable {
  const lows = makeGrowingInts();
  const highs = makeGrowingInts();
  let places = new Int32Array(1 << Math.ceil(Math.log2(Math.max(16, expected * 2 + 2)))).fill(-1);
  let size = 0;

  function placeOf(low: number, high: number): number {
    const mask = places.length - 1;
    let at = (low ^ Math.imul(high, 0x2545f491)) & mask;
    while (places[at] >= 0 && (lows.at(places[at]) !== low || highs.at(places[at]) !== high)) at = (at + 1) & mask;
    return at;
  }

  function grow(): void {
    places = new Int32Array(places.length * 2).fill(-1);
    for (let number = 0; number < size; number++) places[placeOf(lows.at(number), highs.at(number))] = number;
  }

  return {
    size: () => size,
    add(low, high) {
      const at = placeOf(low, high);
      if (places[at] >= 0) return places[at];
      lows.set(size, low);
      highs.set(size, high);
      places[at] = size;
      if (++size * 2 > places.length) grow();
      return size - 1;
    },
    find: (low, high) => places[placeOf(low, high)],
    lowOf: lows.at,
    highOf: highs.at,
  };
}

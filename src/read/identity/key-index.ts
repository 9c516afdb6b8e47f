/** Numbers of papers by 48-bit keys, in typed arrays: 30 to 50 bytes for each key, where a Map takes twice that. */
export interface KeyIndex {
  add(key: number, paper: number): void;
  /** How many papers were added with this key. */
  count(key: number): number;
  /** The first papers added with this key, in their order, at most `most`. */
  papers(key: number, most: number): number[];
}

const NONE = -1;

/** Makes an empty index. Keys are whole numbers from 0; it doubles when it is three fifths full. */
export function makeKeyIndex(): KeyIndex {
  let slots = makeSlots(1024);
  let used = 0;
  let papers = new Int32Array(1024);
  let next = new Int32Array(1024).fill(NONE);
  let entries = 0;

  function slotOf(key: number): number {
    const mask = slots.keys.length - 1;
    let at = (key ^ (key / 0x100000000)) & mask;
    while (slots.heads[at] !== NONE && slots.keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  function grow(): void {
    const old = slots;
    slots = makeSlots(old.keys.length * 2);
    for (let i = 0; i < old.keys.length; i++) {
      if (old.heads[i] === NONE) continue;
      const at = slotOf(old.keys[i]);
      slots.keys[at] = old.keys[i];
      slots.heads[at] = old.heads[i];
      slots.tails[at] = old.tails[i];
      slots.counts[at] = old.counts[i];
    }
  }

  return {
    add(key, paper) {
      if (used >= slots.keys.length * 0.6) grow();
      if (entries === papers.length) {
        papers = enlarge(papers, 0);
        next = enlarge(next, NONE);
      }
      papers[entries] = paper;
      const at = slotOf(key);
      if (slots.heads[at] === NONE) {
        slots.keys[at] = key;
        slots.heads[at] = entries;
        used++;
      } else next[slots.tails[at]] = entries;
      slots.tails[at] = entries++;
      slots.counts[at]++;
    },
    count: (key) => slots.counts[slotOf(key)],
    papers(key, most) {
      const found: number[] = [];
      for (let entry = slots.heads[slotOf(key)]; entry !== NONE && found.length < most; entry = next[entry]) {
        found.push(papers[entry]);
      }
      return found;
    },
  };
}

interface Slots {
  readonly keys: Float64Array;
  /** The first entry of each key, or −1. */
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  readonly counts: Int32Array;
}

function makeSlots(size: number): Slots {
  const heads = new Int32Array(size).fill(NONE);
  return { keys: new Float64Array(size), heads, tails: new Int32Array(size), counts: new Int32Array(size) };
}

function enlarge(old: Int32Array<ArrayBuffer>, rest: number): Int32Array<ArrayBuffer> {
  const made = new Int32Array(old.length * 2).fill(rest, old.length);
  made.set(old);
  return made;
}

/** Things to be done, each at a scale: the earliest first, of equal ones that of the lower rank. */
export interface DueQueue {
  /** When each item is due at present; Infinity = not at all. Read only. */
  readonly due: Float64Array;
  /** Moves an item to `scale`, earlier or later; Infinity takes it out. O(log of the calls so far). */
  schedule(item: number, scale: number): void;
  /** Takes out the item that is due first; null when none is. */
  pop(): { readonly item: number; readonly scale: number } | null;
}

/**
 * A queue of the items 0…ranks.length − 1, none of them scheduled: a binary heap (Williams 1964) whose outdated entries
 * stay until they come up, since an item is moved far more often than the heap would have to be searched for it.
 */
export function makeDueQueue(ranks: Int32Array): DueQueue {
  const due = new Float64Array(ranks.length).fill(Infinity);
  const scales: number[] = [];
  const items: number[] = [];
  const isBefore = (a: number, b: number): boolean =>
    scales[a] === scales[b] ? ranks[items[a]] < ranks[items[b]] : scales[a] < scales[b];
  return {
    due,
    schedule(item, scale) {
      if (due[item] === scale) return;
      due[item] = scale;
      if (scale === Infinity) return;
      scales.push(scale);
      items.push(item);
      rise(scales, items, isBefore);
    },
    pop() {
      while (items.length > 0) {
        const scale = scales[0];
        const item = items[0];
        takeFirst(scales, items, isBefore);
        if (due[item] !== scale) continue;
        due[item] = Infinity;
        return { item, scale };
      }
      return null;
    },
  };
}

type IsBefore = (a: number, b: number) => boolean;

function rise(scales: number[], items: number[], isBefore: IsBefore): void {
  let at = items.length - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isBefore(at, above)) return;
    swap(scales, items, at, above);
    at = above;
  }
}

function takeFirst(scales: number[], items: number[], isBefore: IsBefore): void {
  swap(scales, items, 0, items.length - 1);
  scales.pop();
  items.pop();
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    if (left >= items.length) return;
    const least = left + 1 < items.length && isBefore(left + 1, left) ? left + 1 : left;
    if (!isBefore(least, at)) return;
    swap(scales, items, at, least);
    at = least;
  }
}

function swap(scales: number[], items: number[], a: number, b: number): void {
  const scale = scales[a];
  const item = items[a];
  scales[a] = scales[b];
  items[a] = items[b];
  scales[b] = scale;
  items[b] = item;
}

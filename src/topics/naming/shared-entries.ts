/** Entries that two ascending lists have in common. O(their lengths). */
export function countShared(a: Int32Array, b: Int32Array): number {
  let shared = 0;
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    while (j < b.length && b[j] < a[i]) j++;
    if (j < b.length && b[j] === a[i]) shared++;
  }
  return shared;
}

/** Shared entries of two ascending lists over those in either (Jaccard), 0…1. O(their lengths). */
export function overlap(a: Int32Array, b: Int32Array): number {
  const shared = countShared(a, b);
  const either = a.length + b.length - shared;
  return either === 0 ? 0 : shared / either;
}

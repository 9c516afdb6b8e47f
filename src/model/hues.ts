/** Number of hues for topics, kept selections and the values of a column: as many as the palette has categories. */
export const HUES = 24;

/**
 * For each hue the set of hues that it is told apart from, by bits: a CIEDE2000 of at least 20 in both themes, with all
 * cones and without one kind. `src/render/palette.test.ts` holds it to the palette.
 */
const APART = [
  0xfd9bca, 0x736dbd, 0x9c8f52, 0x9eef63, 0xbcbb46, 0xfd9fca, 0x637cbd, 0x9ecf63, 0xef70bf, 0x63f4bd, 0xedb2ee,
  0xeff0ff, 0x126f71, 0xfc9f5a, 0xbd9bca, 0x636ebd, 0x9ecf63, 0xfd9bca, 0x536dbd, 0x736dbd, 0xef70bf, 0x9aef73,
  0x9eaf63, 0x736dbd,
];

/** Whether two hues are told apart by everybody, in both themes. */
export function areApart(a: number, b: number): boolean {
  return ((APART[a] >> b) & 1) === 1;
}

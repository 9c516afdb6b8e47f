/**
 * Whether a cell holds the neighbours of a row as Embedding Atlas stores them (`__neighbors`: ids, which are numbers of
 * rows, and distances). They are wrong as soon as rows merge or are left out.
 */
export function isNeighborList(cell: string): boolean {
  return /^\{"(?:ids|indices|distances)":\s*\[[^\]"]*\],\s*"(?:ids|indices|distances)":\s*\[[^\]"]*\]\}$/u.test(cell);
}

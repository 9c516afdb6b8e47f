/** Makes names distinct: numbers empty ones and appends a number to repeated ones. */
export function distinctNames(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return cells.map((cell, i) => {
    const base = cell.trim() || `column ${i + 1}`;
    let count = counts.get(base) ?? 1;
    let name = count === 1 ? base : `${base} (${count})`;
    while (taken.has(name)) name = `${base} (${++count})`;
    counts.set(base, count + 1);
    taken.add(name);
    return name;
  });
}

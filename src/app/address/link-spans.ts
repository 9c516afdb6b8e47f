import { NO_SELECTION, type Selection } from '../../model/selection.ts';

/** Papers from the first to the last, both with. A list of them ascends and leaves papers out between any two. */
export type Span = readonly [first: number, last: number];

/** Largest paper index that a link may name. */
export const MAX_PAPER = 9_999_999;

/** The spans of a selection. O(n). */
export function spansOf(selection: Selection): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < selection.length; ) {
    let end = i + 1;
    while (end < selection.length && selection[end] === selection[end - 1] + 1) end++;
    spans.push([selection[i], selection[end - 1]]);
    i = end;
  }
  return spans;
}

/** The papers of `spans` that a map of n papers has. O(result). */
export function selectionOfSpans(spans: readonly Span[], n: number): Selection {
  const inside = spans.filter(([first]) => first < n).map(([first, last]): Span => [first, Math.min(last, n - 1)]);
  const size = inside.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (size === 0) return NO_SELECTION;
  const papers = new Int32Array(size);
  let at = 0;
  for (const [first, last] of inside) for (let paper = first; paper <= last; paper++) papers[at++] = paper;
  return papers;
}

/** A span a part between points: how many papers it leaves out, beyond the one that parts spans, and after `-` how many follow its first. In base 36. */
export function formatSpans(spans: readonly Span[]): string {
  let next = 0;
  return spans
    .map(([first, last]) => {
      const gap = (first - next).toString(36);
      next = last + 2;
      return last > first ? `${gap}-${(last - first).toString(36)}` : gap;
    })
    .join('.');
}

/** What {@link formatSpans} wrote; none when it is malformed or out of range. */
export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  let next = 0;
  if (text === '') return spans;
  for (const part of text.split('.')) {
    const match = /^([0-9a-z]{1,5})(?:-([0-9a-z]{1,5}))?$/u.exec(part);
    if (!match) return [];
    const first = next + Number.parseInt(match[1], 36);
    const last = first + (match[2] === undefined ? 0 : Number.parseInt(match[2], 36));
    if (last > MAX_PAPER) return [];
    spans.push([first, last]);
    next = last + 2;
  }
  return spans;
}

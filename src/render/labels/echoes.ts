import { type LabelCandidate, type LabelIntervals, type PlacementOptions, solveLabels } from './placement.ts';
import { makeLabelBoxes } from './placement-state.ts';

/** A label that may be shown, and whether it repeats the name before it. */
interface EchoedCandidate extends LabelCandidate {
  readonly isEcho: boolean;
}

/**
 * Intervals for names that stand at several pieces of their topic: the first of each topic as if there were no other,
 * then its echoes, which follow it in the list, where these leave room. An echo is shown while the first one is (whether or not that is in view), from the
 * scale on at which it overlaps no other shown name. O(echoes × candidates) beside {@link solveLabels}.
 */
export function solveWithEchoes(candidates: readonly EchoedCandidate[], options: PlacementOptions): LabelIntervals {
  const firsts = candidates.flatMap(({ isEcho }, i) => (isEcho ? [] : [i]));
  const solved = solveLabels(
    firsts.map((i) => candidates[i]),
    options,
  );
  const from = new Float64Array(candidates.length).fill(Infinity);
  const to = new Float64Array(candidates.length).fill(Infinity);
  firsts.forEach((i, rank) => {
    from[i] = solved.from[rank];
    to[i] = solved.to[rank];
  });
  const boxes = makeLabelBoxes(candidates, solved.gapPx);
  const settled = [...firsts];
  const byPriority = Array.from(solved.order, (rank) => firsts[rank]);
  for (const first of byPriority) {
    for (let i = first + 1; i < candidates.length && candidates[i].isEcho; i++) {
      let free = from[first];
      for (const j of settled) {
        const until = Math.min(boxes.separation(i, j), to[j]);
        if (from[j] < to[first] && until > from[j] && until > free) free = until;
      }
      if (free >= to[first]) continue;
      from[i] = free;
      to[i] = to[first];
      settled.push(i);
    }
  }
  // The sort is stable: a topic's first name stays before its others.
  const shown = [...byPriority, ...settled.slice(firsts.length)].sort((a, b) => from[a] - from[b]);
  return { ...solved, candidates, from, to, order: Int32Array.from(shown) };
}

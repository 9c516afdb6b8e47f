import { areApart, HUES } from '../model/hues.ts';
import type { Topic, TopicTree } from '../model/topics.ts';
import { makeRandom } from './random.ts';
import { touching } from './touching.ts';

/** What the hues of topics depend on: their tree, and their papers' places on the map. */
interface Places extends Pick<TopicTree, 'levels' | 'paths'> {
  /** n×2. */
  readonly positions: Float32Array;
}

/**
 * Gives each topic the hue of its top topic, by place: top topics that touch get hues that everybody tells apart, and
 * no two share one while there are enough. Graph colouring by the larger first (Welsh & Powell 1967), mended by moves
 * and swaps that lower the weight of neighbours not told apart until none does. Repeatable. O(n + tops³) or so.
 */
export function withHues(topics: readonly Omit<Topic, 'hue'>[], places: Places): readonly Topic[] {
  const tops = topics.filter(({ parent }) => parent < 0);
  return spread(topics, tops, colorGraph(closeness(tops, places), tops.length));
}

/**
 * Topics with the hues that they have where those are told apart, else with new ones: a map file of before had ten hues
 * for any number of topics.
 */
export function withSoundHues(tree: TopicTree, positions: Float32Array): TopicTree {
  const tops = tree.topics.filter(({ parent }) => parent < 0);
  const near = closeness(tops, { ...tree, positions });
  const hues = tops.map(({ hue }) => hue);
  const isDistinct = tops.length > HUES || new Set(hues).size === tops.length;
  const isSound = hues.every((hue, i) =>
    hues.every((other, j) => j >= i || near.touch[i][j] === 0 || areApart(hue, other)),
  );
  return isDistinct && isSound ? tree : { ...tree, topics: spread(tree.topics, tops, colorGraph(near, tops.length)) };
}

/**
 * Topics of which some were replaced by their parts, which have the hue that it had: the largest part keeps it, the
 * others get hues by place, and all other topics stay as they are.
 */
export function withPartHues(topics: readonly Topic[], places: Places): readonly Topic[] {
  const tops = topics.filter(({ parent }) => parent < 0).sort((a, b) => b.size - a.size || a.id - b.id);
  const near = closeness(tops, places);
  const taken = new Set<number>();
  const hues = tops.map(({ hue }) => {
    const isFirst = !taken.has(hue);
    taken.add(hue);
    return isFirst ? hue : -1;
  });
  for (let i = 0; i < hues.length; i++) if (hues[i] < 0) hues[i] = bestHue(near, hues, i);
  return spread(topics, tops, hues);
}

/** The pairs of top topics that touch and share hues that somebody does not tell apart, by their ids. */
export function confusedPairs(tree: TopicTree, positions: Float32Array): readonly (readonly [number, number])[] {
  const tops = tree.topics.filter(({ parent }) => parent < 0);
  const { touch } = closeness(tops, { ...tree, positions });
  return tops.flatMap((a, i) =>
    tops.flatMap((b, j) => (j < i && touch[i][j] > 0 && !areApart(a.hue, b.hue) ? [[a.id, b.id] as const] : [])),
  );
}

/** How near topics are to each other, both symmetric, tops × tops. */
interface Closeness {
  /** Share of the smaller one's papers beside the other; 0 for topics that do not touch. */
  readonly touch: readonly Float64Array[];
  /** 1 for one of each other's nearest, less than that otherwise. */
  readonly near: readonly Float64Array[];
}

function closeness(tops: readonly Omit<Topic, 'hue'>[], { levels, paths, positions }: Places): Closeness {
  const places = new Map(tops.map(({ id }, place) => [id, place]));
  const groups = Int32Array.from({ length: positions.length / 2 }, (_, i) => places.get(paths[i * levels]) ?? -1);
  const distance = (a: number, b: number): number =>
    Math.hypot(positions[2 * a] - positions[2 * b], positions[2 * a + 1] - positions[2 * b + 1]);
  const near = tops.map((a, i) => {
    const far = Float64Array.from(tops, (b, j) => (i === j ? Infinity : distance(a.densest, b.densest)));
    const least = Math.min(...far);
    return far.map((each) => (Number.isFinite(each) ? (least + 1e-9) / (each + 1e-9) : 0));
  });
  const both = near.map((row, i) => row.map((each, j) => Math.max(each, near[j][i])));
  return { touch: touching(positions, groups, tops.length), near: both };
}

/** A hue for each of `count` topics. */
function colorGraph(closeness: Closeness, count: number): number[] {
  const hues = new Array<number>(count).fill(-1);
  for (let i = 0; i < count; i++) hues[i] = bestHue(closeness, hues, i);
  improve(closeness, hues);
  const random = makeRandom(1);
  let found = { hues: hues.slice(), cost: sumOf(closeness, hues) };
  // Out of a local minimum by a kick (iterated local search), while touching topics are confused.
  for (let kick = 0; kick < MAX_KICKS && found.cost >= CONFUSED; kick++) {
    const next = found.hues.slice();
    for (let moves = 0; moves < 4; moves++) next[Math.floor(random() * count)] = Math.floor(random() * HUES);
    improve(closeness, next);
    const cost = sumOf(closeness, next);
    if (cost < found.cost) found = { hues: next, cost };
  }
  return found.hues;
}

/** The least cost of two topics that touch and are not told apart, above what all others can cost together. */
const CONFUSED = 1e6;
/** The cost of a hue that comes twice; the nearer, the more. */
const TWICE = 100;
/** Each pass lowers the cost, so few are needed; the bounds are for maps whose topics all touch. */
const MAX_PASSES = 20;
const MAX_KICKS = 200;

/** What topic i costs with `hue` beside the hues of the others; those below 0 are not given yet. */
function costOf({ touch, near }: Closeness, hues: readonly number[], i: number, hue: number): number {
  let cost = 0;
  for (let j = 0; j < hues.length; j++) {
    const other = hues[j];
    if (j === i || other < 0) continue;
    if (other === hue) cost += TWICE * (1 + near[i][j]);
    if (!areApart(hue, other)) cost += (touch[i][j] > 0 ? CONFUSED * (1 + touch[i][j]) : 0) + near[i][j];
  }
  return cost;
}

function sumOf(closeness: Closeness, hues: readonly number[]): number {
  return hues.reduce((sum, hue, i) => sum + costOf(closeness, hues, i, hue), 0) / 2;
}

function bestHue(closeness: Closeness, hues: readonly number[], i: number): number {
  const costs = Array.from({ length: HUES }, (_, hue) => costOf(closeness, hues, i, hue));
  return costs.indexOf(Math.min(...costs));
}

/** Moves and swaps hues in place until none lowers the cost. */
function improve(closeness: Closeness, hues: number[]): void {
  const cost = (i: number): number => costOf(closeness, hues, i, hues[i]);
  for (let pass = 0, isBetter = true; isBetter && pass < MAX_PASSES; pass++) {
    isBetter = false;
    for (let i = 0; i < hues.length; i++) {
      const before = cost(i);
      const own = hues[i];
      hues[i] = bestHue(closeness, hues, i);
      if (cost(i) < before - 1e-6) isBetter = true;
      else hues[i] = own;
      for (let j = 0; j < i; j++) {
        const both = cost(i) + cost(j);
        [hues[i], hues[j]] = [hues[j], hues[i]];
        if (cost(i) + cost(j) < both - 1e-6) isBetter = true;
        else [hues[i], hues[j]] = [hues[j], hues[i]];
      }
    }
  }
}

function spread(
  topics: readonly Omit<Topic, 'hue'>[],
  tops: readonly Omit<Topic, 'hue'>[],
  hues: readonly number[],
): readonly Topic[] {
  const known = new Map(tops.map(({ id }, place) => [id, hues[place]]));
  return topics.map((topic) => {
    // A parent precedes its parts, so its hue is already known.
    const hue = known.get(topic.id) ?? known.get(topic.parent) ?? 0;
    known.set(topic.id, hue);
    return { ...topic, hue };
  });
}

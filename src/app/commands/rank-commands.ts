import { foldText } from '../../search/fold.ts';

/** What a command can be found by. */
export interface Findable {
  readonly id: string;
  readonly label: string;
  /** Its kind in one word; matches in it count less. */
  readonly group: string;
  /** Other words for it; matches in them count as in a word of the label. */
  readonly words?: string;
}

/** Scores of a query word: it begins the label, begins a word of it, is inside a word, or is in the group. */
const BEGINS = 8;
const BEGINS_WORD = 4;
const WITHIN = 2;
const GROUP = 1;

/**
 * The commands that contain every word of `query`, ignoring case and accents, best first. Ties go to those used last,
 * then to their given order. An empty query returns all. `recent`: ids, the last used first. O(commands).
 */
export function rankCommands<Command extends Findable>(
  commands: readonly Command[],
  query: string,
  recent: readonly string[],
): Command[] {
  const words = foldText(query).split(/\s+/u).filter(Boolean);
  const age = new Map(recent.map((id, i) => [id, i]));
  const ageOf = ({ id }: Command): number => age.get(id) ?? recent.length;
  return commands
    .map((command, place) => ({ command, place, score: scoreOf(command, words) }))
    .filter(({ score }) => score > 0 || words.length === 0)
    .sort((a, b) => b.score - a.score || ageOf(a.command) - ageOf(b.command) || a.place - b.place)
    .map(({ command }) => command);
}

/** 0 when a word is missing. */
function scoreOf({ label, group, words: others = '' }: Findable, words: readonly string[]): number {
  const folded = foldText(label);
  const kind = foldText(group);
  const also = foldText(others).split(' ');
  let score = 0;
  for (const word of words) {
    const isOther = also.some((other) => other.startsWith(word));
    const fit = Math.max(fitOf(folded, word), isOther ? BEGINS_WORD : kind.startsWith(word) ? GROUP : 0);
    if (fit === 0) return 0;
    score += fit;
  }
  return score;
}

function fitOf(label: string, word: string): number {
  if (label.startsWith(word)) return BEGINS;
  let fit = 0;
  for (let at = label.indexOf(word); at >= 0; at = label.indexOf(word, at + 1)) {
    if (!/[\p{L}\p{N}]/u.test(label[at - 1])) return BEGINS_WORD;
    fit = WITHIN;
  }
  return fit;
}

const MAX_RECENT = 12;

/** The commands used in this visit, the last one first. */
export function makeRecentCommands() {
  let ids: readonly string[] = [];
  return {
    ids: (): readonly string[] => ids,
    use(id: string): void {
      ids = [id, ...ids.filter((other) => other !== id)].slice(0, MAX_RECENT);
    },
  };
}

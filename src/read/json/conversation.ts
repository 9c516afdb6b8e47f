import { type Members, membersOf, personName } from './people.ts';

const SPEAKERS = ['role', 'from', 'sender', 'speaker', 'author', 'user', 'name', 'username'];
const WORDS = ['content', 'value', 'text', 'message', 'utterance', 'body', 'parts'];
/** Who speaks in a conversation with a machine. */
const MACHINE_ROLE =
  /^(?:system|user|human|assistant|gpt|bot|ai|chatbot|model|tool|function|developer|prompter|observation)$/iu;

/** Turns of a conversation as one text: `speaker: words`, separated by empty lines; null when `list` has no turns. */
export function conversationText(list: readonly unknown[]): string | null {
  const turns: string[] = [];
  for (const item of list) {
    const object = membersOf(item);
    const speaker = object && speakerOf(object);
    if (!object || speaker === null) return null;
    const words = wordsOf(object);
    if (words !== null && words !== '') turns.push(`${speaker}: ${words}`);
  }
  return turns.length > 0 ? turns.join('\n\n') : null;
}

/** Whether a list holds the turns of a talk with a machine: one conversation, however few turns it has. */
export function isMachineTalk(list: readonly unknown[]): boolean {
  const isTurn = (item: unknown): boolean => {
    const object = membersOf(item);
    return object !== null && MACHINE_ROLE.test(speakerOf(object) ?? '') && wordsOf(object) !== null;
  };
  return list.length > 0 && list.every(isTurn);
}

/**
 * The turns in a tree of messages by id, as ChatGPT exports it, from the first to the current one; null for any other
 * object. A message that was written anew is told in its last form only.
 */
export function mappedTurns(mapping: Members, current: unknown): unknown[] | null {
  const nodes = Object.entries(mapping);
  const isNode = ([, node]: [string, unknown]): boolean => {
    const members = membersOf(node);
    return members !== null && 'message' in members && ('parent' in members || 'children' in members);
  };
  if (nodes.length === 0 || !nodes.every(isNode)) return null;
  const order: string[] = [];
  const seen = new Set<string>();
  const last = typeof current === 'string' && Object.hasOwn(mapping, current) ? current : null;
  for (let id: unknown = last; typeof id === 'string' && !seen.has(id) && Object.hasOwn(mapping, id); ) {
    seen.add(id);
    order.push(id);
    id = membersOf(mapping[id])?.parent;
  }
  const ids = last === null ? nodes.map(([id]) => id) : order.reverse();
  return ids.map((id) => membersOf(mapping[id])?.message).filter((message) => membersOf(message) !== null);
}

function speakerOf(turn: Members): string | null {
  for (const name of SPEAKERS) {
    const value = turn[name];
    const role = membersOf(value)?.role;
    if (typeof role === 'string') return role;
    const found = name in turn && value !== null ? personName(value) : null;
    if (found !== null && found.length <= 80) return found;
  }
  return null;
}

/** The words of a turn, from a string or from parts; null when it has no member for them. */
function wordsOf(turn: Members): string | null {
  const name = WORDS.find(
    (each) => typeof turn[each] === 'string' || (typeof turn[each] === 'object' && turn[each] !== null),
  );
  if (name !== undefined) return partsText(turn[name], 0);
  return WORDS.some((each) => each in turn) ? '' : null;
}

function partsText(value: unknown, depth: number): string {
  if (typeof value === 'string') return value.trim();
  if (depth > 3) return '';
  if (Array.isArray(value))
    return value
      .map((part) => partsText(part, depth + 1))
      .filter(Boolean)
      .join('\n');
  const object = membersOf(value);
  return object ? partsText(object.text ?? object.parts ?? object.content ?? '', depth + 1) : '';
}

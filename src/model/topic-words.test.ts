import { describe, expect, it } from 'vitest';
import { topicTree } from './map-file/fixtures/topic-tree.ts';
import { topicView } from './topic-view.ts';
import { barWord, isBarred } from './topic-words.ts';
import { NO_EDITS } from './topics.ts';

describe('words that no name may have', () => {
  it.each([
    ['Longtime customer', 'customer', true],
    ['Longtime customer', 'Custom', false],
    ['longtime CUSTOMER', 'longtime customer', true],
    ['Größe', 'größe', true],
    ['カード 支払い', '支払い', true],
    ['a', '', false],
  ])('%s without %s', (phrase, word, expected) => {
    expect(isBarred(phrase, [word])).toBe(expected);
  });

  it('leave the rest of a name, else the next best term, and come back', () => {
    const tree = topicTree(10, 3, 'maps');
    const term = (text: string) => ({ term: text, score: 1, papers: 1, corpusPapers: 2 });
    const topics = tree.topics.map((topic) =>
      topic.id === 0
        ? { ...topic, phrases: ['maps', 'charts'], terms: [term('maps'), term('charts'), term('coasts')] }
        : topic,
    );
    const nameOf = (never: readonly string[]) =>
      topicView({ ...tree, topics, edits: { ...NO_EDITS, never } }).nodes.get(0)?.name;
    expect(nameOf([])).toBe('Maps · charts');
    expect(nameOf(['maps'])).toBe('Charts');
    expect(nameOf(['maps', 'charts'])).toBe('Coasts');
    expect(nameOf(['maps', 'charts', 'coasts'])).toBe('Unnamed topic');
    expect(barWord(barWord(NO_EDITS, ' Maps ', true), 'maps', false).never).toEqual([]);
  });
});

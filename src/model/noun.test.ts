import { describe, expect, it } from 'vitest';
import { MAX_NOUN_LENGTH, nounFrom, nounOf, pluralOf, withArticle } from './noun.ts';

describe('nouns', () => {
  it('have regular plurals', () => {
    const words = ['note', 'story', 'essay', 'class', 'box', 'speech', 'thesis', 'bill of law'];
    expect(words.map(pluralOf)).toEqual([
      ...['notes', 'stories', 'essays', 'classes', 'boxes', 'speeches', 'theses', 'bill of laws'],
    ]);
  });

  it('have an article', () => {
    const articles = ['paper', 'issue', 'user story', 'unit', 'idea'].map((one) => withArticle({ one, many: '' }));
    expect(articles).toEqual(['a paper', 'an issue', 'a user story', 'a unit', 'an idea']);
  });

  it('are taken from what a user types', () => {
    expect(nounFrom(' bill of  law / bills of law')).toEqual({ one: 'bill of law', many: 'bills of law' });
    expect(nounFrom('Vorgang/')).toEqual({ one: 'Vorgang', many: 'Vorgangs' });
    expect(nounFrom(' / ')).toBeNull();
    expect(nounFrom('x'.repeat(99))?.one).toHaveLength(MAX_NOUN_LENGTH);
  });

  it('are papers where a map file says none', () => {
    expect(nounOf({}).many).toBe('papers');
    expect(nounOf(null).many).toBe('papers');
  });
});

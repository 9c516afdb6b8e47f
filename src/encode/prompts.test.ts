import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PROMPTS, promptsOf } from './prompts.ts';

describe('promptsOf', () => {
  it('knows the names that models give', () => {
    const e5 = { prompts: { query: 'query: ', passage: 'passage: ' }, default_prompt_name: null };
    expect(promptsOf(e5)).toEqual({ query: 'query: ', document: 'passage: ' });
    const nomic = { prompts: { search_query: 'search_query: ', search_document: 'search_document: ' } };
    expect(promptsOf(nomic)).toEqual({ query: 'search_query: ', document: 'search_document: ' });
    const arctic = { prompts: { query: 'Represent this: ' } };
    expect(promptsOf(arctic)).toEqual({ query: 'Represent this: ', document: '' });
  });

  it('takes the default for what has no prompt of its own, but not for an empty one', () => {
    const config = { prompts: { query: '', cluster: 'cluster: ' }, default_prompt_name: 'cluster' };
    expect(promptsOf(config)).toEqual({ query: '', document: 'cluster: ' });
  });

  it('takes anything else for none', () => {
    expect(promptsOf({ prompts: { query: 7, document: null } })).toEqual(NO_PROMPTS);
    fc.assert(
      fc.property(fc.jsonValue(), (config) => {
        const { query, document } = promptsOf(config);
        expect([typeof query, typeof document]).toEqual(['string', 'string']);
      }),
    );
  });
});

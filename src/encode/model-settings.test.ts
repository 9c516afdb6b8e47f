import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMatryoshka, promptsOf, settingsOf } from './model-settings.ts';
import { NO_PROMPTS } from './model-spec.ts';

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

describe('isMatryoshka', () => {
  it('is told by lengths in any of the files', () => {
    expect(isMatryoshka([{ hidden_size: 1024, matryoshka_dimensions: [32, 64, 128] }, undefined])).toBe(true);
    expect(isMatryoshka([{}, { matryoshka_dims: [768, 256] }])).toBe(true);
    expect(isMatryoshka([{ truncate_dim: 256 }])).toBe(true);
  });

  it('is not told by anything else', () => {
    for (const file of [
      undefined,
      null,
      7,
      {},
      { truncate_dim: null },
      { matryoshka_dims: [] },
      { matryoshka_dims: 'yes' },
    ]) {
      expect(isMatryoshka([file])).toBe(false);
    }
    fc.assert(fc.property(fc.jsonValue(), (file) => !isMatryoshka([file])));
  });
});

describe('settingsOf', () => {
  it('reads window, pooling and prompts as sentence-transformers keeps them', () => {
    const settings = settingsOf({
      config: { max_position_embeddings: 512 },
      window: { max_seq_length: 128 },
      pooling: { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false },
      modules: [{ type: 'sentence_transformers.models.Transformer' }, { type: 'sentence_transformers.models.Pooling' }],
      prompts: { prompts: { query: 'query: ' } },
    });
    expect(settings).toEqual({
      maxPieces: 128,
      pooling: 'first',
      prompts: { query: 'query: ', document: '' },
      matryoshka: false,
    });
    expect(settingsOf({ config: { matryoshka_dimensions: [64, 256] } }).matryoshka).toBe(true);
  });

  it('takes the mean of 512 pieces where nothing is said, and never more than the model has places for', () => {
    expect(settingsOf({ config: {} })).toMatchObject({ maxPieces: 512, pooling: 'mean' });
    expect(settingsOf({ config: { max_position_embeddings: 64 }, window: { max_seq_length: null } }).maxPieces).toBe(
      64,
    );
  });

  it('refuses what it would compute otherwise than the model’s makers', () => {
    expect(() => settingsOf({ config: {}, pooling: { pooling_mode_max_tokens: true } })).toThrow('pools');
    expect(() => settingsOf({ config: {}, modules: [{ type: 'sentence_transformers.models.Dense' }] })).toThrow(
      'Dense',
    );
  });
});

import { describe, expect, it } from 'vitest';
import { DEFAULT_MODEL, modelSpecOf, vectorNamespace } from './model-spec.ts';

describe('modelSpecOf', () => {
  it('takes nothing, and its own name, for the model that ships with the page', () => {
    expect(modelSpecOf('')).toBe(DEFAULT_MODEL);
    expect(modelSpecOf(' all-MiniLM-L6-v2 ')).toBe(DEFAULT_MODEL);
    expect(DEFAULT_MODEL.remote).toBe(false);
  });

  it('goes to the hub only for a name that the user gave', () => {
    expect(modelSpecOf('owner/model')).toMatchObject({ id: 'owner/model', remote: true });
  });
});

describe('vectorNamespace', () => {
  it('differs when anything that a vector depends on differs', () => {
    const names = [
      vectorNamespace(DEFAULT_MODEL, 'a'),
      vectorNamespace(DEFAULT_MODEL, 'b'),
      vectorNamespace({ ...DEFAULT_MODEL, dtype: 'int8' }, 'a'),
      vectorNamespace({ ...DEFAULT_MODEL, maxPieces: 128 }, 'a'),
      vectorNamespace({ ...DEFAULT_MODEL, id: 'x' }, 'a'),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});

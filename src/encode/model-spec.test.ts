import { describe, expect, it } from 'vitest';
import { DEFAULT_MODEL, encodeInfo, filesHashOf, modelSpecOf, vectorNamespace } from './model-spec.ts';

describe('modelSpecOf', () => {
  it('takes nothing, and its own name, for the model that ships with the page', () => {
    expect(modelSpecOf('')).toBe(DEFAULT_MODEL);
    expect(modelSpecOf(' all-MiniLM-L6-v2 ')).toBe(DEFAULT_MODEL);
    expect(DEFAULT_MODEL.remote).toBe(false);
  });

  it('goes to the hub only for a name that the user gave', () => {
    expect(modelSpecOf('owner/model')).toMatchObject({ id: 'owner/model', remote: true });
  });

  it('reads all of a text, or its first 128 pieces', () => {
    expect(modelSpecOf('').budget).toBeNull();
    expect(modelSpecOf('owner/model', 'fast').budget).toBe(128);
    expect(encodeInfo(modelSpecOf('', 'fast'), 384).maxPieces).toBe(128);
  });
});

describe('filesHashOf', () => {
  it('is of the model file and the tokenizer, and of nothing for a model of a hub', () => {
    const known = {
      'models/all-MiniLM-L6-v2/onnx/model_quantized.onnx': { sha256: 'a' },
      'models/all-MiniLM-L6-v2/onnx/model_int8.onnx': { sha256: 'b' },
      'models/all-MiniLM-L6-v2/tokenizer.json': { sha256: 'c' },
    };
    expect(filesHashOf(DEFAULT_MODEL, known)).toBe('a+c');
    expect(filesHashOf({ ...DEFAULT_MODEL, dtype: 'int8' }, known)).toBe('b+c');
    expect(filesHashOf(modelSpecOf('owner/model'), known)).toBe('');
  });
});

describe('vectorNamespace', () => {
  it('differs when anything that a vector depends on differs', () => {
    const names = [
      vectorNamespace(DEFAULT_MODEL, 'a'),
      vectorNamespace(DEFAULT_MODEL, 'b'),
      vectorNamespace({ ...DEFAULT_MODEL, dtype: 'int8' }, 'a'),
      vectorNamespace({ ...DEFAULT_MODEL, maxPieces: 128 }, 'a'),
      vectorNamespace({ ...DEFAULT_MODEL, budget: 128 }, 'a'),
      vectorNamespace({ ...DEFAULT_MODEL, id: 'x' }, 'a'),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});

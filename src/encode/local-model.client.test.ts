import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readLocalModel } from './local-model.client.ts';

const FOLDER = ['mine/config.json', 'mine/tokenizer.json', 'mine/onnx/model_quantized.onnx'];

/** The model of a folder with these files; each file contains its own path unless `contents` has it. */
function read(paths: readonly string[], contents: Readonly<Record<string, string>> = {}) {
  const blobOf = (path: string) => new Blob([contents[path] ?? (path.endsWith('.json') ? '{}' : path)]);
  return readLocalModel(paths.map((path) => ({ path, blob: blobOf(path) })));
}

/** The contents of each file of a model, by its path in the model's own folder. */
async function contentsOf({ spec, files }: Awaited<ReturnType<typeof read>>): Promise<Record<string, string>> {
  const folder = `https://example.org/models/${spec.id}/`;
  const entries = files.map(async ({ url, blob }) => [url.replace(folder, ''), await blob.text()] as const);
  return Object.fromEntries(await Promise.all(entries));
}

beforeEach(() => void vi.stubGlobal('document', { baseURI: 'https://example.org/' }));
afterEach(() => vi.unstubAllGlobals());

describe('readLocalModel', () => {
  it('takes the fastest file for the processor, and those in float arithmetic for graphics devices', async () => {
    const others = ['onnx/model.onnx', 'onnx/model_fp16.onnx', '1_Pooling/config.json', 'README.md'];
    const pooling = { 'mine/1_Pooling/config.json': '{"pooling_mode_cls_token": true}' };
    const model = await read([...FOLDER, ...others.map((path) => `mine/${path}`)], pooling);
    expect(model).toMatchObject({ name: 'mine', spec: { dtype: 'q8', floats: ['fp16', 'fp32'], pooling: 'first' } });
    expect(await contentsOf(model)).toEqual({
      'config.json': '{}',
      'tokenizer.json': '{}',
      'tokenizer_config.json': '{}',
      'onnx/model_quantized.onnx': 'mine/onnx/model_quantized.onnx',
      'onnx/model.onnx': 'mine/onnx/model.onnx',
      'onnx/model_fp16.onnx': 'mine/onnx/model_fp16.onnx',
    });
  });

  it('finds a folder within a folder, and files without one', async () => {
    const deep = await read(FOLDER.map((path) => `models/of me/${path}`));
    expect(deep).toMatchObject({ name: 'mine', spec: { dtype: 'q8', isLocal: true, remote: false } });
    const model = 'models/of me/mine/onnx/model_quantized.onnx';
    expect(await contentsOf(deep)).toMatchObject({ 'onnx/model_quantized.onnx': model });
    const flat = await read(['config.json', 'tokenizer.json', 'model.onnx']);
    expect(flat).toMatchObject({ name: 'model', spec: { dtype: 'fp32' } });
    expect(await contentsOf(flat)).toMatchObject({ 'onnx/model.onnx': 'model.onnx' });
  });

  it('names a model by all that its vectors depend on, and by nothing else', async () => {
    const idWith = async (contents: Readonly<Record<string, string>>): Promise<string> =>
      (await read([...FOLDER, 'mine/config_sentence_transformers.json'], contents)).spec.id;
    const id = await idWith({});
    expect(id).toMatch(/^local\/mine-[0-9a-f]{12}$/u);
    expect(await idWith({ 'mine/config.json': '{"matryoshka_dims": [64]}' })).toBe(id);
    const others = await Promise.all([
      idWith({ 'mine/tokenizer.json': '{"version": 2}' }),
      idWith({ 'mine/onnx/model_quantized.onnx': 'other weights' }),
      idWith({ 'mine/config.json': '{"max_position_embeddings": 64}' }),
      idWith({ 'mine/config_sentence_transformers.json': '{"prompts": {"query": "query: "}}' }),
    ]);
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it.each([
    [0, 'no config.json'],
    [1, 'no tokenizer.json'],
    [2, 'no onnx/model_quantized.onnx'],
  ])('says which file is missing', async (index, words) => {
    await expect(read(FOLDER.filter((_, i) => i !== index))).rejects.toThrow(words);
  });

  it('says which file is no JSON', async () => {
    await expect(read(FOLDER, { 'mine/config.json': '<html>' })).rejects.toMatchObject({
      failure: { code: 'model-folder', message: 'the model’s config.json is no JSON' },
    });
  });

  it('does not take weights that stand in a file of their own', async () => {
    const paths = ['m/config.json', 'm/tokenizer.json', 'm/onnx/model.onnx', 'm/onnx/model.onnx_data'];
    await expect(read(paths)).rejects.toThrow('onnx/model.onnx_data');
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { EncodeInfo, MapData } from '../model/map-data.ts';
import { matrix, quantizeRows } from '../model/matrix.ts';
import { makeEncoders } from './encoders.ts';
import { corpusOf, labPage, mapOf } from './fixtures/app-lab.ts';
import { makeStore } from './store.ts';

const embedding = quantizeRows(matrix(new Float32Array(6).fill(0.5), 3, 2));
const OURS: EncodeInfo = { model: 'all-MiniLM-L6-v2', dtype: 'q8', device: 'wasm', dimensions: 384, maxPieces: 256 };

function lab(hash = '') {
  const store = makeStore();
  return { store, encoders: makeEncoders(store, labPage(hash)) };
}

function mapBy(encode: EncodeInfo | null): MapData {
  const map = mapOf(corpusOf(3));
  return { ...map, embedding, info: { ...map.info, encode } };
}

describe('the model of the page', () => {
  it('is its own, or the one in the address, and reads as much of a text as was chosen', () => {
    const { store, encoders } = lab();
    expect(encoders.currentModel()).toMatchObject({ id: 'all-MiniLM-L6-v2', budget: null, remote: false });
    store.set({ budget: 'fast' });
    expect(encoders.currentModel()).toMatchObject({ budget: 128 });
    expect(lab('#model=owner/name').encoders.currentModel()).toMatchObject({ id: 'owner/name', remote: true });
  });

  it('is the folder’s where one was given and chosen', () => {
    const { store, encoders } = lab('#model=owner/name');
    const spec = { ...encoders.currentModel(), id: 'my-folder', isLocal: true, remote: false };
    store.set({ folderModel: { spec, files: [] } as never });
    expect(encoders.currentModel().id).toBe('owner/name');
    store.set({ usesFolderModel: true });
    expect(encoders.currentModel().id).toBe('my-folder');
  });

  it('stays that of the run while a map is being made: a query ends no run', () => {
    vi.stubGlobal('Worker', class {});
    vi.stubGlobal('navigator', { hardwareConcurrency: 2, userAgent: '', maxTouchPoints: 0 });
    vi.stubGlobal('document', { baseURI: 'https://maps.example/here/' });
    const { store, encoders } = lab();
    const spec = encoders.currentModel();
    const own = encoders.encoderOf(spec);
    const ended = vi.spyOn(own, 'dispose');
    store.set({ job: { kind: 'building', name: 'x', progress: null, total: 0, paused: false, places: null } });
    store.set({ budget: 'fast' });
    expect(encoders.currentEncoder()).toBe(own);
    store.set({
      folderModel: { spec: { ...spec, id: 'theirs', isLocal: true }, files: [] } as never,
      usesFolderModel: true,
    });
    expect(() => encoders.currentEncoder()).toThrow('theirs has to wait');
    expect(ended).not.toHaveBeenCalled();
    store.set({ job: null });
    expect(encoders.currentEncoder()).not.toBe(own);
    expect(ended).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });

  it('is not fetched from elsewhere by a page that talks to its own site alone, and says where it would be', () => {
    expect(() => lab('#model=owner/name').encoders.currentEncoder()).toThrow(/the page hub\.html may/u);
  });
});

describe('papers can be embedded as those of a map', () => {
  it.each<[string, number, number | null]>([
    ['in full', 256, null],
    ['in part', 128, 128],
  ])('that were read %s', (_, maxPieces, budget) => {
    const model = lab().encoders.modelOfMap(mapBy({ ...OURS, maxPieces }));
    expect(model).toMatchObject({ id: 'all-MiniLM-L6-v2', budget });
  });

  it.each<[string, MapData, string]>([
    ['has no vectors', mapOf(corpusOf(3)), 'its file holds no vectors'],
    ['does not say whose', mapBy(null), 'it does not say which model made its vectors'],
    [
      'has another model’s',
      mapBy({ ...OURS, model: 'other', dtype: 'fp32' }),
      'its vectors were made by other (fp32), and the page has all-MiniLM-L6-v2 (q8)',
    ],
  ])('not where it %s', (_, map, why) => {
    expect(lab().encoders.modelOfMap(map)).toBe(why);
  });
});

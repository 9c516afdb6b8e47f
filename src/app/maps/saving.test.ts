import { describe, expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import type { ExportFormat, ExportOrder } from './export-map.ts';

/** Ten papers from two files, with a column and topics that the user has renamed. */
function lab() {
  const app = wholeApp();
  const corpus = { ...corpusOf(10, ['a.csv', 'b.csv']), columns: [{ name: 'kind', values: [...'ababababab'] }] };
  app.show(mapOf(corpus, topicTree(10, 2, 'maps')));
  const textOf = async (at = -1) => (await app.page.downloads.at(at)?.blob.text()) ?? '';
  const rows = async () =>
    (await textOf())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { ...app, textOf, rows };
}

const order = (format: ExportFormat, onlyFound = false): ExportOrder => ({
  format,
  onlyFound,
  scale: 1,
  theme: 'light',
});

describe('saving', () => {
  it('writes the map with all that a person has made of it', async () => {
    const { saving, topics, store, page, mapFiles } = lab();
    topics.renameTopic(0, 'charts');
    store.set({ kept: [{ id: 0, name: 'mine', hue: 1, papers: Int32Array.of(3) }] });
    await saving.saveMap();
    const [{ name, blob }] = page.downloads;
    expect(name).toBe('a-map.parquet');
    const map = await mapFiles.decode(await blob.arrayBuffer());
    expect(map.topics?.edits.names[0]).toBe('charts');
    expect(map.selections).toMatchObject([{ name: 'mine', papers: Int32Array.of(3) }]);
  });

  it('offers nothing while no map is shown, and rejects who asks for the file itself', async () => {
    const { saving, page, store } = wholeApp();
    await saving.saveMap();
    saving.exportPapers();
    saving.exportSelection();
    saving.exportHits();
    expect([page.downloads, store.get().notices]).toEqual([[], []]);
    await expect(saving.mapFile()).rejects.toMatchObject({ failure: { code: 'internal' } });
  });

  it('says why a file could not be made', async () => {
    const { saving, store, page } = lab();
    const shown = store.get().shown;
    const broken = shown?.map && { ...shown.map, positions: new Float32Array(3) };
    store.set({ shown: shown && { ...shown, map: broken ?? null } });
    await saving.saveMap();
    expect(page.downloads).toEqual([]);
    expect(store.get().notices.map(({ kind }) => kind)).toEqual(['failure']);
  });
});

describe('papers as JSON lines', () => {
  it('are all of them, or the selected ones', async () => {
    const { saving, rows, store, page } = lab();
    saving.exportPapers();
    expect((await rows()).map(({ title }) => title)).toEqual(corpusOf(10).papers.map(({ title }) => title));
    store.set({ selection: Int32Array.of(2, 5) });
    saving.exportSelection();
    expect(page.downloads.at(-1)?.name).toBe('a-map-selection.jsonl');
    expect((await rows()).map(({ id }) => id)).toEqual(['2', '5']);
  });

  it('name topics as a person calls them', async () => {
    const { saving, textOf } = lab();
    saving.exportPapers();
    expect(await textOf()).toContain('renamed');
  });

  it('are the hits, best first, and say how each was found', async () => {
    const { saving, rows, store, search, page } = lab();
    await search.search('paper 3');
    saving.exportHits();
    expect(page.downloads.at(-1)?.name).toBe('paper-3.jsonl');
    const [best] = await rows();
    expect(best).toMatchObject({ id: '3', title: 'Paper 3', why: 'words' });
    expect(best.score).toBe(store.get().hits?.scores[0]);
  });
});

describe('an export', () => {
  it.each<[ExportFormat, string, RegExp]>([
    ['csv', 'a-map.csv', /Paper 9/u],
    ['jsonl', 'a-map.jsonl', /"title":"Paper 9"/u],
    ['bibtex', 'a-map.bib', /@\w+\{[\s\S]*Paper 9/u],
  ])('as %s holds all papers, or those that were found alone', async (format, name, ninth) => {
    const { exporting, search, page, textOf } = lab();
    await exporting.exportMap(order(format));
    expect(page.downloads.at(-1)?.name).toBe(name);
    expect(await textOf()).toMatch(ninth);
    await search.search('"paper 3"');
    await exporting.exportMap(order(format, true));
    expect(await textOf()).toContain('Paper 3');
    expect(await textOf()).not.toMatch(ninth);
  });

  it('as a map file holds the found papers alone, with their columns', async () => {
    const { exporting, search, page, mapFiles } = lab();
    await search.search('"paper 3"');
    await exporting.exportMap(order('parquet', true));
    const map = await mapFiles.decode((await page.downloads.at(-1)?.blob.arrayBuffer()) ?? new ArrayBuffer());
    expect(map.corpus.papers.map(({ title }) => title)).toEqual(['Paper 3']);
    expect(map.corpus.columns).toMatchObject([{ name: 'kind', values: ['b'] }]);
    await exporting.exportMap(order('parquet'));
    const whole = await mapFiles.decode((await page.downloads.at(-1)?.blob.arrayBuffer()) ?? new ArrayBuffer());
    expect(whole.corpus.papers).toHaveLength(10);
  });

  it('as a picture shows the map, its title, and the names of its topics and of the open paper', async () => {
    const { exporting, store, textOf } = lab();
    store.set({ selected: 4, contours: false });
    await exporting.exportMap({ ...order('svg'), picture: { names: 'more' } });
    const svg = await textOf();
    expect(svg).toMatch(/^<svg/u);
    // A dot is drawn as a line of zero length; the end of a line to a name is a dot on a ring.
    expect(svg.match(/h0/gu)?.length).toBeGreaterThanOrEqual(10);
    expect(svg).toContain('a map');
    expect(svg).toContain('Maps');
    expect(svg).toContain('Paper 4');
    expect(svg).toContain('Made with Portolan');
  });

  it('as a picture of the view needs one', async () => {
    const { exporting, store, view, textOf } = lab();
    store.set({ contours: false });
    const ofView = { ...order('svg'), picture: { shows: 'view' } } as const;
    await exporting.exportMap(ofView);
    expect(store.get().notices[0].details).toBe('render/no-webgl: there is no map to take a picture of');
    view.setRenderer(labRenderer());
    await exporting.exportMap(ofView);
    expect(await textOf()).toMatch(/^<svg/u);
  });

  it('without a map is said to be none', async () => {
    const { exporting, store, page } = wholeApp();
    await exporting.exportMap(order('csv'));
    expect(page.downloads).toEqual([]);
    expect(store.get().notices.map(({ details }) => details)).toEqual(['map-file/internal: no finished map is shown']);
  });
});

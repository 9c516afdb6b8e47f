import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeMapFile } from '../model/map-file/encode-map-file.ts';
import { frameMap } from './fixtures/frame-map.ts';
import { type StandInPage, standInPage } from './fixtures/stand-in-page.ts';
import { frameOptions } from './protocol.ts';
import { makeViewer, type Viewer } from './viewer.ts';

const BYTES = encodeMapFile(frameMap());

let page: StandInPage;
let viewer: Viewer;
let told: [string, unknown][] = [];

beforeEach(async () => {
  page = standInPage();
  told = [];
  viewer = makeViewer(frameOptions(''), (event, detail) => told.push([event, detail]));
  page.setSeen(true);
  await viewer.open(BYTES.slice(0));
  page.runFrames();
});

afterEach(() => {
  viewer.dispose();
  vi.unstubAllGlobals();
});

const count = () => page.find('.count').textContent;
const topicButtons = () => page.find('.legend').querySelectorAll('button');

function press(selector: string, type: string, event: object = {}): void {
  page.find(selector).dispatchEvent(Object.assign(new Event(type, { cancelable: true }), event));
  page.runFrames();
}

/** Moves a pointer over the map, and presses it there. */
function pointAt(pixel: { px: number; py: number }, types: readonly string[]): void {
  const pointer = { pointerId: 1, pointerType: 'mouse', button: 0, clientX: pixel.px, clientY: pixel.py };
  for (const type of types) press('.map', type, pointer);
}

/** Moves the view to paper 3 and returns its pixel. */
function middleOfPaper3(): { px: number; py: number } {
  const [{ x, y }] = viewer.papers(3, 1);
  viewer.setView({ x, y, zoom: 5 });
  page.runFrames();
  return { px: 500, py: 300 };
}

describe('a viewer', () => {
  it('shows a map: what it is called, what it is coloured by, what its topics are', async () => {
    expect(await viewer.open(BYTES.slice(0))).toEqual({ papers: 60, name: 'Sixty papers' });
    expect(viewer.state()).toMatchObject({
      papers: 60,
      color: 'topic',
      topic: -1,
      selected: -1,
      view: null,
      filter: null,
    });
    expect(page.find('.map').getAttribute('aria-label')).toMatch(/^Map of 60 papers/u);
    expect(page.find('.map').dataset.renderer).toBe('webgl');
    expect(page.find('select').children.map(({ textContent }) => textContent)).toEqual([
      ...['Topic', 'Nearest topic', 'File', 'Year', 'venue', 'One colour'],
    ]);
    expect(viewer.topics().filter(({ parent }) => parent < 0)).toMatchObject([
      { id: 0, size: 36, level: 0 },
      { id: 1, size: 12, name: 'renamed' },
    ]);
    expect(viewer.papers(58, 9).map(({ index, id }) => [index, id])).toEqual([
      [58, 'id-58'],
      [59, 'id-59'],
    ]);
  });

  it('keeps the map that is there when another is none', async () => {
    await expect(viewer.open(new ArrayBuffer(9))).rejects.toMatchObject({ failure: { code: 'map-corrupt' } });
    expect(viewer.state().papers).toBe(60);
  });

  it('names topics on the map, and lists the parts of the chosen one', () => {
    expect(page.find('.labels').children.map(({ dataset }) => dataset.topic)).toContain('0');
    expect(topicButtons().map(({ textContent }) => textContent)).toEqual(['Maps36', 'renamed12']);
    viewer.select({ topic: 0 });
    expect(topicButtons().map(({ textContent, attributes }) => [textContent, attributes.get('aria-pressed')])).toEqual([
      ['Maps36', 'true'],
      ['Maps a24', 'false'],
      ['renamed12', 'false'],
    ]);
    expect(count()).toBe('Maps: 36 of 60 papers');
    const { view } = viewer.state();
    expect(view?.zoom).toBeGreaterThan(0);
    expect(() => viewer.select({ topic: 99 })).toThrow(RangeError);
    viewer.select({ topic: -1 });
    expect(count()).toBe('');
  });

  it('finds papers, and stops when nothing is searched for', async () => {
    const { total, indices } = await viewer.search('portolan');
    expect([total, indices.toSorted((a, b) => a - b)]).toEqual([3, [3, 23, 43]]);
    expect(count()).toBe('3 of 60 match');
    expect(page.find('.hits').children).toHaveLength(3);
    expect(page.find('input').value).toBe('portolan');
    await viewer.search('');
    expect([count(), page.find('.hits').hidden]).toEqual(['', true]);
  });

  it('leaves a search that a newer one overtakes', async () => {
    const first = viewer.search('portolan');
    const second = viewer.search('else');
    await expect(first).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect((await second).total).toBe(57);
    expect(viewer.state().query).toBe('else');
  });

  it('searches only what the filter lets through', async () => {
    viewer.filter({ topics: [1] });
    expect([count(), viewer.state().filter]).toEqual(['12 of 60 papers shown', { topics: [1] }]);
    expect(await viewer.search('portolan')).toEqual({ total: 3, indices: expect.any(Array) });
    viewer.filter({ topics: [0] });
    await vi.waitFor(() => expect(count()).toBe('0 of 36 of 60 papers match'));
    expect(() => viewer.filter({ topics: [99] })).toThrow(RangeError);
    viewer.filter(null);
    await vi.waitFor(() => expect(count()).toBe('3 of 60 match'));
  });

  it('opens a paper with its texts and its address, and none that is not there', () => {
    viewer.select(3);
    const paper = page.find('.paper');
    expect([paper.hidden, page.find('h2').textContent]).toEqual([false, 'Paper 3']);
    expect(paper.querySelectorAll('p').map(({ textContent }) => textContent)).toEqual([
      'A. Author · 2000',
      'On portolan charts.',
    ]);
    expect(paper.querySelectorAll('a')[0]).toMatchObject({ href: 'https://a.example/3', rel: 'noopener noreferrer' });
    expect(() => viewer.select(60)).toThrow(RangeError);
    viewer.select(-1);
    expect(paper.hidden).toBe(true);
    expect(told).toEqual([]);
  });

  it('marks papers for its host, and says nothing of them', () => {
    viewer.select({ topic: 1 });
    viewer.highlight([1, 2]);
    expect(count()).toBe('');
    viewer.highlight([]);
    expect(count()).toBe('renamed: 12 of 60 papers');
  });

  it('changes colours and theme', () => {
    const [{ color }] = viewer.topics();
    viewer.setTheme('dark');
    expect(page.root.dataset.theme).toBe('dark');
    expect(viewer.topics()[0].color).not.toBe(color);
    viewer.setColor('venue');
    expect(viewer.state()).toMatchObject({ color: 'column:0', theme: 'dark' });
    const entries = page.find('.legend').querySelectorAll('.entry');
    expect(entries.map(({ textContent }) => textContent)).toEqual(['south45', 'north15']);
    expect(() => viewer.setColor('price')).toThrow(RangeError);
  });

  it('hands out all papers as CSV and as JSON lines, and a picture while the map is drawn', async () => {
    const csv = await (await viewer.export('csv')).text();
    expect(csv.trim().split('\n')).toHaveLength(61);
    const lines = (await (await viewer.export('jsonl')).text()).trim().split('\n');
    expect(JSON.parse(lines[0])).toMatchObject({ id: 'id-0', neighbors: [1, 2, 3], topics: ['Maps', 'Maps a'] });
    expect((await viewer.export('png')).type).toBe('image/png');
  });

  it('leaves a picture when it is out of sight, and comes back to the same view', async () => {
    viewer.setView({ x: 0.25, y: 0.5, zoom: 3 });
    page.setSeen(false);
    await vi.waitFor(() => expect(page.find('.map').dataset.renderer).toBe('picture'));
    await expect(viewer.export('png')).rejects.toMatchObject({ failure: { code: 'no-webgl' } });
    expect(viewer.state().view).toEqual({ x: 0.25, y: 0.5, zoom: 3 });
    page.setSeen(true);
    expect(page.find('.map').dataset.renderer).toBe('webgl');
    expect(viewer.state().view).toEqual({ x: 0.25, y: 0.5, zoom: 3 });
  });
});

describe('the reader of a frame', () => {
  it('searches by typing, opens the first hit by Enter, and ends it by Escape', async () => {
    page.find('input').value = 'portolan';
    press('input', 'input');
    await vi.waitFor(() => expect(count()).toBe('3 of 60 match'));
    press('input', 'keydown', { key: 'Enter' });
    expect(told.at(-1)).toEqual(['select', viewer.state().selected]);
    expect([3, 23, 43]).toContain(viewer.state().selected);
    press('input', 'keydown', { key: 'Escape' });
    await vi.waitFor(() => expect(viewer.state().query).toBe(''));
    page.find('.close').click();
    expect(told.at(-1)).toEqual(['select', -1]);
  });

  it('sees what is under the pointer, and opens it by a click', () => {
    const pixel = middleOfPaper3();
    pointAt(pixel, ['pointermove']);
    expect(page.find('.card').textContent).toBe('Paper 3');
    expect(told.at(-1)).toEqual(['hover', 3]);
    pointAt(pixel, ['pointerdown', 'pointerup']);
    expect(told.at(-1)).toEqual(['select', 3]);
    expect(viewer.state().selected).toBe(3);
    press('.map', 'pointerleave');
    expect([page.find('.card').hidden, told.at(-1)]).toEqual([true, ['hover', -1]]);
  });

  it('chooses a topic in the list, which Escape on the map takes back', () => {
    topicButtons()[1].click();
    expect(told.at(-1)).toEqual(['topic', 1]);
    expect(topicButtons().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0]);
    press('.map', 'keydown', { key: 'Escape' });
    expect(told.filter(([event]) => event === 'topic').at(-1)).toEqual(['topic', -1]);
    topicButtons()[0].click();
    topicButtons()[0].click();
    expect(told.slice(-2)).toEqual([
      ['topic', 0],
      ['topic', -1],
    ]);
  });

  it('moves the map by keys, of which the host hears, and leaves the wheel to its page', () => {
    press('.map', 'keydown', { key: '+' });
    expect(told.filter(([event]) => event === 'view')).not.toEqual([]);
    const before = viewer.state().view;
    press('.map', 'wheel', { deltaY: -100, deltaMode: 0, ctrlKey: false, metaKey: false, clientX: 5, clientY: 5 });
    expect(viewer.state().view).toEqual(before);
    expect(page.find('.says').textContent).toMatch(/Ctrl/u);
  });
});

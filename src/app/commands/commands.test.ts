import { beforeEach, describe, expect, it, vi } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { labRenderer } from '../fixtures/lab-renderer.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import type { State } from '../state.ts';
import { allCommands, type CommandParts, paperCommands } from './commands.ts';
import { type Command, menuCommands } from './menu-commands.ts';

/** Ten papers from two files, with a column of dates and two levels of topics. */
const map = () =>
  mapOf(
    {
      ...corpusOf(10, ['a.csv', 'b.csv']),
      columns: [{ name: 'read on', values: corpusOf(10).papers.map((_, i) => `2024-0${(i % 9) + 1}-01`) }],
    },
    topicTree(10, 2, 'maps'),
  );

/** The app, with or without a map. `clicked` lists the ids of clicked elements. */
function lab(isShown = true) {
  const app = wholeApp();
  const clicked: string[] = [];
  const kept: string[] = [];
  const page = { ...app.page, click: (id: string) => void clicked.push(id) };
  const offline = { keepOffline: async () => void kept.push('keep'), stopKeeping: () => void kept.push('stop') };
  const parts: CommandParts = { ...app, page, offline };
  if (isShown) app.show(map());
  const all = (): Command[] => allCommands(parts, app.store.get());
  const ids = (): string[] => all().map(({ id }) => id);
  const run = (id: string): void => {
    const command = all().find((one) => one.id === id);
    if (!command) throw new Error(`no command ${id}`);
    command.run();
  };
  return { ...app, parts, all, ids, run, clicked, kept };
}

beforeEach(() => void vi.stubGlobal('requestAnimationFrame', (next: () => void) => void next()));

describe('the menu', () => {
  it('offers what is of a map only where there is one', () => {
    const { parts, store, show } = lab(false);
    const disabled = () =>
      menuCommands(parts, store.get())
        .flat()
        .flatMap(({ id, isDisabled }) => (isDisabled ? id : []));
    expect(disabled()).toEqual(['keep-map', 'save-map', 'export', 'export-papers', 'compare', 'dimensions']);
    show(map());
    expect(disabled()).toEqual([]);
  });

  it.each<[string, Partial<State>]>([
    ['paste', { pasting: true }],
    ['export', { exporting: true }],
    ['compare', { dialog: 'compare' }],
    ['dimensions', { dialog: 'dimensions' }],
    ['shortcuts', { dialog: 'shortcuts' }],
  ])('opens by %s', (id, change) => {
    const { run, store } = lab();
    run(id);
    expect(store.get()).toMatchObject(change);
  });

  it('asks the page for files, since only its elements may', () => {
    const { run, clicked } = lab(false);
    for (const id of ['open-files', 'open-folder', 'open-map']) run(id);
    expect(clicked).toEqual(['open-files', 'open-folder', 'open-map']);
  });

  it('chooses a theme, for the next visits too', () => {
    const { run, all, store, page } = lab();
    run('theme:dark');
    expect(store.get().theme).toBe('dark');
    expect([...page.stored.values()]).toContain('dark');
    expect(all().filter(({ group, isChosen }) => group === 'Theme' && isChosen)).toMatchObject([{ id: 'theme:dark' }]);
  });

  it.each<[State['offline'], string | null, string[]]>([
    [{ state: 'none', done: 0, total: 0 }, null, []],
    [{ state: 'stopped', done: 0, total: 27e6 }, 'Keep for use offline (27.0 MB)', ['keep']],
    [{ state: 'fetching', done: 9e6, total: 27e6 }, 'Keeping for use offline: 9.0 MB of 27.0 MB. Stop', ['stop']],
    [{ state: 'ready', done: 0, total: 0 }, 'Works without a network', []],
  ])('says how far it works offline: %j', (offline, label, does) => {
    const { parts, store, run, ids, kept } = lab();
    store.set({ offline });
    const command = menuCommands(parts, store.get())
      .flat()
      .find(({ id }) => id === 'offline');
    expect(command?.label ?? null).toBe(label);
    if (does.length > 0) run('offline');
    else expect(ids()).not.toContain('offline');
    expect(kept).toEqual(does);
  });
});

describe('the commands of the palette', () => {
  it('are those of files, help and themes while no map is open, and none that would do nothing', () => {
    const { ids, all } = lab(false);
    expect(ids()).toEqual([
      ...['own-texts', 'open-files', 'open-folder', 'paste', 'open-map', 'open-sample', 'kept-maps', 'shortcuts'],
      ...['theme:auto', 'theme:light', 'theme:dark'],
    ]);
    expect(all().some(({ isDisabled }) => isDisabled)).toBe(false);
  });

  it('never name two things alike, nor the palette itself', () => {
    const { ids } = lab();
    expect(new Set(ids()).size).toBe(ids().length);
    expect(ids()).not.toContain('palette');
  });

  it.each<[string, string, Partial<State>]>([
    ['the hits', 'fit-hits', { hits: { indices: Int32Array.of(1) } as never }],
    ['the hits', 'export-hits', { hits: { indices: Int32Array.of(1) } as never }],
    ['the hits', 'select-hits', { hits: { indices: Int32Array.of(1) } as never }],
    ['a selection', 'clear-selection', { selection: Int32Array.of(2) }],
    ['filters', 'clear-filters', { filters: { source: { kind: 'only', keys: ['a.csv'] } } }],
    ['kept selections', 'color:kept', { kept: [{ id: 0, name: 'x', hue: 0, papers: Int32Array.of(1) }] }],
    ['a comparison', 'leave-comparison', { comparison: {} as never }],
    ['a comparison', 'color:drift', { comparison: {} as never }],
  ])('have of %s what there is: %s', (_, id, change) => {
    const { ids, store } = lab();
    expect(ids()).not.toContain(id);
    store.set(change);
    expect(ids()).toContain(id);
  });

  it('do not make the papers anew while a map is being made, or shown half done', () => {
    const { ids, store } = lab();
    expect(ids()).toContain('again');
    store.set({ job: { kind: 'building', name: 'x', progress: null, total: 0, paused: false, places: null } });
    expect(ids()).not.toContain('again');
    store.set(({ shown }) => ({ job: null, shown: shown && { ...shown, map: null } }));
    for (const id of ['again', 'undo', 'contours', 'save-map']) expect(ids()).not.toContain(id);
    expect(ids()).toContain('fit');
  });

  it('colour, and say by what the map is coloured', () => {
    const { run, all, store } = lab();
    const labels = () =>
      all().flatMap(({ group, label, isChosen }) => (group === 'Colour by' ? `${label}${isChosen ? '*' : ''}` : []));
    expect(labels()).toEqual(['Topic*', 'Nearest topic', 'File', 'One colour', 'read on']);
    run('color:column:read on');
    expect(store.get().colorBy).toBe('column:read on');
    expect(labels()).toContain('read on*');
  });

  it('open topics by the names that a person gave them', () => {
    const { run, all, store } = lab();
    const topics = all().filter(({ group }) => group === 'Topic');
    expect(topics.map(({ label }) => label)).toContain('renamed');
    run('topic:1');
    expect(store.get()).toMatchObject({ topic: 1, selected: -1 });
  });

  it('draw, select and filter', () => {
    const { run, store, view, ids } = lab();
    run('lasso');
    expect(store.get().areaTool).toBe('lasso');
    run('rectangle');
    expect(store.get().areaTool).toBe('rectangle');
    run('invert');
    expect(store.get().selection).toHaveLength(10);
    run('clear-selection');
    expect(store.get().selection).toHaveLength(0);
    run('selections');
    expect(store.get().selectionOpen).toBe(true);
    view.setRenderer(labRenderer());
    run('select-in-view');
    expect(store.get().selection.length).toBeGreaterThan(0);
    run('time');
    expect(store.get().timeline).toBe('column:read on');
    store.set({ filters: { source: { kind: 'only', keys: ['a.csv'] } } });
    run('clear-filters');
    expect(store.get().filters).toEqual({});
    run('time');
    expect([store.get().timeline, ids().includes('time')]).toEqual([null, true]);
  });

  it('undo, and say where nothing is left', () => {
    const { run, store, said } = lab();
    run('invert');
    run('undo');
    expect(store.get().selection).toHaveLength(0);
    run('redo');
    expect(store.get().selection).toHaveLength(10);
    run('redo');
    expect(said()).toEqual(['Nothing to redo']);
  });

  it('show and hide contours, and are called by what they would do', () => {
    const { run, all, store } = lab();
    const label = () => all().find(({ id }) => id === 'contours')?.label;
    expect(label()).toBe('Hide density contours');
    run('contours');
    expect([store.get().contours, label()]).toEqual([false, 'Show density contours']);
  });

  it('zoom and show all', () => {
    const { run, view } = lab();
    const renderer = labRenderer();
    view.setRenderer(renderer);
    const { scale } = renderer.viewport;
    run('zoom-in');
    expect(renderer.viewport.scale / scale).toBeCloseTo(1.6);
    run('zoom-out');
    expect(renderer.viewport.scale).toBeCloseTo(scale);
    run('fit');
    expect(view.currentCamera()).toBeNull();
  });
});

describe('papers in the palette', () => {
  it('are called by their titles and opened; those of another map are left out', () => {
    const { store, view } = lab();
    const commands = paperCommands(view, store.get(), [3, 99, 1]);
    expect(commands.map(({ label }) => label)).toEqual(['Paper 3', 'Paper 1']);
    commands[0].run();
    expect(store.get().selected).toBe(3);
  });
});

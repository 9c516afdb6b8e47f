import { describe, expect, it } from 'vitest';
import { StageError } from '../model/failure.ts';
import { NO_SELECTION } from '../model/selection.ts';
import { START } from './state.ts';
import { makeStore } from './store.ts';

const some = (...papers: number[]) => Int32Array.from(papers);

describe('a store', () => {
  it('is one of its own', () => {
    const [a, b] = [makeStore(), makeStore()];
    a.set({ query: 'maps' });
    a.notify('done', { title: 'a', text: '' });
    expect(b.get()).toEqual(START);
    expect(b.notify('done', { title: 'b', text: '' })).toBe(1);
  });

  it('takes back edits one by one, and nothing else', () => {
    const store = makeStore();
    store.set({ selection: some(1) });
    store.set({ query: 'maps' });
    store.set({ selection: some(1, 2), hovered: 3 });
    expect(store.undo()).toBe(true);
    expect(store.get()).toMatchObject({ selection: some(1), query: 'maps', hovered: 3 });
    expect(store.undo()).toBe(true);
    expect(store.get().selection).toBe(NO_SELECTION);
    expect(store.undo()).toBe(false);
    expect([store.redo(), store.redo(), store.redo()]).toEqual([true, true, false]);
    expect(store.get().selection).toEqual(some(1, 2));
  });

  it('makes no step of what is changed quietly, and none is left once edits are forgotten', () => {
    const store = makeStore();
    store.setQuietly({ filters: { year: { kind: 'ranges', ranges: [], keepsMissing: true } } });
    expect(store.undo()).toBe(false);
    expect(Object.keys(store.get().filters)).toEqual(['year']);
    store.set({ selection: some(1) });
    store.forgetEdits();
    expect(store.undo()).toBe(false);
    expect(store.get().selection).toEqual(some(1));
  });

  it('keeps the last three notices, each with an id of its own', () => {
    const store = makeStore();
    const ids = ['a', 'b', 'c', 'd'].map((title) => store.notify('done', { title, text: '' }));
    expect(new Set(ids).size).toBe(4);
    expect(store.get().notices.map(({ title }) => title)).toEqual(['b', 'c', 'd']);
    store.dismissNotice(ids[2]);
    expect(store.get().notices.map(({ title }) => title)).toEqual(['b', 'd']);
  });

  it('shows equal notices once, as the newest, and says how often; offers to undo stay apart', () => {
    const store = makeStore();
    const undo = { label: 'Undo', run: () => undefined };
    const first = store.notify('warning', { title: 'a', text: 'x' });
    store.notify('done', { title: 'b', text: '', action: undo });
    store.notify('done', { title: 'b', text: '', action: undo });
    const again = store.notify('warning', { title: 'a', text: 'x' });
    expect(store.get().notices.map(({ title, times }) => [title, times])).toEqual([
      ['b', 1],
      ['b', 1],
      ['a', 2],
    ]);
    expect(store.get().notices.at(-1)?.id).toBe(again);
    store.dismissNotice(first);
    expect(store.get().notices).toHaveLength(3);
    store.notify('warning', { title: 'a', text: 'another matter' });
    expect(store.get().notices.map(({ times }) => times)).toEqual([1, 2, 1]);
  });

  it('tells failures in words with what is needed for a report, and is silent about what was cancelled', () => {
    const store = makeStore();
    store.report(new StageError('cancelled', 'read', 'stopped'), 'read');
    expect(store.get().notices).toEqual([]);
    store.report(new StageError('busy', 'worker', 'another tab is making a map'), 'read');
    store.report(new TypeError('no such thing'), 'read');
    const [busy, other] = store.get().notices;
    expect(busy).toMatchObject({ kind: 'failure', title: 'Another tab is making a map', stays: false });
    expect(busy.details).toBe('worker/busy: another tab is making a map');
    expect(other.details).toBe('read/internal: TypeError: no such thing');
  });
});

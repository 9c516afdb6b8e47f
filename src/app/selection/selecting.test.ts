import { describe, expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { NO_EDITS } from '../../model/topics.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { makeSelectors } from '../selectors.ts';
import { makeStore } from '../store.ts';
import { makeTopics } from '../topics/topics.ts';
import { makeKeeping, makePicking } from './selecting.ts';

const some = (...papers: number[]) => Int32Array.from(papers);
const SHIFT = { shiftKey: true, altKey: false };
const ALT = { shiftKey: false, altKey: true };

/** Ten papers in a row from −1 to 0.8, in two topics. */
function lab() {
  const store = makeStore();
  const selectors = makeSelectors();
  const map = mapOf(corpusOf(10), topicTree(10, 2, 'maps'));
  store.set({ shown: { corpus: map.corpus, positions: map.positions, map } });
  const insets = { top: 0, right: 0, bottom: 0, left: 0 };
  const viewport = { center: { x: -0.5, y: 0 }, scale: 100, widthPx: 70, heightPx: 50 };
  const view = { currentView: () => ({ ...viewport, insets, covers: [], fitScale: 1 }), flyToPapers: () => undefined };
  const topics = makeTopics(store, selectors, view);
  return { store, topics, picking: makePicking(store, selectors, view), keeping: makeKeeping(store, topics.undoEdit) };
}

describe('picking', () => {
  it('goes by the keys that are held, else by the mode that is on', () => {
    const { store, picking } = lab();
    picking.pick(some(1, 2, 3));
    picking.pick(some(3, 4), SHIFT);
    picking.pick(some(1), ALT);
    expect(store.get().selection).toEqual(some(2, 3, 4));
    store.set({ selectMode: 'intersection' });
    picking.pick(some(3, 4, 5));
    expect(store.get().selection).toEqual(some(3, 4));
  });

  it('makes no step to undo of the same papers again', () => {
    const { store, picking } = lab();
    picking.pick(some(1));
    picking.pick(some(1));
    expect([store.undo(), store.undo()]).toEqual([true, false]);
  });

  it('takes what is in view, in a topic or found, and opens the panel for the latter two', () => {
    const { store, picking } = lab();
    picking.selectInView();
    expect(store.get().selection).toEqual(some(1, 2, 3, 4));
    expect(store.get().selectionOpen).toBe(false);
    picking.selectTopic(1);
    const ofTopic = store.get().selection;
    expect(ofTopic.length).toBeGreaterThan(0);
    expect(store.get()).toMatchObject({ selectionOpen: true, selected: -1, topic: -1 });
    picking.selectHits();
    expect(store.get().selection).toBe(ofTopic);
  });

  it('turns round within what filters leave', () => {
    const { store, picking } = lab();
    picking.pick(some(0, 1, 2, 3, 4, 5, 6, 7));
    picking.invertSelection();
    expect(store.get().selection).toEqual(some(8, 9));
    picking.clearSelection();
    expect(store.get().selection).toHaveLength(0);
  });
});

describe('kept selections', () => {
  it('are named, coloured, taken off the list and brought back', () => {
    const { store, picking, keeping } = lab();
    keeping.keepCurrent();
    expect(store.get().kept).toEqual([]);
    picking.pick(some(1, 2));
    keeping.keepCurrent();
    const [{ id }] = store.get().kept;
    keeping.renameKept(id, 'mine');
    keeping.recolorKept(id, 3);
    expect(store.get().kept).toMatchObject([{ name: 'mine', hue: 3, papers: some(1, 2) }]);
    keeping.removeKept(store.get().kept[0]);
    expect(store.get().kept).toEqual([]);
    store.get().notices[0].action?.run();
    expect(store.get().kept).toMatchObject([{ name: 'mine' }]);
  });
});

describe('topics', () => {
  it('open only where they are, and close when undoing takes them away', () => {
    const { store, topics } = lab();
    topics.goToTopic(77);
    expect(store.get().topic).toBe(-1);
    topics.mergeTopic(1, 0);
    expect(store.get()).toMatchObject({ topic: 0, topicEdits: { merged: { 1: 0 } } });
    topics.undoEdit();
    expect(store.get().topicEdits.merged).toEqual({});
    topics.goToTopic(1);
    topics.redoEdit();
    expect(store.get().topic).toBe(-1);
  });

  it('say what was done, and when nothing is left to take back', () => {
    const { store, topics } = lab();
    topics.renameTopic(0, 'charts');
    topics.hideTopic(0, true);
    topics.undoEdit();
    topics.undoEdit();
    topics.undoEdit();
    const titles = store.get().notices.map(({ title }) => title);
    expect(titles).toEqual(['The topic is called “charts”', 'The name is off the map', 'Nothing to undo']);
    expect(store.get().topicEdits).toBe(NO_EDITS);
  });

  it('own the ground by their names on the map', () => {
    const { store, topics } = lab();
    topics.setGround(0);
    const { ground } = store.get();
    expect(ground).toBeGreaterThanOrEqual(0);
    topics.setShownLabels(new Set([ground]));
    expect(topics.shownLabels()).toEqual(new Set([ground]));
    topics.setGround(-1);
    expect(store.get().ground).toBe(-1);
  });
});

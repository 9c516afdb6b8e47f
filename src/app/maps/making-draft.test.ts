import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { topicView } from '../../model/topic-view.ts';
import type { TopicTree } from '../../model/topics.ts';
import { corpus, report } from '../../pipeline/fixtures/build-lab.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { treeOf } from '../shown.ts';
import type { ImportPlan } from '../state.ts';

const PLAN: ImportPlan = {
  name: 'texts',
  corpus,
  report,
  previews: [],
  choices: {},
  isCounted: true,
  failure: null,
  vectors: [],
  vectorsFrom: '',
  vectorsModel: '',
  places: [],
  placesFrom: '',
};

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {});
});

describe('a map in the making', () => {
  it('has colours and names of topics while it is made, and at its end those of its own', async () => {
    const app = wholeApp();
    const drafts = new Set<TopicTree>();
    app.store.set({ plan: PLAN });
    app.store.subscribe(({ shown, colorBy }) => {
      const tree = shown?.map ? null : treeOf(shown);
      if (tree && colorBy === 'topic') drafts.add(tree);
    });
    await app.making.makePlannedMap();
    expect(drafts.size).toBeGreaterThan(0);
    for (const tree of drafts) expect(topicView(tree).tops.length).toBeGreaterThan(1);
    const { shown, colorBy } = app.store.get();
    expect(colorBy).toBe('topic');
    expect(drafts.has(shown?.map?.topics as TopicTree)).toBe(false);
    expect(app.selectors.topics(app.store.get())?.nodes.size).toBe(shown?.map?.topics?.topics.length);
  });

  it('keeps the colours that were chosen while it was made', async () => {
    const app = wholeApp();
    app.store.set({ plan: PLAN });
    const end = app.store.subscribe(({ shown }) => {
      if (shown === null) return;
      end();
      app.store.set({ colorBy: 'source' });
    });
    await app.making.makePlannedMap();
    expect(app.store.get()).toMatchObject({ colorBy: 'source', runs: 1 });
  });
});

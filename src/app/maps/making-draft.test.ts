import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Encoder } from '../../encode/encode.client.ts';
import { StageError } from '../../model/failure.ts';
import { topicView } from '../../model/topic-view.ts';
import type { TopicTree } from '../../model/topics.ts';
import { corpus, fakeEncoder, report } from '../../pipeline/fixtures/build-lab.ts';
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

describe('the end of a run', () => {
  it('is told to who is away, with how many were embedded before', async () => {
    const app = wholeApp();
    app.store.set({ plan: PLAN });
    await app.making.makePlannedMap();
    expect(app.page.told).toEqual(['The map is ready: texts: 40 papers']);
    const encode: Encoder['encode'] = async (...call) => ({
      ...(await fakeEncoder(8, false, []).encode(...call)),
      cached: 30,
    });
    const again = wholeApp({ encode });
    again.store.set({ plan: PLAN });
    await again.making.makePlannedMap();
    expect(again.store.get().notices.at(-1)?.text).toMatch(/^40 papers in \d+ s, 30 of them embedded before\. /u);
  });

  it('is told where it fails, and not where it is cancelled', async () => {
    const encode = () => Promise.reject(new StageError('model-missing', 'encode', 'there is no such file'));
    const app = wholeApp({ encode });
    app.store.set({ plan: PLAN });
    await app.making.makePlannedMap();
    expect(app.page.told).toEqual(['The map was not made: texts: The language model could not be fetched']);
    const other = wholeApp();
    other.store.set({ plan: PLAN });
    const made = other.making.makePlannedMap();
    await vi.waitUntil(() => other.store.get().job !== null, { interval: 1 });
    other.jobs.cancel();
    await made;
    expect(other.page.told).toEqual([]);
  });
});

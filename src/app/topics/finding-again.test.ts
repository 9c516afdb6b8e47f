import { expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { selectionOf } from '../../model/selection.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { wholeApp } from '../fixtures/whole-app.ts';

const shownMap = () => mapOf(corpusOf(10), topicTree(10, 2, 'maps'));

it('takes papers off the map, with what the page remembers about them, and puts them back', async () => {
  const app = wholeApp();
  app.show(shownMap());
  app.store.set({ selection: selectionOf([2, 5, 9]), selected: 5, like: [1, 2] });
  await app.findingAgain.removePapers(selectionOf([0, 2]));
  const after = app.store.get();
  expect(after.shown?.corpus.papers.map(({ id }) => id)).toEqual(
    ['1', '3', '4', '5', '6', '7', '8', '9'].map((id) => expect.stringContaining(id)),
  );
  expect(Array.from(after.selection)).toEqual([3, 7]);
  expect([after.selected, after.like]).toEqual([3, [0]]);
  after.notices.at(-1)?.action?.run();
  expect(app.store.get().shown?.corpus.papers).toHaveLength(10);
  expect(Array.from(app.store.get().selection)).toEqual([2, 5, 9]);
});

it('leaves a map of three', async () => {
  const app = wholeApp();
  app.show(shownMap());
  await app.findingAgain.removePapers(selectionOf([0, 1, 2, 3, 4, 5, 6, 7]));
  expect(app.store.get().shown?.corpus.papers).toHaveLength(10);
  expect(app.store.get().notices.at(-1)?.title).toBe('Too few would be left');
});

it('are undone one after another, and the edits before them too', async () => {
  const app = wholeApp();
  app.show(shownMap());
  const count = () => app.store.get().shown?.corpus.papers.length;
  app.topics.renameTopic(0, 'Seas');
  await app.findingAgain.removePapers(selectionOf([0]));
  await app.findingAgain.removePapers(selectionOf([1]));
  app.topics.renameTopic(0, 'Oceans');
  expect(count()).toBe(8);
  app.topics.undoEdit();
  expect([count(), app.store.get().topicEdits.names[0]]).toEqual([8, 'Seas']);
  app.topics.undoEdit();
  expect(count()).toBe(9);
  app.topics.undoEdit();
  expect([count(), app.store.get().topicEdits.names[0]]).toEqual([10, 'Seas']);
  app.topics.undoEdit();
  expect([count(), app.store.get().topicEdits.names[0]]).not.toContain('Seas');
});

it('are undone by the first message together with what came later', async () => {
  const app = wholeApp();
  app.show(shownMap());
  await app.findingAgain.removePapers(selectionOf([0]));
  await app.findingAgain.removePapers(selectionOf([1]));
  const [first, second] = app.store.get().notices.slice(-2);
  first.action?.run();
  expect(app.store.get().shown?.corpus.papers).toHaveLength(10);
  second.action?.run();
  expect(app.store.get().shown?.corpus.papers).toHaveLength(10);
  expect(app.store.get().notices.at(-1)?.title).toBe('Too late to undo');
});

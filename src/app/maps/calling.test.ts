import { describe, expect, it } from 'vitest';
import { topicTree } from '../../model/map-file/fixtures/topic-tree.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { wholeApp } from '../fixtures/whole-app.ts';

describe('another noun', () => {
  it('leaves all that is known of the texts, and is saved with the map', () => {
    const { store, show, calling, showing } = wholeApp();
    show(mapOf(corpusOf(10), topicTree(10, 2, 'maps')));
    const year = { kind: 'ranges', ranges: [], keepsMissing: true } as const;
    store.set({ selected: 7, filters: { year }, selection: Int32Array.of(1, 7), colorBy: 'topic' });
    const before = store.get();
    calling.callTexts({ one: 'note', many: 'notes' });
    const after = store.get();
    expect(after.shown?.corpus.noun).toEqual({ one: 'note', many: 'notes' });
    expect(showing.editedMap()?.corpus).toBe(after.shown?.corpus);
    expect(after.shown?.positions).toBe(before.shown?.positions);
    const { selected, filters, selection, colorBy, topicEdits } = before;
    expect(after).toMatchObject({ selected, filters, selection, colorBy, topicEdits });
  });

  it('is nothing to a page without a map', () => {
    const { store, calling } = wholeApp();
    calling.callTexts({ one: 'note', many: 'notes' });
    expect(store.get().shown).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { itemsOf, joinItems, mainItems } from './list-values.ts';
import { decodeMapFile } from './map-file/decode-map-file.ts';
import { encodeMapFile } from './map-file/encode-map-file.ts';
import { defaultInfo } from './map-file/info.ts';
import type { Column } from './paper.ts';

describe('lists in a column', () => {
  it('are joined without blanks and repetitions, and the most frequent item stands for a list', () => {
    expect(joinItems([' a ', '', 'b', 'a'])).toBe('a; b');
    expect(joinItems([''])).toBeNull();
    expect(itemsOf(null)).toEqual([]);
    expect(mainItems(['a; b', 'b; c', 'c', null, 'd'])).toEqual(['b', 'b', 'c', null, 'd']);
  });

  it('stay lists in a map file', async () => {
    const columns: Column[] = [
      { name: 'tags', values: ['a; b', 'b', null], isList: true },
      { name: 'note', values: ['x; y', 'z', null] },
    ];
    const papers = ['0', '1', '2'].map((id) => {
      return { id, title: id, text: '', authors: null, date: null, url: null, sources: [{ file: 'f', line: 1 }] };
    });
    const none = { neighbors: null, embedding: null, preservation: null, summaries: null, topics: null };
    const map = { corpus: { papers, columns }, positions: new Float32Array(6), ...none, info: defaultInfo(3) };
    expect((await decodeMapFile(encodeMapFile(map))).corpus.columns).toEqual(columns);
  });
});

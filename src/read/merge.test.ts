import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePartCollector, takeParts } from './corpus-parts.ts';
import { collectAs, readSeed, SEEDS } from './fixtures/collect.ts';
import { plainRecord, type RawRecord } from './format.ts';
import { LISTING } from './listing.ts';
import { type MergeOptions, type MergeResult, makeCorpusBuilder } from './merge.ts';
import type { MergeRule } from './read.api.ts';
import { complete } from './steps.ts';

function build(records: readonly Partial<RawRecord>[], options: MergeOptions = {}): MergeResult {
  const builder = makeCorpusBuilder(options);
  const file = builder.openFile('f');
  records.forEach((record, i) => {
    file.record({ ...plainRecord('', '', i + 1), ...record });
  });
  return complete(builder.finish());
}

describe('merging', () => {
  it('finds the duplicates of the seed files', () => {
    const builder = makeCorpusBuilder();
    SEEDS.forEach((name, i) => {
      const file = builder.openFile(name);
      for (const record of collectAs(LISTING, readSeed(i)).records) file.record(record);
    });
    const { corpus, records, groups } = complete(builder.finish());
    expect([records, corpus.papers.length, groups.length]).toEqual([542, 468, 63]);
    expect(groups.reduce((sum, group) => sum + group.records - 1, 0)).toBe(74);
    const find = (start: string) => corpus.papers.filter((paper) => paper.title.startsWith(start));
    expect(find('2D Matryoshka Sentence')[0].sources.map(({ file }) => file)).toEqual(SEEDS.slice(0, 4));
    expect(find('Granite Embedding Models')).toHaveLength(1);
    const at = (file: number, index: number) => {
      const { title } = collectAs(LISTING, readSeed(file)).records[index];
      return corpus.papers.findIndex((paper) => paper.title === title);
    };
    expect(at(0, 83)).not.toBe(at(2, 100));
    expect(at(0, 97)).not.toBe(at(0, 109));
    expect(new Set(corpus.papers.map((paper) => paper.id)).size).toBe(468);
  });

  it('keeps the first place, the longest text, all sources and every first value', () => {
    const { corpus, groups } = build(
      [
        { title: 'A B', text: 'short', extra: [['x', '1']] },
        { title: 'C', text: 'other' },
        {
          title: 'a-b!',
          text: 'much longer',
          authors: 'One',
          id: 'q',
          extra: [
            ['x', '2'],
            ['y', 'z'],
          ],
        },
      ],
      { merge: 'title' },
    );
    expect(corpus.papers[0]).toMatchObject({ id: 'q', title: 'A B', text: 'much longer', authors: 'One' });
    expect(corpus.papers[0].sources.map(({ line }) => line)).toEqual([1, 3]);
    expect(groups).toEqual([{ paper: 0, records: 2 }]);
    expect(corpus.columns).toEqual([
      { name: 'x', values: [1, null] },
      { name: 'y', values: ['z', null] },
    ]);
  });

  it('merges texts without titles when they are the same', () => {
    expect(build([{ text: 'a ' }, { text: 'a' }, { text: 'A' }]).corpus.papers).toHaveLength(2);
    expect(build([{ title: '!' }, { title: '?' }, { title: '!' }]).corpus.papers).toHaveLength(2);
  });

  it('merges what each rule says, and counts what the others would', () => {
    const records = [
      { title: 'A', text: 'x' },
      { title: 'a', text: 'x' },
      { title: 'A', text: 'y' },
      { title: 'A', text: 'x' },
      { title: 'B', text: 'z', id: '7' },
      { title: 'B', text: '', id: '7' },
    ];
    const merged = (merge: MergeRule) => records.length - build(records, { merge }).corpus.papers.length;
    // Rows 1, 2 and 4 are equal but for the writing of the title.
    expect([merged('none'), merged('id'), merged('same'), merged('title')]).toEqual([0, 1, 3, 4]);
    expect(build(records).nearCopies).toEqual({ none: 0, id: 1, same: 3, title: 4 });
    expect(build(records, { merge: 'none' }).nearCopies).toEqual({ none: 0, id: 1, same: 3, title: 4 });
  });

  it('stops at the limit', () => {
    const builder = makeCorpusBuilder({ limit: 2 });
    const file = builder.openFile('f');
    for (const title of ['a', 'b', 'a', 'c', 'a']) file.record(plainRecord(title, '', 1));
    expect(builder.isFull()).toBe(true);
    expect(complete(builder.finish())).toMatchObject({
      records: 3,
      corpus: { papers: [{ title: 'a' }, { title: 'b' }] },
    });
  });

  it('skips a text over a million characters', () => {
    const builder = makeCorpusBuilder();
    const file = builder.openFile('f');
    file.record(plainRecord('', 'x'.repeat(1_000_001), 7));
    expect(file.notes().skipped).toEqual([{ file: 'f', line: 7, reason: expect.stringContaining('1000001') }]);
  });

  it('keeps ids that are not unique in a column', () => {
    const { corpus } = build([
      { text: 'a', id: '1' },
      { text: 'b', id: '1' },
      { text: 'c', id: '2' },
    ]);
    expect(corpus.papers[2].id).toBe('2');
    expect(corpus.columns).toEqual([{ name: 'source id', values: [1, 1, 2] }]);
  });

  it('counts every record once, for any records', () => {
    const record = fc.record({
      title: fc.constantFrom('', 'A', 'a', 'b!', '!'),
      text: fc.constantFrom('', 'x', 'xy', 'z'),
    });
    fc.assert(
      fc.property(fc.array(record), fc.constantFrom<MergeRule>('id', 'same', 'title', 'none'), (records, merge) => {
        const { corpus, groups, records: count } = build(records, { merge });
        expect(count).toBe(records.length);
        expect(corpus.papers.flatMap((paper) => paper.sources)).toHaveLength(count);
        expect(groups.reduce((sum, group) => sum + group.records - 1, 0)).toBe(count - corpus.papers.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parts of a corpus', () => {
  it('come together again, none too large, and empty what they are taken from', () => {
    const { corpus } = build(
      Array.from({ length: 4500 }, (_, i) => ({
        title: `t ${i}`,
        text: 'x'.repeat(i % 7 === 0 ? 5000 : 10),
        extra: [['n', i]] as const,
      })),
    );
    const papers = [...corpus.papers];
    const columns = [...corpus.columns];
    const collector = makePartCollector();
    for (const part of takeParts(papers, columns)) {
      if (part.kind === 'papers') expect(part.papers.length).toBeLessThanOrEqual(2000);
      expect(JSON.stringify(part).length).toBeLessThan(4_000_000);
      collector.receive(part);
    }
    expect(collector.corpus()).toEqual(corpus);
    expect(papers).toEqual([]);
  });
});

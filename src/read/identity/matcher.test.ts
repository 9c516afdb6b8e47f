import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MergeRule } from '../../model/read-report.ts';
import { type ExtraValue, plainRecord, type RawRecord } from '../format.ts';
import { type MergeResult, makeCorpusBuilder } from '../merge.ts';
import type { TablePreview } from '../read.api.ts';
import { complete } from '../steps.ts';
import type { Candidate } from './keys.ts';
import { makeMatcher } from './matcher.ts';

interface TestFile {
  /** The column of ids; without it the file has no table. */
  readonly id?: string;
  readonly records: readonly Partial<RawRecord>[];
}

function merge(files: readonly TestFile[], rule: MergeRule = 'same'): MergeResult {
  const builder = makeCorpusBuilder({ merge: rule });
  files.forEach(({ id, records }, number) => {
    const intake = builder.openFile(`file ${number}`);
    const roles = { id: id ?? null, title: 'title', text: 'text', authors: null, date: null, url: null };
    const table: TablePreview = { headers: [`${id}`, 'title', 'text'], roles, rows: [], delimiter: ',' };
    if (id !== undefined) intake.table(table);
    records.forEach((record, i) => {
      intake.record({ ...plainRecord('', '', i + 1), ...record });
    });
  });
  return complete(builder.finish());
}

/** How many papers two records become in one table with ids, and in two files of other forms. */
function counts(one: Partial<RawRecord>, two: Partial<RawRecord>): readonly [together: number, apart: number] {
  const together = merge([{ id: 'uid', records: [one, two] }]);
  const apart = merge([
    { id: 'uid', records: [one] },
    { id: 'number', records: [two] },
  ]);
  return [together.corpus.papers.length, apart.corpus.papers.length];
}

const TITLE = 'How lanterns are hung along a narrow river';
const TEXT = `We measured how lanterns swing above water in forty villages and give a rule for the height at which they
  neither dazzle the ferrymen nor leave the steps in the dark, with tables for three kinds of oil.`;
const OTHER = `This essay asks what became of the kilns after the clay ran out, and follows five families of potters who
  turned to glass, to salt, and in one case to the making of bells for the mountain churches nearby.`;
const doi = (value: string): { readonly extra: readonly ExtraValue[] } => ({ extra: [['DOI', value]] });

describe('records with the same DOI', () => {
  it('are one, however it is written, whatever their ids, dates and lengths', () => {
    const one = { title: TITLE, text: TEXT, id: 'a', date: '2019-05', ...doi('10.5555/Lamp.7') };
    for (const [other, paper] of [
      [doi('https://doi.org/10.5555/lamp.7'), one],
      [doi('doi: 10.5555/LAMP.7.'), one],
      [{ url: 'http://dx.doi.org/10.5555/lamp.7' }, one],
      [{ extra: [['externalIds.DOI', '10.5555/lamp.7']] }, one],
    ] as const) {
      const two = { ...paper, id: 'b', date: '2020', text: TEXT.slice(0, 120), extra: [], ...other };
      expect(counts(one, two)).toEqual([1, 1]);
      expect(counts({ ...one, text: '' }, { ...two, title: `${TITLE}: a study` })).toEqual([1, 1]);
    }
  });

  it('are not one where it is that of the work they are about', () => {
    const about = (text: string, id: string) => ({ id, text, ...doi('10.5555/lamp.7') });
    expect(counts(about(TEXT, 'a'), about(OTHER, 'b'))).toEqual([2, 2]);
    const chapter = (title: string) => ({ title, ...doi('10.5555/book.1') });
    expect(counts(chapter('On kilns and their makers'), chapter('A salt tax in the hills'))).toEqual([2, 2]);
  });

  it('beats a title, and another DOI parts what a title would join', () => {
    const one = { title: TITLE, text: TEXT, authors: 'Ada Quill', date: '2019', ...doi('10.5555/a') };
    expect(counts(one, { ...one, ...doi('10.5555/b') })).toEqual([2, 2]);
  });
});

describe('records with the same title', () => {
  const plain = { title: TITLE, text: TEXT };

  it.each<[string, Partial<RawRecord>, Partial<RawRecord>, readonly [number, number]]>([
    ['the same text', plain, { ...plain, extra: [['rating', 4]] }, [1, 1]],
    ['the same text, other ids', { ...plain, id: '1' }, { ...plain, id: '2' }, [2, 1]],
    ['the same text, other days', { ...plain, date: '2019-05-01' }, { ...plain, date: '2019-05-02' }, [2, 1]],
    ['the same text, other authors', { ...plain, authors: 'Ada Quill' }, { ...plain, authors: 'Bo Marrow' }, [2, 2]],
    ['a text that breaks off', plain, { ...plain, text: TEXT.slice(0, 120) }, [2, 1]],
    ['a reply that holds the text', plain, { ...plain, text: `${OTHER} ${OTHER} > ${TEXT}` }, [2, 1]],
    [
      'another text',
      { ...plain, authors: 'A', date: '2019' },
      { title: TITLE, text: OTHER, authors: 'A', date: '2019' },
      [2, 2],
    ],
    [
      'no text, like authors',
      { title: TITLE, authors: 'Smith, J.A.; Wu, K.' },
      { title: TITLE, authors: 'John Smith and Kai Wu' },
      [1, 1],
    ],
    ['no text, the same year', { title: TITLE, date: '2019-05' }, { title: TITLE, text: TEXT, date: '2019' }, [1, 1]],
    ['no text, another year', { title: TITLE, date: '2018' }, { title: TITLE, text: TEXT, date: '2019' }, [2, 2]],
    ['nothing else', { title: TITLE }, plain, [2, 2]],
    ['nothing at all', { title: TITLE }, { title: `${TITLE}.` }, [1, 1]],
    [
      'a common title of one year',
      { title: 'Editorial', date: '2019' },
      { title: 'Editorial', text: TEXT, date: '2019' },
      [2, 2],
    ],
    [
      'short texts',
      { title: 'Works as it should do', text: 'Good', date: '2019' },
      { title: 'Works as it should do', text: 'Fine', date: '2019' },
      [2, 2],
    ],
  ])('and %s', (_, one, two, papers) => {
    expect(counts(one, two)).toEqual(papers);
  });

  it('are one in a list of citations whose keys differ', () => {
    const entries = [
      { ...plain, id: 'quill2019' },
      { ...plain, id: 'quill2019a' },
    ];
    expect(merge([{ records: entries }]).corpus.papers).toHaveLength(1);
    expect(merge([{ id: 'Citation Key', records: entries }]).corpus.papers).toHaveLength(1);
  });

  it('are parts of one table in files of one form', () => {
    const parts = [
      { id: 'uid', records: [{ ...plain, id: '1' }] },
      { id: 'uid', records: [{ ...plain, id: '2' }] },
    ];
    expect(merge(parts).corpus.papers).toHaveLength(2);
  });
});

describe('records with the same id', () => {
  it('are one unless title or text contradict', () => {
    const one = { id: '7', title: TITLE, text: TEXT };
    expect(counts(one, { ...one, title: 'How lamps are hung', date: '2020' })).toEqual([1, 1]);
    expect(counts(one, { ...one, text: OTHER })).toEqual([2, 2]);
    expect(counts({ id: '7', title: TITLE }, { id: '7', title: 'On kilns' })).toEqual([2, 2]);
    expect(
      counts({ id: '7', title: 'Good', authors: 'User 3' }, { id: '7', title: 'Good', authors: 'User 4' }),
    ).toEqual([2, 2]);
  });
});

describe('many records with one title', () => {
  /** How often papers are looked at while these records of one table are merged, and how many papers they become. */
  function looksAt(works: readonly Partial<Candidate>[]): readonly [looks: number, papers: number] {
    const papers: Candidate[] = [];
    let looks = 0;
    const matcher = makeMatcher((paper) => {
      looks++;
      return papers[paper];
    });
    for (const [i, each] of works.entries()) {
      const plain = { title: 'Unknown', text: '', authors: null, date: null, doi: null, id: null };
      const work: Candidate = { ...plain, table: 0, hasRealIds: true, row: i, ...each };
      const { same } = matcher.find(work);
      if (same < 0) papers.push(work);
      matcher.add(work, same < 0 ? papers.length - 1 : same);
    }
    return [looks, papers.length];
  }

  it.each([
    ['other texts', 5000, (i: number) => ({ text: `${i} ${OTHER.split(' ').join(` w${i} `)}` })],
    ['one short text, other ids', 5000, (i: number) => ({ text: 'Works well', id: `${i}` })],
    ['one DOI', 1, (i: number) => ({ text: TEXT, doi: '10.5555/a', id: `${i}` })],
  ])('and %s are compared with a bounded number of papers', (_, papers, make) => {
    const [looks, found] = looksAt(Array.from({ length: 5000 }, (_, i) => make(i)));
    expect(found).toBe(papers);
    expect(looks).toBeLessThan(5000 * 600);
    const [half] = looksAt(Array.from({ length: 2500 }, (_, i) => make(i)));
    expect(looks).toBeLessThan(half * 2.5);
  });

  it('are found again among all of that title', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => ({ text: `${i} ${OTHER.split(' ').join(` w${i} `)}` }));
    const again = rows.slice(2000, 2100).map((row) => ({ text: `${row.text} And more.`, table: 1 }));
    expect(looksAt([...rows, ...again])[1]).toBe(3000);
  });
});

describe('merging anything', () => {
  it('loses no record, gives each paper an id of its own, and merges what comes twice', () => {
    const record = fc.record({
      title: fc.constantFrom('', 'A', 'a', 'Unknown', TITLE),
      text: fc.constantFrom('', 'x', TEXT, OTHER, TEXT.slice(0, 100)),
      authors: fc.constantFrom(null, 'Ada Quill', 'Quill, A.', '3 authors'),
      date: fc.constantFrom(null, '2019', '2019-05-01', '--05-01'),
      id: fc.constantFrom(null, '1', '2', '10.5555/x'),
      url: fc.constantFrom(null, 'https://doi.org/10.5555/x', 'https://doi.org/10.5555/y'),
    });
    const file = fc.record({ id: fc.constantFrom('uid', 'key'), records: fc.array(record, { maxLength: 12 }) });
    const rules = fc.constantFrom<MergeRule>('id', 'same', 'title', 'none');
    fc.assert(
      fc.property(fc.array(file, { maxLength: 3 }), rules, (files, rule) => {
        const all = files.reduce((sum, { records }) => sum + records.length, 0);
        const { corpus, records, nearCopies } = merge(files, rule);
        expect(records).toBe(all);
        expect(corpus.papers.flatMap(({ sources }) => sources)).toHaveLength(all);
        expect(new Set(corpus.papers.map(({ id }) => id)).size).toBe(corpus.papers.length);
        expect(nearCopies[rule]).toBe(all - corpus.papers.length);
        if (rule === 'same') expect(merge([...files, ...files]).corpus.papers).toHaveLength(corpus.papers.length);
      }),
      { numRuns: 1000 },
    );
  });
});

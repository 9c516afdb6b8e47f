import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headOf } from '../detect.web.ts';
import { collect, loadAndParse, loaded } from '../fixtures/collect.ts';
import { LABELLED } from './labelled.ts';
import { PUBMED_TEXT } from './pubmed-text.ts';

const PROQUEST = `____________________________________________________________

Report Information from ProQuest
1 May 2014 10:00
____________________________________________________________

Document 1 of 2

Ropes of the north

Author: Salt, Nora; Bell, Tom

Abstract: A rope is long.

Subject: Ropes; Hemp

Publication date: May 2014

ISSN: 0000-0000

____________________________________________________________

Document 2 of 2

Ropes of the south

Abstract: A rope is short.

Publication date: Jun 2014

____________________________________________________________

Contact us at: https://example.org
`;

describe('labelled records', () => {
  it('of ProQuest have a title without a label', async () => {
    const { records, format, skipped, warnings } = await loadAndParse(PROQUEST, 'a.txt');
    expect(format).toBe('labelled');
    expect(records).toMatchObject([
      { title: 'Ropes of the north', text: 'A rope is long.', authors: 'Salt, Nora; Bell, Tom', date: '2014-05' },
      { title: 'Ropes of the south', text: 'A rope is short.', date: '2014-06' },
    ]);
    expect(records[0].extra).toEqual([
      ['keywords', ['Ropes', 'Hemp']],
      ['issn', '0000-0000'],
    ]);
    expect([skipped, warnings]).toEqual([[], []]);
  });

  it('of CSA have the label in words above the value', async () => {
    const record = (n: number): string =>
      `Record ${n} of 2\nTI: Title\n    Knot ${n}\nAU: Author\n    Salt, N.\nAB: Abstract\n    Over and\n    under.\nPY: Publication Year\n    199${n}\n\n`;
    const { records, format } = await loadAndParse(record(1) + record(2), 'a.txt');
    expect(format).toBe('labelled');
    expect(records).toMatchObject([
      { title: 'Knot 1', text: 'Over and under.', authors: 'Salt, N.', date: '1991' },
      { title: 'Knot 2', date: '1992' },
    ]);
  });

  it('of Embase have labels in capitals on their own lines', async () => {
    const record = (n: number): string =>
      `RECORD ${n}\nTITLE\nKnot ${n}\nAUTHOR NAMES\nSalt N.\nABSTRACT\nOver and\nunder.\nSOURCE\nKnots (1992) 3:4\n\n`;
    const { records } = await loadAndParse(record(1) + record(2), 'a.txt');
    expect(records).toMatchObject([
      { title: 'Knot 1', text: 'Over and under.', authors: 'Salt N.' },
      { title: 'Knot 2' },
    ]);
  });

  it('may be separated by blank lines alone', async () => {
    const { records } = await loadAndParse(
      'Title: One\nText: First.\nColour: red\n\nTitle: Two\nText: Second.\nColour: blue\n',
      'a.txt',
    );
    expect(records).toMatchObject([
      { title: 'One', text: 'First.', extra: [['colour', 'red']] },
      { title: 'Two', text: 'Second.' },
    ]);
  });

  it('are no dialogue and no letter', async () => {
    const dialogue = 'Ada: I saw a gull.\nBo: I saw two.\nAda: They were one.\nBo: They were none.\n';
    expect((await loadAndParse(dialogue, 'a.txt')).format).not.toBe('labelled');
    const letter = 'Dear Ada:\n\nI saw a gull by the title: a big one.\nDate: unknown.\n\nYours, Bo\n';
    expect((await loadAndParse(letter, 'a.txt')).format).not.toBe('labelled');
  });
});

describe.each([
  [
    await loaded(LABELLED),
    PROQUEST,
    ['____________', 'Document 2 of 2', 'Author: x', 'Title: y', 'Abstract: z', '  w'],
  ],
  [
    await loaded(PUBMED_TEXT),
    '1. Knots. 1999 May;1:2.\n\nA title.\n\nSalt N.\n\nPMID: 1\n',
    ['1. A. 1999;1.', '2. B. 2000 Mar;3.', 'PMID: 2'],
  ],
] as const)('any text as $name', (format, example, lines) => {
  const head = headOf({ name: 'a.txt', text: example, whole: true, companions: 0, documents: 0 });

  it('ends, in pieces of any size, with the same records', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('', '', example, ...lines));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        const text = `${example}\n\n${parts.join('\n')}`;
        const [whole, cut] = [text.length + 1, size].map((each) => {
          const { records, skipped, warnings, failure } = collect(
            (sink) => format.makeParser(sink, {}, head),
            text,
            each,
          );
          return { records, skipped, warnings, failure };
        });
        expect(cut).toEqual(whole);
        expect(whole.failure).toBeNull();
        expect(whole.records.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes linear time', () => {
    const long = collect(
      (sink) => format.makeParser(sink, {}, head),
      `${example}${'a b, '.repeat(600_000)}\n${'x\n\n'.repeat(200_000)}`,
    );
    expect(long.failure).toBeNull();
  });
});

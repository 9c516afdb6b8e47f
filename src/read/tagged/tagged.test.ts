import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectAs, loadAndParse, loaded } from '../fixtures/collect.ts';
import type { TextFormat } from '../format.ts';
import { ENDNOTE } from './endnote.ts';
import { MEDLINE } from './medline.ts';
import { RIS } from './ris.ts';
import { WEB_OF_SCIENCE } from './web-of-science.ts';

/** One record of each format, and lines that may stand anywhere. */
const FORMATS: readonly (readonly [TextFormat, string, readonly string[]])[] = [
  [
    await loaded(RIS),
    'TY  - JOUR\nTI  - Salt\nAB  - Wind.\nER  - \n',
    ['TY  - A', 'ER  - ', 'ti  - t', 'N2 - x', 'KW  -y', 'PY  - 1999'],
  ],
  [
    await loaded(WEB_OF_SCIENCE),
    'PT J\nTI Salt\nAB Wind.\nER\n',
    ['PT J', 'ER', 'EF', 'TI t', 'AU a', '   b', 'PD MAR', 'PY 1999', 'DE a; b'],
  ],
  [
    await loaded(MEDLINE),
    'PMID- 1\nTI  - Salt\nAB  - Wind.\n',
    ['PMID- 2', 'TI  - t', '      u', 'LID - 10.1000/a [doi]', 'DP  - 1999 Mar'],
  ],
  [await loaded(ENDNOTE), '%0 Book\n%T Salt\n%X Wind.\n', ['%0 Book', '%T t', '%K a', 'b', '%8 March 3', '%D 1999']],
];

const MEDLINE_TEXT = `PMID- 31
OWN - NLM
DP  - 1998 Jul 15
TI  - Tides in a long
      basin.
LID - S0-31 [pii]
LID - 10.1000/tide.31 [doi]
AB  - First part.
      Second part.
FAU - Okoro, Ife
AU  - Okoro I
FAU - Lind, Per
AU  - Lind P
MH  - *Tides
MH  - Basins
`;

const WOS_TEXT = `FN Any Name
VR 1.0
PT J
AU Okoro, I
   Lind, P
AF Okoro, Ife
   Lind, Per
TI Tides in a
   long basin
DE tides; basins;
   harbours
PD JUL 4
PY 1998
DI 10.1000/tide.31
UT ABC:31
ER

PT J
TI Another
ER
EF
`;

describe('tagged records', () => {
  it('of MEDLINE have lists, an exact date and a link', async () => {
    const { records, format, warnings } = await loadAndParse(MEDLINE_TEXT);
    expect(format).toBe('medline');
    expect(records[0]).toMatchObject({
      title: 'Tides in a long basin.',
      text: 'First part. Second part.',
      authors: 'Okoro, Ife; Lind, Per',
      date: '1998-07-15',
      url: 'https://doi.org/10.1000/tide.31',
      id: '31',
      line: 1,
    });
    const extra = new Map(records[0].extra);
    expect(extra.get('MeSH terms')).toEqual(['*Tides', 'Basins']);
    expect(extra.get('short names of authors')).toEqual(['Okoro I', 'Lind P']);
    expect(extra.get('doi')).toBe('10.1000/tide.31');
    expect(warnings).toEqual([]);
  });

  it('of Web of Science have authors by line and a date of two tags', async () => {
    const { records, format, skipped, warnings } = await loadAndParse(WOS_TEXT, 'savedrecs.txt');
    expect(format).toBe('web-of-science');
    expect(records).toMatchObject([
      { title: 'Tides in a long basin', authors: 'Okoro, Ife; Lind, Per', date: '1998-07-04', id: 'ABC:31', line: 3 },
      { title: 'Another' },
    ]);
    expect(new Map(records[0].extra).get('keywords')).toEqual(['tides', 'basins', 'harbours']);
    expect([skipped, warnings]).toEqual([[], []]);
  });

  it('of EndNote may have paragraphs, and of refer no type', async () => {
    const endnote = await loadAndParse(
      '%0 Journal Article\n%T One\n%X First.\n\nSecond.\n%8 March 3\n%D 2001\n\n%0 Book\n%T Two\n',
    );
    expect(endnote.format).toBe('endnote');
    expect(endnote.records).toMatchObject([
      { title: 'One', text: 'First. Second.', date: '2001-03-03' },
      { title: 'Two' },
    ]);
    const refer = await loadAndParse(
      '%A Okoro, Ife\n%T One\n%D 2001\n\n%A Lind, Per\n%T Two\n%D 2002\n\n%T Three\n%D 2003\n',
    );
    expect(refer.records.map(({ title, date }) => [title, date])).toEqual([
      ['One', '2001'],
      ['Two', '2002'],
      ['Three', '2003'],
    ]);
  });

  it.each([
    ['TY behind', 'AU  - A\nTI  - One\nTY  - JOUR\nER  - \nAU  - B\nTI  - Two\nTY  - JOUR\nER  - \n', ['One', 'Two']],
    ['no TY', 'TI  - One\nPY  - 1999\nER  - \nTI  - Two\nER  -\n', ['One', 'Two']],
    ['neither TY nor ER', 'TI  - One\nPY  - 1999\nAB  - a\n\nTI  - Two\nPY  - 1999\n', ['One', 'Two']],
    ['lower case', 'ty  - JOUR\nti  - One\ner  - \nty  - JOUR\nti  - Two\ner  - \n', ['One', 'Two']],
    ['no blank behind the dash', 'TY  -JOUR\nTI  -One\nER  -\nTY  -JOUR\nTI  -Two\nER  -\n', ['One', 'Two']],
    [
      'counted records',
      'Record #1 of 2\nTY  - JOUR\nTI  - One\nER  - \n\nRecord #2 of 2\nTY  - JOUR\nTI  - Two\nER  - \n',
      ['One', 'Two'],
    ],
    ['an indent', ' TY  - JOUR\n TI  - One\n ER  - \n TY  - JOUR\n TI  - Two\n ER  - \n', ['One', 'Two']],
  ])('of RIS with %s', async (_, text, titles) => {
    const { records, skipped, format } = await loadAndParse(text);
    expect(format).toBe('ris');
    expect(records.map(({ title }) => title)).toEqual(titles);
    expect(skipped).toEqual([]);
  });

  it('of RIS have the date that is most exact, and keep what has no role', async () => {
    const { records } = await loadAndParse(
      'TY  - JOUR\nTI  - One\nT1  - Uno\nDA  - MAY 4\nPY  - 2019\nT2  - Shore\nJO  - Coast\nXX  - kept\nKW  - a\nb\nER  - \n',
    );
    expect(records[0].date).toBe('2019-05-04');
    expect(records[0].extra).toEqual([
      ['type', 'JOUR'],
      ['T1', 'Uno'],
      ['journal', 'Shore'],
      ['JO', 'Coast'],
      ['XX', 'kept'],
      ['keywords', ['a', 'b']],
    ]);
  });

  it('says which lines are outside of records', async () => {
    const { warnings } = collectAs(await loaded(RIS), 'words\nmore words\nTY  - JOUR\nTI  - One\nER  - \n');
    expect(warnings).toEqual([{ line: 1, reason: '2 lines outside of records: not read' }]);
  });

  it('are no prose', async () => {
    const prose = 'ER - this is not a record.\nTY for your letter.\nIT was late.\nSO we left.\nPT came too.\n';
    expect((await loadAndParse(prose.repeat(3))).format).toBe('lines');
  });

  it.each(FORMATS)('are each in a paper or skipped, in pieces of any size: $name', (format, record, lines) => {
    const line = fc.oneof(fc.string(), fc.constantFrom('', record, ...lines));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        const text = `${record}${parts.join('\n')}\n${record}`;
        const whole = collectAs(format, text);
        expect(whole.failure).toBeNull();
        const { records, skipped, warnings } = collectAs(format, text, size);
        expect({ records, skipped, warnings }).toEqual({
          records: whole.records,
          skipped: whole.skipped,
          warnings: whole.warnings,
        });
        expect(whole.records.length).toBeGreaterThanOrEqual(1);
        expect(whole.records.at(-1)?.title.endsWith('Salt')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(FORMATS)('of great length take linear time', (format, record) => {
    const many = collectAs(format, record.repeat(20_000));
    expect(many.records).toHaveLength(20_000);
    const long = collectAs(format, `${record.trimEnd().replace(/\n[^\n]*$/u, '')}\n${'   x\n'.repeat(400_000)}`);
    expect(long.records.length + long.skipped.length).toBe(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BIBTEX } from './bibtex/bibtex.ts';
import { collectAs, loadAndParse, loaded, parseText } from './fixtures/collect.ts';
import { RIS } from './tagged/ris.ts';

const [bibtex, ris] = [await loaded(BIBTEX), await loaded(RIS)];

describe('bibtex', () => {
  const bib = (text: string, size?: number) => collectAs(bibtex, text, size);

  it('reads entries with their fields', async () => {
    const { records, format } = await loadAndParse(`% refs
@string{nips = "NeurIPS"}
@inproceedings{vaswani17, title = {{Attention Is} All You {Need}}, author = {Vaswani, Ashish and Shazeer, Noam},
  abstract = "The dominant {"}models{"}
   are complex.", year = 2017, month = dec, booktitle = nips # { 30}, doi = {10.5555/3295222} }
@comment{ nothing } @misc{b, title={B}, url={https://b.org}, author={A. One and B. Two}, date={2020-05}}`);
    expect(format).toBe('bibtex');
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({
      id: 'vaswani17',
      title: '{Attention Is} All You {Need}',
      text: 'The dominant {"}models{"} are complex.',
      authors: 'Vaswani, Ashish; Shazeer, Noam',
      date: '2017-12',
      url: 'https://doi.org/10.5555/3295222',
      line: 3,
    });
    expect(new Map(records[0].extra).get('booktitle')).toBe('NeurIPS 30');
    expect(records[1]).toMatchObject({
      id: 'b',
      authors: 'A. One, B. Two',
      date: '2020-05',
      url: 'https://b.org',
      line: 6,
    });
  });

  it('inherits by crossref what it lacks, from before or behind', () => {
    const { records, warnings, skipped } = bib(`@proceedings{p, title={Meeting}, year={2011}, editor={Ed}}
@inproceedings{a, title={One}, crossref={P}}
@inproceedings{b, title={Two}, booktitle={Own}, date={2012}, crossref={q}}
@inproceedings{c, title={Three}, crossref={nowhere}}
@collection{q, title={Later}, year={1999}, abstract={Not inherited}}`);
    expect(records.map(({ title, date, text }) => [title, date, text])).toEqual([
      ['Meeting', '2011', ''],
      ['One', '2011', ''],
      ['Later', '1999', 'Not inherited'],
      ['Two', '2012', ''],
      ['Three', null, ''],
    ]);
    expect(new Map(records[1].extra).get('booktitle')).toBe('Meeting');
    expect(new Map(records[3].extra).get('booktitle')).toBe('Own');
    expect(warnings).toEqual([{ line: 4, reason: expect.stringContaining('nowhere') }]);
    expect(skipped).toEqual([]);
  });

  it('reads names with blanks, missing commas, parentheses and parts of dates', async () => {
    const { records, warnings, format } = await loadAndParse(`An export of a database

@article(a,
  title = {One}
  funding text 1 = {Paid},
  author  keywords = {x; y}
  year = 2011 month = {3} day = 7
)
@misc{b, title = {Two}, year = {2012}, month = {July--August}}
`);
    expect(format).toBe('bibtex');
    expect(warnings).toEqual([]);
    expect(records.map(({ date }) => date)).toEqual(['2011-03-07', '2012-07']);
    expect(records[0].extra).toEqual([
      ['type', 'article'],
      ['funding text 1', 'Paid'],
      ['author keywords', ['x', 'y']],
    ]);
  });

  it('gives the same records in pieces of any size, each entry with a title in a paper or held', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('@a{k,', '}', '{', 'title={T}', 'crossref={k},', '\n', '@book{k,'),
    );
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        const text = `@book{first, title={First}}\n${parts.join('')}\n@misc{last, title={Last}}\n`;
        const whole = bib(text);
        const { records, skipped, warnings } = bib(text, size);
        expect([records, skipped, warnings]).toEqual([whole.records, whole.skipped, whole.warnings]);
        expect(whole.records.map(({ title }) => title)).toEqual(expect.arrayContaining(['First', 'Last']));
      }),
      { numRuns: 1000 },
    );
  });

  it('a missing brace costs its own entry alone', () => {
    const { records, warnings } = bib(
      '@article{a,\n title = {One,\n abstract = {Text}\n}\n@article{b, title={Two}, year={2020}}\n@article{c, title={Three}',
    );
    expect(records.map(({ title, text }) => [title, text])).toEqual([
      ['One', 'Text'],
      ['Two', ''],
      ['Three', ''],
    ]);
    expect(warnings.map(({ line }) => line)).toEqual([1, 6]);
  });

  it('gives records and never an error', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('@a{', '}', '{', '"', ',', '=', '#', '\n', 'title', '@string(', ')'),
    );
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        expect(bib(parts.join(''), size).failure).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('takes linear time on open braces', () => {
    expect(bib(`@a{k, title = ${'{'.repeat(2_000_000)}`).records).toHaveLength(1);
    expect(bib(`@a{k,${'x={'.repeat(300_000)}`).failure).toBeNull();
    expect(bib('@a{k,t={x\n'.repeat(100_000)).failure).toBeNull();
    expect(bib(`@a{k,t={x ${'@a{k,t={x '.repeat(3000)}`).failure).toBeNull();
  });
});

describe('ris', () => {
  const TEXT = `TY  - JOUR
TI  - A title
AU  - One, A.
AU  - Two, B.
PY  - 2019/03/26/
AB  - First line
second line
KW  - x
KW  - y
DO  - 10.1000/abc
ER  - 

TY  - CONF
T1  - No end
TY  - CONF
N2  - A text alone
UR  - https://x.org/a
ER  -
`;

  it('reads records with their tags', async () => {
    const { records, warnings, format } = await loadAndParse(TEXT);
    expect(format).toBe('ris');
    expect(records[0]).toMatchObject({
      title: 'A title',
      text: 'First line second line',
      authors: 'One, A.; Two, B.',
      date: '2019-03-26',
      url: 'https://doi.org/10.1000/abc',
      line: 1,
    });
    expect(new Map(records[0].extra).get('keywords')).toEqual(['x', 'y']);
    expect(records.map(({ title }) => title)).toEqual(['A title', 'No end', '']);
    expect(records[2].url).toBe('https://x.org/a');
    expect(warnings).toEqual([{ line: 13, reason: expect.stringContaining('ER') }]);
  });

  it('gives records and never an error', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('TY  - A', 'ER  - ', 'TI  - t', 'AB  - x', 'KW  -'));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(collectAs(ris, lines.join('\n')).failure).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('plain text', () => {
  it('reads one text a line, or texts that blank lines separate', () => {
    const lines = parseText('One text here.\nAnother text.\n\nA third one.\n');
    expect(lines.format).toBe('lines');
    expect(lines.records.map(({ text, line }) => [text, line])).toEqual([
      ['One text here.', 1],
      ['Another text.', 2],
      ['A third one.', 4],
    ]);
    const blocks = parseText('A text that is\nbroken into lines.\n\n\nAnother text\nlike it.\n');
    expect(blocks.format).toBe('paragraphs');
    expect(blocks.records.map(({ text, line }) => [text, line])).toEqual([
      ['A text that is\nbroken into lines.', 1],
      ['Another text\nlike it.', 5],
    ]);
  });

  it('drops a long line fast', () => {
    const { skipped, records } = parseText(`${'x'.repeat(10_000_000)}\nb`);
    expect(skipped).toEqual([{ line: 1, reason: expect.stringContaining('4,000,000') }]);
    expect(records).toHaveLength(1);
  });
});

describe('telling formats apart', () => {
  it.each([
    ['title,abstract\na,b\nc,d', 'notes.txt', 'csv'],
    ['a\tb\tc\nd\te\tf', 'pasted text', 'csv'],
    ['Hello, world.\nI came, I saw, I left.\nNothing, really.', 'pasted text', 'lines'],
    ['[CLS] is a token\n[MASK] is another', 'pasted text', 'lines'],
    ['{\\em Emphasis} is used.\nAnd more.', 'pasted text', 'lines'],
    ['@bob (yes, I do) like it\n@eve me too', 'pasted text', 'lines'],
    ['[{"text": "a"}]', 'data.csv', 'json'],
    ['anything', 'a.bib', 'bibtex'],
    ['{"text": 1', 'a.ndjson', 'jsonl'],
    ['Subscribers are many.\nThey pay.', 'pasted text', 'lines'],
  ])('%j in %s is %s', async (text, name, format) => {
    expect((await loadAndParse(text, name)).format).toBe(format);
  });

  it('knows a listing without any header', () => {
    const text = Array.from({ length: 4 }, (_, i) => `Title ${i}\n${'word '.repeat(60)}end.`).join('\n');
    expect(parseText(text).format).toBe('listing');
    expect(parseText(text.replaceAll('\n', '\n\n')).records).toHaveLength(4);
  });

  it('gives a format or a typed failure for any text and name', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string(),
        fc.constantFrom('a', 'a.csv', 'a.json', 'a.jsonl.gz', 'a.bib', 'a.ris', 'a.tsv'),
        async (text, name) => {
          await loadAndParse(text, name);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

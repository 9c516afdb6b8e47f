import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectAs, parseText, readSeed } from './fixtures/collect.ts';
import type { RawRecord } from './format.ts';
import { LISTING } from './listing.ts';

const COUNTS = [241, 26, 119, 37, 119];
const read = (text: string) => collectAs(LISTING, text);
const content = ({ line: _line, ...rest }: RawRecord) => rest;
const pairs = (records: readonly RawRecord[]) => records.map(({ title, text }) => [title, text]);
function without<T>(list: readonly T[], at: number): T[] {
  return [...list.slice(0, at), ...list.slice(at + 1)];
}

describe('the seed files', () => {
  it.each([0, 1, 2, 3, 4])('file %i has its papers and no warning', (i) => {
    const { records, warnings, skipped, format } = parseText(readSeed(i));
    expect(format).toBe('listing');
    expect(records).toHaveLength(COUNTS[i]);
    expect([...warnings, ...skipped]).toEqual([]);
    expect(records.every((record) => record.title.length < 200 && record.text.length >= 200)).toBe(true);
  });

  it('keeps every character: the lines can be put together again', () => {
    for (const i of [0, 2, 4]) {
      const body = read(readSeed(i)).records.flatMap(({ title, text }) => [title, text]);
      expect(readSeed(i).split('Subscribe').slice(1).join('Subscribe').trimEnd()).toBe(body.join('\n'));
    }
  });

  it('takes the glued word off once', () => {
    expect(read(readSeed(4)).records[0].title).toMatch(/^Subword Dictionary Learning/);
    expect(read(readSeed(0)).records[0].title).toMatch(/^An Analysis of Embedding Layers/);
  });

  it('reads authors and dates, without guessing a year', () => {
    const { records } = read(readSeed(1));
    expect(records.filter((record) => record.authors !== null && record.date !== null)).toHaveLength(26);
    expect(records[9]).toMatchObject({ authors: '1 author', date: '--07-25' });
    expect(records[7]).toMatchObject({ authors: '31 authors', date: '2024-03-07' });
    expect(records[25]).toMatchObject({ authors: '10 authors', date: '2023-11-21' });
  });

  it('does without a metadata block', () => {
    const blocks = readSeed(1).split('\n\n');
    const at = blocks.findIndex((block) => block.startsWith('  •'));
    const { records, warnings } = read(without(blocks, at).join('\n\n'));
    expect(records).toHaveLength(26);
    expect(records[0]).toMatchObject({ authors: null, date: null });
    expect(records.slice(1).every((record) => record.date !== null)).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('knows its headers with and without the optional ones', () => {
    const plain = read(readSeed(3)).records.map(content);
    const more = readSeed(3).replace('byAK', 'Daily Papers\n\nbyAK');
    const less = readSeed(3)
      .replace(/^new\n\n/, '')
      .replace(/byAK.*\n\n/, '');
    for (const text of [more, less]) {
      expect(parseText(text).format).toBe('listing');
      expect(read(text).records.map(content)).toEqual(plain);
    }
    expect(plain.some(({ title }) => title.startsWith('Mar 12'))).toBe(false);
  });

  it.each([
    ['trailing blank lines', (text: string) => `${text}\n\n\n`],
    ['no final line end', (text: string) => text.trimEnd()],
    ['a final line end', (text: string) => `${text.trimEnd()}\n`],
    ['blanks at line ends', (text: string) => text.replace(/\n/g, '  \n')],
    ['blank lines in the body', (text: string) => text.replace(/\n(?=[A-M])/g, '\n\n')],
  ])('reads the same with %s', (_name, change) => {
    for (const i of [2, 3]) {
      const { records, warnings } = read(change(readSeed(i)));
      expect(records.map(content)).toEqual(read(readSeed(i)).records.map(content));
      expect(warnings).toEqual([]);
    }
  });

  it('keeps unusual titles and lengths', () => {
    const titles = [0, 2, 4].flatMap((i) => read(readSeed(i)).records.map((record) => record.title));
    for (const start of ['2D Matryoshka', '8-bit ', '(GG) MoE', 'node2vec: ', 'CSR:Achieving ', 'Dual PatchNorm']) {
      expect(titles.some((title) => title.startsWith(start))).toBe(true);
    }
    expect(Math.max(...titles.map((title) => title.length))).toBe(174);
    expect(read(readSeed(4)).records[64].text).toHaveLength(265);
  });
});

describe('several pages in one input', () => {
  it('reads any mix of layouts page by page', () => {
    const orders = [
      [0, 1],
      [1, 0],
      [3, 1, 2],
      [4, 2, 3],
      [1, 3, 1],
    ];
    for (const order of orders) {
      for (const glue of ['\n', '\n\n']) {
        const text = order.map((i) => readSeed(i).trimEnd()).join(glue);
        const apart = order.flatMap((i) => read(readSeed(i)).records.map(content));
        const { records, warnings } = read(text);
        expect(records.map(content)).toEqual(apart);
        expect(warnings).toEqual([]);
      }
    }
  });

  it('begins a page at a glued word whose banners are lost', () => {
    const bare = readSeed(2).split('\n').slice(2).join('\n');
    const { records } = read(`${readSeed(3)}\n${bare}`);
    expect(records).toHaveLength(37 + 119);
  });

  it('takes a header in the middle for a header', () => {
    const lines = readSeed(2).split('\n');
    lines.splice(42, 0, 'Get trending papers in your email inbox!');
    expect(pairs(read(lines.join('\n')).records)).toEqual(pairs(read(readSeed(2)).records));
  });

  it('leaves a title that begins with the word alone', () => {
    const lines = readSeed(2).split('\n');
    lines[4] = 'Subscribers Leave: A Study of Churn';
    expect(read(lines.join('\n')).records[1].title).toBe(lines[4]);
  });
});

describe('damage', () => {
  const lines = readSeed(2).trimEnd().split('\n');
  const whole = read(readSeed(2)).records;
  /** Line index of paper `i`'s title; its abstract is on the next line. */
  const titleAt = (i: number) => 2 + 2 * i;

  it('a missing abstract costs itself, wherever it is', () => {
    for (let i = 0; i < whole.length; i++) {
      const { records, warnings } = read(without(lines, titleAt(i) + 1).join('\n'));
      const expected = pairs(whole);
      expected[i] = [expected[i][0], ''];
      expect(pairs(records)).toEqual(expected);
      expect(warnings).toHaveLength(1);
      expect(warnings[0].line).toBe(titleAt(i) + 1);
    }
  });

  it('a missing title joins its abstract to the one before', () => {
    for (let i = 1; i < whole.length; i++) {
      const { records, warnings } = read(without(lines, titleAt(i)).join('\n'));
      const expected = pairs(whole);
      expected[i - 1] = [expected[i - 1][0], `${expected[i - 1][1]} ${expected[i][1]}`];
      expect(pairs(records)).toEqual(without(expected, i));
      expect(warnings).toHaveLength(1);
      expect(warnings[0].line).toBe(titleAt(i) + 1);
    }
  });

  it('a missing first title leaves a paper without one', () => {
    const { records, warnings } = read(without(lines, 2).join('\n'));
    expect(pairs(records)).toEqual([['', whole[0].text], ...pairs(whole).slice(1)]);
    expect(warnings).toHaveLength(1);
  });

  it('an abstract broken in two is joined by a blank', () => {
    for (let i = 0; i < whole.length; i++) {
      const { text } = whole[i];
      const cut = text.indexOf(' ', text.length / 2);
      if (cut < 200 || text.length - cut <= 200) continue;
      const broken = [...lines];
      broken[titleAt(i) + 1] = `${text.slice(0, cut)}\n${text.slice(cut + 1)}`;
      const { records, warnings } = read(broken.join('\n'));
      expect(pairs(records)).toEqual(pairs(whole));
      expect(warnings).toHaveLength(1);
      expect(warnings[0].line).toBe(titleAt(i) + 3);
    }
  });

  it('a short second part is joined too', () => {
    let mended = 0;
    for (let i = 0; i < whole.length; i++) {
      const { text } = whole[i];
      const cut = text.indexOf(' ', text.length - 90);
      const broken = [...lines];
      broken[titleAt(i) + 1] = `${text.slice(0, cut)}\n${text.slice(cut + 1)}`;
      const { records } = read(broken.join('\n'));
      const others = (records: RawRecord[]) => pairs(records).filter(([title]) => title !== whole[i].title);
      const rest = new Set(others(records).map(String));
      expect(others(whole).every((pair) => rest.has(String(pair)))).toBe(true);
      if (records.length === whole.length && records[i].text === text) mended++;
    }
    // A tail after a whole sentence, or with a capital and no full stop, may be a title that lost its abstract.
    expect(mended).toBeGreaterThan(whole.length * 0.8);
  });

  it('a short first part is joined where it is seen to be one', () => {
    const broken = [...lines];
    broken[titleAt(3) + 1] = `We study the beginning of things in detail.\n${whole[3].text}`;
    const { records, warnings } = read(broken.join('\n'));
    expect(records).toHaveLength(119);
    expect(records[3].text).toBe(`We study the beginning of things in detail. ${whole[3].text}`);
    expect(warnings).toHaveLength(1);
  });

  it('metadata closes a paper: a lost title does not spoil the paper before', () => {
    const blocks = readSeed(1).split('\n\n');
    const second = blocks.findIndex((block) => block.startsWith('  •')) + 1;
    const { records, warnings } = read(without(blocks, second).join('\n\n'));
    const expected = read(readSeed(1)).records.map(content);
    expected[1] = { ...expected[1], title: '' };
    expect(records.map(content)).toEqual(expected);
    expect(warnings).toHaveLength(1);
    const third = read(without(blocks, second + 1).join('\n\n'));
    expect(third.records.map(content)[1]).toMatchObject({ title: blocks[second], text: '', date: '2023-06-05' });
    expect(third.records).toHaveLength(26);
  });

  it('headers alone are no paper', () => {
    expect(read(lines.slice(0, 2).join('\n')).records).toEqual([]);
    expect(read('').records).toEqual([]);
  });
});

describe('any input', () => {
  const title = fc
    .stringMatching(/^[A-Z][a-z]{1,9}( [A-Za-z0-9:+-]{1,12}){1,9}$/)
    .filter((text) => text.length < 190 && !/^(?:Subscribe|Daily Papers|Get trending)/.test(text));
  const abstract = fc
    .stringMatching(/^[A-Z][a-z]{1,9}( [A-Za-z0-9,$%-]{1,12}){60,80}\.$/)
    .filter((t) => t.length >= 200);
  const papers = fc.array(fc.tuple(title, abstract), { minLength: 1, maxLength: 6 });
  const banner = 'Get trending papers in your email inbox!';

  it('reads back what is written, in both layouts', () => {
    fc.assert(
      fc.property(papers, (written) => {
        const compact = `${banner}\nSubscribe${written.flat().join('\n')}`;
        const spaced = `new\n\n${banner}\n\nSubscribe\n\nDec 10\n\n${written.flat().join('\n\n')}\n`;
        for (const text of [compact, spaced]) expect(pairs(read(text).records)).toEqual(written);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives papers and never an error, whatever the pieces', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        banner,
        'Subscribe',
        'SubscribeFoo',
        'new',
        'Daily Papers',
        'byAK',
        'Dec 10',
        '  • 2 authors',
        '·',
        '',
      ),
      fc.constant('x'.repeat(200)),
    );
    fc.assert(
      fc.property(fc.array(line), fc.integer({ min: 1, max: 40 }), (lines, size) => {
        const { records, failure } = collectAs(LISTING, lines.join('\n'), size);
        expect(failure).toBeNull();
        expect(records.every((record) => record.title !== '' || record.text !== '')).toBe(true);
        expect(records).toEqual(read(lines.join('\n')).records);
      }),
      { numRuns: 1000 },
    );
  });
});

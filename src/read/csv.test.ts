import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText } from './fixtures/collect.ts';
import type { FileOptions } from './read.api.ts';

const csv = (text: string, options: FileOptions = {}, size?: number) => parseText(text, 'papers.csv', options, size);
const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('csv', () => {
  it('reads titles and texts, and keeps every other column', () => {
    const { records, format } = csv('id,Title,Abstract,year,venue\n7,A,"One, two",2020,ICML\n8,B,Three,2021,ACL\n');
    expect(format).toBe('csv');
    expect(records[0]).toMatchObject({ id: '7', title: 'A', text: 'One, two', date: '2020', line: 2 });
    expect(records[0].extra).toEqual([['venue', 'ICML']]);
    expect(records[1]).toMatchObject({ id: '8', title: 'B', text: 'Three', line: 3 });
  });

  it.each([',', ';', '\t', '|'])('guesses the delimiter %j', (mark) => {
    const text = ['title,text,n', 'a b,c; d,1', 'e,"f, g",2'].map((row) => row.replace(/,(?! )/g, mark)).join('\n');
    const { records, tables } = csv(text);
    expect(tables[0].delimiter).toBe(mark);
    expect(tables[0].headers).toEqual(['title', 'text', 'n']);
    expect(records).toHaveLength(2);
  });

  it('knows the line of each row behind quoted line breaks', () => {
    const { records } = csv('title,text\na,"x\ny\nz"\n\nb,c\n');
    expect(records.map(({ line, text }) => [line, text])).toEqual([
      [2, 'x\ny\nz'],
      [6, 'c'],
    ]);
  });

  it('does without a header', () => {
    const { records, tables } = csv('1,The first text of all\n2,The second text of all\n');
    expect(tables[0].headers).toEqual(['column 1', 'column 2']);
    expect(records.map(({ text }) => text)).toEqual(['The first text of all', 'The second text of all']);
    expect(csv('title,text\n').tables[0]).toMatchObject({ quote: '"', headerRow: 1 });
    expect(csv('a,b\nc,d\n', { headerRow: 1 }).records).toHaveLength(1);
    expect(csv('title,text\nc,d\n', { headerRow: 0 }).records).toHaveLength(2);
  });

  it('reads one column, commas and all', () => {
    const { records, tables } = csv('text\nHello, world\nGood morning\n');
    expect(records.map(({ text }) => text)).toEqual(['Hello, world', 'Good morning']);
    expect(tables[0].delimiter).toBeNull();
    expect(csv('text\nHello, world\nGood, morning\n').records.map(({ text }) => text)).toEqual([
      'Hello, world',
      'Good, morning',
    ]);
  });

  it('keeps ragged rows, and says so', () => {
    const { records, warnings } = csv('id,text,year\n1,"A text",2020\n2,Short\n3,Now, a comma,2021\n4,Fine,2022,,\n');
    expect(records.map(({ text, date }) => [text, date])).toEqual([
      ['A text', '2020'],
      ['Short', null],
      ['Now, a comma', '2021'],
      ['Fine', '2022'],
    ]);
    expect(warnings.map(({ line }) => line)).toEqual([3, 4]);
  });

  it('a quote that is never closed costs its own row alone', () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},"Title ${i}","Text, number ${i}"`);
    rows[7] = '7,"Title 7,Text number 7';
    for (const size of [10, 1 << 16]) {
      const { records, warnings } = csv(['id,title,text', ...rows].join('\n'), {}, size);
      expect(records).toHaveLength(50);
      expect(records[7]).toMatchObject({ title: '"Title 7', text: 'Text number 7' });
      expect(records[8]).toMatchObject({ title: 'Title 8', text: 'Text, number 8', line: 10 });
      expect(warnings).toEqual([{ line: 9, reason: expect.stringContaining('never closed') }]);
    }
    const last = csv('id,title,text\n1,a,b\n2,"c,d');
    expect(last.records[1]).toMatchObject({ id: '2', title: '"c', text: 'd' });
  });

  it('mends any number of rows with loose or open quotes, and reads the good rows between them', () => {
    const rows = Array.from({ length: 600 }, (_, i) => {
      if (i % 3 === 0) return `${i},"The Lamp" of row ${i},Plain words ${i}`;
      return i % 3 === 1 ? `${i},"Part, ${i}","One line,\n\nanother, ${i}"` : `${i},"Open ${i},Words of row ${i}`;
    });
    for (const size of [7, 1 << 16]) {
      const { records, warnings } = csv(['id,title,text', ...rows].join('\n'), {}, size);
      expect(records.map(({ id }) => id)).toEqual(rows.map((_, i) => String(i)));
      expect(records[3]).toMatchObject({ title: '"The Lamp" of row 3', text: 'Plain words 3' });
      expect(records[4]).toMatchObject({ title: 'Part, 4', text: 'One line,\n\nanother, 4' });
      expect(records[599]).toMatchObject({ title: '"Open 599', text: 'Words of row 599' });
      expect(warnings).toHaveLength(400);
    }
  });

  it('keeps a text of several lines with quotes that are not doubled', () => {
    const { records } = csv(
      'id,title,text\n1,a,"He said "yes, no" then\n"Well," she said.\nThey left."\n2,b,c\n3,d,e\n',
    );
    expect(records.map(({ id, line }) => [id, line])).toEqual([
      ['1', 2],
      ['2', 5],
      ['3', 6],
    ]);
    expect(records[0].text).toContain('They left.');
  });

  it.each([
    ['a backslash', '1,"a \\"b, c\\" d",x\n2,"e, \\"f\\"",y\n', ['a "b, c" d', 'e, "f"'], '"'],
    ['single quotes', "1,'It''s a, b',x\n2,'c, d',y\n", ["It's a, b", 'c, d'], "'"],
    ['no quotes', '1,"Lamp" off,x\n2,a 5" pipe,y\n3,"odd,z\n', ['"Lamp" off', 'a 5" pipe', '"odd'], ''],
  ])('reads cells written with %s', (_, rows, texts, quote) => {
    const { records, tables, warnings } = csv(`id,text,venue\n${rows}`);
    expect(records.map(({ text }) => text)).toEqual(texts);
    expect(tables[0].quote).toBe(quote);
    expect(warnings).toEqual([]);
  });

  it('obeys the quote and the row of names that a user gives', () => {
    const text = 'Some export\n~a~;~b~\n~c;d~;~e~\n~f~;~g~\n';
    const { records, tables } = csv(text, { quote: '~', delimiter: ';', headerRow: 2, roles: { text: 'a' } });
    expect(tables[0]).toMatchObject({ headers: ['a', 'b'], headerRow: 2, quote: '~' });
    expect(records.map((record) => record.text)).toEqual(['c;d', 'f']);
  });

  it.each([
    ['Excel’s line', 'sep=|\n', 'Titel|Inhalt\nA, b|C, d; e\nF|G\n', 0],
    ['titles', 'Survey, 2020\nExported by hand\n\n', 'nr,label,remark\n1,a,"x, y"\n2,b,z\n3,c,w\n', 2],
    ['padded titles', 'Survey,,\n,,\n', 'nr,label,remark\n1,a,"x, y"\n2,b,z\n3,c,w\n', 1],
    ['comments', '# made by hand\n# query: a, b\n', '#,label,remark\n1,a,"x, y"\n2,b,z\n3,c,w\n', 2],
  ])('finds the names below %s', (_, before, table, told) => {
    const { records, tables, warnings } = csv(before + table);
    const [names, ...rows] = table.trim().split('\n');
    expect(tables[0].headers.join('')).toBe(names.replace(/[,|]/g, ''));
    expect(tables[0].headerRow).toBe(before.split('\n').length);
    expect(records).toHaveLength(rows.length);
    expect(records[0].line).toBe(before.split('\n').length + 1);
    expect(warnings).toHaveLength(told);
  });

  it('takes blanks before quotes for nothing', () => {
    const { records, warnings } = csv('id, title, text\n1, "a, b", "c"\n2, "d", "e, f"\n3, g, h\n');
    expect(records.map(({ title, text }) => [title, text])).toEqual([
      ['a, b', 'c'],
      ['d', 'e, f'],
      ['g', 'h'],
    ]);
    expect(warnings).toEqual([]);
  });

  it('does not read the row of choices of a survey', () => {
    const { records } = csv('Respondent ID,What?,Which?\n,Open-Ended Response,Response\n1,A lamp,x\n2,An oil,y\n');
    expect(records.map(({ line }) => line)).toEqual([3, 4]);
  });

  it('does not read the two rows that describe the columns of a survey', () => {
    const { records, warnings } = csv(
      'StartDate,Q1,Q2\nStart Date,What is your name?,What do you think?\n"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}"\n2020-01-02,Ada,It is a good lamp\n2020-01-03,Bo,It is a bad lamp\n',
    );
    expect(records.map(({ line }) => line)).toEqual([4, 5]);
    expect(warnings.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('gives R’s row names a column, and a delimiter behind each row none', () => {
    const rows = Array.from({ length: 4 }, (_, i) => `"${i + 1}",${i + 50},"text, ${i}"`);
    expect(csv(['"year","text"', ...rows].join('\n')).tables[0].headers).toEqual(['column 1', 'year', 'text']);
    expect(csv('TI\tAB\t\na\tb\t\nc\td\t\n').tables[0].headers).toEqual(['TI', 'AB']);
  });

  it('ends soon on a file of open quotes and on a line without an end', () => {
    const open = csv(`id,text\n${'1,"a\n'.repeat(50_000)}`);
    expect(open.records.length).toBeGreaterThan(49_900);
    const long = csv(`id,text\n1,${'x'.repeat(10_000_000)}\n2,fine\n3,fine\n`);
    expect(long.skipped).toEqual([{ line: 2, reason: expect.stringContaining('longer than') }]);
    expect(long.records.map(({ line }) => line)).toEqual([3, 4]);
  });

  it('takes names that are dangerous elsewhere for names', () => {
    const { records, tables } = csv('text,__proto__,constructor,,text\na,1,2,3,4\n');
    expect(tables[0].headers).toEqual(['text', '__proto__', 'constructor', 'column 4', 'text (2)']);
    expect(records[0].extra.map(([name]) => name)).toEqual(['__proto__', 'constructor', 'column 4', 'text (2)']);
  });

  it('lists the columns when none can be a text', () => {
    const { failure } = csv('a,b\n1,2\n3,4\n');
    expect(failure?.failure).toMatchObject({ code: 'no-text-column', message: expect.stringContaining('“a”, “b”') });
  });

  it('obeys roles, and passes over columns that are not there', () => {
    const roles = { text: 'note', title: null, url: 'nowhere' };
    const { records, tables } = csv('title,abstract,note\na,b,c\n', { roles });
    expect(records[0]).toMatchObject({ title: '', text: 'c' });
    expect(tables[0].roles).toMatchObject({ text: 'note', title: null, url: null });
  });

  it('keeps a date and an address that a paper cannot hold', () => {
    const { records } = csv('text,date,url\na,Spring 2020,ftp://x\nb,2020-01-02,https://x.org\n');
    expect(records[0]).toMatchObject({
      date: null,
      url: null,
      extra: [
        ['date', 'Spring 2020'],
        ['url', 'ftp://x'],
      ],
    });
    expect(records[1]).toMatchObject({ date: '2020-01-02', url: 'https://x.org', extra: [] });
  });

  it('keeps the first 2000 of very many columns', () => {
    const names = Array.from({ length: 10_000 }, (_, i) => (i === 5 ? 'text' : `c`)).join(',');
    const { tables, records, warnings } = csv(`${names}\n${'a,'.repeat(9999)}a\n`);
    expect(tables[0].headers).toHaveLength(2000);
    expect(records).toHaveLength(1);
    expect(warnings[0].reason).toContain('2000');
  });

  it('reads back what is written, in pieces of any size', () => {
    const text = fc.string({ minLength: 1 }).map((s) => `x${s.replace(/\r/g, '')}`.trim());
    const row = fc.tuple(text, text);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 99 }), (rows, size) => {
        const written = `title,text\n${rows.map((cells) => cells.map(cell).join(',')).join('\n')}\n`;
        const { records } = csv(written, {}, size);
        expect(records.map((record) => [record.title, record.text])).toEqual(rows);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the same records whatever the pieces', () => {
    const part = fc.constantFrom(
      '"',
      ',',
      '\n',
      'a',
      '5',
      ', ',
      '""',
      '",',
      '\n"',
      '",\n',
      'b c',
      '\\"',
      '1,"x",y\n',
      '2,z,"',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (parts, size) => {
        const text = `id,title,text\n1,"a","b"\n${parts.join('')}`;
        const pieces = csv(text, { roles: { title: 'title', text: 'text' } }, size);
        const whole = csv(text, { roles: { title: 'title', text: 'text' } });
        expect(pieces.records).toEqual(whole.records);
        expect(pieces.warnings).toEqual(whole.warnings);
        expect(pieces.skipped).toEqual(whole.skipped);
      }),
      { numRuns: 1000 },
    );
  });

  it('gives records or a typed failure for any text', () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('"', ',', '\n', 'title', 'text', ';', '\t', '""', '",', '\n"'));
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 50 }), (parts, size) => {
        const { failure } = csv(parts.join(''), {}, size);
        // A file that begins as JSON is read as JSON, whatever its name.
        if (failure) expect(failure.failure.code).toMatch(/^(?:no-text-column|bad-format)$/u);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('names of columns', () => {
  const names = (header: string) => {
    const { tables, records } = csv(`${header}\n${header.replace(/[^,]+|(?<=,)(?=,)/g, 'x')}\n`, {
      headerRow: 1,
      delimiter: ',',
    });
    return { shown: tables[0].headers, all: [...records[0].extra.map(([name]) => name), tables[0].roles.text] };
  };

  it('numbers empty and repeated names in linear time', () => {
    expect(names('a,,a,a (2),a').shown).toEqual(['a', 'column 2', 'a (2)', 'a (2) (2)', 'a (3)']);
    expect(new Set(names(`${'a,'.repeat(99_999)}a`).all).size).toBe(100_000);
  });
});

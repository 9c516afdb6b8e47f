import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { MAP_FORMAT_VERSION, type MapData } from '../model/map-data.ts';
import type { ColumnValue, Paper } from '../model/paper.ts';
import { selectPapers } from '../model/select-papers.ts';
import { joinSentences, packSentences, sentenceParts } from '../model/sentence-vectors.ts';
import { papersJsonl } from './jsonl.ts';
import { standalonePage } from './page.web.ts';
import { fitsBibtex, papersBibtex, papersCsv } from './paper-formats.ts';

function paperOf(id: string, title: string, text: string, more: Partial<Paper> = {}): Paper {
  return { id, title, text, authors: null, date: null, url: null, sources: [{ file: 'a.csv', line: 1 }], ...more };
}

function mapOf(papers: readonly Paper[], columns: MapData['corpus']['columns'] = []): MapData {
  const n = papers.length;
  return {
    corpus: { papers, columns },
    positions: Float32Array.from({ length: 2 * n }, (_, i) => i / 8),
    neighbors: { k: 1, indices: Int32Array.from({ length: n }, (_, i) => (i + 1) % n), distances: new Float32Array(n) },
    embedding: {
      rows: n,
      cols: 2,
      data: Int8Array.from({ length: 2 * n }, (_, i) => i),
      scales: new Float32Array(n).fill(0.5),
    },
    preservation: null,
    summaries: null,
    topics: null,
    info: {
      version: MAP_FORMAT_VERSION,
      name: 'A map',
      origin: null,
      created: '2026-01-01T00:00:00Z',
      generator: 'test',
      counts: { records: n, papers: n, merged: 0, skipped: 0 },
      encode: null,
      project: null,
      quality: null,
      other: {},
    },
  };
}

const texts = fc.string({ unit: 'binary', maxLength: 30 });

/** This value of a column as the table of one paper contains it. */
function csvCell(value: ColumnValue): string {
  const csv = papersCsv(mapOf([paperOf('a', 'A', '')], [{ name: 'n', values: [value] }]), [0]);
  const head = '\uFEFFid,title,text,authors,date,url,sources,x,y,n\r\na,A,,,,,a.csv,0,0.125,';
  expect(csv.startsWith(head) && csv.endsWith('\r\n')).toBe(true);
  return csv.slice(head.length, -2);
}

describe('CSV', () => {
  it('runs no formula in a spreadsheet, and leaves numbers numbers', () => {
    for (const text of ['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', ' =1', '＝1', '\r=x'])
      expect(csvCell(text)).toMatch(/^"?'/u);
    for (const text of ['-2', '+3.5', '1e-9', '-.5']) expect(csvCell(text)).toBe(text);
    expect([csvCell(-2), csvCell(true), csvCell(null), csvCell('a "b", c')]).toEqual([
      '-2',
      'true',
      '',
      '"a ""b"", c"',
    ]);
  });

  it('never begins a cell as a formula does, and gives every cell back', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts), { minLength: 1, maxLength: 5 }), (rows) => {
        const map = mapOf(rows.map(([title, text], i) => paperOf(`p${i}`, title, text)));
        const csv = papersCsv(
          map,
          rows.map((_, i) => i),
        );
        const { data } = Papa.parse<string[]>(csv.slice(1), { newline: '\r\n', skipEmptyLines: 'greedy' });
        expect(data).toHaveLength(rows.length + 1);
        rows.forEach(([title, text], i) => {
          for (const [got, wanted] of [
            [data[i + 1][1], title],
            [data[i + 1][2], text],
          ]) {
            expect(got === wanted || got === `'${wanted}`).toBe(true);
            expect(/^[=+\-@]/u.test(got) && Number.isNaN(Number(got))).toBe(false);
          }
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the corpus’s own columns, whatever they are called', () => {
    const columns = [
      { name: '__proto__', values: [1, null] },
      { name: '=x', values: ['a', 'b'] },
    ];
    const csv = papersCsv(mapOf([paperOf('a', 'A', ''), paperOf('b', 'B', '')], columns), [1, 0]);
    expect(csv.split('\r\n')[0]).toBe('\uFEFFid,title,text,authors,date,url,sources,x,y,__proto__,"\'=x"');
    expect(csv.split('\r\n')[1]).toBe('b,B,,,,,a.csv,0.25,0.375,,b');
  });
});

describe('JSON lines', () => {
  it('name neighbours by line, as far as they are exported', () => {
    const map = mapOf(['a', 'b', 'c'].map((id) => paperOf(id, id, '')));
    const lines = papersJsonl(map, [2, 0], null)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ id, neighbors }) => [id, neighbors])).toEqual([
      ['c', [1]],
      ['a', []],
    ]);
  });
});

describe('BibTeX', () => {
  it('keeps braces in balance and keys apart, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, texts, texts), { maxLength: 4 }), (rows) => {
        const map = mapOf(rows.map(([id, title, text]) => paperOf(id, title, text)));
        const bib = papersBibtex(
          map,
          rows.map((_, i) => i),
        );
        let depth = 0;
        for (const character of bib) {
          if (character === '{') depth++;
          if (character === '}') depth--;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
        const keys = Array.from(bib.matchAll(/^@misc\{([^,]*),$/gmu), ([, key]) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('writes an entry as a bibliography has it', () => {
    const map = mapOf([
      paperOf('1706.03762', 'Attention', 'We …', {
        authors: 'A. Vaswani, N. Shazeer',
        date: '2017-06',
        url: 'https://a.org/1',
      }),
    ]);
    expect(fitsBibtex(map)).toBe(true);
    expect(papersBibtex(map, [0])).toBe(
      '@misc{1706.03762,\n  title = {Attention},\n  author = {A. Vaswani and N. Shazeer},\n  year = {2017},\n  url = {https://a.org/1},\n  abstract = {We …},\n}\n',
    );
  });
});

describe('a part of a map', () => {
  it('has the rows of its papers, and no neighbours of the whole', () => {
    const map = mapOf(
      ['a', 'b', 'c'].map((id) => paperOf(id, id, '')),
      [{ name: 'n', values: [1, 2, 3], isList: true }],
    );
    const part = selectPapers(map, [2, 0]);
    expect(part.corpus.papers.map(({ id }) => id)).toEqual(['c', 'a']);
    expect(part.corpus.columns).toEqual([{ name: 'n', values: [3, 1], isList: true }]);
    expect(Array.from(part.positions)).toEqual([0.5, 0.625, 0, 0.125]);
    expect(Array.from(part.embedding?.data ?? [])).toEqual([4, 5, 0, 1]);
    expect(part.neighbors).toBeNull();
  });

  it('has the sentences of its papers', () => {
    const map = mapOf(['a', 'b', 'c'].map((id) => paperOf(id, id, '')));
    const parts = [packSentences(Float32Array.of(1, 2), 2), new Uint8Array(), packSentences(Float32Array.of(-3, 1), 2)];
    const part = selectPapers({ ...map, sentences: joinSentences(parts, 2) }, [2, 1]);
    expect(part.sentences && sentenceParts(part.sentences)).toEqual([parts[2], parts[1]]);
    expect('sentences' in selectPapers(map, [2])).toBe(false);
  });
});

describe('a page that stands alone', () => {
  it('holds the map, one script and one style, and nothing ends them early', async () => {
    const map = Uint8Array.from({ length: 30_000 }, (_, i) => i & 255);
    const hashed: string[] = [];
    const page = await standalonePage(
      {
        title: '</title><script>1</script>',
        script: 'const a = "</script><b>\0";',
        style: '.a::after { content: "</style>" }',
        body: '<main></main>',
        map,
      },
      async (text) => `hash${hashed.push(text)}`,
    );
    expect(page.match(/<\/script/gu)).toHaveLength(2);
    expect(page.match(/<\/style/gu)).toHaveLength(1);
    expect(page.match(/<\/title/gu)).toHaveLength(1);
    expect(page).not.toContain('\0');
    for (const text of hashed) expect(page).toContain(`>${text}<`);
    const base64 = /id="map">([^<]*)</u.exec(page)?.[1] ?? '';
    expect(Buffer.from(base64, 'base64').equals(Buffer.from(map))).toBe(true);
  });
});

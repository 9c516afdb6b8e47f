import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectAs, parseText } from '../fixtures/collect.ts';
import type { RawRecord } from '../format.ts';
import { JSON_FILE, JSON_LINES } from './json.ts';

const json = (text: string, size?: number) => parseText(text, 'papers.json', {}, size);
const jsonl = (text: string, size?: number) => parseText(text, 'papers.jsonl', {}, size);
const shown = (records: readonly RawRecord[]) => records.map(({ title, text, line }) => ({ title, text, line }));

describe('json', () => {
  it('reads a list of objects, each with its line', () => {
    const { records, format } = json(
      '\n[\n {"title": "A", "abstract": "One"},\n {"title": "B", "abstract": "Two"}\n]\n',
    );
    expect(format).toBe('json');
    expect(shown(records)).toEqual([
      { title: 'A', text: 'One', line: 3 },
      { title: 'B', text: 'Two', line: 4 },
    ]);
  });

  it('reads a list of strings', () => {
    expect(json('["one [text]", "two \\" {", ""]').records.map(({ text }) => text)).toEqual(['one [text]', 'two " {']);
  });

  it('finds the list in an object', () => {
    const list = [{ title: 'A', abstract: 'One', tags: ['x', 'y'] }];
    for (const root of [
      { n: [1, 2, 3], data: list },
      { title: 'export', result: { papers: list, more: ['q'] } },
    ]) {
      const { records } = json(JSON.stringify(root, null, 1));
      expect(records.map(({ title, text }) => [title, text])).toEqual([['A', 'One']]);
      expect(records[0].extra).toEqual([['tags', ['x', 'y']]]);
    }
  });

  it('reads an object of objects, and one object', () => {
    const { records } = json('{"a1": {"title": "A"}, "b2": {"title": "B"}}');
    expect(records.map(({ id, title }) => [id, title])).toEqual([
      ['a1', 'A'],
      ['b2', 'B'],
    ]);
    expect(json('{"title": "A", "text": "One", "references": [{"title": "B"}]}').records).toHaveLength(1);
  });

  it('keeps the whole records of a list that breaks off', () => {
    const text = JSON.stringify([1, 2, 3].map((n) => ({ text: `text ${n}`, sub: { a: [n] } })));
    for (let end = text.length - 1; end > text.indexOf('},{"text":"text 3'); end--) {
      const { records, warnings, skipped } = json(text.slice(0, end));
      expect(records.length).toBeGreaterThanOrEqual(2);
      expect(warnings.length + skipped.length).toBe(1);
    }
    const inObject = json(`{"data": ${text.slice(0, -5)}`);
    expect(inObject.records).toHaveLength(2);
    expect(inObject.failure).toBeNull();
  });

  it('says what is wrong with other JSON', () => {
    expect(json('{"a": 1}').failure?.failure).toMatchObject({ code: 'bad-format' });
    expect(json('{"a": ').failure?.failure).toMatchObject({ code: 'bad-format' });
    expect(json('[{"a": 1}]').failure?.failure).toMatchObject({ code: 'no-text-column' });
  });

  it('is safe from nesting, and keeps the records around it', () => {
    const bomb = '['.repeat(100_000) + ']'.repeat(100_000);
    const { records, skipped } = json(`[{"text":"a"},{"text":${bomb}},{"text":"b"}]`);
    expect(records.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(skipped).toEqual([{ line: 1, reason: expect.stringContaining('64') }]);
    expect(json(`{"data":${bomb}}`).failure?.failure.code).toBe('bad-format');
    expect(json('['.repeat(200_000)).failure).toBeNull();
    expect(jsonl(`{"text":${bomb}}\n{"text":"c"}`).records).toHaveLength(1);
  });

  it('takes authors as names, and `__proto__` as a column', () => {
    const { records } = json('[{"text":"a","authors":[{"name":"A B"},{"name":"C"}],"__proto__":{"x":1},"n":null}]');
    expect(records[0].authors).toBe('A B; C');
    expect(records[0].extra).toEqual([['__proto__.x', 1]]);
  });

  it('reads back a list in pieces of any size', () => {
    const item = fc.record({ title: fc.string(), text: fc.string({ unit: 'grapheme' }), n: fc.jsonValue() });
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 1 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        (items, size, indent) => {
          const kept = items.map((each, i) => ({ ...each, text: `t${i}${each.text}`.trim() }));
          const { records } = collectAs(JSON_FILE, JSON.stringify(kept, null, indent ? 2 : 0), size);
          expect(records.map(({ text }) => text)).toEqual(kept.map(({ text }) => text));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives records or a typed failure for any text', () => {
    const part = fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '"text"', '"a"', '1', ' ', '\n', 'null');
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 20 }), (parts, size) => {
        collectAs(JSON_FILE, parts.join(''), size);
        collectAs(JSON_LINES, parts.join(''), size);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('jsonl', () => {
  it('a bad line costs that line alone', () => {
    const { records, skipped, format } = jsonl('{"text":"a"}\n{"text":\n\n{"text":"b"} x\n"c"\n7\n{"text":"d"}');
    expect(format).toBe('jsonl');
    expect(shown(records).sort((a, b) => a.line - b.line)).toEqual([
      { title: '', text: 'a', line: 1 },
      { title: '', text: 'c', line: 5 },
      { title: '', text: 'd', line: 7 },
    ]);
    expect(skipped.map(({ line }) => line)).toEqual([2, 4, 6]);
  });

  it('is told from its content', () => {
    expect(parseText('{"text": "a"}\n{"text": "b"}', 'x.txt').format).toBe('jsonl');
    expect(parseText('{\n"text": "a"\n}', 'x.txt').format).toBe('json');
    expect(parseText('{"text": "a" oops\n{"text": "b"}\n{"text": "c"}', 'x').records).toHaveLength(2);
  });

  it('reads the NaN that Python writes', () => {
    expect(jsonl('{"text":"is NaN, or -Infinity","n":NaN,"m":-Infinity}').records[0]).toMatchObject({
      text: 'is NaN, or -Infinity',
      extra: [],
    });
  });

  it('keeps the keys of all lines', () => {
    const { records, tables } = jsonl('{"text":"a","x":1}\n{"y":true,"text":"b"}');
    expect(tables[0].headers).toEqual(['text', 'x', 'y']);
    expect(records.map(({ extra }) => extra)).toEqual([[['x', 1]], [['y', true]]]);
  });

  it('takes the like columns of records from another source', () => {
    const lines = [
      { title: 'A', abstract: 'One', url: 'https://a.org' },
      { headline: 'B', body: 'Two', link: 'https://b.org', title2: 'x' },
    ];
    const { records } = jsonl(Array.from({ length: 240 }, (_, i) => JSON.stringify(lines[i % 2])).join('\n'));
    expect(records.map(({ title, text }) => title + text).slice(-2)).toEqual(['AOne', 'BTwo']);
    expect(records[1]).toMatchObject({ url: 'https://b.org', extra: [['title2', 'x']] });
    const chosen = parseText(JSON.stringify(lines), 'a.json', { roles: { text: 'abstract' } });
    expect(chosen.records.map(({ text }) => text)).toEqual(['One', '']);
  });

  it('drops a line over 4 MB while it streams', () => {
    const { records, skipped } = jsonl(`{"text":"${'x'.repeat(5_000_000)}"}\n{"text":"b"}`);
    expect(records.map(({ line }) => line)).toEqual([2]);
    expect(skipped).toHaveLength(1);
  });

  it('reads back what is written', () => {
    const line = fc.record({ title: fc.string(), text: fc.string({ minLength: 1 }) });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.integer({ min: 1, max: 60 }), (lines, size) => {
        const kept = lines.map(({ title, text }) => ({ title: `y${title}`.trim(), text: `x${text}`.trim() }));
        const { records } = collectAs(JSON_LINES, kept.map((each) => JSON.stringify(each)).join('\n'), size);
        expect(records.map(({ title, text }) => ({ title, text }))).toEqual(kept);
      }),
      { numRuns: 1000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect } from '../fixtures/collect.ts';
import { makeXmlParser } from './parse-xml.ts';

const xml = (text: string, size?: number) => collect((sink) => makeXmlParser(sink, {}), text, size);

describe('xml that is damaged or hostile', () => {
  const item = (i: number): string => `<item><title>T${i}</title><text>Words ${i}</text></item>`;
  const file = `<all>\n${[1, 2, 3].map(item).join('\n')}\n</all>`;

  it('keeps whole records of a file that breaks off', () => {
    for (let end = file.indexOf('<item><title>T3'); end < file.length - 1; end++) {
      const { records, skipped, warnings, failure } = xml(file.slice(0, end));
      expect(failure).toBeNull();
      expect(records.length).toBeGreaterThanOrEqual(2);
      expect(skipped.length + warnings.length).toBeGreaterThanOrEqual(1);
    }
  });

  it('warns of a record that is not well-formed, and keeps the others', () => {
    const { records, warnings } = xml(file.replace('Words 2', 'Words <b>2</i>'));
    expect(records.map(({ title }) => title)).toEqual(['T1', 'T2', 'T3']);
    expect(warnings.some(({ line }) => line === 3)).toBe(true);
  });

  it('leaves comments and instructions out, and knows the lines after them', () => {
    const { records } = xml(file.replace('Words 2', 'Wo<!-- a\n & b -->rds<?x a\n b?> 2'));
    expect(records.map(({ text, line }) => [text, line])).toEqual([
      ['Words 1', 2],
      ['Wo rds 2', 3],
      ['Words 3', 6],
    ]);
    expect(
      xml(file.replace('Words 2', '<!-- '))
        .warnings.map(({ reason }) => reason)
        .join(),
    ).toContain('no end');
  });

  it('expands no entities', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>`;
    expect(xml(`${bomb}${file.replace('Words 2', '&c;&f;')}`).records[1].text).toBe('&c;&f;');
  });

  it('is bounded in depth and length', () => {
    expect(xml('<a>'.repeat(200_000)).records).toEqual([]);
    const deep = xml(file.replace('Words 2', `${'<b>'.repeat(1000)}${'</b>'.repeat(1000)}`));
    expect(deep.records.map(({ title }) => title)).toEqual(['T1']);
    expect(deep.skipped).toEqual([{ line: 3, reason: expect.stringContaining('256') }]);
    const long = xml(file.replace('Words 2', 'x'.repeat(9_000_000)));
    expect(long.records.map(({ title }) => title)).toEqual(['T1', 'T3']);
    expect(xml(file.replace('Words 2', '<b>x</b> '.repeat(700_000))).skipped).toHaveLength(1);
    expect(xml(`<all a="${'x'.repeat(9_000_000)}">${item(1)}</all>`).failure?.failure.code ?? 'read').toBeTruthy();
    expect(xml(`<!--${'-'.repeat(9_000_000)}`).records).toEqual([]);
    expect(xml(`<!DOCTYPE a [${'<!ENTITY b "x">'.repeat(500_000)}`).records).toEqual([]);
  });

  it('gives records or a typed failure for any text, the same in pieces of any size', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '<all>',
        '</all>',
        '<a>',
        '</a>',
        '<title>',
        '</title>',
        'x & y',
        '&amp;',
        '&lt;',
        '<![CDATA[',
        ']]>',
      ),
      fc.constantFrom(
        '<!--',
        '-->',
        '<?',
        '?>',
        '<b c="',
        '"/>',
        '<',
        '>',
        '&',
        '<!DOCTYPE a [',
        ']>',
        '\n',
        '<text>word</text>',
      ),
    );
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        const text = `<all>${parts.join('')}`;
        const found = [xml(text), xml(text, size)].map(({ records, skipped, warnings, failure }) => ({
          records,
          skipped,
          warnings,
          failure: failure?.message,
        }));
        expect(found[1]).toEqual(found[0]);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back what is written, and every record is read or left out', () => {
    const word = fc.string({ unit: 'grapheme' }).map((text) => `x${text.replace(/[^\p{L}\p{N}&<>" ]/gu, '')}`);
    const escaped = (text: string): string => text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');
    fc.assert(
      fc.property(
        fc.array(fc.record({ title: word, text: word }), { minLength: 2 }),
        fc.integer({ min: 1, max: 50 }),
        (items, size) => {
          const written = items.map(
            ({ title, text }) => `<r><title>${escaped(title)}</title><text>${escaped(text)}</text></r>`,
          );
          const { records, skipped } = xml(`<all>${written.join('')}</all>`, size);
          const flat = (text: string): string => text.replace(/\s+/gu, ' ').trim();
          expect(records.map(({ title, text }) => [title, text])).toEqual(
            items.map(({ title, text }) => [flat(title), flat(text)]),
          );
          expect(skipped).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

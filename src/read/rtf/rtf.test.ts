import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collect, loadAndParse } from '../fixtures/collect.ts';
import { makeRtfParser } from './rtf-parser.web.ts';

const RTF = String.raw`{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0\froman Times New Roman;}}{\colortbl;\red0\green0\blue0;}
{\*\generator Any Program;}{\info{\title Lamps \'e9}{\author Nobody}}
\pard\f0\fs24 The {\b lamps} burn\'85 \'b9\line all night.\par
{\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt A link}} and \u8364?5 \{here\}\emdash there.\par
{\pict\pngblip 89504e470d0a1a0a}\'93Quoted\'94\par}`;

describe('RTF', () => {
  it('gives the words of a document by paragraphs', async () => {
    const { records, format, warnings } = await loadAndParse(RTF, 'a.rtf');
    expect(format).toBe('rtf');
    expect(records.map(({ text }) => text)).toEqual([
      'The lamps burn… ą',
      'all night.',
      'A link and €5 {here}—there.',
      '“Quoted”',
    ]);
    expect(warnings).toEqual([]);
  });

  it('is one text with its title beside others', () => {
    const head = { name: 'x/a.rtf', extension: 'rtf', text: RTF, start: RTF, whole: true, companions: 2, documents: 0 };
    const { records } = collect((sink) => makeRtfParser(sink, {}, head), RTF);
    expect(records).toHaveLength(1);
    expect(records[0].title).toBe('Lamps é');
    expect(records[0].text).toContain('all night.');
  });

  it('of Asian code pages has letters of two bytes', async () => {
    const { records } = await loadAndParse(String.raw`{\rtf1\ansi\ansicpg936 \'b3\'b1\'cb\'ae}`, 'a.rtf');
    expect(records[0].text).toBe('潮水');
  });

  it('of any text, in pieces of any size, ends with the same records', () => {
    const head = { name: 'a.rtf', extension: 'rtf', text: '', start: '', whole: true, companions: 0, documents: 0 };
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('{', '}', '\\', "\\'e9", '\\u9731?', '\\par ', '\\*', '\\bin9', '\n', '{\\title t}', 'words'),
    );
    fc.assert(
      fc.property(fc.array(part), fc.integer({ min: 1, max: 30 }), (parts, size) => {
        const text = `{\\rtf1 begun ${parts.join('')}`;
        const [whole, cut] = [text.length + 1, size].map((each) => {
          const { records, skipped, warnings, failure } = collect((sink) => makeRtfParser(sink, {}, head), text, each);
          return { records, skipped, warnings, failure };
        });
        expect(cut).toEqual(whole);
        expect(whole.failure).toBeNull();
        expect(whole.records.length + whole.skipped.length).toBeGreaterThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes linear time and bounded depth', async () => {
    for (const each of ['{', '\\par', "\\'e9", '{\\b a}', '\\u1?']) {
      const { failure } = await loadAndParse(`{\\rtf1 a ${each.repeat(500_000)}`, 'a.rtf');
      expect(failure).toBeNull();
    }
  });
});

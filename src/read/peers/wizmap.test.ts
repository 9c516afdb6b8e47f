import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAll } from '../fixtures/collect.ts';

const LINE = '[-6.5, 0.126, "Garden and lamp, of a bridge.", "2020-01", 3]';
const read = (text: string, name = 'data.ndjson') => readAll([{ name, blob: new Blob([text]) }]);

describe('WizMap', () => {
  it('has on each line a place, a text, a time and a group', async () => {
    const text = `${LINE}\n[1e-3,-2,"Another one, which is longer."]\n[3, 4, "A third of them, with a time.", "", 1]\n`;
    const { corpus, places, report } = await read(text);
    expect(corpus.papers.map((paper) => [paper.text.slice(0, 6), paper.date, paper.sources[0].line])).toEqual([
      ['Garden', '2020-01', 1],
      ['Anothe', null, 2],
      ['A thir', null, 3],
    ]);
    expect(corpus.columns).toContainEqual({ name: 'group', values: [3, null, 1] });
    expect(places).toMatchObject([{ x: 'x', y: 'y', without: [] }]);
    expect(report.files[0].format).toBe('wizmap');
  });

  it('may have JSON for texts, whose members are columns', async () => {
    const point = (i: number) =>
      JSON.stringify([i, i * i, JSON.stringify({ text: `The text of number ${i}.`, x: 'kept', site: 's' })]);
    const { corpus, places } = await read([1, 2, 3].map(point).join('\n'));
    expect(corpus.papers[1].text).toBe('The text of number 2.');
    expect(corpus.columns.map(({ name }) => name)).toEqual(['x', 'y', 'text.x', 'site']);
    expect(places).toHaveLength(1);
  });

  it('loses a damaged line alone', async () => {
    const { corpus, report } = await read(
      `${LINE}\n${LINE.replace('Garden', 'Harbour')}\n[1, 2, "cut\n${LINE.replace('lamp', 'lantern')}\n`,
    );
    expect(corpus.papers).toHaveLength(3);
    expect(report.skipped).toMatchObject([{ line: 3, reason: 'not valid JSON' }]);
  });

  it('has every line in a paper or among the skipped, whatever it holds', async () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string(), fc.double());
    const line = fc.oneof(
      fc.array(value, { maxLength: 6 }).map((list) => JSON.stringify(list)),
      fc.string().map((text) => text.replace(/[\n\r]/gu, ' ')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const all = [LINE, ...lines];
        const { report, failure } = await readAll([{ name: 'data.ndjson', blob: new Blob([all.join('\n')]) }], {
          all: { format: 'wizmap' },
        });
        expect(failure).toBeNull();
        const filled = all.filter((each) => each.trim() !== '').length;
        expect(report.records + report.skipped.filter(({ line: at }) => at > 0).length).toBe(filled);
      }),
      { numRuns: 1000 },
    );
  });
});

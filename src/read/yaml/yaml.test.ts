import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { StageError } from '../../model/failure.ts';
import { type Collected, loadAndParse } from '../fixtures/collect.ts';

const LIST = `# boats
- title: Lamps
  abstract: >
    They burn
    all night.
  tags: [fog, light]
  year: 2011
- title: "Ropes: a count"
  abstract: |
    They are long.
`;

/** What a text gives, or the failure with which loading ends. */
async function read(text: string, name = 'a.yaml', size = 1 << 16): Promise<Collected | StageError> {
  try {
    return await loadAndParse(text, name, {}, size);
  } catch (error) {
    if (error instanceof StageError) return error;
    throw error;
  }
}

describe('YAML', () => {
  it('is a list of records with their lines', async () => {
    for (const name of ['a.yaml', 'pasted text']) {
      const { records, format } = await loadAndParse(LIST, name);
      expect(format).toBe('yaml');
      expect(records).toMatchObject([
        { title: 'Lamps', text: 'They burn all night.', date: '2011', line: 2 },
        { title: 'Ropes: a count', text: 'They are long.', line: 8 },
      ]);
    }
  });

  it('may have a record in each document, or a list inside', async () => {
    const documents = await loadAndParse('---\ntitle: One\ntext: A\n---\ntitle: Two\ntext: B\n', 'a.yml');
    expect(documents.records.map(({ title }) => title)).toEqual(['One', 'Two']);
    const inside = await loadAndParse(
      'references:\n- title: One\n  abstract: A\n- title: Two\n  abstract: B\n',
      'a.yml',
    );
    expect(inside.records.map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  it('is refused when it is damaged, a bomb, or too deep', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((key, i) => `${key}: &${key} [${`*${'abcdefghi'[i]},`.repeat(9).slice(0, -1)}]\n`)
      .join('')}`;
    for (const text of [
      '- title: "open\n- b: [\n',
      bomb,
      `a: ${'['.repeat(20_000)}`,
      `a:\n${'- '.repeat(5000)}x`,
      'a: &a [*a]\n',
    ]) {
      const found = await read(text);
      const failure = found instanceof StageError ? found : found.failure;
      expect(failure?.failure.message ?? 'none').toMatch(/JSON|YAML/u);
    }
  });

  it('costs one document alone when that is damaged', async () => {
    const { records, skipped } = await loadAndParse(
      'title: One\ntext: A\n---\n"open\n---\ntitle: Two\ntext: B\n',
      'a.yaml',
    );
    expect(records.length + skipped.length).toBeGreaterThan(1);
    expect(records[0].title).toBe('One');
  });

  it('gives back any records that were written as YAML', async () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 }).map((each) => `w${each.trim()}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ title: word, text: word }), { minLength: 2, maxLength: 5 }),
        async (rows) => {
          const { records } = await loadAndParse(stringify(rows), 'a.yaml', {}, 7);
          expect(records.map(({ title, text }) => ({ title, text }))).toEqual(
            rows.map(({ title, text }) => ({ title: title.trim(), text: text.trim() })),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of any text ends in records or a StageError', async () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('- a: b', '  c: d', '---', '&x', '*x', '? ', '[', '}', '|', '"'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part), async (parts) => {
        await read(parts.join('\n'));
      }),
      { numRuns: 1000 },
    );
  });
});

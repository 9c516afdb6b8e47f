import { describe, expect, it } from 'vitest';
import { readAll } from './fixtures/collect.ts';
import type { ReadOptions } from './read.api.ts';

const CSV = `title,text\n${Array.from({ length: 30_000 }, (_, i) => `Heron ${i},"Reeds and slow water at place ${i}"`).join('\n')}`;
const read = (files: Record<string, string>, options: ReadOptions) =>
  readAll(
    Object.entries(files).map(([name, content]) => ({ name, blob: new Blob([content]) })),
    options,
  );

describe('a look at the beginning', () => {
  it('ends soon, and finds the columns and first papers that reading all finds', async () => {
    const look = await read({ 'a.csv': CSV }, { beginnings: ['a.csv'] });
    const whole = await read({ 'a.csv': CSV }, {});
    expect(whole.report.records).toBe(30_000);
    expect(look.report.records).toBeLessThan(20_000);
    expect(look.previews).toEqual(whole.previews);
  });

  it('leaves the files alone that are not asked for, but knows of them', async () => {
    const files = { 'a.csv': CSV, 'b.txt': 'One text.\nAnother text.\n' };
    const { previews } = await read(files, { beginnings: ['b.txt'] });
    expect(previews.map(({ file }) => file)).toEqual(['b.txt']);
  });
});

describe('a preview', () => {
  it('names every format that a text could be read as, once', async () => {
    const [{ formats, otherFormats }] = (await read({ 'a.csv': CSV }, {})).previews;
    expect(formats[0]).toBe('csv');
    expect(otherFormats).toContain('ris');
    expect(new Set([...formats, ...otherFormats]).size).toBe(formats.length + otherFormats.length);
  });
});

describe('choices', () => {
  it('for one file come before those for all, role by role', async () => {
    const table = 'name,words,more\nOne,First words,Second words\nTwo,Third words,Fourth words\n';
    const { previews } = await read(
      { 'a.csv': table, 'b.csv': table },
      { all: { roles: { title: 'name', text: 'words' } }, files: { 'b.csv': { roles: { text: 'more' } } } },
    );
    expect(previews.map(({ table }) => [table?.roles.title, table?.roles.text])).toEqual([
      ['name', 'words'],
      ['name', 'more'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { FilePreview } from '../../read/read.api.ts';
import { canBeMended, groupFiles, hasChoices, withChange, withoutChoices } from './choices.ts';

/** The preview of a table with these columns; '' for a file that was not read. */
function preview(file: string, columns: string): FilePreview {
  const headers = columns.split(',');
  const roles = { title: headers[0], text: null, id: null, authors: null, date: null, url: null };
  const table = columns === '' ? null : { headers, roles, rows: [], delimiter: ',' };
  return {
    ...{ file, format: 'csv', formats: ['csv'], otherFormats: [], encoding: 'utf-8', lines: [], records: [] },
    ...{ table, sheets: [], lists: [], part: null, skipLines: 0, problem: columns === '' ? 'it is torn' : null },
  };
}

describe('choices of how files are read', () => {
  it('of one file leave the others alone, and the earlier choices of that file', () => {
    const first = withChange({ merge: 'id' }, ['a.csv', 'b.csv'], { roles: { title: 'name' }, dayOrder: 'day-first' });
    const then = withChange(first, ['a.csv'], { roles: { text: 'body' }, delimiter: ';' });
    expect(then).toEqual({
      merge: 'id',
      files: {
        'a.csv': { roles: { title: 'name', text: 'body' }, dayOrder: 'day-first', delimiter: ';' },
        'b.csv': { roles: { title: 'name' }, dayOrder: 'day-first' },
      },
    });
  });

  it('are given up one by one, or all of a file at once', () => {
    const chosen = withChange({}, ['a.csv', '__proto__'], { delimiter: ';', headerRow: 3 });
    expect(Object.keys(chosen.files ?? {})).toEqual(['a.csv', '__proto__']);
    const fewer = withChange(chosen, ['a.csv'], { headerRow: undefined });
    expect(fewer.files?.['a.csv']).toEqual({ delimiter: ';' });
    expect([hasChoices(fewer, 'a.csv'), hasChoices(fewer, 'c.csv'), hasChoices({}, 'toString')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(hasChoices(withoutChoices(fewer, ['a.csv']), 'a.csv')).toBe(false);
  });
});

describe('files in the dialog', () => {
  it('stand in one row where they are read alike, those first that are not read', () => {
    const many = Array.from({ length: 1000 }, (_, i) => preview(`${i}.csv`, i % 2 === 0 ? 'name,body' : 'name,kind'));
    const groups = groupFiles([...many, preview('torn.csv', '')]);
    expect(groups.map(({ preview: { file }, files }) => [file, files.length])).toEqual([
      ['torn.csv', 1],
      ['0.csv', 500],
      ['1.csv', 500],
    ]);
  });

  it('can be mended where there is anything to choose by', () => {
    expect(canBeMended(preview('a.csv', ''))).toBe(false);
    expect(canBeMended({ ...preview('a.csv', ''), lines: ['a'] })).toBe(true);
    expect(canBeMended({ ...preview('a.xlsx', ''), sheets: ['one', 'two'] })).toBe(true);
  });
});

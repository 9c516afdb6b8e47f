import { describe, expect, it } from 'vitest';
import { readAll } from './fixtures/collect.ts';

const nounIn = async (files: Record<string, string>): Promise<string | undefined> => {
  const { corpus } = await readAll(
    Object.entries(files).map(([name, content]) => ({ name, blob: new Blob([content]) })),
  );
  return corpus.noun?.many;
};
const table = (header: string, cells: string, rows = 4): string =>
  `${header}\n${Array.from({ length: rows }, (_, i) => cells.replaceAll('#', String(i))).join('\n')}\n`;
const SAID = '"The room was small and quiet at night #, and the breakfast came late to our table"';

describe('the noun of a corpus', () => {
  it.each([
    ['title,authors,abstract', `"On herons #","Ana Lund; Bo Ek",${SAID}`, 'papers'],
    ['Title,DOI,Abstract', `"On herons #",10.1000/abc#,${SAID}`, 'papers'],
    ['text,rating,date', `${SAID},4,2023-04-0#`, 'reviews'],
    ['hotel,reviewText', `"Harbour house",${SAID}`, 'reviews'],
    ['ticket_id,subject,description', `T-#,"No light in room #",${SAID}`, 'tickets'],
    ['tweet,likes', `${SAID},#`, 'tweets'],
    ['question,answer', `"Why does the tide come twice a day at pier #?","Since the moon draws"`, 'questions'],
    ['story,year', `${SAID},201#`, 'stories'],
    ['text,category', `${SAID},a`, 'texts'],
  ])('follows the columns %s', async (header, cells, many) => {
    expect(await nounIn({ 'a.csv': table(header, cells) })).toBe(many);
  });

  it('follows the format, then the file’s name', async () => {
    expect(await nounIn({ 'a.ris': 'TY  - JOUR\nTI  - On herons\nAB  - They wade.\nER  - \n' })).toBe('papers');
    expect(await nounIn({ 'bank_questions.csv': table('text,label', `${SAID},a`) })).toBe('questions');
    const note = '# Tides\n\nThe moon draws the water twice a day.\n';
    expect(await nounIn({ 'a.md': note, 'b.md': note.replace('Tides', 'Moons'), 'c.md': `${note} Again.` })).toBe(
      'notes',
    );
  });

  it('is “texts” where files differ, and what the user says before all', async () => {
    const files = { 'a.csv': table('tweet', SAID), 'b.csv': table('review', SAID.replace('room', 'hall')) };
    expect(await nounIn(files)).toBe('texts');
    const noun = { one: 'memo', many: 'memos' };
    const inputs = Object.entries(files).map(([name, text]) => ({ name, blob: new Blob([text]) }));
    expect((await readAll(inputs, { noun })).corpus.noun).toEqual(noun);
  });
});

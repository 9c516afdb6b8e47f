import { readFileSync } from 'node:fs';
import { answered, expect, exported, makeMap, openEmpty, test } from './support.ts';

const entry = (i: number): string => `@article{key${i},
  title = {{Copper} {L}anterns of {\\'E}mber \\& Friends, number ${i}},
  author = {{\\"O}zg{\\"u}r, Ada and {Harbour Team} and Ji{\\v{r}}{\\'\\i}, Jan},
  abstract = {A lantern of $\\alpha$-copper loses 5\\% of its \\emph{light} near harbour ${i}, where ${'wind rain salt stone'.split(' ')[i % 4]} meets it.},
  year = {20${10 + i}},
}`;

test('TeX is read as letters in lists, panel and search, and exported as it was', async ({ page }, info) => {
  await openEmpty(page);
  await makeMap(page, [{ name: 'lanterns.bib', text: Array.from({ length: 8 }, (_, i) => entry(i)).join('\n\n') }]);
  await page.getByLabel('Search titles and texts').fill('émber "α-copper"');
  await answered(page);
  const first = page.locator('.result').first();
  await expect(first.locator('.result-title')).toContainText('Copper Lanterns of Émber & Friends, number');
  await expect(first.locator('.result-title mark')).toHaveText('Émber');
  await first.click();
  await expect(page.locator('.panel h2')).toContainText('Copper Lanterns of Émber & Friends');
  await expect(page.locator('.panel .meta').first()).toContainText('Özgür');
  await expect(page.locator('.panel .meta').first()).toContainText('Jiří');
  await expect(page.locator('.abstract')).toContainText('A lantern of α-copper loses 5% of its light near harbour');
  expect(await page.locator('.app').textContent()).not.toMatch(/[{}\\]/u);
  const table = readFileSync(await exported(page, 'Table (CSV)', info.outputPath('lanterns.csv')), 'utf8');
  expect(table).toContain("{\\'E}mber \\& Friends");
});

test('HTML and JATS are read as text, in the import dialog too', async ({ page }) => {
  await openEmpty(page);
  const rows = Array.from(
    { length: 8 },
    (_, i) =>
      `"The <i>old</i> clock &amp; CO<sub>2</sub>, part ${i}","<jats:title>Abstract</jats:title><jats:p>It strikes ${i} times&#8212;then rests.</jats:p><jats:p>A second paragraph on ${'wind rain salt stone'.split(' ')[i % 4]}.</jats:p>"`,
  );
  await page.locator('#open-files').setInputFiles({
    name: 'clocks.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`title,abstract\n${rows.join('\n')}\n`),
  });
  await expect(page.locator('.first-papers')).toContainText('The old clock & CO₂, part 0');
  await page.getByRole('button', { name: 'Make the map' }).click();
  await page.getByLabel('Search titles and texts').fill('paragraph');
  await answered(page);
  await page.locator('.result').first().click();
  await expect(page.locator('.panel h2')).toContainText('The old clock & CO₂, part');
  await expect(page.locator('.abstract')).toHaveText(/^It strikes \d times—then rests\.\n\nA second paragraph/u);
  expect(await page.locator('.app').textContent()).not.toMatch(/<\/?\w|&\w+;|&#/u);
});

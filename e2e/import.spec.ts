import type { Page } from '@playwright/test';
import {
  drop,
  expect,
  expectNoOverflow,
  expectPapers,
  idle,
  mapMade,
  openColumns,
  openEmpty,
  seedListing,
  startMap,
  TITLES_WITH_VECTORS,
  test,
  violationsOf,
} from './support.ts';

/** Rows of a table, each with a text of its own. */
const rows = (count: number, row: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i)).join('\n');

const dialogOf = (page: Page) => page.getByRole('dialog');

/** Chooses `option` of the list that is called `name`. */
async function pick(page: Page, name: RegExp, option: string | RegExp): Promise<void> {
  await dialogOf(page).getByRole('button', { name }).click();
  await page.getByRole('option', { name: option }).click();
}

async function open(page: Page, name: string, content: string | Buffer): Promise<void> {
  const buffer = Buffer.from(content);
  await page.locator('#open-files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await expect(dialogOf(page)).toBeVisible();
}

test('a guess that failed opens the dialog, and a choice of the text column mends it', async ({ page }) => {
  await openEmpty(page);
  await open(page, 'codes.csv', `a,b\n${rows(9, (i) => `${i},${100 + i * i}`)}\n`);
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('status')).toContainText('Which column holds the texts?');
  await expect(dialog.getByRole('heading', { name: /^No \S+ found$/u })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Make the map' })).toBeDisabled();
  await expect(dialog.getByLabel('The file’s first lines')).toContainText('3,109');
  await pick(page, /Title/u, 'b');
  await expect(dialog.getByRole('heading', { name: /^9 \S+ found$/u })).toBeVisible();
  await expect(dialog.getByRole('status')).toHaveCount(0);
  await expect(dialog.locator('.first-papers')).toContainText('104');
  await expect(dialog.getByRole('button', { name: 'Make the map' })).toBeEnabled();
});

test('another encoding mends letters, and the first papers show it', async ({ page }) => {
  await openEmpty(page);
  const text = `title,text\n${rows(6, (i) => `Mühle ${i},Wasser über Stein ${i}`)}\n`;
  await open(page, 'muehle.csv', Buffer.from(text, 'latin1'));
  const dialog = dialogOf(page);
  await dialog.getByText('Read as table').click();
  await dialog.getByRole('combobox', { name: 'Encoding' }).fill('cyrillic');
  await page.getByRole('option', { name: /windows-1251/u }).click();
  await expect(dialog.locator('.first-papers')).toContainText('Mьhle 0');
  await dialog.getByRole('combobox', { name: 'Encoding' }).fill('1252');
  await page.getByRole('option', { name: /windows-1252/u }).click();
  await expect(dialog.locator('.first-papers')).toContainText('Mühle 0');
  await dialog.getByRole('button', { name: 'Guess all of this again' }).click();
  await expect(dialog.getByRole('heading', { name: /^6 \S+ found$/u })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Guess all of this again' })).toHaveCount(0);
});

test('delimiter, header row and lines to skip can be chosen', async ({ page }) => {
  await openEmpty(page);
  const text = `Exported on a Monday\nby nobody\nword~body\n${rows(5, (i) => `Stone ${i}~Water and reeds, and slow boats ${i}`)}\n`;
  await open(page, 'odd.csv', text);
  const dialog = dialogOf(page);
  await dialog.getByText('Read as').click();
  await pick(page, /Format/u, 'table');
  await pick(page, /Delimiter/u, '~');
  await dialog.getByLabel('Lines to skip').fill('2');
  await expect(dialog.getByText('Columns of odd.csv')).toContainText('text from body');
  await expect(dialog.getByRole('heading', { name: /^5 \S+ found$/u })).toBeVisible();
  await dialog.getByLabel('Header row').fill('0');
  await expect(dialog.getByRole('heading', { name: /^6 \S+ found$/u })).toBeVisible();
});

test('choices are per file and stay: the day order through a change of roles', async ({ page }) => {
  await openEmpty(page);
  const dated = (word: string) =>
    `name,seen,other\n${rows(4, (i) => `${word} ${i},0${i + 1}/0${i + 2}/2020,Kept ${word} ${i}`)}\n`;
  await drop(page, [
    { name: 'a.csv', text: dated('Reed') },
    { name: 'b.csv', text: dated('Mill').replace('other', 'further') },
  ]);
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('heading', { name: /^8 \S+ found$/u })).toBeVisible();
  if ((await dialog.locator('.day-order').count()) === 0) {
    await dialog.getByText('Columns of a.csv').click();
    await pick(page, /Date/u, 'seen');
  }
  await pick(page, /Read 0/u, 'day first');
  await expect(dialog.locator('.first-papers')).toContainText('1 Feb 2020');
  if (!(await dialog.getByRole('button', { name: /Title/u }).isVisible())) {
    await dialog.getByText('Columns of a.csv').click();
  }
  await pick(page, /Title/u, 'other');
  await expect(dialog.locator('.first-papers')).toContainText('Kept Reed 0');
  await expect(dialog.locator('.first-papers')).toContainText('1 Feb 2020');
  await dialog.getByRole('button', { name: 'b.csv' }).click();
  await expect(dialog.locator('.first-papers strong').first()).toHaveText('Mill 0');
});

test('files that are read alike stand in one row, and one of them can be changed alone', async ({ page }) => {
  await openEmpty(page);
  const files = Array.from({ length: 30 }, (_, i) => ({
    name: `day-${i}.csv`,
    text: `name,text\nHeron ${i},Reeds and slow water at place ${i}\n`,
  }));
  await drop(page, files);
  const dialog = dialogOf(page);
  await expect(dialog.getByRole('heading', { name: /^30 \S+ found$/u })).toBeVisible();
  await expect(dialog.locator('.files tbody tr').first()).toContainText('and 29 like it');
  await dialog.getByText('Use for all 30 files like this').click();
  await dialog.getByText('Columns of day-0.csv').click();
  await pick(page, /Text/u, 'none');
  await expect(dialog.getByText('and 28 like it')).toBeVisible();
  await expect(dialog.getByText('Columns of day-0.csv')).toContainText('text from none');
});

test('a file that is dropped while a map is being made ends nothing, and can be taken out of the queue', async ({
  page,
}) => {
  await openEmpty(page);
  await startMap(page, [{ name: 'abstracts.txt', text: seedListing(100) }]);
  await expect(page.locator('.job')).toContainText('Embedding');
  await drop(page, [{ name: 'notes.txt', text: rows(5, (i) => `A further note on reeds, number ${i}.`) }]);
  const dialog = dialogOf(page);
  await expect(dialog.locator('[data-waits]')).toContainText('goes on');
  await dialog.getByRole('button', { name: 'Make next' }).click();
  await expect(page.locator('.waiting')).toContainText('notes.txt gets a map next');
  await page.getByRole('button', { name: 'Do not wait with notes.txt' }).click();
  await expect(page.locator('.waiting')).toHaveCount(0);
  await expect(page.locator('.job')).toContainText('word pieces');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await idle(page);
});

test('papers that are dropped while a map is being made are added to it when it is ready', async ({ page }) => {
  await openEmpty(page);
  await startMap(page, [{ name: 'abstracts.txt', text: seedListing(40) }]);
  await expect(page.locator('.job')).toContainText('Embedding');
  await drop(page, [{ name: 'notes.txt', text: rows(3, (i) => `A further note on reeds, number ${i}.`) }]);
  await dialogOf(page).getByRole('button', { name: 'Add when it is ready' }).click();
  await expect(page.locator('.waiting')).toContainText('notes.txt will be added');
  await mapMade(page, 2);
  await expectPapers(page, 43);
  await expect(page.locator('.notice', { hasText: '3 papers added' })).toBeVisible();
});

test('a map that is made instead leaves the run on offer, and who asked is told of its end', async ({ page }) => {
  // The system's notifications, which a browser without a desktop has none of.
  await page.addInitScript(() => {
    class Told {
      static permission = 'default';
      static requestPermission() {
        Told.permission = 'granted';
        return Promise.resolve('granted');
      }
      constructor(title: string, { body }: { body: string }) {
        document.documentElement.dataset.told = `${title}: ${body}`;
      }
    }
    Object.defineProperty(window, 'Notification', { value: Told });
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  });
  await openEmpty(page);
  await startMap(page, [{ name: 'abstracts.txt', text: seedListing(100) }]);
  await page.getByRole('button', { name: 'Tell me when it is ready' }).click();
  await expect(page.locator('.job')).toContainText('You will be told when it is ready.');
  await expect(page.locator('.job')).toContainText('word pieces');
  await drop(page, [TITLES_WITH_VECTORS]);
  await dialogOf(page).getByRole('button', { name: 'Make instead' }).click();
  const offer = page.locator('.notice', { hasText: '“abstracts.txt” was left' });
  await expect(offer).toContainText('of its 100 papers');
  await mapMade(page);
  await expectPapers(page, 241);
  await expect(page.locator('html')).toHaveAttribute('data-told', /^The map is ready: vectors\.jsonl: 241 \S+$/u);
  await offer.getByRole('button', { name: 'Go on with it' }).click();
  await expect(offer).toHaveCount(0);
  // On a quick machine the first vectors come before anybody has looked.
  await expect(page.locator('.job')).toContainText(/a map by (?:shared words ·|meaning, \d+ of) 100 papers/u);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await idle(page);
  await expectPapers(page, 241);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the dialog, ${colorScheme}, and 360 px are enough`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openColumns(page);
    await open(page, 'codes.csv', `a,b\n${rows(9, (i) => `${i},${100 + i * i}`)}\n`);
    expect(await violationsOf(page), 'the dialog with a problem').toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await violationsOf(page), 'the dialog on a phone').toEqual([]);
    await expectNoOverflow(page);
    await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
    await idle(page);
  });
}

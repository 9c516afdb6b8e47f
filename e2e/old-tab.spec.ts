import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { DIST } from '../src/command/paths.mjs';
import { type SmallServer, serveFiles } from './servers.ts';
import { COLUMNS, choose, expectPapers, openEmpty, openMapFile } from './support.ts';

let site: SmallServer;
/** Read at every request. */
let files: Record<string, string | Buffer | null>;

test.beforeEach(async () => {
  files = {};
  site = await serveFiles({ files });
});

test.afterEach(() => site.close());

/** What a deployment does to a tab that is already open: the parts that it has not fetched yet are gone. */
function deployAnother(): void {
  for (const name of readdirSync(join(DIST, 'assets')))
    if (/^Dialogs-.*\.js$/u.test(name)) files[`assets/${name}`] = null;
}

test('an old tab whose parts are gone offers a reload, and the map that is open comes along', async ({ page }) => {
  deployAnother();
  await openEmpty(page, '', site.url);
  await openMapFile(page, COLUMNS);
  await expectPapers(page, 48);
  await choose(page, 'Paste texts…');
  const box = page.locator('.notice', { hasText: 'New version' });
  await expect(box).toContainText('the map that is open stays');
  await expectPapers(page, 48);
  for (const name of Object.keys(files)) delete files[name];
  const loaded = page.waitForEvent('load');
  await box.getByRole('button', { name: 'Reload' }).click();
  await loaded;
  await expectPapers(page, 48);
  await choose(page, 'Paste texts…');
  await expect(page.getByRole('textbox', { name: 'Texts', exact: true })).toBeVisible();
});

import type { Page } from '@playwright/test';
import { choose, expect, expectPapers, openEmpty, openSample, site, test } from './support.ts';

test('a map is kept, renamed, opened again after a reload, saved as a file, and deleted', async ({ page }) => {
  await openSample(page);
  await choose(page, 'Keep in this browser');
  await expect(page.getByText('Kept in this browser').first()).toBeVisible();
  await choose(page, 'Kept maps…');
  await expect(page.locator('.library')).toContainText('468 papers');
  await page.getByLabel('Name', { exact: true }).fill('My <b>map</b>');
  await page.getByLabel('Name', { exact: true }).blur();
  await page.getByRole('button', { name: 'Close', exact: true }).click();

  await openEmpty(page);
  await expect(page.locator('.empty')).toBeVisible();
  await choose(page, 'Kept maps…');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('My <b>map</b>');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  expect((await saving).suggestedFilename()).toBe('My-b-map-b.parquet');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expectPapers(page, 468);
  await choose(page, 'Kept maps…');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.library li')).toHaveCount(0);
  // What was deleted by mistake comes back, under its name.
  await expect(page.locator('.library-gone')).toContainText('“My <b>map</b>” was deleted.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('My <b>map</b>');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expectPapers(page, 468);
  await expect(page.locator('.card-name')).toHaveText('My <b>map</b>');
});

/** Browsers whose storage refuses, and whose storage never answers. */
const BROKEN = {
  denied: () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('no', 'SecurityError');
    };
  },
  silent: () => {
    const original = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...args) {
      const request = original.apply(this, args);
      request.addEventListener = () => undefined;
      return request;
    };
  },
};

for (const [what, breakIt] of Object.entries(BROKEN)) {
  test(`storage that is ${what} says so within 4 s, and the map stays`, async ({ page }) => {
    await page.addInitScript(breakIt);
    await openSample(page);
    await choose(page, 'Kept maps…');
    await expect(page.locator('.notice-failure')).toContainText('refused to store', { timeout: 4000 });
    await expectPapers(page, 468);
  });
}

test('a full storage says so, and keeps no half map', async ({ page }) => {
  await openSample(page);
  const devtools = await page.context().newCDPSession(page);
  const { origin } = new URL(site());
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 100_000 });
  await choose(page, 'Keep in this browser');
  await expect(page.locator('.notice-failure')).toContainText('refused to store');
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await choose(page, 'Kept maps…');
  await expect(page.getByText('None yet.')).toBeVisible();
});

/** A page of this site without the app, so that a test can write to storage before the app opens it. */
async function openBare(page: Page): Promise<void> {
  await page.route('**/bare.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(`${site()}bare.html`);
}

/** Writes the library's database in a version's format, with the sample as “Old map” if that version stored maps. */
async function writeDatabase(page: Page, version: number): Promise<void> {
  await openBare(page);
  await page.evaluate(async (wanted) => {
    const site = new URL('./', location.href);
    const bytes = await (await fetch(new URL('data/sample.parquet', site))).blob();
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(`portolan-library ${site.pathname}`, wanted);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('maps');
        request.result.createObjectStore('files');
        if (wanted < 2) return;
        request.result.createObjectStore('runs');
        request.result.createObjectStore('parts');
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = db.transaction(['maps', 'files'], 'readwrite');
    const record = { id: 'a', name: 'Old map', papers: 468, bytes: bytes.size, saved: '2026-11-01', version: 1 };
    transaction.objectStore('maps').put(record, 'a');
    transaction.objectStore('files').put(bytes, 'a');
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    db.close();
  }, version);
}

/** Names of the files that this site has in the private file system. */
function privateFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const name = `portolan ${encodeURIComponent(new URL('./', location.href).pathname)}`;
    const folder = await root.getDirectoryHandle(name, { create: true });
    const names: string[] = [];
    for await (const file of folder.keys()) names.push(file);
    return names;
  });
}

for (const version of [1, 2]) {
  test(`maps that version ${version} of the database kept are still there`, async ({ page }) => {
    await writeDatabase(page, version);
    await openEmpty(page);
    await choose(page, 'Kept maps…');
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Old map');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await expectPapers(page, 468);
  });
}

test('a database of a later version is left alone, in words', async ({ page }) => {
  await writeDatabase(page, 999);
  await openSample(page);
  await choose(page, 'Kept maps…');
  await expect(page.locator('.notice-failure')).toContainText('from a newer Portolan', { timeout: 4000 });
  await choose(page, 'Keep in this browser');
  await expectPapers(page, 468);
});

test('bytes are in the private file system, and what a crash has left there is cleared away', async ({ page }) => {
  await openBare(page);
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const name = `portolan ${encodeURIComponent(new URL('./', location.href).pathname)}`;
    const folder = await root.getDirectoryHandle(name, { create: true });
    const file = await (await folder.getFileHandle('orphan.parquet', { create: true })).createWritable();
    await file.write('half a map');
    await file.close();
  });
  expect(await privateFiles(page)).toEqual(['orphan.parquet']);
  await openSample(page);
  await choose(page, 'Keep in this browser');
  await expect(page.getByText('Kept in this browser').first()).toBeVisible();
  await choose(page, 'Kept maps…');
  await expect(page.locator('.library li')).toHaveCount(1);
  await expect.poll(() => privateFiles(page)).toHaveLength(1);
  expect(await privateFiles(page)).not.toContain('orphan.parquet');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.library li')).toHaveCount(0);
  expect(await privateFiles(page)).toEqual([]);
});

test('a kept map whose bytes are gone says so, and the rest works', async ({ page }) => {
  await openSample(page);
  await choose(page, 'Keep in this browser');
  await expect(page.getByText('Kept in this browser').first()).toBeVisible();
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
  });
  await page.reload();
  await expectPapers(page, 468);
  await choose(page, 'Kept maps…');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.locator('.notice-failure')).toContainText('Could not read the map', { timeout: 4000 });
  await expectPapers(page, 468);
  await choose(page, 'Kept maps…');
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('.library li')).toHaveCount(0);
});

test('without a private file system the database holds the bytes', async ({ page }) => {
  await page.addInitScript(() => {
    // The empty page that is open before lacks this object.
    const { FileSystemFileHandle: handle } = globalThis as { FileSystemFileHandle?: { prototype: object } };
    if (handle) Reflect.deleteProperty(handle.prototype, 'createWritable');
  });
  await openSample(page);
  await choose(page, 'Keep in this browser');
  await expect(page.getByText('Kept in this browser').first()).toBeVisible();
  await openEmpty(page);
  await choose(page, 'Kept maps…');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expectPapers(page, 468);
  expect(await privateFiles(page)).toEqual([]);
});

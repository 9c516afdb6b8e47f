import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { expect, expectPapers, idle, openSample, test } from './support.ts';

/** A valid Parquet file of three rows; `lie` may change its writer before the footer is written. */
function forgedMap(lie: (writer: ParquetWriter) => void): Buffer {
  const out = new ByteWriter();
  const number = (name: string) => ({ name, type: 'FLOAT' as const, repetition_type: 'REQUIRED' as const });
  const writer = new ParquetWriter({
    writer: out,
    schema: [{ name: 'root', num_children: 3 }, number('title'), number('x'), number('y')],
  });
  const data = Float32Array.of(0, 0.5, 1);
  writer.write({ columnData: ['title', 'x', 'y'].map((name) => ({ name, data })) });
  lie(writer);
  writer.finish();
  return Buffer.from(out.getBuffer());
}

const claim = (bytes: bigint): Buffer =>
  forgedMap((writer) => {
    const meta = writer.row_groups[0].columns[1].meta_data;
    if (meta) meta.total_uncompressed_size = bytes;
  });

/** Made when the test runs, so that the repository need not hold them. */
const BOMBS: readonly { readonly what: string; readonly name: string; make(): Buffer; readonly says: RegExp }[] = [
  {
    what: 'a quarter of a gigabyte packed into a few hundred kilobytes',
    name: 'bomb.csv.gz',
    make: () => gzipSync(Buffer.alloc(256e6, 'word ')),
    says: /more than a browser can hold/u,
  },
  {
    what: 'a Parquet file that claims a terabyte in a column',
    name: 'claims.parquet',
    make: () => claim(1n << 40n),
    says: /cannot be read: bytes of a column/u,
  },
  {
    what: 'a Parquet file that claims 200 times its length',
    name: 'ratio.parquet',
    make: () => claim(1_000_000_000n),
    says: /cannot be read: bytes/u,
  },
  {
    what: 'a Parquet file that claims six million rows',
    name: 'rows.parquet',
    make: () =>
      forgedMap((writer) => {
        writer.num_rows = 6_000_000n;
      }),
    says: /cannot be read: rows: expected 0…5000000/u,
  },
  {
    what: 'lists in lists, three million deep',
    name: 'deep.json',
    make: () => Buffer.alloc(3_000_000, '['),
    says: /could not be understood|No texts/u,
  },
  {
    what: 'objects in objects on one line of JSONL',
    name: 'deep.jsonl',
    make: () => Buffer.alloc(3_000_000, '{"a":'),
    says: /could not be understood|No texts/u,
  },
];

async function expectAlive(page: Page): Promise<void> {
  await idle(page);
  await expectPapers(page, 468);
  await page.getByLabel('Search titles and texts').fill('wizmap');
  await expect(page.locator('.result-title').first()).toContainText('WizMap');
}

/** Limit on the growth of a page and its workers: a line held in memory would take a gigabyte at least. */
const MAX_MB = 500;

/** Watches the resident memory of the page's process, workers included; `expectBelow` checks the largest growth. */
async function watchMemory(page: Page): Promise<{ expectBelow(mb: number): void }> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const residentMb = (): number => Math.max(...pids.map(residentOf));
  const before = residentMb();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, residentMb());
  }, 20);
  return {
    expectBelow(mb) {
      clearInterval(timer);
      console.log(`took ${Math.round(most - before)} MB on top of ${Math.round(before)}`);
      expect(most - before).toBeLessThan(mb);
    },
  };
}

/** Resident memory of a process in MB; 0 where the system does not report it, or the process has ended. */
function residentOf(pid: number): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1e6;
  } catch {
    return 0;
  }
}

async function expectRefusal(page: Page, says: RegExp, began: number): Promise<void> {
  // A file of which something else could be chosen is refused in the dialog.
  const refusal = page.locator('.notice-failure, .bench-failure');
  await expect(refusal).toContainText(says);
  console.log(`refused after ${Date.now() - began} ms`);
  expect(await refusal.textContent()).not.toContain('internal');
  const dialog = page.getByRole('dialog');
  if (await dialog.isVisible()) {
    await expect(dialog.getByRole('button', { name: 'Make the map' })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  }
  await expectAlive(page);
}

for (const { what, name, make, says } of BOMBS) {
  test(`${what}: refused in words, and the map that was there stays`, async ({ page }) => {
    const buffer = make();
    await openSample(page);
    const watch = await watchMemory(page);
    const began = Date.now();
    await page.locator('#open-files').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await expectRefusal(page, says, began);
    watch.expectBelow(MAX_MB);
  });
}

test('a line of a gigabyte: refused in words, and the map that was there stays', async ({ page }) => {
  await openSample(page);
  const watch = await watchMemory(page);
  // A file that repeats one piece takes no more memory than the piece.
  const began = Date.now();
  await page.evaluate(() => {
    const piece = new Blob([new Uint8Array(4e6).fill(97)]);
    const transfer = new DataTransfer();
    transfer.items.add(new File(Array(250).fill(piece), 'line.txt'));
    const target = document.querySelector('.map');
    for (const type of ['dragenter', 'dragover', 'drop'])
      target?.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  });
  await expectRefusal(page, /\S/u, began);
  watch.expectBelow(MAX_MB);
});

test('a column called __proto__ is a column', async ({ page }) => {
  await openSample(page);
  const rows = Array.from(
    { length: 4 },
    (_, i) => `{"title":"T ${i}","text":"About ${i}","__proto__":"kind ${i % 2}"}`,
  );
  await page
    .locator('#open-files')
    .setInputFiles({ name: 'p.jsonl', mimeType: 'text/plain', buffer: Buffer.from(rows.join('\n')) });
  await expect(page.getByRole('heading', { name: /^4 \S+ found$/u })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(Object.prototype))).toEqual([]);
});

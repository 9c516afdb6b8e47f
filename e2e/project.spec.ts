import { expect, type Page, test } from '@playwright/test';
import { openDoor } from './parity/open-door.ts';
import type { ParityDoor, ProjectOrder, ProjectReport } from './parity/parity.ts';

function project(page: Page, order: Partial<ProjectOrder>): Promise<ProjectReport> {
  return page.evaluate((given) => (window as unknown as { parityDoor: ParityDoor }).parityDoor.project(given), {
    rows: 6000,
    cols: 96,
    threads: null,
    epochs: 20,
    cancelMs: null,
    ...order,
  });
}

test('the search for neighbours by one, two and four threads gives the same bytes', async ({ page }) => {
  const started: string[] = [];
  page.on('request', (request) => started.push(request.url()));
  await openDoor(page);
  for (const rows of [2000, 6000]) {
    const alone = await project(page, { rows, threads: 1 });
    expect(alone.threads).toBe(1);
    expect(alone.positions.every(Number.isFinite)).toBe(true);
    for (const threads of [2, 4]) {
      const { neighborMs, ...report } = await project(page, { rows, threads });
      console.log(
        `${rows} rows, ${threads} threads: ${neighborMs.toFixed(0)} ms, one ${alone.neighborMs.toFixed(0)} ms`,
      );
      expect(report.threads).toBe(threads);
      expect(report.neighbors).toEqual(alone.neighbors);
      expect(report.positions).toEqual(alone.positions);
    }
  }
});

test('it uses the threads that are there by itself, and cancels at once', async ({ page }) => {
  await openDoor(page);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  expect((await project(page, {})).threads).toBe(Math.min(4, cores));
  expect((await project(page, { rows: 300 })).threads).toBe(1);
  const { cancelledMs } = await project(page, { rows: 20_000, threads: 3, cancelMs: 400 });
  expect(cancelledMs).not.toBeNull();
  expect(cancelledMs).toBeLessThan(200);
});

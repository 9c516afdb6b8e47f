import type { Page } from '@playwright/test';
import {
  expect,
  idle,
  makeMap,
  openEmpty,
  paperLines,
  seedTitles,
  startMap,
  TITLES_WITH_VECTORS,
  test,
} from './support.ts';

/** Titles alone: little to embed, but enough for a layout that takes a while. */
const TITLES = { name: 'titles.txt', text: seedTitles().split('\n').slice(0, 120).join('\n') };

/** Which workers to end and when: at this stage of the run's panel, at this per cent. */
interface Loss {
  readonly kinds: readonly string[];
  readonly stage: string;
  readonly percent: number;
}

/**
 * Records every worker that the page starts, and ends those of `losses` in time. To the page, such a worker died with
 * an error.
 */
function watchWorkers(losses: readonly Loss[]): void {
  const alive: { kind: string; worker: Worker }[] = [];
  const started: string[] = [];
  const lost: string[] = [];
  const Original = Worker;
  window.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      const kind = /([\w-]+)\.worker/u.exec(String(url))?.[1] ?? '';
      alive.push({ kind, worker: this });
      started.push(kind);
    }
  };
  const due = [...losses];
  const look = (): void => {
    const job = document.querySelector<HTMLElement>('.job');
    const next = due[0];
    if (!job || !next || job.dataset.stage !== next.stage) return;
    const width = job.querySelector<HTMLElement>('.bar-fill:not(.bar-unknown)')?.style.width ?? '';
    if (next.percent > 0 && !(Number.parseFloat(width) >= next.percent)) return;
    due.shift();
    for (const { kind, worker } of alive.splice(0)) {
      if (!next.kinds.includes(kind)) {
        alive.push({ kind, worker });
        continue;
      }
      lost.push(kind);
      worker.terminate();
      worker.dispatchEvent(new ErrorEvent('error', { message: 'killed by the test' }));
    }
  };
  document.addEventListener('DOMContentLoaded', () => {
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  Object.assign(window, { portolanLost: lost, portolanStarted: started });
}

const listOf = (page: Page, name: 'portolanLost' | 'portolanStarted'): Promise<string[]> =>
  page.evaluate((key) => (window as unknown as Record<string, string[]>)[key], name);

/** The whole map: papers with places, neighbours and topics. */
async function run(page: Page, losses: readonly Loss[]): Promise<string[]> {
  await page.addInitScript(watchWorkers, losses);
  await openEmpty(page);
  await makeMap(page, [TITLES]);
  await expect(page.locator('.notice-failure')).toHaveCount(0);
  return paperLines(page);
}

const LOSSES: Readonly<Record<string, readonly Loss[]>> = {
  'at 30 % of the embedding, all that are at work': [
    { kinds: ['encode', 'lexical', 'project'], stage: 'encoding', percent: 30 },
  ],
  'at 60 % of the embedding, and once more while laying out': [
    { kinds: ['encode', 'project'], stage: 'encoding', percent: 60 },
    { kinds: ['encode'], stage: 'finding neighbours', percent: 0 },
  ],
  'at 90 % of the run: the layout, then the topics': [
    { kinds: ['project'], stage: 'laying out', percent: 0 },
    { kinds: ['analysis'], stage: 'naming topics', percent: 0 },
  ],
};

let undisturbed: string[] = [];

for (const [when, losses] of Object.entries(LOSSES)) {
  test(`workers that are lost ${when} change nothing in the map`, async ({ page, browser }) => {
    test.slow();
    if (undisturbed.length === 0) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      undisturbed = await run(await context.newPage(), []);
      await context.close();
    }
    const disturbed = await run(page, losses);
    const lost = await listOf(page, 'portolanLost');
    for (const { kinds } of losses) expect(lost).toEqual(expect.arrayContaining([...kinds]));
    expect(disturbed).toEqual(undisturbed);
  });
}

test('a layout worker that is lost twice ends the run in words, and the page is free', async ({ page }) => {
  const loss: Loss = { kinds: ['project'], stage: 'laying out', percent: 0 };
  await page.addInitScript(watchWorkers, [loss, loss]);
  await openEmpty(page);
  await startMap(page, [TITLES_WITH_VECTORS]);
  await expect(page.locator('.notice-failure')).toContainText('A background worker stopped', { timeout: 90_000 });
  await idle(page);
  expect((await listOf(page, 'portolanLost')).filter((kind) => kind === 'project')).toHaveLength(2);
});

import type { Locator, Page } from '@playwright/test';
import {
  expect,
  expectNoOverflow,
  mapMade,
  openEmpty,
  openMapFile,
  openSample,
  saveMap,
  seedTitles,
  startMap,
  test,
  violationsOf,
} from './support.ts';

interface Box {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const labels = (page: Page): Locator => page.locator('.topic-label');
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Topic' });

/** The boxes of the names, after `pictures` more pictures have been drawn. */
function boxesOf(page: Page, pictures = 0): Promise<Box[]> {
  return page.evaluate(async (count) => {
    for (let i = 0; i < count; i++) await new Promise(requestAnimationFrame);
    return Array.from(document.querySelectorAll<HTMLElement>('.topic-label'), (element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { id: element.dataset.topic ?? '', left, top, right, bottom };
    });
  }, pictures);
}

function overlapping(boxes: readonly Box[]): string[] {
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.id} and ${b.id}`),
  );
}

async function openWithTopics(page: Page): Promise<void> {
  await openSample(page);
  await expect(labels(page).first()).toBeVisible();
}

test('names the regions of the map: no two names alike, none over another', async ({ page }) => {
  await openWithTopics(page);
  const boxes = await boxesOf(page);
  // Every top-level topic has its name on the whole map.
  expect(boxes).toHaveLength(await page.locator('[role="treeitem"][aria-level="1"]').count());
  expect(boxes.length).toBeGreaterThanOrEqual(6);
  expect(boxes.length).toBeLessThanOrEqual(20);
  expect(overlapping(boxes)).toEqual([]);
  const names = await labels(page).allTextContents();
  expect(new Set(names).size).toBe(names.length);
});

test('in 200 steps of zoom no names overlap, and none that left comes back', async ({ page }) => {
  // 200 pictures, each awaited: half a second for each where other processes need the processor too.
  test.slow();
  await openWithTopics(page);
  await page.mouse.move(800, 400);
  const gone = new Set<string>();
  let before: string[] = [];
  const seen = new Set<string>();
  for (let step = 0; step < 200; step++) {
    await page.mouse.wheel(0, -8);
    const boxes = await boxesOf(page, 2);
    const ids = boxes.map(({ id }) => id);
    expect(overlapping(boxes), `step ${step}`).toEqual([]);
    for (const id of before) if (!ids.includes(id)) gone.add(id);
    expect(
      ids.filter((id) => gone.has(id)),
      `came back in step ${step}`,
    ).toEqual([]);
    for (const id of ids) seen.add(id);
    before = ids;
  }
  expect(seen.size).toBeGreaterThan(11);
});

test('a click on a name opens its topic: size, reasons, papers, parts', async ({ page }) => {
  await openWithTopics(page);
  const label = labels(page).first();
  const id = await label.getAttribute('data-topic');
  await label.click();
  await expect(panel(page).locator('.meta').nth(1)).toContainText(/\d+ papers, \d+ % of the map/u);
  await expect(panel(page).getByRole('region', { name: 'Why this name' }).locator('tbody tr')).not.toHaveCount(0);
  await expect(panel(page).getByRole('region', { name: 'Papers that stand for it' }).locator('li')).toHaveCount(3);
  await expect(page.locator(`[role=treeitem][data-topic="${id}"]`)).toHaveAttribute('aria-selected', 'true');
  expect(await violationsOf(page)).toEqual([]);
  await panel(page).getByRole('region', { name: 'Papers that stand for it' }).getByRole('button').first().click();
  await expect(page.getByRole('complementary', { name: 'Paper' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
});

test('the tree of topics is walked in by keys', async ({ page }) => {
  await openWithTopics(page);
  const items = page.getByRole('treeitem');
  const tops = await items.count();
  await items.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(items.first()).toHaveAttribute('aria-expanded', 'true');
  expect(await items.count()).toBeGreaterThan(tops + 1);
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toBeFocused();
  await expect(items.nth(1)).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('Enter');
  await expect(panel(page).locator('.panel-head')).toContainText('Part of');
  await items.nth(1).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(items).toHaveCount(tops);
});

test('topics are renamed, merged and hidden; all of it is undone, and kept in the map file', async ({ page }, info) => {
  await openWithTopics(page);
  const items = page.getByRole('treeitem');
  const tops = await items.count();
  await items.first().click();
  const found = (await panel(page).getByRole('heading', { level: 2 }).textContent()) ?? '';
  await panel(page).getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name of the topic').fill('Terra incognita');
  await page.keyboard.press('Enter');
  await expect(items.first()).toContainText('Terra incognita');
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  await expect(labels(page).filter({ hasText: 'Terra incognita' })).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(items.first()).toContainText(found);
  await page.keyboard.press('Control+Shift+z');
  await expect(items.first()).toContainText('Terra incognita');

  await panel(page).getByRole('button', { name: 'Hide name' }).click();
  await expect(labels(page).filter({ hasText: 'Terra incognita' })).toHaveCount(0);
  await panel(page).getByRole('button', { name: 'Show name' }).click();
  await expect(labels(page).filter({ hasText: 'Terra incognita' })).toHaveCount(1);

  await items.nth(1).click();
  await panel(page).getByRole('button', { name: 'Merge…' }).click();
  await page.getByRole('menuitem', { name: 'Terra incognita' }).click();
  await expect(items).toHaveCount(tops - 1);
  await expect(panel(page).getByRole('heading', { level: 2 })).toHaveText('Terra incognita');

  const file = await saveMap(page, info.outputPath('kept.parquet'));
  await page.keyboard.press('Control+z');
  await expect(items).toHaveCount(tops);
  await openMapFile(page, file);
  await expect(items).toHaveCount(tops - 1);
  await expect(items.first()).toContainText('Terra incognita');
});

test('empty ground is called by its topic, and hits are counted by topic', async ({ page }) => {
  await openWithTopics(page);
  const [{ left, right, bottom }] = await boxesOf(page);
  await expect(async () => {
    // Somewhere around a name there is a place without a paper.
    for (let dx = -60; dx <= 60; dx += 12) {
      await page.mouse.move((left + right) / 2 + dx, bottom + 20 + Math.abs(dx) / 3);
      if (await page.locator('.ground-tip').isVisible()) break;
    }
    await expect(page.locator('.ground-tip')).toContainText(/\d papers/u, { timeout: 500 });
  }).toPass();
  await page.getByLabel('Search titles and texts').fill('diffusion');
  await expect(page.locator('.result').first()).toBeVisible();
  await page.locator('.card-head').click();
  await expect(page.locator('[role=treeitem] .legend-count').first()).toContainText(/^\d+ of \d+$/u);
});

test('on a phone there are fewer names, and a topic opens as a sheet', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openWithTopics(page);
  const boxes = await boxesOf(page);
  expect(boxes.length).toBeLessThanOrEqual(7);
  expect(overlapping(boxes)).toEqual([]);
  await labels(page).first().click();
  await expect(panel(page)).toBeVisible();
  await expectNoOverflow(page);
});

test('a name that was given follows its papers into a map made again, and can be taken back', async ({ page }) => {
  test.slow();
  await openEmpty(page);
  await startMap(page, [{ name: 'titles.txt', text: seedTitles().split('\n').slice(0, 90).join('\n') }]);
  await mapMade(page);
  const first = page.getByRole('treeitem').first();
  await first.click();
  await panel(page).getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name of the topic').fill('Terra incognita');
  await page.keyboard.press('Enter');
  await expect(first).toContainText('Terra incognita');

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Embed these \S+ again/u }).click();
  await mapMade(page, 2);
  const named = page.getByRole('treeitem').filter({ hasText: 'Terra incognita' });
  await expect(named).toHaveCount(1);
  const notice = page.locator('.notice').filter({ hasText: '1 of 1 change of topics carried over' });
  await expect(notice).toContainText('Kept: the name “Terra incognita”.');
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect(named).toHaveCount(0);
});

test('shows fewer or more topics, and one as its parts, with undo', async ({ page }) => {
  await openWithTopics(page);
  const tops = page.locator('[role="treeitem"][aria-level="1"]');
  const before = await tops.count();
  const slider = page.getByRole('slider', { name: 'Fewer or more topics' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(async () => expect(await tops.count()).toBeGreaterThan(before)).toPass();
  await page.keyboard.press('End');
  await expect(page.locator('[role="treeitem"][aria-expanded]')).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(tops).toHaveCount(before);
  const parted = page.locator('[role="treeitem"][aria-level="1"][aria-expanded]').first();
  const name = (await parted.locator('.legend-label').textContent()) ?? '';
  await parted.click();
  await panel(page).getByRole('button', { name: 'Split' }).click();
  await expect(async () => expect(await tops.count()).toBeGreaterThan(before)).toPass();
  expect(await tops.locator('.legend-label').allTextContents()).not.toContain(name);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tops).toHaveCount(before);
});

test('keeps a word out of all names, and lets it in again', async ({ page }) => {
  await openWithTopics(page);
  await page.locator('[role="treeitem"][aria-level="1"]').first().click();
  const heading = panel(page).getByRole('heading', { level: 2 });
  const name = (await heading.textContent()) ?? '';
  const [first] = name.split(' · ');
  await panel(page)
    .getByRole('button', { name: `Never use “${first}” in a name` })
    .click();
  await expect(heading).not.toContainText(first);
  await expect(page.getByText('In no name:')).toBeVisible();
  await page.getByRole('button', { name: 'Let it into names again' }).click();
  await expect(heading).toHaveText(name);
});

test('takes papers off the map and puts them back', async ({ page }) => {
  await openWithTopics(page);
  const tree = page.getByRole('tree', { name: 'Topics' });
  const top = page.locator('[role="treeitem"][aria-level="1"]').first();
  const name = (await top.locator('.legend-label').textContent()) ?? '';
  const size = Number(await top.locator('.legend-count').textContent());
  await top.click();
  await panel(page).getByRole('button', { name: 'Remove' }).click();
  await expect(page.locator('.card-count')).toContainText(String(468 - size));
  await expect(tree).not.toContainText(name);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.card-count')).toContainText('468');
  await expect(tree).toContainText(name);
});

import { expect, test } from '@playwright/test';
import { type Element, hostPage, labForEach, openHost, withMap } from './frame-lab.ts';

const lab = labForEach();

test('topics: names that give way to finer ones, a list, the ground; the host is told, and chooses itself', async ({
  page,
}) => {
  lab().files['index.html'] = hostPage(
    lab(),
    `<portolan-map src="${lab().site.url}data/sample.parquet" height="420" gestures="greedy" style="display:block;width:700px"></portolan-map>`,
  );
  const frame = await openHost(lab(), page);
  const labels = frame.locator('.topic-label');
  await expect.poll(() => labels.count()).toBeGreaterThan(3);
  expect(await frame.locator('.topic-label:not(.topic-label-0)').count()).toBe(0);
  const topics = await withMap(page, (map) => map.getTopics());
  const tops = topics.filter(({ parent }) => parent < 0);
  expect(topics.length).toBeGreaterThan(tops.length);

  // The list is one stop of the Tab key; arrows move within it.
  await frame.locator('summary').click();
  const list = frame.getByRole('list', { name: 'Topics' });
  await expect(list.locator('li')).toHaveCount(tops.length);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await withMap(page, (map) => {
    (map as unknown as HTMLElement).addEventListener('portolan-topic', (event) => {
      document.title = `topic ${(event as CustomEvent<number>).detail}`;
    });
    return Promise.resolve(null);
  });
  await page.keyboard.press('Enter');
  const chosen = list.locator('button[aria-pressed="true"]');
  await expect(chosen).toBeFocused();
  const id = Number(await chosen.getAttribute('data-topic'));
  await expect(page).toHaveTitle(`topic ${id}`);
  const topic = topics.find((other) => other.id === id);
  await expect(frame.locator('.count')).toHaveText(`${topic?.name}: ${topic?.size} of 468 papers`);
  // The view has moved to the topic and shows finer names.
  await expect.poll(() => frame.locator('.topic-label:not(.topic-label-0)').count()).toBeGreaterThan(0);
  await frame.locator('summary').click();
  expect((await withMap(page, (map) => map.getState())).topic).toBe(id);

  await withMap(page, (map) => map.select({ topic: -1 }));
  await withMap(page, (map) => map.setView(null));
  await expect(frame.locator('.count')).toBeEmpty();
  await expect(frame.locator('.topic-label:not(.topic-label-0)')).toHaveCount(0);
  await labels.first().hover();
  const name = await labels.first().getAttribute('aria-label');
  await labels.first().click();
  await expect(frame.locator('.count')).toContainText(String(/, (\d+) papers$/u.exec(name ?? '')?.[1]));

  // The host filters by topic: papers left out are neither coloured nor found.
  const all = await withMap(page, (map) => map.search('model').then(({ total }) => total));
  await page.evaluate(
    (only) => (document.querySelector('portolan-map') as unknown as Element).filter({ topics: [only] }),
    tops[0].id,
  );
  await expect(frame.locator('.count')).toContainText(`of ${tops[0].size} of 468 papers match`);
  const some = await withMap(page, (map) => map.search('model ').then(({ total }) => total));
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  for (const wrong of ['select', 'filter'] as const) {
    const code = await page.evaluate((method) => {
      const map = document.querySelector('portolan-map') as unknown as Element;
      const asked = method === 'select' ? map.select({ topic: 9999 }) : map.filter({ topics: [9999] });
      return asked.catch((error: { code: string }) => error.code);
    }, wrong);
    expect(code).toBe('bad-call');
  }

  // Another column has another legend.
  await withMap(page, (map) => map.filter(null));
  await withMap(page, (map) => map.search(''));
  await withMap(page, (map) => map.setColor('year'));
  await frame.locator('summary').click();
  await expect(frame.getByRole('list', { name: 'Colours' }).locator('li').last()).toContainText('no value');
  await expect(frame.getByLabel('Colour by')).toHaveValue('year');
  expect(await withMap(page, (map) => map.setColor('price').catch((error) => error.code))).toBe('bad-call');
  expect((await withMap(page, (map) => map.getState())).color).toBe('year');
});

test('empty ground says whose it is', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 500 });
  await page.goto(`${lab().site.url}frame.html#map=data/sample.parquet`);
  await expect.poll(() => page.locator('.topic-label').count()).toBeGreaterThan(3);
  const card = page.locator('.card strong');
  const names = (await page.locator('.topic-label').allTextContents()).length;
  expect(names).toBeGreaterThan(3);
  // Somewhere on its way across the map the pointer is beside a paper.
  await expect(async () => {
    for (let x = 200; x < 700; x += 9) {
      await page.mouse.move(x, 260);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      if ((await page.locator('.topic-label.near').count()) === 1 && (await card.isVisible())) return;
    }
    throw new Error('no ground was named');
  }).toPass();
  await expect(page.locator('.card')).toContainText(/ \d+ papers$/u);
  const near = await page.locator('.topic-label.near').getAttribute('aria-label');
  expect(near).toBe((await page.locator('.card').textContent())?.replace(/ (\d+ papers)$/u, ', $1'));
});

import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PARITY_DIST } from '../global-setup.ts';
import { site } from '../support.ts';

/** Opens the page of parity.ts beside the site, and waits until its interface is ready. */
export async function openDoor(page: Page): Promise<void> {
  // The page's own script and worker come from its build; models and runtime from the site itself.
  const contentTypes: Record<string, string> = { html: 'text/html', js: 'text/javascript' };
  await page.context().route('**/{parity.html,assets/**}', (route) => {
    const path = new URL(route.request().url()).pathname.replace('/parity.html', '/index.html');
    const contentType = contentTypes[path.split('.').pop() ?? ''] ?? 'application/octet-stream';
    return route.fulfill({ path: join(PARITY_DIST, path), contentType });
  });
  await page.goto(`${site()}parity.html`);
  await page.waitForFunction(() => 'parityDoor' in window);
}

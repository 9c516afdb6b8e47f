import { expect, type Frame, type Page, test } from '@playwright/test';
import { type SmallServer, serveFiles } from './servers.ts';

/** The element's methods, as a test calls them in the host page. */
export interface Element {
  search(query: string): Promise<{ total: number; indices: number[] }>;
  select(what: number | { topic: number }): Promise<null>;
  filter(filter: { topics: number[] } | null): Promise<null>;
  setColor(color: string | number): Promise<null>;
  getTopics(): Promise<{ id: number; parent: number; name: string; size: number; color: string }[]>;
  setView(view: { x: number; y: number; zoom: number } | null): Promise<null>;
  getState(): Promise<{
    papers: number;
    query: string;
    selected: number;
    topic: number;
    color: string;
    view: { zoom: number } | null;
  }>;
  getPapers(from: number, count: number): Promise<{ title: string }[]>;
  export(format: string): Promise<Blob>;
  load(what: unknown): Promise<unknown>;
  destroy(): Promise<void>;
}

/** The site, and a page of another origin that embeds its frame as any documentation might. */
export interface FrameLab {
  readonly site: SmallServer;
  readonly host: SmallServer;
  /** What the other origin serves, by path. */
  readonly files: Record<string, string>;
}

/** Serves both anew for each test of the calling file; the function returned gives them within a test. */
export function labForEach(): () => FrameLab {
  let lab: FrameLab | null = null;
  const current = (): FrameLab => {
    if (!lab) throw new Error('there is no lab outside of a test');
    return lab;
  };
  test.beforeEach(async () => {
    const site = await serveFiles({ base: '/portolan/' });
    const files: Record<string, string> = {};
    lab = { site, host: await serveFiles({ files }), files };
    files['index.html'] = hostPage(
      lab,
      `<portolan-map src="${site.url}data/sample.parquet" height="420"></portolan-map>`,
    );
  });
  test.afterEach(async () => {
    await current().site.close();
    await current().host.close();
  });
  return current;
}

/** `127.0.0.1` and `localhost` are different sites: as in most browsers, the frame's storage is then blocked. */
export function otherSite(url: string): string {
  return url.replace('127.0.0.1', 'localhost');
}

export function hostPage({ site }: FrameLab, body: string): string {
  return `<!doctype html><meta charset="utf-8"><script src="${site.url}portolan.js"></script>
    <div style="height:300px">Above</div>${body}<div style="height:2000px">Below</div>`;
}

export async function openHost({ host }: FrameLab, page: Page): Promise<Frame> {
  await page.goto(otherSite(host.url));
  const frame = page.frames()[1] ?? (await page.waitForEvent('frameattached'));
  await expect(frame.locator('html')).toHaveAttribute('data-papers', '468');
  return frame;
}

/** Runs `act` in the host page with its first map. */
export function withMap<Result>(page: Page, act: (map: Element) => Promise<Result>): Promise<Result> {
  return page.evaluate(`(${String(act)})(document.querySelector('portolan-map'))`) as Promise<Result>;
}

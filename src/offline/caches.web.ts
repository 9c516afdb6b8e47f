/** A file that the build knows: path relative to the site's folder, SHA-256 in hex, length. */
export interface SiteFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A message from the page to the service worker. */
export type ToServiceWorker = { readonly type: 'take-over' };

/**
 * Names of this site's caches. All sites of one origin share their caches (such as all project pages of one account on
 * a public host), so names include the folder.
 * @param scope the site's folder as a URL
 */
export function cacheNames(scope: string): {
  shell(build: string): string;
  shellPrefix: string;
  heavy: string;
  maps: string;
  shared: string;
} {
  const site = `portolan ${new URL(scope).pathname}`;
  return {
    shell: (build) => `${site} shell ${build}`,
    shellPrefix: `${site} shell `,
    heavy: `${site} heavy`,
    maps: `${site} maps`,
    shared: `${site} shared`,
  };
}

/** The cache key of a heavy file. It includes the hash, so another build's file of the same name has its own entry. */
export function heavyKey(scope: string, { path, sha256 }: SiteFile): string {
  return `${new URL(path, scope).href}?sha256=${sha256}`;
}

/**
 * The path of `url` within `scope`, without query and hash, and `index.html` for the folder itself; null if outside.
 */
export function pathWithin(scope: string, url: string): string | null {
  const { origin, pathname } = new URL(url);
  const folder = new URL(scope);
  if (origin !== folder.origin || !pathname.startsWith(folder.pathname)) return null;
  return pathname.slice(folder.pathname.length) || 'index.html';
}

/** The `integrity` of a request, by which the browser rejects any other body: the hash in base64. */
export function integrityOf(sha256: string): string {
  const bytes = sha256.match(/../gu) ?? [];
  return `sha256-${btoa(String.fromCharCode(...bytes.map((pair) => Number.parseInt(pair, 16))))}`;
}

/** Keeps files for the next page: from another app (by the service worker), or from this page before a reload. */
export async function handOver(scope: string, files: readonly File[]): Promise<void> {
  const shared = await caches.open(cacheNames(scope).shared);
  await Promise.all(
    files.map((file, i) => shared.put(`${scope}shared/${i}/${encodeURIComponent(file.name)}`, new Response(file))),
  );
}

/** Removes and returns the files kept for this page by {@link handOver}; [] when there are none. */
export async function takeHandedOver(scope: string): Promise<File[]> {
  const shared = await caches.open(cacheNames(scope).shared);
  const files: File[] = [];
  for (const request of await shared.keys()) {
    const response = await shared.match(request);
    const name = decodeURIComponent(request.url.split('/').at(-1) ?? 'shared');
    if (response) files.push(new File([await response.blob()], name));
    await shared.delete(request);
  }
  return files;
}

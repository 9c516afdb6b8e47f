/** A file that the build knows: path relative to the site's folder, SHA-256 in hex, length. */
export interface SiteFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What the page says to the service worker. */
export type ToServiceWorker = { readonly type: 'take-over' };

/**
 * Names of this site's caches. All sites of one origin share their caches (every project page of one account on a
 * public host), so the folder is part of the name.
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

/** Where a heavy file is kept: with its hash, so that another build's file of the same name is another entry. */
export function heavyKey(scope: string, { path, sha256 }: SiteFile): string {
  return `${new URL(path, scope).href}?sha256=${sha256}`;
}

/**
 * The path of `url` within `scope`, without query and hash, `index.html` for the folder itself; null for what is
 * outside of it.
 */
export function pathWithin(scope: string, url: string): string | null {
  const { origin, pathname } = new URL(url);
  const folder = new URL(scope);
  if (origin !== folder.origin || !pathname.startsWith(folder.pathname)) return null;
  return pathname.slice(folder.pathname.length) || 'index.html';
}

/** The value for a request's `integrity`, which makes the browser itself refuse any other body: base64 of the hash. */
export function integrityOf(sha256: string): string {
  const bytes = sha256.match(/../gu) ?? [];
  return `sha256-${btoa(String.fromCharCode(...bytes.map((pair) => Number.parseInt(pair, 16))))}`;
}

/** Files for the page that opens next: from another app, by the service worker, or from this page before a reload. */
export async function handOver(scope: string, files: readonly File[]): Promise<void> {
  const shared = await caches.open(cacheNames(scope).shared);
  await Promise.all(
    files.map((file, i) => shared.put(`${scope}shared/${i}/${encodeURIComponent(file.name)}`, new Response(file))),
  );
}

/** Takes the files out of the cache that were handed over to this page; [] when there is none. */
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

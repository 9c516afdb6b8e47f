import { cacheNames } from './caches.web.ts';

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

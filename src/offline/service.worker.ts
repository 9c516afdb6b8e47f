import { cacheNames, handOver, heavyKey, integrityOf, pathWithin, type ToServiceWorker } from './caches.web.ts';
import { PAGES, pageHeaders } from './policy.ts';

declare const self: ServiceWorkerGlobalScope;

const scope = self.registration.scope;
const names = cacheNames(scope);
const shellName = names.shell(BUILD_HASH);

/** Caches the build's files. Copies those with a hash in their name from the last build's cache if they are there. */
async function fillShell(): Promise<void> {
  const shell = await caches.open(shellName);
  await Promise.all(
    SHELL_FILES.map(async ({ path, sha256 }) => {
      const url = new URL(path, scope).href;
      const isHashed = path.startsWith('assets/');
      const kept = isHashed ? await caches.match(url) : undefined;
      // Any other body than the build's (such as an HTML page for a missing file) fails the installation.
      const request = new Request(url, { integrity: integrityOf(sha256), cache: isHashed ? 'default' : 'no-cache' });
      const response = kept ?? (await fetch(request));
      if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
      await shell.put(url, response);
    }),
  );
}

async function dropOldShells(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(names.shellPrefix) && name !== shellName) await caches.delete(name);
  }
}

async function answer(request: Request, path: string, clientId: string): Promise<Response> {
  if (path.endsWith('.parquet') && !SHELL_FILES.some((file) => file.path === path)) return mapFile(request, path);
  const url = new URL(path, scope).href;
  const heavy = HEAVY_FILES.find((file) => file.path === path);
  const found = heavy
    ? await caches.match(heavyKey(scope, heavy), { cacheName: names.heavy })
    : await caches.match(url, { cacheName: shellName });
  const response = found ?? (await fetch(request));
  const page = await pageOf(request, path, clientId);
  return page === null ? response : withHeaders(response, pageHeaders(page));
}

/** Map files beside the page may change under the same name: fetches from the server, else uses the last copy. */
async function mapFile(request: Request, path: string): Promise<Response> {
  const url = new URL(path, scope).href;
  const kept = await caches.open(names.maps);
  try {
    const response = await fetch(request);
    if (response.status === 200 && !response.headers.get('content-type')?.startsWith('text/html')) {
      await kept.put(url, response.clone()).catch(() => undefined); // A full disk is ignored.
    }
    return response;
  } catch (error) {
    const copy = await kept.match(url);
    if (copy) return copy;
    throw error;
  }
}

/** The page whose policy a response gets: a page its own, a worker's script that of the page that starts it. */
async function pageOf(request: Request, path: string, clientId: string): Promise<string | null> {
  if (request.mode === 'navigate') return PAGES.includes(path) ? path : null;
  if (!request.destination.endsWith('worker')) return null;
  const starter = await self.clients.get(clientId);
  const page = starter ? pathWithin(scope, starter.url) : null;
  return page !== null && PAGES.includes(page) ? page : 'index.html';
}

function withHeaders(response: Response, added: Readonly<Record<string, string>>): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/** Keeps files shared by another app until the next page takes them. */
async function receiveShare(request: Request): Promise<Response> {
  const form = await request.formData();
  const texts = ['title', 'text', 'url'].map((field) => form.get(field)).filter((value) => typeof value === 'string');
  const files = form.getAll('files').filter((value) => value instanceof File);
  const pasted = texts.filter((text) => text !== '').join('\n');
  if (pasted !== '') files.push(new File([pasted], 'shared text.txt'));
  await handOver(scope, files);
  return Response.redirect(new URL('./#shared', scope), 303);
}

self.addEventListener('install', (event) => event.waitUntil(fillShell()));
self.addEventListener('activate', (event) =>
  // On the first visit nobody is disturbed, and the page gets the policy's headers at once.
  event.waitUntil(dropOldShells().then(() => self.clients.claim())),
);
self.addEventListener('message', (event) => {
  if ((event.data as ToServiceWorker | null)?.type === 'take-over') void self.skipWaiting(); // Only the page posts here.
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const path = pathWithin(scope, request.url);
  if (path === null) return;
  if (request.method === 'POST' && path === 'share') event.respondWith(receiveShare(request));
  if (request.method === 'GET' && !request.headers.has('range')) {
    event.respondWith(answer(request, path, event.clientId));
  }
});

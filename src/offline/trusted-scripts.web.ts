/** The part of the Trusted Types API that is used here; the compiler's DOM types do not have it yet. */
interface TrustedTypes {
  createPolicy(name: 'default', rules: { createScriptURL(url: string, type: string, sink: string): string }): unknown;
}

/**
 * From now on a string may become a script's URL only if it names a file below `folder` (a URL that ends in `/`), and
 * never becomes HTML or code (the page's policy requires this, see policy.ts). Must run before the first worker starts,
 * and also in a worker that starts another: it inherits the policy with the blob, but not this setup.
 *
 * A worker started from a file takes its policy from that file's response, and a plain file server sends none; one
 * started from a blob inherits the page's. So a worker's URL is replaced by a blob that imports it: the worker then has
 * the page's restrictions from the first visit on, before a service worker adds headers. Browsers without Trusted Types
 * (2026: the older half of Safari and Firefox) start it from the file and rely on the headers.
 */
export function installTrustedScripts(folder: string): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }; // Missing in older browsers.
  const blobs = new Map<string, string>();
  trustedTypes?.createPolicy('default', {
    createScriptURL(url, _type, sink) {
      const { href } = new URL(url, folder);
      if (!href.startsWith(folder)) throw new TypeError(`${href} is no script of this page`);
      if (!sink.startsWith('Worker')) return href;
      const blob = blobs.get(href) ?? importingBlob(href);
      blobs.set(href, blob);
      return blob;
    },
  });
}

/**
 * Uses `import()`, because a static `import` bypasses a service worker in Firefox (seen in 153) and fails when the
 * server is gone. Messages posted before the module listens would be lost, so they are held and then dispatched as
 * copies (Chromium does not dispatch a message twice). A missing module becomes the worker's error.
 */
function importingBlob(href: string): string {
  const code = `
    const early = [];
    const keep = (event) => { event.stopImmediatePropagation(); early.push(event); };
    addEventListener('message', keep);
    import(${JSON.stringify(href)}).then(() => {
      removeEventListener('message', keep);
      for (const { data, ports } of early) dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
    }, reportError);`;
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}

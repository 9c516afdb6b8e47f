/**
 * Which sites a page may contact: only its own; a hub of models too; or, for the frame, which takes no files, any HTTPS
 * site that serves a map.
 */
export type Reach = 'own' | 'hub' | 'maps';

/** The origins of hub models: the hub itself redirects to the others. */
const HUB = 'https://huggingface.co https://*.huggingface.co https://*.hf.co';

/**
 * The two rules that react-aria adds as style elements (touch-action of pressable elements, overscroll while a menu is
 * open), by the SHA-256 of their text. If a new version changes them, end-to-end tests fail.
 */
const LIBRARY_STYLES =
  "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='";

const CONNECT: Readonly<Record<Reach, string>> = {
  own: "'self'",
  hub: `'self' ${HUB}`,
  maps: "'self' https:",
};

/**
 * The Content Security Policy of a page and of its workers. Forbids code from text (`wasm-unsafe-eval` only compiles
 * WebAssembly), style attributes, plugins and forms; allows requests only by {@link CONNECT}. `blob:` under worker-src
 * is for trusted-scripts.web.ts; pictures are made in the page itself.
 */
export function pagePolicy(reach: Reach): string {
  const isFrame = reach === 'maps';
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    isFrame ? "worker-src 'none'" : "worker-src 'self' blob:",
    isFrame ? "style-src 'self'" : `style-src 'self' ${LIBRARY_STYLES}`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src ${CONNECT[reach]}`,
    // The preview of an embedded map.
    ...(isFrame ? [] : ["frame-src 'self'"]),
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    isFrame ? "trusted-types 'none'" : 'trusted-types default',
  ].join('; ');
}

/** The pages of the app itself. */
export const APP_PAGES: readonly string[] = ['index.html', 'hub.html'];

/** All pages with a policy from this module. */
export const PAGES: readonly string[] = [...APP_PAGES, 'frame.html'];

/** The reach of the page at `path` (relative to the site's folder, without query), by its file name. */
export function reachOf(path: string): Reach {
  if (path === 'hub.html') return 'hub';
  return path === 'frame.html' ? 'maps' : 'own';
}

/**
 * Headers that the service worker adds to a document. `frame-ancestors` works only in a header: only the page made for
 * it may be framed by other sites.
 */
export function pageHeaders(path: string): Readonly<Record<string, string>> {
  const reach = reachOf(path);
  const ancestors = path === 'frame.html' ? '' : "; frame-ancestors 'self'";
  return {
    'Content-Security-Policy': pagePolicy(reach) + ancestors,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

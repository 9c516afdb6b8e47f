/** SHA-256 over all files of the build; inserted by src/command/site-plugin.ts, as are the next two. */
declare const BUILD_HASH: string;
/** Files that the service worker caches on installation: pages, code, styles, fonts, the sample. */
declare const SHELL_FILES: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[];
/** Files that the page itself caches: the encoder and its runtime. */
declare const HEAVY_FILES: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[];
/** SHA-256 (hex) and length of each file under `models/` and `ort/`, by its path from the page; see vite.config.ts. */
declare const MODEL_FILES: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

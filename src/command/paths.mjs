import { fileURLToPath } from 'node:url';

/** The repository's root folder, absolute, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Where `vite build` puts the site. */
export const DIST = `${ROOT}dist`;

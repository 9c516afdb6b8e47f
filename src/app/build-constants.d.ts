/** The version in package.json, inserted by vite.config.ts. */
declare const PORTOLAN_VERSION: string;

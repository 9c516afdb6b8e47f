/** The version in package.json; put in by vite.config.ts. */
declare const PORTOLAN_VERSION: string;

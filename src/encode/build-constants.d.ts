/** SHA-256 of each model file that ships with the page, by `id/dtype`; put in by vite.config.ts. */
declare const MODEL_HASHES: Readonly<Record<string, string>>;

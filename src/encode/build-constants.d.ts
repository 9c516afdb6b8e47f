/** SHA-256 (hex) and length of each model file that ships with the page, by `id/dtype`; put in by vite.config.ts. */
declare const MODEL_FILES: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

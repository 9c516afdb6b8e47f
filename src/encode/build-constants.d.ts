/** SHA-256 (hex) and length of each file under `models/` and `ort/`, by its path from the page; put in by vite.config.ts. */
declare const MODEL_FILES: Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

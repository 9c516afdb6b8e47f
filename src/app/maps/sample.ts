/** The sample map, made by `npm run map` from the papers in `data/`. */
export const SAMPLE_MAP = 'data/sample.parquet';

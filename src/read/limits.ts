/** UTF-16 units in a title or text; a record over it is skipped, since nothing later could show or encode it. */
export const MAX_TEXT_LENGTH = 1_000_000;
/** UTF-16 units that are ever held for one line, CSV row or JSON record while streaming. */
export const MAX_RECORD_LENGTH = 4_000_000;
/** Records of all files together. */
export const MAX_RECORDS = 5_000_000;
/** Further columns of all files together. */
export const MAX_COLUMNS = 2000;
/** Cells of further columns kept in all: what a page can hold. */
export const MAX_CELLS = 40_000_000;
/** Levels of nested JSON: with more a parser or a printer may run out of stack. */
export const MAX_JSON_DEPTH = 64;
/** UTF-16 units of a JSON file that is no list at its top, and so cannot be read in parts. */
export const MAX_WHOLE_JSON = 512 * 1024 * 1024;
/** Bytes of one file, and bytes that a compressed one may grow to. */
export const MAX_BYTES = 2 * 1024 * 1024 * 1024;
/** Bytes of a Parquet file, which is held whole. */
export const MAX_PARQUET_BYTES = 1024 * 1024 * 1024;
/** Notes kept a file: the rest is counted in one last note. */
export const MAX_NOTES = 10_000;

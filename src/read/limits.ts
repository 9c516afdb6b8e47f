/** UTF-16 units in a title or text. A longer record is skipped, since nothing later could show or encode it. */
export const MAX_TEXT_LENGTH = 1_000_000;
/** UTF-16 units held for one line, CSV row or JSON record while streaming. */
export const MAX_RECORD_LENGTH = 4_000_000;
/** Records of all files together. */
export const MAX_RECORDS = 5_000_000;
/** Further columns of all files together. */
export const MAX_COLUMNS = 2000;
/** Cells of further columns in all: as many as a page can hold. */
export const MAX_CELLS = 40_000_000;
/** Levels of nested JSON. More may exhaust the stack of a parser or printer. */
export const MAX_JSON_DEPTH = 64;
/** UTF-16 units of a JSON file whose top is not a list, so that it cannot be read in parts. */
export const MAX_WHOLE_JSON = 512 * 1024 * 1024;
/** Bytes of one file, compressed or unpacked. */
export const MAX_BYTES = 2 * 1024 * 1024 * 1024;
/** Notes kept for each file; one last note counts the rest. */
export const MAX_NOTES = 10_000;
/** Numbers of all vectors that the papers bring: 2 GB. */
export const MAX_VECTOR_NUMBERS = 512_000_000;
/** Levels of nested XML elements. Deeper files are no records. */
export const MAX_XML_DEPTH = 256;
/** Files of one archive that are read. */
export const MAX_ARCHIVE_FILES = 10_000;
/** Bytes of all files of one archive, unpacked. */
export const MAX_ARCHIVE_BYTES = 4 * 1024 * 1024 * 1024;
/** Bytes of an array of numbers, which is held in memory whole. */
export const MAX_ARRAY_BYTES = 1024 * 1024 * 1024;

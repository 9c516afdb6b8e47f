/**
 * In place of hyparquet-compressors, half of what a frame may weigh: maps of ours are packed with Snappy, which
 * hyparquet has itself. A foreign file with another codec is refused in words.
 */
export const compressors = {};

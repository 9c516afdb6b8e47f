/**
 * Replaces hyparquet-compressors, which would take half of the frame's size limit. Portolan's maps use Snappy, which
 * hyparquet itself can read. A file with another codec is refused with a message.
 */
export const compressors = {};

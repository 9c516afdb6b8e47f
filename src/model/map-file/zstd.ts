/** Loads Zstandard's decoder (with other codecs, 190 kB); it unpacks into exactly as many bytes as it is told. */
export async function loadZstd(): Promise<(input: Uint8Array, length: number) => Uint8Array> {
  const { decompressZstd } = await import('hyparquet-compressors');
  // With a given target, it cannot allocate what the frame's own header claims.
  return (input, length) => decompressZstd(input, new Uint8Array(length));
}

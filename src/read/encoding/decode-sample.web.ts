/** Bytes of a file by which its encoding is guessed. */
export const SAMPLE_BYTES = 16_384;

/**
 * The text of a sample. Streaming, because the sample's end may cut a character, and because Node reads windows-1252 as Latin-1
 * otherwise.
 */
export function decodeSample(label: string, sample: Uint8Array): string {
  return new TextDecoder(label, { ignoreBOM: true }).decode(sample, { stream: true });
}

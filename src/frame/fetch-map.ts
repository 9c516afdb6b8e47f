import { StageError } from '../model/failure.ts';
import { FRAME_LIMITS } from './protocol.ts';

const TIMEOUT_MS = 60_000;

/**
 * The bytes of a map file of any site: by HTTPS, or of this frame's own site. Nothing of the reader goes along, neither
 * cookies nor the address of the page. Fails with `network`, or `too-large` above 256 MB, whatever the headers say.
 */
export async function fetchMap(
  address: string,
  onProgress: (loaded: number, total: number) => void,
): Promise<ArrayBuffer> {
  const url = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;
  if (!url || (url.protocol !== 'https:' && url.origin !== new URL(document.baseURI).origin)) {
    throw new StageError('network', 'map-file', `${address} is no https address`);
  }
  let response: Response;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', signal });
  } catch (cause) {
    throw new StageError('network', 'map-file', `${url.host} did not answer, or does not allow reading`, { cause });
  }
  if (!response.ok) throw new StageError('network', 'map-file', `${url.host} answered ${response.status}`);
  const total = Number(response.headers.get('content-length') ?? 0);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  const reader = response.body?.getReader();
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    pieces.push(step.value);
    loaded += step.value.length;
    if (Math.max(loaded, total) > FRAME_LIMITS.bytes) {
      await reader?.cancel();
      throw new StageError('too-large', 'map-file', `a map of more than ${FRAME_LIMITS.bytes / 1024 ** 2} MB`);
    }
    onProgress(loaded, total);
  }
  return new Blob(pieces).arrayBuffer();
}

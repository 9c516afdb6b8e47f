/**
 * Hands a map file to a frame of this site, as `<portolan-map>` does: the frame's document must have loaded, with this
 * page's origin as its `host`. The bytes are given away. Resolves when the map is shown; rejects with the frame's sentence.
 */
export function loadIntoFrame(frame: HTMLIFrameElement, bytes: ArrayBuffer): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const loaded = new Promise<void>((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<{ readonly id?: number; readonly message?: string }>) => {
      if (data.id !== 1) return;
      if (data.message === undefined) resolve();
      else reject(new Error(data.message));
    };
  });
  frame.contentWindow?.postMessage({ portolan: 1, type: 'connect' }, location.origin, [port2]);
  port1.postMessage({ id: 1, method: 'load', args: { bytes } }, [bytes]);
  return loaded;
}

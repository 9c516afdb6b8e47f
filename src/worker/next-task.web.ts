/**
 * Resolves in a later task, so that messages and the pulse get their turn between two pieces of work. A message
 * channel, since browsers stretch nested timeouts to 4 ms each.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

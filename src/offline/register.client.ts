import type { ToServiceWorker } from './caches.web.ts';

/** Callbacks about new versions. */
export interface OfflineEvents {
  /**
   * Called once when a new version waits. `accept` activates it and reloads this page; until then, and in other tabs,
   * the old version continues.
   */
  readonly onUpdate: (accept: () => void) => void;
}

const LOOK_EVERY_MS = 60 * 60 * 1000;

/**
 * Registers the service worker of the page's folder. Checks for a new one every hour and whenever the page becomes
 * visible. Resolves when one is active; null where none is possible (no secure context, a private window, a blocked
 * frame).
 */
export async function registerOffline({ onUpdate }: OfflineEvents): Promise<ServiceWorkerRegistration | null> {
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker; // Not in every context.
  if (!container) return null;
  let told = false;
  const tell = (accept: () => void): void => {
    if (!told) onUpdate(accept);
    told = true;
  };
  // The very first worker takes over a page without one, which is not an update.
  let hadController = container.controller !== null;
  let accepted = false;
  container.addEventListener('controllerchange', () => {
    if (accepted) location.reload();
    else if (hadController) tell(() => location.reload());
    hadController = true;
  });
  try {
    const registration = await container.register('./sw.js', { scope: './', updateViaCache: 'none' });
    const offer = (): void => {
      const { waiting } = registration;
      if (!waiting || !container.controller) return;
      tell(() => {
        accepted = true;
        const message: ToServiceWorker = { type: 'take-over' };
        waiting.postMessage(message);
      });
    };
    offer();
    registration.addEventListener('updatefound', () => {
      // WebKit may report the very first worker as waiting although it is already active.
      if (registration.active) registration.installing?.addEventListener('statechange', offer);
    });
    const look = (): void => void registration.update().catch(() => undefined);
    setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') look();
    });
    return await container.ready;
  } catch {
    return null;
  }
}

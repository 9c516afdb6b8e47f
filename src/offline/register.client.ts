import type { ToServiceWorker } from './caches.web.ts';

/** What the page hears of new versions. */
export interface OfflineEvents {
  /**
   * A new version waits (once). `accept` lets it take over and reloads this page; until then, and in other tabs, the
   * old one goes on.
   */
  readonly onUpdate: (accept: () => void) => void;
}

const LOOK_EVERY_MS = 60 * 60 * 1000;

/**
 * Registers the service worker beside the page and looks for a new one every hour and whenever the page is looked at
 * again. Resolves when one is active; null where there can be none (no secure context, a private window, a blocked
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
  // The first worker of all takes over a page that had none: nothing new about that.
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
      // Of the first worker of all, WebKit may still say that it waits when it is in charge already.
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

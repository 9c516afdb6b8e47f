import type { Insets, Size } from '../render/viewport.ts';

/** What covers parts of the map. */
export interface OpenParts {
  /** A panel at the right, for a paper, a topic, a selection or a comparison. */
  readonly panel: boolean;
  /** The search hits at the left. */
  readonly hits: boolean;
  /** The timeline at the bottom. */
  readonly time: boolean;
  /** The bar at the bottom that moves between two maps. */
  readonly comparing: boolean;
  /** The height of the table of rows at the bottom in CSS pixels; 0 while it is closed. */
  readonly table: number;
  /** The strip with the buttons that move the map. */
  readonly buttons: boolean;
  /** The card about the map, unfolded. */
  readonly card: boolean;
  /** The way in for own texts, below the search box. */
  readonly door: boolean;
}

/** What the app needs of its window; tests provide their own. */
export interface Page {
  /** URL of the site's folder with a trailing slash. It identifies the site's storage and locks. */
  readonly base: string;
  /** Whether the page's policy allows models from huggingface.co. */
  readonly reachesHub: boolean;
  /** The address's hash with its `#`; '' for none. */
  hash(): string;
  /** Sets the address's hash; `isStep` adds an entry to the history. */
  setHash(hash: string, isStep: boolean): void;
  /** Calls `listener` when the hash changes other than by {@link setHash}. */
  onHashChange(listener: () => void): void;
  /** CSS pixels. */
  size(): Size;
  /** Whether the page is as narrow as a phone, where only one panel fits beside the map. */
  isNarrow(): boolean;
  /** The part of the map left free, as distances from the page's sides in CSS pixels. */
  freeInsets(open: OpenParts): Insets;
  /** What {@link remember} stored under `key`; null when there is nothing or storage is denied. */
  recall(key: string): string | null;
  /** Stores `value` for later visits if storage is allowed. */
  remember(key: string, value: string): void;
  /** Offers `blob` as a download. */
  download(name: string, blob: Blob): void;
  /** Asks the browser to keep what is stored. If it refuses, it may delete that at any time. */
  persist(): void;
  /** Clicks an element: only an element of the page can open the system's file dialog. */
  click(id: string): void;
  /** Focuses a text field and selects its content. False if there is none. */
  focusField(id: string): boolean;
  /**
   * Loads the fonts (as CSS writes them) as far as they are at hand. Resolves to what measures the width of a text in one
   * of them, CSS pixels.
   */
  measureTexts(fonts: readonly string[]): Promise<(text: string, font: string) => number>;
  /** Reloads the page. */
  reload(): void;
  /** Whether {@link tellAway} may show anything. */
  telling(): Telling;
  /** Has the browser ask the user for it; only on a gesture of the user. */
  askToTell(): Promise<Telling>;
  /** Shows a notification of the system if it is allowed and the page is not in sight. */
  tellAway(title: string, text: string): void;
}

/** Whether notifications of the system are allowed, refused or not there, or not asked for yet. */
export type Telling = 'allowed' | 'impossible' | 'unasked';

/** The window of this script. */
export function browserPage(): Page {
  const narrow = window.matchMedia('(max-width: 640px)');
  return {
    base: new URL('./', document.baseURI).href,
    reachesHub: document.documentElement.dataset.reach === 'hub',
    hash: () => location.hash,
    setHash(hash, isStep) {
      // An empty hash must keep the page's own address, query string included.
      const address = hash === '' ? location.pathname + location.search : hash;
      if (isStep) history.pushState(null, '', address);
      else history.replaceState(null, '', address);
    },
    onHashChange: (listener) => window.addEventListener('hashchange', listener),
    size,
    isNarrow: () => narrow.matches,
    freeInsets: makeFreeArea(),
    recall(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    remember(key, value) {
      try {
        localStorage.setItem(key, value);
      } catch {
        // Storage is blocked, as in some frames: the choice lasts for this visit.
      }
    },
    download(name, blob) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      // The browser reads the blob after the click. A minute is enough; then its memory is released.
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
    persist: () => void navigator.storage?.persist?.().catch(() => false),
    click: (id) => document.getElementById(id)?.click(),
    focusField(id) {
      const field = document.getElementById(id);
      if (!(field instanceof HTMLInputElement)) return false;
      field.focus();
      field.select();
      return true;
    },
    measureTexts,
    reload: () => location.reload(),
    ...browserTelling(),
  };
}

function browserTelling(): Pick<Page, 'telling' | 'askToTell' | 'tellAway'> {
  return {
    telling,
    async askToTell() {
      await window.Notification.requestPermission();
      return telling();
    },
    tellAway(title, text) {
      if (document.visibilityState === 'visible' || telling() !== 'allowed') return;
      try {
        const shown = new Notification(title, { body: text });
        shown.onclick = () => window.focus();
      } catch {
        // On Android only a service worker may show one.
        const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
        void serviceWorker
          ?.getRegistration()
          .then((registration) => registration?.showNotification(title, { body: text }));
      }
    },
  };
}

function telling(): Telling {
  const { Notification } = window as { Notification?: { readonly permission: NotificationPermission } };
  if (!Notification || !window.isSecureContext) return 'impossible';
  const { permission } = Notification;
  return permission === 'granted' ? 'allowed' : permission === 'default' ? 'unasked' : 'impossible';
}

async function measureTexts(fonts: readonly string[]): Promise<(text: string, font: string) => number> {
  // A font that cannot be loaded is replaced by the next of its list.
  await Promise.allSettled(fonts.map((font) => document.fonts.load(font)));
  const pen = document.createElement('canvas').getContext('2d');
  return (text, font) => {
    if (!pen) return 0;
    pen.font = font;
    return pen.measureText(text).width;
  };
}

function size(): Size {
  return { widthPx: window.innerWidth, heightPx: window.innerHeight };
}

/**
 * Measures an element that the style sheet places where the panels leave the map free. The panels' own boxes cannot be
 * used, since a flight must aim past a panel that is about to open. Cached for each window size, because a flight asks
 * in every frame.
 */
function makeFreeArea(): Page['freeInsets'] {
  const area = document.createElement('div');
  area.className = 'free-area';
  document.body.append(area);
  const measured = new Map<string, Insets>();
  window.addEventListener('resize', () => measured.clear());
  return (open) => {
    const parts = Object.entries(open);
    const key = parts
      .flatMap(([part, size]) => (size ? `${part}${Number(size)}` : []))
      .sort()
      .join();
    const known = measured.get(key);
    if (known) return known;
    for (const [part, size] of parts) area.toggleAttribute(`data-${part}`, Boolean(size));
    area.style.setProperty('--table-px', `${open.table}px`);
    const { widthPx, heightPx } = size();
    const { top, right, bottom, left } = area.getBoundingClientRect();
    const insets = { top, right: widthPx - right, bottom: heightPx - bottom, left };
    measured.set(key, insets);
    return insets;
  };
}

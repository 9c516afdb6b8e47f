import type { Insets, Size } from '../render/viewport.ts';

/** What stands open over the map. */
export interface OpenParts {
  /** A paper, a topic, a selection or a comparison at the right. */
  readonly panel: boolean;
  /** The hits of a search at the left. */
  readonly hits: boolean;
  /** The time line at the foot. */
  readonly time: boolean;
  /** The bar between two maps at the foot. */
  readonly comparing: boolean;
  /** The buttons that move the map, in the strip which they stand in. */
  readonly buttons: boolean;
}

/** What the app needs of the window that it runs in; a test brings its own. */
export interface Page {
  /** URL of the site's folder, with a slash at its end: what is stored and locked belongs to it. */
  readonly base: string;
  /** Whether the page's policy lets models come from huggingface.co. */
  readonly reachesHub: boolean;
  /** What the address asks for, with its `#`; '' for nothing. */
  hash(): string;
  /** Puts `hash` into the address; `isStep`: as an entry of its own in the history. */
  setHash(hash: string, isStep: boolean): void;
  /** Called when somebody else has changed the hash. */
  onHashChange(listener: () => void): void;
  /** CSS pixels. */
  size(): Size;
  /** Whether the page is as narrow as a phone: one thing at a time stands beside the map. */
  isNarrow(): boolean;
  /** What these parts leave of the map, as distances from the page's sides in CSS pixels. */
  freeInsets(open: OpenParts): Insets;
  /** What {@link remember} kept under `key` in an earlier visit; null where nothing is, or may be, stored. */
  recall(key: string): string | null;
  /** Keeps `value` for the next visits, where storage is allowed. */
  remember(key: string, value: string): void;
  /** Offers `blob` to the user as a file. */
  download(name: string, blob: Blob): void;
  /** Asks the browser not to throw away what is stored; denied or not known, it stays as long as the browser likes. */
  persist(): void;
  /** Clicks the element with this id: only an element of the page can open the system's file dialog. */
  click(id: string): void;
  /** Puts the focus into the text field with this id and selects what it holds. False where there is none. */
  focusField(id: string): boolean;
  /** Loads the page anew. */
  reload(): void;
}

/** The window that this script runs in. */
export function browserPage(): Page {
  const narrow = window.matchMedia('(max-width: 640px)');
  return {
    base: new URL('./', document.baseURI).href,
    reachesHub: document.documentElement.dataset.reach === 'hub',
    hash: () => location.hash,
    setHash(hash, isStep) {
      // Without a hash the address must still be the page's own, query string and all.
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
        // A frame with its storage blocked: what was chosen holds for this visit.
      }
    },
    download(name, blob) {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      // The browser reads the blob after the click; a minute is plenty and then the memory is free.
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
    reload: () => location.reload(),
  };
}

function size(): Size {
  return { widthPx: window.innerWidth, heightPx: window.innerHeight };
}

/**
 * Measures an element that the style sheet lays where the panels leave the map free. Their own boxes would not do: a
 * flight aims past a panel that is about to open. Measured once for each size of the window, since a flight asks in each
 * of its frames.
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
      .flatMap(([part, isOpen]) => (isOpen ? part : []))
      .sort()
      .join();
    const known = measured.get(key);
    if (known) return known;
    for (const [part, isOpen] of parts) area.toggleAttribute(`data-${part}`, isOpen);
    const { widthPx, heightPx } = size();
    const { top, right, bottom, left } = area.getBoundingClientRect();
    const insets = { top, right: widthPx - right, bottom: heightPx - bottom, left };
    measured.set(key, insets);
    return insets;
  };
}

import type { Size } from '../render/viewport.ts';

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
    size: () => ({ widthPx: window.innerWidth, heightPx: window.innerHeight }),
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

import { useApp } from '../app-context.ts';

/** A function that copies a text, and says what it has copied, or that the browser did not allow it. */
export function useCopy(): (text: string) => Promise<void> {
  const { store } = useApp();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      store.notify('done', { title: 'Copied', text: shortened(text) });
    } catch {
      // The message holds the text, so that it can be copied by hand.
      store.notify('warning', { title: 'The browser did not allow copying', text });
    }
  };
}

const SHOWN = 160;

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

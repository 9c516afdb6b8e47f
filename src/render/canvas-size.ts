import type { Size } from './viewport.ts';

/** A canvas's size and sharpness. */
export interface CanvasSize extends Size {
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** Watches the size of a canvas. */
export interface SizeWatch {
  /** Whether the pixel ratio is another one than at the last measure. */
  isStale(): boolean;
  /** Measures again, sets the canvas's pixels, and says what it is now. */
  measure(): CanvasSize;
  dispose(): void;
}

/** Sharper than this nobody sees, and it costs with its square. */
const MAX_PIXEL_RATIO = 3;

/**
 * Keeps the pixels of `canvas` at its CSS size times the device pixel ratio. `onChange` is called after the browser
 * laid the page out and before it paints, so whoever draws in it shows no empty canvas.
 */
export function watchSize(canvas: HTMLCanvasElement, onChange: () => void): SizeWatch {
  const observer = new ResizeObserver(onChange);
  try {
    observer.observe(canvas, { box: 'device-pixel-content-box' });
  } catch {
    // Safari does not know this box, which changes with the ratio too; the media query below tells it there.
    observer.observe(canvas);
  }
  let ratio = 0;
  let query: MediaQueryList | null = null;
  // Moving the window to another screen, or zooming the page, changes the ratio without changing the CSS size.
  const onRatio = () => {
    watchRatio();
    onChange();
  };
  const watchRatio = () => {
    query?.removeEventListener('change', onRatio);
    query = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener('change', onRatio);
  };
  watchRatio();
  return {
    isStale: () => ratio !== currentRatio(),
    measure() {
      const box = canvas.getBoundingClientRect();
      ratio = currentRatio();
      const size = { widthPx: box.width, heightPx: box.height };
      setPixels(canvas, size, ratio);
      return { ...size, pixelRatio: box.width > 0 ? canvas.width / box.width : ratio };
    },
    dispose() {
      observer.disconnect();
      query?.removeEventListener('change', onRatio);
    },
  };
}

/** Sets the device pixels of `canvas`, at least one each way; not to the same value, since that too clears it. */
export function setPixels(canvas: HTMLCanvasElement, { widthPx, heightPx }: Size, pixelRatio: number): void {
  const width = Math.max(1, Math.round(widthPx * pixelRatio));
  const height = Math.max(1, Math.round(heightPx * pixelRatio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

function currentRatio(): number {
  return Math.min(window.devicePixelRatio || 1, MAX_PIXEL_RATIO);
}

import type { Size } from './viewport.ts';

/** A canvas's size in CSS pixels, and its pixel ratio. */
export interface CanvasSize extends Size {
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** Watches the size of a canvas. */
export interface SizeWatch {
  /** Whether the pixel ratio has changed since the last measurement. */
  isStale(): boolean;
  /** Measures again, sets the canvas's device pixels, and returns the new size. */
  measure(): CanvasSize;
  dispose(): void;
}

/** Nobody sees a higher ratio, and the cost grows with its square. */
const MAX_PIXEL_RATIO = 3;

/**
 * Keeps the pixels of `canvas` at its CSS size times the device pixel ratio. `onChange` is called after layout and
 * before painting, so that redrawing in it shows no empty canvas.
 */
export function watchSize(canvas: HTMLCanvasElement, onChange: () => void): SizeWatch {
  const observer = new ResizeObserver(onChange);
  try {
    observer.observe(canvas, { box: 'device-pixel-content-box' });
  } catch {
    // Safari does not support this box, which changes with the ratio too; there the media query below reports it.
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

/** Sets the device pixels of `canvas`, at least one each way, but only where they differ: setting them clears it. */
export function setPixels(canvas: HTMLCanvasElement, { widthPx, heightPx }: Size, pixelRatio: number): void {
  const width = Math.max(1, Math.round(widthPx * pixelRatio));
  const height = Math.max(1, Math.round(heightPx * pixelRatio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

function currentRatio(): number {
  return Math.min(window.devicePixelRatio || 1, MAX_PIXEL_RATIO);
}

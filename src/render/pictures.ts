import { StageError } from '../model/failure.ts';
import { draw, type RendererState } from './animation-frame.ts';

/** Pictures of the map as it is now. */
export interface Pictures {
  /** As PNG. Rejects while there is nothing to draw on. */
  snapshot(): Promise<Blob>;
  /** As a canvas of its own; null while there is nothing to draw on. */
  still(): HTMLCanvasElement | null;
}

/** The {@link Pictures} of a renderer. */
export function picturesOf(state: RendererState, canvas: HTMLCanvasElement): Pictures {
  return { snapshot: () => snapshot(state, canvas), still: () => still(state, canvas) };
}

/** The picture as PNG, drawn and read in one task, because WebGL does not preserve the buffer longer than that. */
function snapshot(state: RendererState, canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    if (!draw(state)) {
      reject(new StageError('no-webgl', 'render', 'nothing to draw on: the context is lost or the canvas has no size'));
      return;
    }
    flattened(state, canvas).toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new StageError('internal', 'render', 'the browser made no picture of the canvas'));
    });
  });
}

/** What is shown now, as a canvas that keeps it; null where there is nothing to draw on. */
function still(state: RendererState, canvas: HTMLCanvasElement): HTMLCanvasElement | null {
  return draw(state) ? flattened(state, canvas, true) : null;
}

/** The underlay and the papers on one canvas; the papers' own where there is no underlay, unless it must be a copy. */
function flattened({ underlay }: RendererState, canvas: HTMLCanvasElement, isCopy = false): HTMLCanvasElement {
  if (!underlay && !isCopy) return canvas;
  const flat = document.createElement('canvas');
  flat.width = canvas.width;
  flat.height = canvas.height;
  const context = flat.getContext('2d', { alpha: false });
  if (!context) throw new StageError('internal', 'render', 'the browser gave no 2d context for the picture');
  if (underlay) context.drawImage(underlay.canvas, 0, 0, flat.width, flat.height);
  context.drawImage(canvas, 0, 0);
  return flat;
}

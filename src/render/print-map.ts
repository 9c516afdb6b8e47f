import type { Renderer } from './renderer.ts';

/**
 * Makes the map printable until the returned function is called: on a page of the window's size, on which names stand
 * where they stand on the screen, with a still picture in place of the canvas, since browsers print a WebGL canvas empty.
 * The style sheet shows `.print-picture` on paper alone.
 */
export function makePrintable(element: HTMLElement, renderer: () => Renderer | null): () => void {
  let printed: { readonly sheet: CSSStyleSheet; readonly picture: HTMLCanvasElement | null } | null = null;
  const after = (): void => {
    const { sheet, picture } = printed ?? {};
    picture?.remove();
    if (sheet) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    printed = null;
  };
  const before = (): void => {
    after();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { size: ${window.innerWidth}px ${window.innerHeight}px; margin: 0 }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const picture = renderer()?.still() ?? null;
    printed = { sheet, picture };
    if (!picture) return;
    picture.className = 'print-picture';
    element.prepend(picture);
  };
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => {
    after();
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
  };
}

import type { Viewer } from './viewer.ts';

/** The name of the map, and the buttons that move it. */
export interface Tools {
  /** Names the open map. */
  name(name: string): void;
}

const ZOOM = 1.6;

/**
 * Connects the buttons of `frame.html`. `mapAddress`: where the frame's own address says that the map is; '' for a map
 * that a host page or this file brings. A map of the page's own site can be opened in the whole page, which may fetch no
 * other.
 */
export function connectTools(viewer: Pick<Viewer, 'zoomBy' | 'setView'>, mapAddress: string): Tools {
  const acts: Readonly<Record<string, () => void>> = {
    in: () => viewer.zoomBy(ZOOM),
    out: () => viewer.zoomBy(1 / ZOOM),
    fit: () => viewer.setView(null),
    full: () => void toggleFullScreen().catch(() => undefined),
  };
  for (const button of document.querySelectorAll<HTMLButtonElement>('.tools button')) {
    const { tool = '' } = button.dataset;
    button.addEventListener('click', () => acts[tool]?.());
    if (tool === 'full') button.hidden = !document.fullscreenEnabled;
  }
  const whole = document.querySelector<HTMLAnchorElement>('.whole');
  const isOwn =
    mapAddress !== '' &&
    URL.canParse(mapAddress, document.baseURI) &&
    new URL(mapAddress, document.baseURI).origin === new URL(document.baseURI).origin;
  if (whole) {
    whole.hidden = !isOwn;
    if (isOwn) whole.href = `./#map=${encodeURIComponent(mapAddress).replaceAll('%2F', '/')}`;
  }
  return {
    name(name) {
      const heading = document.querySelector('.name-of-map');
      if (heading && name !== '') heading.textContent = name;
      if (name !== '') document.title = name;
    },
  };
}

function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) return document.exitFullscreen();
  return document.documentElement.requestFullscreen();
}

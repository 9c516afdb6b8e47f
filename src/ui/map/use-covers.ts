import { type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { Insets } from '../../render/viewport.ts';
import { useApp } from '../app-context.ts';

/**
 * Keeps names on the map clear of what `find` picks within the element that has the returned ref. Measures after each
 * render and when the page's size changes.
 */
export function useCovers<Element extends HTMLElement>(
  find: (layer: Element) => Iterable<globalThis.Element>,
): RefObject<Element | null> {
  const { view } = useApp();
  const layer = useRef<Element>(null);
  const id = useId();
  useLayoutEffect(() => {
    const tell = (): void => view.setCovers(id, layer.current ? Array.from(find(layer.current), boxOf) : []);
    tell();
    window.addEventListener('resize', tell);
    return () => window.removeEventListener('resize', tell);
  });
  useEffect(() => () => view.setCovers(id, []), [id, view.setCovers]);
  return layer;
}

function boxOf(element: Element): Insets {
  const { top, right, bottom, left } = element.getBoundingClientRect();
  return { top, right, bottom, left };
}

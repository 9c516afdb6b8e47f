import { useLayoutEffect, useRef } from 'react';
import { followViewport, pixelOfPoint } from '../../app/view/map-actions.ts';
import { useApp } from '../use-store.ts';

/** The area that is being drawn, over the map. */
export function AreaOutline() {
  const draft = useApp((state) => state.draft);
  const path = useRef<SVGPathElement>(null);
  useLayoutEffect(() => {
    if (!draft) return;
    const follow = (): void => path.current?.setAttribute('d', pathOf(draft));
    follow();
    return followViewport(follow);
  }, [draft]);
  if (!draft) return null;
  return (
    <svg className="area-outline" aria-hidden>
      <path ref={path} />
    </svg>
  );
}

/** A single point is drawn as a dot, so that a finger held still sees that it has taken. */
function pathOf(ring: Float32Array): string {
  let path = '';
  for (let at = 0; at + 1 < ring.length; at += 2) {
    const pixel = pixelOfPoint({ x: ring[at], y: ring[at + 1] });
    if (pixel) path += `${path === '' ? 'M' : 'L'}${pixel.px.toFixed(1)} ${pixel.py.toFixed(1)}`;
  }
  return `${path}Z`;
}

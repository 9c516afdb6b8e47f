import { useLayoutEffect, useMemo, useRef } from 'react';
import { placeQuery } from '../../search/place-query.ts';
import { useApp, useAppState } from '../app-context.ts';

/** Marks the query on the map, at the weighted mean position of its nearest papers. */
export function QueryMarker() {
  const { view } = useApp();
  const nearest = useAppState((state) => state.hits?.nearest ?? null);
  const positions = useAppState((state) => state.shown?.positions ?? null);
  const point = useMemo(() => nearest && positions && placeQuery(nearest, positions), [nearest, positions]);
  const mark = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!point) return;
    const follow = (): void => {
      const pixel = view.pixelOfPoint(point);
      if (!mark.current || !pixel) return;
      mark.current.style.translate = `${pixel.px}px ${pixel.py}px`;
    };
    follow();
    return view.followViewport(follow);
  }, [point, view]);
  if (!point) return null;
  return (
    <div className="query-mark" ref={mark} role="img" aria-label="Where the query stands on the map">
      <svg width="34" height="34" viewBox="-17 -17 34 34" aria-hidden>
        <circle r="15" className="query-mark-halo" />
        <path d="M0-12 3-3 12 0 3 3 0 12-3 3-12 0-3-3Z" className="query-mark-star" />
      </svg>
    </div>
  );
}

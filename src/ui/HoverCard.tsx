import { useLayoutEffect, useRef } from 'react';
import type { Paper } from '../model/paper.ts';
import { displayTitle } from '../model/paper.ts';
import type { PixelPoint } from '../render/viewport.ts';
import { followViewport, pixelOfPaper } from './map-actions.ts';
import { formatDate } from './messages.ts';
import type { Shown } from './store.ts';
import { summaryText } from './summary.ts';
import { useApp } from './use-store.ts';

const GAP_PX = 14;
const EDGE_PX = 8;

/** Title, two lines, and what else is known of the paper under the pointer. */
export function HoverCard() {
  const hovered = useApp((state) => state.hovered);
  const shown = useApp((state) => state.shown);
  const paper = shown?.corpus.papers[hovered];
  if (!shown || !paper) return null;
  return <CardAtPoint key={hovered} index={hovered} paper={paper} shown={shown} />;
}

interface Props {
  readonly index: number;
  readonly paper: Paper;
  readonly shown: Shown;
}

function CardAtPoint({ index, paper, shown }: Props) {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const follow = (): void => {
      if (card.current) place(card.current, pixelOfPaper(index));
    };
    follow();
    return followViewport(follow);
  }, [index]);
  const summary = summaryText(paper, shown.map?.summaries?.[index]);
  return (
    <div className="hover-card" ref={card} role="tooltip">
      <strong className="hover-title" dir="auto">
        {displayTitle(paper)}
      </strong>
      {summary !== '' && (
        <p className="hover-text" dir="auto">
          {summary}
        </p>
      )}
      <PaperMeta paper={paper} />
    </div>
  );
}

/** Authors, date and source in one line. */
function PaperMeta({ paper }: { readonly paper: Paper }) {
  const { authors, date, sources } = paper;
  const place = sources.length > 1 ? `${sources[0].file} and ${sources.length - 1} more` : (sources[0]?.file ?? '');
  const parts = [authors, date === null ? null : formatDate(date), place].filter((part) => part);
  return <p className="meta">{parts.join(' · ')}</p>;
}

/** Beside the point, on the side where there is room; hidden when the point has no place on the page. */
function place(card: HTMLElement, pixel: PixelPoint | null): void {
  if (!pixel) {
    card.style.visibility = 'hidden';
    return;
  }
  const { offsetWidth: width, offsetHeight: height } = card;
  const right = pixel.px + GAP_PX;
  const left = right + width > window.innerWidth - EDGE_PX ? pixel.px - GAP_PX - width : right;
  const below = pixel.py + GAP_PX;
  const top = below + height > window.innerHeight - EDGE_PX ? pixel.py - GAP_PX - height : below;
  card.style.left = `${Math.max(EDGE_PX, Math.min(left, window.innerWidth - width - EDGE_PX))}px`;
  card.style.top = `${Math.max(EDGE_PX, top)}px`;
  card.style.visibility = 'visible';
}

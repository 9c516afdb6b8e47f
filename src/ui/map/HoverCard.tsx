import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { countOf, formatDate } from '../../app/messages.ts';
import type { ShownPapers } from '../../app/state.ts';
import { summaryText } from '../../app/summary.ts';
import type { Paper } from '../../model/paper.ts';
import { pathOf } from '../../model/topic-view.ts';
import type { PixelPoint } from '../../render/viewport.ts';
import { shortAuthors } from '../../text/authors.ts';
import { displayTitle, readableNames } from '../../text/readable.ts';
import { useApp, useAppState, useNoun, useShownPapers, useTopics } from '../app-context.ts';

const GAP_PX = 14;
const EDGE_PX = 8;

/** The paper under the pointer: its title, two lines of summary, and other facts. */
export function HoverCard() {
  const hovered = useAppState((state) => state.hovered);
  const shown = useShownPapers();
  const comparison = useAppState((state) => state.comparison);
  const paper = shown?.corpus.papers[hovered];
  if (shown && paper) {
    return (
      <CardAtPoint key={hovered} index={hovered}>
        <AboutPaper index={hovered} paper={paper} shown={shown} />
      </CardAtPoint>
    );
  }
  const stranger = comparison?.strangerTitles[comparison.pointed];
  if (!shown || !comparison || stranger === undefined) return null;
  const index = shown.corpus.papers.length + comparison.pointed;
  return (
    <CardAtPoint key={index} index={index}>
      <strong className="hover-title" dir="auto">
        {stranger}
      </strong>
      <p className="meta">Only in {comparison.names[1]}</p>
    </CardAtPoint>
  );
}

/** Keeps the card beside its paper while the map moves. */
function CardAtPoint({ index, children }: { readonly index: number; readonly children: ReactNode }) {
  const { view } = useApp();
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const follow = (): void => {
      if (card.current) place(card.current, view.pixelOfPaper(index), view.currentView()?.insets);
    };
    follow();
    return view.followViewport(follow);
  }, [index, view]);
  return (
    <div className="hover-card" ref={card} role="tooltip">
      {children}
    </div>
  );
}

interface Props {
  readonly index: number;
  readonly paper: Paper;
  readonly shown: ShownPapers;
}

function AboutPaper({ index, paper, shown }: Props) {
  const summary = summaryText(paper, shown.map?.summaries?.[index]);
  return (
    <>
      <strong className="hover-title" dir="auto">
        {displayTitle(paper)}
      </strong>
      {summary !== '' && (
        <p className="hover-text" dir="auto">
          {summary}
        </p>
      )}
      <PaperMeta paper={paper} index={index} />
      <OthersHere index={index} />
    </>
  );
}

/** How many papers look like one dot with this one, if there are any. */
function OthersHere({ index }: { readonly index: number }) {
  const { stacks } = useApp();
  const noun = useNoun();
  const { length } = stacks.papersHere(index);
  if (length < 2) return null;
  return <p className="hover-here">{countOf(length, noun)} here. Click for the list.</p>;
}

/** Authors and date in one line, the finest topic in another. */
function PaperMeta({ paper: { authors, date }, index }: Pick<Props, 'paper' | 'index'>) {
  const view = useTopics();
  const path = view === null ? [] : pathOf(view, index);
  const topic = view?.nodes.get(path[path.length - 1])?.name;
  const about = [readableNames(shortAuthors(authors ?? '')), date === null ? null : formatDate(date)].filter(Boolean);
  return (
    <>
      {about.length > 0 && (
        <p className="meta" dir="auto">
          {about.join(' · ')}
        </p>
      )}
      {topic !== undefined && (
        <p className="meta hover-topic" dir="auto">
          {topic}
        </p>
      )}
    </>
  );
}

/** What is covered at two sides of the window, CSS pixels. */
interface Covered {
  readonly right: number;
  readonly bottom: number;
}

/**
 * Places a card on the side of the point that has room, clear of what is `covered` where the point is clear of it too;
 * hides it when `pixel` is null.
 */
export function place(card: HTMLElement, pixel: PixelPoint | null, covered: Covered = { right: 0, bottom: 0 }): void {
  if (!pixel) {
    card.style.visibility = 'hidden';
    return;
  }
  const { offsetWidth: width, offsetHeight: height } = card;
  const end = (size: number, cover: number, at: number): number => size - (at < size - cover ? cover : 0) - EDGE_PX;
  const sideEnd = end(window.innerWidth, covered.right, pixel.px);
  const footEnd = end(window.innerHeight, covered.bottom, pixel.py);
  const right = pixel.px + GAP_PX;
  const left = right + width > sideEnd ? pixel.px - GAP_PX - width : right;
  const below = pixel.py + GAP_PX;
  const top = below + height > footEnd ? pixel.py - GAP_PX - height : below;
  card.style.left = `${Math.max(EDGE_PX, Math.min(left, sideEnd - width))}px`;
  card.style.top = `${Math.max(EDGE_PX, top)}px`;
  card.style.visibility = 'visible';
}

const TIP_GAP_PX = 16;

/** Names the topic of the empty ground under the pointer, and its size. */
export function TopicTip() {
  const noun = useNoun();
  const view = useTopics();
  const ground = useAppState((state) => state.ground);
  const tip = useRef<HTMLDivElement>(null);
  const node = view?.nodes.get(ground);
  const isShown = node !== undefined;
  useEffect(() => {
    if (!isShown) return;
    // Sets the style directly, because rendering for each movement of the pointer is too slow.
    const follow = (event: PointerEvent): void => {
      const element = tip.current;
      if (!element) return;
      const left = Math.min(event.clientX + TIP_GAP_PX, window.innerWidth - element.offsetWidth - 8);
      const top = Math.min(event.clientY + TIP_GAP_PX, window.innerHeight - element.offsetHeight - 8);
      element.style.transform = `translate(${left}px, ${top}px)`;
      element.style.visibility = 'visible';
    };
    window.addEventListener('pointermove', follow);
    return () => window.removeEventListener('pointermove', follow);
  }, [isShown]);
  if (!node) return null;
  return (
    <div className="ground-tip" ref={tip} role="tooltip">
      <strong dir="auto">{node.name}</strong> {countOf(node.size, noun)}
    </div>
  );
}

import type { Paper } from '../../model/paper.ts';
import { displayTitle } from '../../text/readable.ts';
import { useApp } from '../app-context.ts';

interface Props {
  readonly title: string;
  /** Paper indexes in the listed order. All rows are rendered. */
  readonly papers: ArrayLike<number>;
  readonly corpus: readonly Paper[];
}

/** Papers of the shown map by title. A click opens one. */
export function PaperList({ title, papers, corpus }: Props) {
  const { view } = useApp();
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <PointList
        points={Array.from(papers, (index) => ({
          index,
          title: displayTitle(corpus[index]),
          onChoose: () => view.goToPaper(index),
        }))}
      />
    </section>
  );
}

/** A paper of either of two compared maps. */
export interface Point {
  /** The renderer's index: papers that only the other map has follow those of the shown map. */
  readonly index: number;
  readonly title: string;
  readonly value?: string;
  readonly onChoose: () => void;
}

/** Papers of two compared maps. The map rings the hovered one. */
export function PointList({ points }: { readonly points: readonly Point[] }) {
  const { comparing } = useApp();
  return (
    <ul className="nearest">
      {points.map(({ index, title, value, onChoose }) => (
        <li key={index}>
          <button
            type="button"
            onClick={onChoose}
            onMouseEnter={() => comparing.hoverPoint(index)}
            onMouseLeave={() => comparing.hoverPoint(-1)}
          >
            <span className="nearest-title" dir="auto">
              {title}
            </span>
            {value && <span className="nearest-value">{value}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

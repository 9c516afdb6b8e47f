import type { Paper } from '../../model/paper.ts';
import { displayTitle } from '../../model/paper.ts';
import { useApp } from '../app-context.ts';

interface Props {
  readonly title: string;
  /** By index, in the order in which they are listed: all of them are in the page. */
  readonly papers: ArrayLike<number>;
  readonly corpus: readonly Paper[];
}

/** Papers by title; one that is pointed at is ringed on the map, one that is chosen opens. */
export function PaperList({ title, papers, corpus }: Props) {
  const { store, view } = useApp();
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className="nearest">
        {Array.from(papers, (index) => (
          <li key={index}>
            <button
              type="button"
              onClick={() => view.goToPaper(index)}
              onMouseEnter={() => store.set({ hovered: index })}
              onMouseLeave={() => store.set({ hovered: -1 })}
            >
              <span className="nearest-title" dir="auto">
                {displayTitle(corpus[index])}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

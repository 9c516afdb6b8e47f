import { RotateCw, X } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { withoutTopics } from '../../app/filter/filters.ts';
import { plural } from '../../app/messages.ts';
import { treeOf } from '../../app/shown.ts';
import { isBusy, type State } from '../../app/state.ts';
import { splitOrder } from '../../model/topic-cut.ts';
import { mergedTopics } from '../../model/topic-view.ts';
import type { TopicEdits, TopicTree } from '../../model/topics.ts';
import { useApp, useAppState, useTopics } from '../app-context.ts';
import { IconButton } from '../controls/Button.tsx';

/** Changes of all topics: fewer or more of them, words that no name may have, and finding them once more. */
export function TopicTools() {
  const { findingAgain } = useApp();
  const tree = useAppState(({ shown }) => treeOf(shown));
  const isFinished = useAppState(({ shown }) => shown?.map != null);
  const isWorking = useAppState(isBusy);
  const edits = useAppState((state) => state.topicEdits);
  if (!tree) return null;
  return (
    <div className="topic-tools">
      <div className="topic-count">
        <TopicCount tree={tree} edits={edits} />
        {isFinished && (
          <IconButton
            icon={RotateCw}
            label="Find topics again"
            title="Find topics again: among what is on the map now. Your changes are carried over where they fit."
            isSmall
            disabled={isWorking}
            onClick={() => void findingAgain.findTopicsAgain()}
          />
        )}
      </div>
      <BarredWords words={edits.never ?? []} />
    </div>
  );
}

/** A slider from the coarsest topics to the finest: the largest topic is always the next to be shown as its parts. */
function TopicCount({ tree, edits }: { readonly tree: TopicTree; readonly edits: TopicEdits }) {
  const { store } = useApp();
  const shown = useTopics()?.tops.length ?? 0;
  const before = useRef<Pick<State, 'topicEdits' | 'filters'> | null>(null);
  // Splits change nothing here: the order is that of the whole tree.
  const { merged } = edits;
  const order = useMemo(
    () => splitOrder(mergedTopics({ ...tree, edits: { names: {}, merged, hidden: [] } }).topics),
    [tree, merged],
  );
  if (order.length === 0) return null;
  const steps = (edits.split ?? []).filter((id) => order.includes(id)).length;
  const move = (to: number): void => {
    const { topicEdits, filters } = store.get();
    before.current ??= { topicEdits, filters };
    // A filter by topics may name one that is about to go.
    const split = order.slice(0, to);
    store.setQuietly({ topicEdits: { ...topicEdits, split }, filters: withoutTopics(filters), topic: -1 });
  };
  /** One undo step for the whole move. */
  const settle = (): void => {
    const { topicEdits, filters } = store.get();
    const start = before.current;
    before.current = null;
    if (!start) return;
    store.setQuietly(start);
    store.set({ topicEdits, filters });
  };
  return (
    <>
      <span>{plural(shown, 'topic')}</span>
      <input
        type="range"
        min={0}
        max={order.length}
        step={1}
        value={steps}
        aria-label="Fewer or more topics"
        aria-valuetext={plural(shown, 'topic')}
        onChange={({ target }) => move(target.valueAsNumber)}
        onPointerUp={settle}
        onKeyUp={settle}
        onBlur={settle}
        title="Fewer or more topics"
      />
    </>
  );
}

function BarredWords({ words }: { readonly words: readonly string[] }) {
  const { topics } = useApp();
  if (words.length === 0) return null;
  return (
    <p className="barred-words">
      In no name:{' '}
      {words.map((word) => (
        <button
          key={word}
          type="button"
          className="facet facet-chosen filter-chip"
          title={`Let “${word}” into names again`}
          onClick={() => topics.barWord(word, false)}
        >
          <span className="facet-name" dir="auto">
            {word}
          </span>
          <X size={12} aria-label="Let it into names again" />
        </button>
      ))}
    </p>
  );
}

import { goToTopic } from '../../app/topics/topic-actions.ts';
import { pathOf } from '../../model/topic-view.ts';
import { Button } from '../controls/Button.tsx';
import { useTopics } from '../use-store.ts';

/** The topics that a paper is in, coarse to fine; each opens. */
export function PaperTopics({ paper }: { readonly paper: number }) {
  const view = useTopics();
  if (!view || view.tops.length === 0) return null;
  const path = pathOf(view, paper);
  if (path.length === 0) return <p className="meta paper-topics">Between topics</p>;
  return (
    <p className="meta paper-topics">
      {path.map((id, depth) => (
        <span key={id}>
          {depth > 0 && ' › '}
          <Button kind="link" onClick={() => goToTopic(id)}>
            {view.nodes.get(id)?.name}
          </Button>
        </span>
      ))}
    </p>
  );
}

import { Eye, EyeOff, ListChecks, ListFilter, Merge, Pencil, Split, Trash2, Undo2, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover, Button as TriggerButton } from 'react-aria-components';
import { countOf, formatCount } from '../../app/messages.ts';
import { treeOf } from '../../app/shown.ts';
import { capital } from '../../model/noun.ts';
import type { Corpus } from '../../model/paper.ts';
import { selectionOf } from '../../model/selection.ts';
import { areSiblings, generatedName, papersOf, type TopicNode, type TopicView } from '../../model/topic-view.ts';
import { useApp, useAppState, useNoun, useShownPapers, useTopics } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { NameField } from '../controls/NameField.tsx';
import { useIsOnlyTopic } from '../filter/topic-filter.ts';
import { PaperList } from '../paper/PaperList.tsx';
import { TopicTerms } from './TopicTerms.tsx';
import { TopicYears } from './TopicYears.tsx';

const PAPERS_SHOWN = 15;

/** One topic: size, terms behind its name, typical papers, years and subtopics; and ways to change it. */
export function TopicPanel() {
  const view = useTopics();
  const id = useAppState((state) => state.topic);
  const isCovered = useAppState((state) => state.selected >= 0);
  const shown = useShownPapers();
  const tree = useAppState((state) => treeOf(state.shown));
  const node = isCovered ? undefined : view?.nodes.get(id);
  if (!node || !view || !shown || !tree) return null;
  const { corpus, map } = shown;
  return <Panel key={id} node={node} view={view} corpus={corpus} confidence={tree.confidence} isDraft={map === null} />;
}

interface PanelProps {
  readonly node: TopicNode;
  readonly view: TopicView;
  readonly corpus: Corpus;
  /** Of each paper in its finest topic, 0…1. */
  readonly confidence: Float32Array;
  /** Whether the map is still being made, and its topics may change. */
  readonly isDraft: boolean;
}

function Panel({ node, view, corpus, confidence, isDraft }: PanelProps) {
  const { topics } = useApp();
  const noun = useNoun();
  const { topic } = node;
  const papers = useMemo(() => papersOf(view, topic.id), [view, topic.id]);
  const share = (100 * node.size) / Math.max(corpus.papers.length, 1);
  return (
    <aside className="panel" aria-label="Topic">
      <div className="panel-head">
        <Above view={view} parent={topic.parent} />
        <IconButton icon={X} label="Close" onClick={topics.closeTopic} />
      </div>
      <NameAndActions node={node} view={view} isDraft={isDraft} />
      <p className="meta">
        {countOf(node.size, noun)}, {share < 1 ? 'less than 1' : share.toFixed(0)} % of the map
      </p>
      <TopicTerms node={node} total={corpus.papers.length} />
      <PaperList title={`${capital(noun.many)} that stand for it`} papers={topic.exemplars} corpus={corpus.papers} />
      <Parts node={node} view={view} />
      <TopicYears papers={papers} corpus={corpus} />
      <AllPapers papers={papers} corpus={corpus} confidence={confidence} />
    </aside>
  );
}

function Above({ view, parent }: { readonly view: TopicView; readonly parent: number }) {
  const { topics } = useApp();
  const above = view.nodes.get(parent);
  if (!above) return <p className="meta">Topic</p>;
  return (
    <p className="meta">
      Part of{' '}
      <Button kind="link" onClick={() => topics.goToTopic(parent)}>
        {above.name}
      </Button>
    </p>
  );
}

function NameAndActions({ node, view, isDraft }: Pick<PanelProps, 'node' | 'view' | 'isDraft'>) {
  const noun = useNoun();
  const { findingAgain, picking, topics } = useApp();
  const [isRenaming, setRenaming] = useState(false);
  const { id } = node.topic;
  const tree = useAppState(({ shown }) => treeOf(shown));
  const siblings = [...view.nodes.keys()].filter((other) => other !== id && areSiblings(tree?.topics ?? [], id, other));
  if (isRenaming) {
    // An empty name restores the generated one.
    const rename = (name: string): void => topics.renameTopic(id, name);
    return <NameField label="Name of the topic" name={node.name} onRename={rename} onEnd={() => setRenaming(false)} />;
  }
  if (isDraft) return <DraftHead node={node} />;
  return (
    <>
      <h2 dir="auto">{node.name}</h2>
      <div className="topic-actions">
        <Button icon={Pencil} onClick={() => setRenaming(true)}>
          Rename
        </Button>
        {siblings.length > 0 && (
          <MenuTrigger>
            <TriggerButton className="button">
              <Merge size={14} aria-hidden />
              Merge…
            </TriggerButton>
            <Popover className="popover">
              <Menu className="list-box" aria-label="Merge into">
                {siblings.map((other) => (
                  <MenuItem key={other} className="list-item" onAction={() => topics.mergeTopic(id, other)}>
                    {view.nodes.get(other)?.name}
                  </MenuItem>
                ))}
              </Menu>
            </Popover>
          </MenuTrigger>
        )}
        <Button icon={node.isHidden ? Eye : EyeOff} onClick={() => topics.hideTopic(id, !node.isHidden)}>
          {node.isHidden ? 'Show name' : 'Hide name'}
        </Button>
        <Button icon={ListChecks} onClick={(event) => picking.selectTopic(id, event)}>
          Select {noun.many}
        </Button>
        <OnlyThis id={id} />
        <SplitAndJoin node={node} />
        <Button
          icon={Trash2}
          title={`Takes these ${noun.many} off the map; it can be undone`}
          onClick={() => void findingAgain.removePapers(selectionOf(papersOf(view, id)))}
        >
          Remove
        </Button>
      </div>
    </>
  );
}

/** Shows a topic as its parts, or the parts of one as that topic again. */
function SplitAndJoin({ node }: Pick<PanelProps, 'node'>) {
  const { topics } = useApp();
  const tree = useAppState(({ shown }) => treeOf(shown));
  const edits = useAppState((state) => state.topicEdits);
  const { id } = node.topic;
  const above = tree?.topics.find(({ id: other }) => other === tree.topics.find((own) => own.id === id)?.parent);
  const isPart = above && node.topic.parent < 0 && edits.split?.includes(above.id);
  const nameAbove = above && (edits.names[above.id] ?? generatedName(above));
  return (
    <>
      {node.children.length > 0 && node.topic.parent < 0 && (
        <Button icon={Split} onClick={() => topics.splitTopic(id, node.name, true)}>
          Split
        </Button>
      )}
      {isPart && nameAbove !== undefined && (
        <Button
          icon={Undo2}
          title={`Shows “${nameAbove}” as one topic`}
          onClick={() => topics.splitTopic(above.id, nameAbove, false)}
        >
          Join parts
        </Button>
      )}
    </>
  );
}

/** The name of a topic that may still change, so that nothing about it can be edited. */
function DraftHead({ node }: Pick<PanelProps, 'node'>) {
  const { picking } = useApp();
  const noun = useNoun();
  const { id } = node.topic;
  return (
    <>
      <h2 dir="auto">{node.name}</h2>
      <p className="quiet">
        The map is being made, and this topic may change. It can be renamed when the map is ready.
      </p>
      <div className="topic-actions">
        <Button icon={ListChecks} onClick={(event) => picking.selectTopic(id, event)}>
          Select {noun.many}
        </Button>
        <OnlyThis id={id} />
      </div>
    </>
  );
}

/** Turns a filter by this topic alone on or off. */
function OnlyThis({ id }: { readonly id: number }) {
  const { filtering } = useApp();
  const isOnly = useIsOnlyTopic(id);
  return (
    <Button icon={ListFilter} aria-pressed={isOnly} onClick={() => filtering.isolateTopic(id)}>
      Only this
    </Button>
  );
}

function Parts({ node, view }: { readonly node: TopicNode; readonly view: TopicView }) {
  const { topics } = useApp();
  if (node.children.length === 0) return null;
  return (
    <section aria-label="Subtopics">
      <h3>Subtopics</h3>
      <ul className="nearest">
        {node.children.map((id) => (
          <li key={id}>
            <button type="button" onClick={() => topics.goToTopic(id)}>
              <span className="nearest-title" dir="auto">
                {view.nodes.get(id)?.name}
              </span>
              <span className="nearest-value">{formatCount(view.nodes.get(id)?.size ?? 0)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The surest members first; papers at the topic's edge come last. */
function AllPapers({
  papers,
  corpus,
  confidence,
}: Pick<PanelProps, 'corpus' | 'confidence'> & { readonly papers: readonly number[] }) {
  const noun = useNoun();
  const [isWhole, setWhole] = useState(false);
  const ordered = useMemo(
    () => [...papers].sort((a, b) => confidence[b] - confidence[a] || a - b),
    [papers, confidence],
  );
  const shown = isWhole ? ordered : ordered.slice(0, PAPERS_SHOWN);
  return (
    <>
      <PaperList title={`Its ${noun.many}`} papers={shown} corpus={corpus.papers} />
      {shown.length < ordered.length && (
        <Button className="again" onClick={() => setWhole(true)}>
          Show all {formatCount(ordered.length)}
        </Button>
      )}
    </>
  );
}

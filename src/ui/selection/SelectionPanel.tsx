import { BookmarkPlus, Contrast, Download, Maximize2, SquareDashed, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { countOf, formatCount } from '../../app/messages.ts';
import type { Shown } from '../../app/state.ts';
import type { KeptSelection, Selection } from '../../model/selection.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { PaperList } from '../paper/PaperList.tsx';
import { ContrastTerms } from './ContrastTerms.tsx';
import { DistributionBars } from './DistributionBars.tsx';
import { KeptList } from './KeptList.tsx';

/**
 * The selection: its size, distinctive phrases, distribution and papers; and the kept selections. Hidden while a paper
 * or topic is open.
 */
export function SelectionPanel() {
  const { picking } = useApp();
  const isCovered = useAppState(
    ({ selected, topic, comparison }) => selected >= 0 || topic >= 0 || comparison?.isOpen === true,
  );
  const shown = useAppState((state) => state.shown);
  const selection = useAppState((state) => state.selection);
  if (isCovered || !shown) return null;
  return (
    <aside className="panel selection-panel" aria-label="Selection">
      <div className="panel-head">
        <p className="meta">Selection</p>
        <IconButton icon={X} label="Close" onClick={picking.closeSelections} />
      </div>
      {selection.length > 0 ? <Selected shown={shown} selection={selection} /> : <Nothing />}
    </aside>
  );
}

function Nothing() {
  const noun = useNoun();
  const { picking } = useApp();
  return (
    <>
      <h2>Nothing selected</h2>
      <p className="quiet">
        Draw around {noun.many} with the lasso or the rectangle; hold Shift and drag; on a touch screen press and hold.
        Topics and search results can be selected from their panels.
      </p>
      <div className="topic-actions">
        <Button icon={SquareDashed} onClick={(event) => picking.selectInView(event)}>
          Select what is in view
        </Button>
      </div>
      <KeptList />
    </>
  );
}

interface SelectedProps {
  readonly shown: Shown;
  readonly selection: Selection;
}

const REST = 'rest';

function Selected({ shown, selection }: SelectedProps) {
  const noun = useNoun();
  const kept = useAppState((state) => state.kept);
  const [chosen, choose] = useState(REST);
  const { papers } = shown.corpus;
  const other = kept.find(({ id }) => String(id) === chosen) ?? null;
  const sides = { a: selection, b: other?.papers ?? null, nameB: other?.name ?? 'The rest' };
  const share = (100 * selection.length) / Math.max(papers.length, 1);
  return (
    <>
      <h2>{countOf(selection.length, noun)}</h2>
      <p className="meta selection-share">{share < 1 ? 'less than 1' : share.toFixed(0)} % of the map</p>
      <Actions selection={selection} />
      <KeptList />
      {kept.length > 0 && <Against kept={kept} chosen={other ? chosen : REST} onChoose={choose} />}
      <ContrastTerms papers={papers} {...sides} />
      <DistributionBars shown={shown} {...sides} />
      <Papers selection={selection} shown={shown} />
    </>
  );
}

function Actions({ selection }: { readonly selection: Selection }) {
  const noun = useNoun();
  const { findingAgain, keeping, picking, saving, view } = useApp();
  const isFinished = useAppState((state) => state.shown?.map != null);
  return (
    <div className="topic-actions">
      <Button kind="main" icon={BookmarkPlus} onClick={keeping.keepCurrent}>
        Keep
      </Button>
      <Button icon={Contrast} onClick={picking.invertSelection}>
        Invert
      </Button>
      <Button icon={Maximize2} onClick={() => view.fitPapers(selection)}>
        Show
      </Button>
      <Button icon={Download} title={`Save these ${noun.many} (JSONL)`} onClick={saving.exportSelection}>
        Save
      </Button>
      <Button icon={X} onClick={picking.clearSelection}>
        Clear
      </Button>
      {isFinished && (
        <Button
          icon={Trash2}
          title={`Takes these ${noun.many} off the map; it can be undone`}
          onClick={() => void findingAgain.removePapers(selection)}
        >
          Remove
        </Button>
      )}
    </div>
  );
}

interface AgainstProps {
  readonly kept: readonly KeptSelection[];
  readonly chosen: string;
  readonly onChoose: (value: string) => void;
}

function Against({ kept, chosen, onChoose }: AgainstProps) {
  const options = [
    { value: REST, label: 'The rest' },
    ...kept.map(({ id, name, papers }) => ({ value: String(id), label: `${name} (${formatCount(papers.length)})` })),
  ];
  return (
    <div className="against">
      <Choice label="Compared with" value={chosen} options={options} onChange={onChoose} />
    </div>
  );
}

const PAPERS_STEP = 15;
const PAPERS_MORE = 200;

function Papers({ shown, selection }: SelectedProps) {
  const noun = useNoun();
  const [{ of, count }, setShown] = useState({ of: selection, count: PAPERS_STEP });
  const wanted = of === selection ? count : PAPERS_STEP;
  const left = selection.length - wanted;
  return (
    <>
      <PaperList title={`Its ${noun.many}`} papers={selection.subarray(0, wanted)} corpus={shown.corpus.papers} />
      {left > 0 && (
        <Button className="again" onClick={() => setShown({ of: selection, count: wanted + PAPERS_MORE })}>
          Show {left > PAPERS_MORE ? `${PAPERS_MORE} more of ${formatCount(left)}` : `the other ${formatCount(left)}`}
        </Button>
      )}
    </>
  );
}

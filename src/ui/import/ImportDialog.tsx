import { useMemo, useState } from 'react';
import { groupFiles, withNoun } from '../../app/maps/choices.ts';
import { countOf, describeProgress, sentenceOf } from '../../app/messages.ts';
import type { ImportPlan } from '../../app/state.ts';
import { nounOf } from '../../model/noun.ts';
import { useApp, useAppState, usePlanNoun } from '../app-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { NounFields } from '../controls/NounFields.tsx';
import { FileBench } from './FileBench.tsx';
import { FileList } from './FileList.tsx';
import { HowToEmbed, VectorChoice } from './HowToEmbed.tsx';
import './import.css';
import { Languages, MergeChoice, Notes, Summary } from './ImportSummary.tsx';
import { LayoutChoices } from './LayoutChoices.tsx';
import { PlacesChoice } from './PlacesChoice.tsx';
import { Ways } from './Ways.tsx';

/** What the reader found, before anything is embedded, and all that can be decided about the reading. */
export function ImportDialog() {
  const { importing, store } = useApp();
  const plan = useAppState((state) => state.plan);
  return (
    <ModalDialog
      title={plan ? headingOf(plan) : ''}
      className="import"
      isOpen={plan !== null}
      onClose={importing.leave}
    >
      {plan && (
        <>
          {plan.failure && <Failed failure={plan.failure} />}
          {plan.isCounted ? <Summary report={plan.report} /> : <Counting />}
          {plan.report.languages && <Languages languages={plan.report.languages} />}
          <Files plan={plan} />
          <Notes title="Left out" notes={plan.report.skipped} />
          <Notes title="Kept with changes" notes={plan.report.warnings} />
          <NounFields noun={nounOf(plan.corpus)} onChange={(noun) => store.set({ plan: withNoun(plan, noun) })} />
          <MergeChoice merge={plan.choices.merge} report={plan.report} />
          {plan.vectors.length > 0 && <VectorChoice plan={plan} />}
          {!plan.vectorsFrom && <HowToEmbed plan={plan} />}
          <PlacesChoice plan={plan} />
          {!plan.placesFrom && <LayoutChoices />}
          <Ways plan={plan} onCancel={importing.leave} />
        </>
      )}
    </ModalDialog>
  );
}

function headingOf({ isCounted, report, corpus }: ImportPlan): string {
  const noun = nounOf(corpus);
  if (!isCounted) return `Counting the ${noun.many}…`;
  return report.papers === 0 ? `No ${noun.many} found` : `${countOf(report.papers, noun)} found`;
}

function Failed({ failure }: { readonly failure: NonNullable<ImportPlan['failure']> }) {
  const { title, text } = sentenceOf(failure);
  return (
    <div className="bench-failure" role="status">
      <strong>{title}</strong>
      <p>{text}</p>
    </div>
  );
}

/** How far the whole files have been read; the running job shows its progress too. */
function Counting() {
  const noun = usePlanNoun();
  const progress = useAppState((state) => state.reading?.progress ?? null);
  return (
    <p className="quiet" aria-live="polite">
      Shown is what the files begin with; the whole is being counted. {progress && describeProgress(progress, noun)}
    </p>
  );
}

function Files({ plan: { previews, report, isCounted } }: { readonly plan: ImportPlan }) {
  const groups = useMemo(() => groupFiles(previews), [previews]);
  const [chosen, choose] = useState('');
  const group = groups.find(({ files }) => files.includes(chosen)) ?? groups[0];
  if (!group) return null;
  // The chosen file stands for its group, so that a search by name shows the very file.
  const preview = previews.find(({ file }) => file === chosen) ?? group.preview;
  const shown = { ...group, preview };
  return (
    <>
      {previews.length > 1 && (
        <FileList groups={groups} report={report} isCounted={isCounted} file={preview.file} onChoose={choose} />
      )}
      <FileBench key={preview.file} group={shown} saysProblem={previews.length > 1} />
    </>
  );
}

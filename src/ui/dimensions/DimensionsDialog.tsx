import { useEffect, useState } from 'react';
import { type Survey, suggestedChoice, whyNotReduced } from '../../app/maps/reducing.ts';
import { formatCount, plural } from '../../app/messages.ts';
import { isCancelled } from '../../model/failure.ts';
import type { MapData } from '../../model/map-data.ts';
import type { QuantizedMatrix } from '../../model/matrix.ts';
import type { KeptChoice } from '../../project/measure/kept-dimensions.ts';
import { useApp, useAppState, useDialog, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { ProgressLine } from '../controls/ProgressLine.tsx';
import { DimensionsTable } from './DimensionsTable.tsx';

/** Chooses how many dimensions of the map's vectors to keep, and shows the measured loss of each choice. */
export function DimensionsDialog() {
  const { isOpen, close } = useDialog('dimensions');
  const map = useAppState((state) => state.shown?.map ?? null);
  return (
    <ModalDialog title="Keep fewer dimensions" className="dimensions" isOpen={isOpen && map !== null} onClose={close}>
      {map && <Choices map={map} />}
    </ModalDialog>
  );
}

function Choices({ map }: { readonly map: MapData }) {
  const refusal = whyNotReduced(map);
  if (refusal !== null || !map.embedding) return <Refusal>{refusal}</Refusal>;
  return <Measured map={map} embedding={map.embedding} />;
}

function Refusal({ children }: { readonly children: React.ReactNode }) {
  return (
    <>
      <p className="quiet" data-refused>
        {children}
      </p>
      <Foot />
    </>
  );
}

interface MeasuredProps {
  readonly map: MapData;
  readonly embedding: QuantizedMatrix;
}

function Measured({ map, embedding }: MeasuredProps) {
  const noun = useNoun();
  const { reducing, store } = useApp();
  const { close } = useDialog('dimensions');
  const { survey, done } = useSurvey(embedding);
  const [picked, setPicked] = useState<KeptChoice | null>(null);
  const [isApplying, setApplying] = useState(false);
  const isTrained = map.info.encode?.matryoshka === true;
  const choice = picked ?? (survey && suggestedChoice(survey, map));
  const apply = async (): Promise<void> => {
    if (!choice) return;
    setApplying(true);
    try {
      await reducing.reduceShownMap(map, choice, new AbortController().signal);
      close();
    } catch (error) {
      setApplying(false);
      store.report(error, 'project');
    }
  };
  return (
    <>
      <p className="quiet">
        The vectors have {formatCount(embedding.cols)} numbers each. Fewer make a smaller file and a faster search, and
        lose some of what tells {noun.many} apart. Places, topics and neighbours stay those of the whole vectors;
        queries and those added later are made shorter in the same way.
      </p>
      {survey === null && (
        <div className="dimensions-wait">
          <p role="status">Measuring what each choice loses…</p>
          <ProgressLine label="Measuring" share={done.done / Math.max(1, done.total)} />
        </div>
      )}
      {survey?.choices.length === 0 && <p data-refused>There are too few to leave any out.</p>}
      {survey && choice && (
        <DimensionsTable
          survey={survey}
          embedding={embedding}
          chosen={choice}
          isTrained={isTrained}
          onChoose={setPicked}
        />
      )}
      <Foot>
        {choice && (
          <Button kind="main" disabled={isApplying} onClick={() => void apply()}>
            Keep {plural(choice.kept, 'dimension')}
          </Button>
        )}
      </Foot>
    </>
  );
}

function Foot({ children }: { readonly children?: React.ReactNode }) {
  const { close } = useDialog('dimensions');
  return (
    <div className="dialog-foot">
      <Button onClick={close}>{children === undefined ? 'Close' : 'Cancel'}</Button>
      {children}
    </div>
  );
}

interface Surveying {
  readonly survey: Survey | null;
  readonly done: { readonly done: number; readonly total: number };
}

/** Measures while the dialog is open. */
function useSurvey(embedding: QuantizedMatrix): Surveying {
  const { reducing, store } = useApp();
  const [state, setSurveying] = useState<Surveying>({ survey: null, done: { done: 0, total: 0 } });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    reducing
      .surveyMap(embedding, {
        signal,
        onDone: (done, total) => {
          // A progress message of the worker may arrive after its result.
          if (!signal.aborted) setSurveying(({ survey }) => ({ survey, done: { done, total } }));
        },
      })
      .then((survey) => {
        if (!signal.aborted) setSurveying({ survey, done: { done: 0, total: 0 } });
      })
      .catch((error: unknown) => {
        if (isCancelled(error)) return;
        store.set({ dialog: null });
        store.report(error, 'project');
      });
    return () => controller.abort();
  }, [embedding, reducing, store]);
  return state;
}

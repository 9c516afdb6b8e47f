import { useMemo } from 'react';
import { urlOptions } from '../../app/address/url.ts';
import { estimateWords, makeRates, piecesOf } from '../../app/maps/estimate.ts';
import { countOf, formatCount } from '../../app/messages.ts';
import type { ImportPlan } from '../../app/state.ts';
import { DEFAULT_DIMENSIONS, DEFAULT_MODEL } from '../../encode/model-spec.ts';
import { useApp, useAppState, usePlanNoun } from '../app-context.ts';
import { Choice } from '../controls/Choice.tsx';

const BUDGETS = [
  { value: 'full', label: 'the whole of each text' },
  { value: 'fast', label: 'its first 128 word pieces, faster' },
];

/** Cannot be a column's name, because names have no control characters. */
const MADE_HERE = '\u0000made here';
const UNKNOWN = '\u0000unknown';

/** Uses the papers' own vectors or makes new ones. Asks which model made the former; queries need the same. */
export function VectorChoice({ plan }: { readonly plan: ImportPlan }) {
  const { store } = useApp();
  const noun = usePlanNoun();
  const { vectors, vectorsFrom, vectorsModel } = plan;
  const chosen = vectors.find(({ column }) => column === vectorsFrom);
  const without = chosen?.without.length ?? 0;
  return (
    <>
      <p className="quiet">
        These {noun.many} bring vectors of {formatCount((chosen ?? vectors[0]).dimensions)} numbers: no model has to
        read them.
        {without > 0 && ` ${countOf(without, noun)} without a usable one will stand beside the map.`}
      </p>
      <Choice
        label="Vectors"
        value={vectorsFrom || MADE_HERE}
        options={[
          ...vectors.map(({ column, dimensions }) => ({
            value: column,
            label: `column “${column}”, ${formatCount(dimensions)} numbers each`,
          })),
          { value: MADE_HERE, label: 'made here, by a model' },
        ]}
        onChange={(value) => store.set({ plan: { ...plan, vectorsFrom: value === MADE_HERE ? '' : value } })}
      />
      {chosen?.dimensions === DEFAULT_DIMENSIONS && (
        <Choice
          label="They were made by"
          value={vectorsModel || UNKNOWN}
          options={[
            { value: UNKNOWN, label: 'a model that is not at hand: search by words' },
            { value: DEFAULT_MODEL.id, label: `${DEFAULT_MODEL.id}: search by meaning too` },
          ]}
          onChange={(value) => store.set({ plan: { ...plan, vectorsModel: value === UNKNOWN ? '' : value } })}
        />
      )}
    </>
  );
}

/** By which model the texts are read, how much of each, and about how long it takes. */
export function HowToEmbed({ plan }: { readonly plan: ImportPlan }) {
  const { store } = useApp();
  const budget = useAppState((state) => state.budget);
  return (
    <>
      <ModelChoice />
      <Choice
        label="Embed"
        value={budget}
        options={BUDGETS}
        onChange={(value) => store.set({ budget: value === 'fast' ? 'fast' : 'full' })}
      />
      {plan.isCounted && plan.report.papers > 0 && <Estimate plan={plan} />}
    </>
  );
}

/** How long the map will take, and whether the model reads the language of the texts. */
function Estimate({ plan: { corpus, report } }: { readonly plan: ImportPlan }) {
  const { encoders, page } = useApp();
  const budget = useAppState((state) => state.budget);
  // Decides with the address which model is used.
  useAppState((state) => state.usesFolderModel);
  const pieces = useMemo(() => piecesOf(corpus.papers, budget), [corpus, budget]);
  const { id } = encoders.currentModel();
  const rate = useMemo(() => makeRates(page, () => performance.now()).rateOf(id), [page, id]);
  const [first] = report.languages ?? [];
  const isForeign = first !== undefined && first.language !== 'en' && first.share >= MOST && id === DEFAULT_MODEL.id;
  return (
    <>
      <p className="quiet estimate">{estimateWords(pieces, corpus.papers.length, rate)}</p>
      {isForeign && (
        <p className="quiet foreign">
          Most of these texts are in {languageName(first.language)}. {DEFAULT_MODEL.id} reads English alone and places
          others poorly: bring a model for {languageName(first.language)}, or vectors of your own.
        </p>
      )}
    </>
  );
}

/** Share of the papers from which a language is that of most of them. */
const MOST = 0.5;

function languageName(language: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
}

/** The page's own model, or one from a folder that the user has opened. */
function ModelChoice() {
  const { page, store } = useApp();
  const folder = useAppState((state) => state.folderModel);
  const isUsed = useAppState((state) => state.usesFolderModel);
  if (!folder) return null;
  const options = [
    { value: 'folder', label: `${folder.name}, from your folder` },
    { value: 'page', label: urlOptions(page.hash()).model || DEFAULT_MODEL.id },
  ];
  return (
    <Choice
      label="By the model"
      value={isUsed ? 'folder' : 'page'}
      options={options}
      onChange={(value) => store.set({ usesFolderModel: value === 'folder' })}
    />
  );
}

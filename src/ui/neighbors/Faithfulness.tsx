import { type ReactNode, useState } from 'react';
import { countOf, formatCount } from '../../app/messages.ts';
import { neighborsKeptByChance, trustworthinessByChance } from '../../app/neighbors/chance.ts';
import { layoutValue, layoutWords } from '../../app/neighbors/layout-words.ts';
import { measuresOf } from '../../app/neighbors/measuring.ts';
import type { EncodeInfo, MapData } from '../../model/map-data.ts';
import { type Noun, nounOf } from '../../model/noun.ts';
import { useApp, useAppState, useMeasuring, useNoun, useTopics } from '../app-context.ts';
import { Fact } from '../controls/Fact.tsx';
import { NounFields } from '../controls/NounFields.tsx';

/** How far the map can be believed, in plain words; below them what the vectors are like and how both were made. */
export function Faithfulness({ map }: { readonly map: MapData }) {
  const [isOpen, setOpen] = useState(false);
  const { encode, project, origin } = map.info;
  useMeasuring(isOpen);
  return (
    <>
      <details className="quality" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>How good is this map?</summary>
        <dl className="quality-list">
          <QualityFacts map={map} />
          <BetweenTopics />
        </dl>
        <details>
          <summary>How it was made</summary>
          <dl className="facts">
            {encode && (
              <Fact name="Model" value={encode.model} says={howEncoded(encode, map.sentences !== undefined)} />
            )}
            {project && <Fact name="Layout" value={layoutValue(project)} says={layoutWords(project)} />}
            <KeptFact map={map} />
            <VectorFacts map={map} />
            {origin && <dd className="origin">{origin}</dd>}
          </dl>
        </details>
      </details>
      <Called noun={nounOf(map.corpus)} />
    </>
  );
}

/** What the texts are called, to be changed. */
function Called({ noun }: { readonly noun: Noun }) {
  const { calling } = useApp();
  return (
    <details className="quality">
      <summary>Its texts are called “{noun.many}”</summary>
      <NounFields noun={noun} onChange={calling.callTexts} />
    </details>
  );
}

interface PlainFactProps {
  readonly name: string;
  readonly value: string;
  /** The measure's usual name, for those who know it. */
  readonly term?: string;
  readonly children: ReactNode;
}

/** A figure with a sentence that says what it means and what is good. */
function PlainFact({ name, value, term, children }: PlainFactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="quality-value">{value}</dd>
      <dd>
        {children}
        {term && <small> {term}</small>}
      </dd>
    </div>
  );
}

/** How the vectors were shortened, and the measured loss. */
function KeptFact({ map: { reduction } }: { readonly map: MapData }) {
  const noun = useNoun();
  if (!reduction) return null;
  const { kind, from, kept, agreement } = reduction;
  const how = kind === 'pca' ? 'along the principal directions of these texts' : 'the first numbers of each vector';
  const loss = agreement
    ? ` ${percent(agreement.share)} of the ${agreement.k} nearest of each stayed its nearest, among ${countOf(agreement.sampled, noun)}.`
    : '';
  return (
    <Fact
      name="Dimensions kept"
      value={`${formatCount(kept)} of ${formatCount(from)}`}
      says={`The map’s vectors are shorter than the model makes them: ${how}.${loss} Places and neighbours are those of the whole vectors.`}
    />
  );
}

function howEncoded({ dtype, device, dimensions, maxPieces }: EncodeInfo, hasSentences: boolean): string {
  if (maxPieces === 0) return `vectors that came with the file, ${dimensions} dimensions`;
  const where = device?.includes('webgpu') ? ' on the graphics device' : '';
  const kept = hasSentences ? '; vectors of sentences are kept too' : '';
  return `${dtype}${where}, ${dimensions} dimensions, ${maxPieces} word pieces a window${kept}`;
}

function QualityFacts({ map }: { readonly map: MapData }) {
  const { one, many } = useNoun();
  const { quality } = map.info;
  if (!quality)
    return (
      <PlainFact name="Not measured" value="">
        This map’s file does not say how good it is.
      </PlainFact>
    );
  const { k, sampled, continuity } = quality;
  const n = map.corpus.papers.length;
  const of = sampled < n ? ` Measured on ${formatCount(sampled)} of ${formatCount(n)} ${many}.` : '';
  const chance = percent(trustworthinessByChance(sampled, k));
  return (
    <>
      <PlainFact name="Near means alike" value={percent(quality.trustworthiness)} term="Trustworthiness">
        How far you can believe that {many} near each other on the map are alike. {percent(1)} is perfect; a map drawn
        by chance has {chance}.
      </PlainFact>
      {continuity !== undefined && (
        <PlainFact name="Alike stays near" value={percent(continuity)} term="Continuity">
          How far {many} that are alike were not torn apart. {percent(1)} is perfect; chance has {chance}.
        </PlainFact>
      )}
      <PlainFact
        name="Closest kept"
        value={percent(quality.neighborPreservation)}
        term="Neighbours kept, neighbourhood preservation"
      >
        Share of the {k} {many} most like a {one} that are also its {k} nearest here. More is better, but no flat map
        keeps all; chance keeps {percent(neighborsKeptByChance(n, k), 1)}.{of}
      </PlainFact>
    </>
  );
}

/** How many papers are in no topic; clustering calls them noise. */
function BetweenTopics() {
  const noun = useNoun();
  const view = useTopics();
  if (!view || view.levels === 0 || view.nearest.length === 0) return null;
  let count = 0;
  for (let at = 0; at < view.paths.length; at += view.levels) if (view.paths[at] < 0) count++;
  return (
    <PlainFact name="Between topics" value={percent(count / view.nearest.length)} term="Noise">
      {count === 0
        ? `Every ${noun.one} is in a topic.`
        : `${countOf(count, noun)} in no topic: too few others are like ${count === 1 ? 'it' : 'them'} to be a group. A few are usual.`}
    </PlainFact>
  );
}

function VectorFacts({ map }: { readonly map: MapData }) {
  const noun = useNoun();
  const measures = useAppState(measuresOf);
  if (!measures) return null;
  const { effectiveRank, hubness } = measures;
  const { papers } = map.corpus;
  const dimensions = map.embedding?.cols ?? 0;
  return (
    <>
      {effectiveRank && effectiveRank.rank > 0 && (
        <Fact
          name="Effective rank"
          value={`${effectiveRank.rank.toFixed(0)} of ${formatCount(dimensions)}`}
          says={`How many directions the vectors use about evenly: exp of the entropy of their singular values (Roy & Vetterli 2007). A low one says that the model sees these ${noun.many} in few ways. Measured on ${countOf(effectiveRank.sampled, noun)}.`}
        />
      )}
      {hubness && (
        <Fact
          name="Hubness"
          value={hubness.skewness.toFixed(1)}
          says={`How unevenly ${noun.many} are neighbours of others: the skewness of how often each is one (Radovanović 2010). 0 is even; above 1, some are near to very many. The most frequent is near to ${formatCount(hubness.most)}, and ${countOf(hubness.never, noun)} of ${formatCount(papers.length)} to none.`}
        />
      )}
    </>
  );
}

/** `digits`: decimal places of shares below a tenth. */
function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(share < 0.1 ? digits : 0)}\u00a0%`;
}

import { countOf, formatCount } from '../../app/messages.ts';
import { layoutValue, layoutWords } from '../../app/neighbors/layout-words.ts';
import { measuresOf } from '../../app/neighbors/measuring.ts';
import type { EncodeInfo, MapData } from '../../model/map-data.ts';
import { useAppState, useNoun, useTopics } from '../app-context.ts';
import { Fact } from '../controls/Fact.tsx';

/** How faithful the map is to the vectors, what the vectors are like, and how both were made. */
export function Faithfulness({ map }: { readonly map: MapData }) {
  const { encode, project, origin } = map.info;
  return (
    <dl className="facts">
      <QualityFacts map={map} />
      <BetweenTopics />
      <VectorFacts map={map} />
      <KeptFact map={map} />
      {encode && <Fact name="Model" value={encode.model} says={howEncoded(encode, map.sentences !== undefined)} />}
      {project && <Fact name="Layout" value={layoutValue(project)} says={layoutWords(project)} />}
      {origin && <dd className="origin">{origin}</dd>}
    </dl>
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
  const noun = useNoun();
  const { quality } = map.info;
  if (!quality) return null;
  const { k, sampled } = quality;
  const of = sampled < map.corpus.papers.length ? ` Measured on ${countOf(sampled, noun)}.` : '';
  return (
    <>
      <Fact
        name="Neighbours kept"
        value={percent(quality.neighborPreservation)}
        says={`Share of the ${k} true neighbours of each that are also its ${k} nearest on the map.${of}`}
      />
      <Fact
        name="Trustworthiness"
        value={percent(quality.trustworthiness)}
        says={`1 minus a penalty for neighbours on the map that are none in truth (Venna & Kaski 2001).${of}`}
      />
      {quality.continuity !== undefined && (
        <Fact
          name="Continuity"
          value={percent(quality.continuity)}
          says={`1 minus a penalty for true neighbours that the map has torn apart (Venna & Kaski 2001).${of}`}
        />
      )}
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
    <Fact
      name="Between topics"
      value={percent(count / view.nearest.length)}
      says={`Noise: ${countOf(count, noun)} in no topic, because no dense group of ${noun.many} includes them.`}
    />
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

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

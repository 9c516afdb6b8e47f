import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '../../app/messages.ts';
import { whyNoMeaning } from '../../app/search/search.ts';
import type { MapData } from '../../model/map-data.ts';
import type { Paper } from '../../model/paper.ts';
import {
  type PairShares,
  type SentenceShare,
  type ShareProgress,
  sentenceShares,
} from '../../pipeline/sentence-shares.ts';
import type { SharedWord } from '../../search/shared-words.ts';
import { readableText, readableTitle, writingOf } from '../../text/readable.ts';
import { useApp, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';

interface Props {
  readonly map: MapData;
  /** Indexes of the open paper and of one of its neighbours. */
  readonly pair: readonly [number, number];
}

/** Why two papers are near: the words that they share and, on request, the sentences that contribute most. */
export function WhyNear({ map, pair }: Props) {
  const [a, b] = pair;
  return (
    <div className="why">
      <SharedWords a={a} b={b} />
      <Sentences map={map} papers={[map.corpus.papers[a], map.corpus.papers[b]]} />
    </div>
  );
}

function SharedWords({ a, b }: { readonly a: number; readonly b: number }) {
  const noun = useNoun();
  const { search } = useApp();
  const [words, setWords] = useState<readonly SharedWord[] | 'not yet' | null>(null);
  useEffect(() => {
    let isAlive = true;
    void search.sharedWordsOf(a, b).then((found) => {
      if (isAlive) setWords(found ?? 'not yet');
    });
    return () => {
      isAlive = false;
    };
  }, [a, b, search]);
  if (words === null) return null;
  if (words === 'not yet')
    return <p className="why-words">The words they share are known once all {noun.many} are indexed.</p>;
  if (words.length === 0) return <p className="why-words">They share no word that few other {noun.many} hold.</p>;
  return (
    <p className="why-words">
      Words in common:{' '}
      {words.map(({ text, share }) => (
        <span key={text} className="why-word" title={`${percent(share)} of what the shared words weigh`}>
          {text}
        </span>
      ))}
    </p>
  );
}

type Finding =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: ShareProgress }
  | { readonly kind: 'found'; readonly shares: PairShares };

function Sentences({ map, papers }: { readonly map: MapData; readonly papers: readonly [Paper, Paper] }) {
  const { encoders, store } = useApp();
  const [finding, setFinding] = useState<Finding>({ kind: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const reason = whyNoMeaning(map, encoders.currentModel().id);
  if (reason !== null) return <p className="why-words">{reason}</p>;
  const find = async (): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    const onProgress = (progress: ShareProgress): void => {
      if (!signal.aborted) setFinding({ kind: 'running', progress });
    };
    onProgress({ unit: 'texts', done: 0, total: 0 });
    try {
      setFinding({
        kind: 'found',
        shares: await sentenceShares(encoders.currentEncoder(), papers, { signal, onProgress }),
      });
    } catch (error) {
      setFinding({ kind: 'idle' });
      store.report(error, 'encode');
    }
  };
  if (finding.kind === 'found') return <Shares shares={finding.shares} papers={papers} />;
  if (finding.kind === 'idle') {
    return (
      <Button kind="text" onClick={() => void find()}>
        Which sentences carry it?
      </Button>
    );
  }
  return (
    <p className="why-progress">
      <span role="status">{progressWords(finding.progress)}</span>
      <Button kind="text" onClick={() => running.current?.abort()}>
        Cancel
      </Button>
    </p>
  );
}

const SENTENCES_SHOWN = 4;
/** A smaller drop of the cosine is within the model's rounding error. */
const MIN_DROP = 0.005;

function Shares({ shares, papers }: { readonly shares: PairShares; readonly papers: readonly [Paper, Paper] }) {
  const noun = useNoun();
  const { cosine, sentences } = shares;
  const carrying = sentences.filter(({ drop }) => drop >= MIN_DROP).slice(0, SENTENCES_SHOWN);
  if (carrying.length === 0) {
    return <p className="why-words">No single sentence carries it: without any one of them they are as near.</p>;
  }
  return (
    <dl className="why-sentences">
      {carrying.map((sentence) => (
        <div key={`${sentence.paper}:${sentence.range}`}>
          <dt>{sentence.paper === 0 ? `This ${noun.one}` : 'The other'}</dt>
          <dd dir="auto">{sentenceText(papers[sentence.paper], sentence)}</dd>
          <dd className="why-drop" title={`Cosine of the two, whole: ${cosine.toFixed(2)}; without this sentence`}>
            {cosine.toFixed(2)} → {(cosine - sentence.drop).toFixed(2)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function sentenceText(paper: Paper, { range }: SentenceShare): string {
  return range ? readableText(paper.text.slice(range[0], range[1]), writingOf(paper.text)) : readableTitle(paper.title);
}

function progressWords({ unit, done, total }: ShareProgress): string {
  if (unit === 'bytes') return `Loading the model: ${formatBytes(done)}`;
  return total === 0 ? 'Reading both' : `Reading them without each sentence: ${done} of ${total}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

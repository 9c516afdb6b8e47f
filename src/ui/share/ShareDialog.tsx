import { type ComponentType, useState } from 'react';
import { shareSentences } from '../../app/share/share-links.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { Segments } from '../controls/Segments.tsx';
import { ShareEmbed } from './ShareEmbed.tsx';
import { ShareMap, SharePage, ShareTable } from './ShareFiles.tsx';
import { ShareLink } from './ShareLink.tsx';
import { SharePicture } from './SharePicture.tsx';
import './share.css';

type Way = keyof ReturnType<typeof shareSentences>;

const WAYS: readonly { readonly value: Way; readonly label: string; readonly Part: ComponentType }[] = [
  { value: 'link', label: 'Link', Part: ShareLink },
  { value: 'map', label: 'Map file', Part: ShareMap },
  { value: 'page', label: 'Page', Part: SharePage },
  { value: 'embed', label: 'Embed', Part: ShareEmbed },
  { value: 'picture', label: 'Picture', Part: SharePicture },
  { value: 'table', label: 'Table', Part: ShareTable },
];

/** All ways to take the map with you or to give it to others, each with a sentence for whom it is. */
export function ShareDialog() {
  const { store } = useApp();
  const isOpen = useAppState((state) => state.exporting);
  const hasMap = useAppState((state) => state.shown?.map != null);
  const noun = useNoun();
  const [way, setWay] = useState<Way>('picture');
  if (!hasMap) return null;
  const close = (): void => store.set({ exporting: false });
  const { Part } = WAYS.find(({ value }) => value === way) ?? WAYS[0];
  return (
    <ModalDialog title="Share" className="share" isOpen={isOpen} onClose={close}>
      <div className="share-ways">
        <Segments label="As" value={way} options={WAYS} onChange={setWay} />
      </div>
      <p className="quiet">{shareSentences(noun)[way]}</p>
      <Part key={way} />
      <div className="dialog-foot">
        <Button onClick={close}>Close</Button>
      </div>
    </ModalDialog>
  );
}

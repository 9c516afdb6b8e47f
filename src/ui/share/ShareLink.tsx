import { useState } from 'react';
import { isOwnComputer, mapLink } from '../../app/share/share-links.ts';
import { useApp, useAppState } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { CopyText } from './CopyText.tsx';

/** A link to the map as it is seen, and what such a link needs to work. */
export function ShareLink() {
  const { page } = useApp();
  const mapAt = useAppState((state) => state.mapAt);
  const [address, setAddress] = useState('');
  const link = mapLink(page.base, mapAt || address, page.hash());
  return (
    <>
      {mapAt === '' && <Publishing address={address} onChange={setAddress} />}
      {link.kind === 'none' && link.why !== '' && <p role="alert">{link.why}</p>}
      {link.kind !== 'none' && <CopyText label="Link" text={link.href} />}
      {link.kind === 'viewer' && (
        <p className="quiet">
          The file is on another site, so the link opens the map in the viewer, to look at and to search by words.
        </p>
      )}
      {link.kind === 'page' && (
        <p className="quiet">It says what you look at, search for and have chosen, and nothing else of your texts.</p>
      )}
      {link.kind !== 'none' && isOwnComputer(page.base) && (
        <p role="note">This page runs on your own computer, so the link works only here until the page is published.</p>
      )}
    </>
  );
}

/** Asks for the address of a published map file, and tells how to get one. */
export function Publishing({
  address,
  onChange,
}: {
  readonly address: string;
  readonly onChange: (to: string) => void;
}) {
  const { saving } = useApp();
  return (
    <>
      <p>This map is only in your browser, so nothing leads to it yet. Its file must be at an address first:</p>
      <ol className="share-steps">
        <li>
          <Button onClick={() => void saving.saveMap()}>Save map</Button>
        </li>
        <li>
          Put the file beside this page, or on a site that serves it by HTTPS and allows other sites to read it (CORS),
          such as GitHub Pages.
        </li>
        <li>
          <label className="share-field">
            Its address
            <input
              type="url"
              value={address}
              maxLength={300}
              placeholder="https://example.org/maps/mine.parquet"
              onChange={({ target }) => onChange(target.value)}
            />
          </label>
        </li>
      </ol>
    </>
  );
}

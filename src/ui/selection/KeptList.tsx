import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover, Button as TriggerButton } from 'react-aria-components';
import { countOf, formatCount } from '../../app/messages.ts';
import { keptColor } from '../../app/selection/kept-colors.ts';
import type { Theme } from '../../app/settings.ts';
import { isSameSelection, type KeptSelection } from '../../model/selection.ts';
import { useApp, useAppState, useNoun } from '../app-context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { NameField } from '../controls/NameField.tsx';
import { useTheme } from '../use-theme.ts';

/** The kept selections. Each can be selected again, renamed, recoloured and deleted. */
export function KeptList() {
  const { store } = useApp();
  const kept = useAppState((state) => state.kept);
  const isColored = useAppState((state) => state.colorBy === 'kept');
  if (kept.length === 0) return null;
  return (
    <section aria-label="Kept selections">
      <h3>Kept selections</h3>
      <p className="quiet">
        A click selects one again; with Shift it is added, with Alt taken away.{' '}
        {!isColored && (
          <Button kind="link" onClick={() => store.set({ colorBy: 'kept' })}>
            Colour the map by them
          </Button>
        )}
      </p>
      <ul className="kept">
        {kept.map((selection) => (
          <Row key={selection.id} selection={selection} />
        ))}
      </ul>
    </section>
  );
}

function Row({ selection }: { readonly selection: KeptSelection }) {
  const noun = useNoun();
  const { keeping, picking } = useApp();
  const theme = useTheme();
  const [isRenaming, setRenaming] = useState(false);
  const isCurrent = useAppState((state) => isSameSelection(state.selection, selection.papers));
  const { id, name, papers } = selection;
  if (isRenaming) {
    return (
      <li>
        <NameField
          label={`Name of this selection of ${countOf(selection.papers.length, noun)}`}
          name={selection.name}
          onRename={(name) => keeping.renameKept(selection.id, name)}
          onEnd={() => setRenaming(false)}
        />
      </li>
    );
  }
  return (
    <li data-kept={id}>
      <HueMenu selection={selection} theme={theme} />
      <button
        type="button"
        className="kept-name"
        aria-pressed={isCurrent}
        onClick={(event) => picking.pick(selection.papers, event)}
      >
        <span dir="auto">{name}</span>
        <span className="nearest-value">
          {formatCount(papers.length)}
          <span className="visually-hidden"> {noun.many}</span>
        </span>
      </button>
      <IconButton icon={Pencil} size={14} isSmall label={`Rename ${name}`} onClick={() => setRenaming(true)} />
      <IconButton
        icon={Trash2}
        size={14}
        isSmall
        label={`Delete ${name}`}
        onClick={() => keeping.removeKept(selection)}
      />
    </li>
  );
}

interface HueProps {
  readonly selection: KeptSelection;
  readonly theme: Theme;
}

function HueMenu({ selection, theme }: HueProps) {
  const { keeping } = useApp();
  return (
    <MenuTrigger>
      <TriggerButton className="icon-button icon-button-small" aria-label={`Colour of ${selection.name}`}>
        <Swatch color={keptColor(selection, theme)} />
      </TriggerButton>
      <Popover className="popover">
        <Menu className="list-box hues" aria-label="Colour">
          {HUE_NAMES.map((_, hue) => (
            <MenuItem
              key={HUE_NAMES[hue]}
              className="list-item hue"
              textValue={HUE_NAMES[hue]}
              onAction={() => keeping.recolorKept(selection.id, hue)}
            >
              <Swatch color={keptColor({ ...selection, hue }, theme)} />
              {HUE_NAMES[hue]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Names of the palette's hues, which are alike in both themes. */
const HUE_NAMES =
  'Blue,Red,Green,Yellow,Violet,Turquoise,Wine,Brown,Indigo,Plum,Iris,Purple,Rust,Teal,Lavender,Forest,Coral,Sky,Olive,Umber,Petrol,Orange,Lime,Chestnut'.split(
    ',',
  );

function Swatch({ color }: { readonly color: string }) {
  return (
    <svg className="swatch" viewBox="0 0 10 10" aria-hidden>
      <circle cx="5" cy="5" r="5" fill={color} />
    </svg>
  );
}

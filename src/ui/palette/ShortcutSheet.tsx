import { isMacKeyboard, keyNames, SHORTCUTS, type Shortcut } from '../../app/commands/shortcuts.ts';
import { useApp, useAppState } from '../app-context.ts';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { Toggle } from '../controls/Toggle.tsx';

/** All shortcuts, and a switch for those of a single character. */
export function ShortcutSheet() {
  const { store } = useApp();
  const isOpen = useAppState((state) => state.dialog === 'shortcuts');
  const close = (): void => store.set({ dialog: null });
  return (
    <ModalDialog title="Keyboard shortcuts" isOpen={isOpen} onClose={close}>
      <div className="shortcut-columns">
        <Keys title="Anywhere" where="page" />
        <Keys title="While the map has the focus" where="map" />
      </div>
      <SingleKeys />
      <div className="dialog-foot">
        <Button kind="main" onClick={close}>
          Close
        </Button>
      </div>
    </ModalDialog>
  );
}

function Keys({ title, where }: { readonly title: string; readonly where: Shortcut['where'] }) {
  const isMac = isMacKeyboard();
  return (
    <section>
      <h3>{title}</h3>
      <dl className="shortcuts">
        {SHORTCUTS.filter((shortcut) => shortcut.where === where).map(({ label, chords }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {keyNames(chords[0], isMac).map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Single keys can be turned off, because voice input types letters that are not meant as shortcuts. */
function SingleKeys() {
  const { settings } = useApp();
  const isOn = useAppState((state) => state.singleKeys);
  return (
    <Toggle isOn={isOn} onChange={settings.chooseSingleKeys}>
      Single letters and signs are shortcuts
    </Toggle>
  );
}

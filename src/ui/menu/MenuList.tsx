import { Fragment, type RefObject, useEffect, useRef } from 'react';
import { Menu, MenuItem, Popover, Separator } from 'react-aria-components';
import { type Command, menuCommands } from '../../app/commands/menu-commands.ts';
import { useApp, useAppState } from '../app-context.ts';

/** Properties of a {@link MenuList}. */
export interface MenuListProps {
  /** The button below which the list opens. */
  readonly trigger: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** The open list of `MainMenu`. It closes after a choice and returns the focus to what had it before. */
export function MenuList({ trigger, onClose }: MenuListProps) {
  const app = useApp();
  const shown = useAppState((state) => state.shown);
  const theme = useAppState((state) => state.theme);
  const offline = useAppState((state) => state.offline);
  const list = useRef<HTMLDivElement>(null);
  // The library focuses the first entry while the list is still hidden, to be placed; then only the list gets the focus.
  useEffect(() => {
    const frame = requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Popover
      aria-label="Menu"
      className="popover"
      placement="bottom start"
      triggerRef={trigger}
      isOpen
      onOpenChange={onClose}
    >
      <Menu ref={list} className="list-box" aria-label="Menu" autoFocus="first" onClose={onClose}>
        {menuCommands(app, { shown, theme, offline }).map((section, i) => (
          <Fragment key={section[0].id}>
            {i > 0 && <Separator className="separator" />}
            {section.map((command) => (
              <Entry key={command.id} command={command} onClose={onClose} />
            ))}
          </Fragment>
        ))}
      </Menu>
    </Popover>
  );
}

function Entry({ command, onClose }: { readonly command: Command; readonly onClose: () => void }) {
  return (
    <MenuItem
      className={command.isChosen ? 'list-item list-item-chosen' : 'list-item'}
      isDisabled={command.isDisabled ?? false}
      onAction={() => {
        onClose();
        command.run();
      }}
    >
      {command.label}
    </MenuItem>
  );
}

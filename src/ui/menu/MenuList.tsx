import { Compass } from 'lucide-react';
import { Fragment } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { type Command, menuCommands } from '../../app/commands/menu-commands.ts';
import { useApp, useAppState } from '../app-context.ts';

/** The list of {@link MainMenu}; `asked`: the user has pressed already, so it opens at once. */
export function MenuList({ asked }: { readonly asked: boolean }) {
  const app = useApp();
  const shown = useAppState((state) => state.shown);
  const theme = useAppState((state) => state.theme);
  const offline = useAppState((state) => state.offline);
  return (
    <MenuTrigger defaultOpen={asked}>
      <Button className="brand" aria-label="Menu">
        <Compass size={19} aria-hidden />
        <span className="brand-name">Portolan</span>
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu className="list-box">
          {menuCommands(app, { shown, theme, offline }).map((section, i) => (
            <Fragment key={section[0].id}>
              {i > 0 && <Separator className="separator" />}
              {section.map((command) => (
                <Entry key={command.id} command={command} />
              ))}
            </Fragment>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function Entry({ command }: { readonly command: Command }) {
  return (
    <MenuItem
      className={command.isChosen ? 'list-item list-item-chosen' : 'list-item'}
      isDisabled={command.isDisabled ?? false}
      onAction={command.run}
    >
      {command.label}
    </MenuItem>
  );
}

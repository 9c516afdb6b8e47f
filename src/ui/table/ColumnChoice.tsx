import { Columns3 } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Table } from '../../app/table/table.ts';
import { useAppState } from '../app-context.ts';

/** Chooses the columns that the table shows. */
export function ColumnChoice({ table }: { readonly table: Table }) {
  const { all, first } = useAppState(table.columnsOf);
  const chosen = useAppState((state) => state.table.columns) ?? first;
  return (
    <MenuTrigger>
      <Button className="icon-button icon-button-small" aria-label="Columns">
        <Columns3 size={15} aria-hidden />
      </Button>
      <Popover className="popover" placement="top end">
        <Menu
          className="list-box"
          aria-label="Columns"
          selectionMode="multiple"
          disallowEmptySelection
          selectedKeys={chosen}
          onSelectionChange={(keys) => {
            const ids = all.map(({ id }) => id);
            table.showColumns(keys === 'all' ? ids : ids.filter((id) => keys.has(id)));
          }}
        >
          {all.map(({ id, name }) => (
            <MenuItem key={id} id={id} textValue={name} className="list-item rows-column">
              {({ isSelected }) => (
                <>
                  <span className="rows-check" aria-hidden>
                    {isSelected ? '✓' : ''}
                  </span>
                  {name}
                </>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

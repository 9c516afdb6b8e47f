import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';

/** The options of a {@link Choice} and the chosen one. */
export interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  /** Whether the list is open at first. */
  readonly isOpen?: boolean;
}

/** Chooses one of several options from a drop-down list. */
export function Choice({ label, value, options, onChange, isOpen = false }: ChoiceProps) {
  return (
    <Select className="choice" value={value} defaultOpen={isOpen} onChange={(key) => onChange(String(key))}>
      <Label>{label}</Label>
      <Button className="choice-button">
        <SelectValue />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox className="list-box">
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="list-item">
              {option.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

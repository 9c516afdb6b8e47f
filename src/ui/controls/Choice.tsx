import { ChevronDown } from 'lucide-react';
import {
  Button,
  Header,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';

interface ChoiceOption {
  readonly value: string;
  readonly label: string;
}

/** The options of a {@link Choice} and the chosen one. */
export interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly ChoiceOption[];
  /** Further options, under a heading of their own. */
  readonly others?: { readonly heading: string; readonly options: readonly ChoiceOption[] };
  readonly onChange: (value: string) => void;
  /** Whether the list is open at first. */
  readonly isOpen?: boolean;
}

/** Chooses one of several options from a drop-down list. */
export function Choice({ label, value, options, others, onChange, isOpen = false }: ChoiceProps) {
  return (
    <Select className="choice" value={value} defaultOpen={isOpen} onChange={(key) => onChange(String(key))}>
      <Label>{label}</Label>
      <Button className="choice-button">
        <SelectValue />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox className="list-box">
          {options.map(itemOf)}
          {others && others.options.length > 0 && (
            <ListBoxSection>
              <Header className="list-heading">{others.heading}</Header>
              {others.options.map(itemOf)}
            </ListBoxSection>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

function itemOf({ value, label }: ChoiceOption) {
  return (
    <ListBoxItem key={value} id={value} textValue={label} className="list-item">
      {label}
    </ListBoxItem>
  );
}

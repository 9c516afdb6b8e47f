import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';

/** What is chosen from, and what is chosen. */
export interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  /** Its list is open from the start. */
  readonly isOpen?: boolean;
}

/** One of several, from a list that drops down. */
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

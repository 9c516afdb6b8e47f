import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { Choice, type ChoiceProps } from './Choice.tsx';

/** From this number of options on, they can be searched by typing. */
const MANY = 12;
/** Options shown at a time; typing finds the others. */
const MAX_SHOWN = 100;

/** Chooses one of several options from a drop-down list, in which one can search when they are many. */
export function SearchChoice(props: ChoiceProps) {
  return props.options.length < MANY ? <Choice {...props} /> : <Searchable {...props} />;
}

function Searchable({ label, value, options, onChange }: ChoiceProps) {
  // Null while nothing is being typed.
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = options.find((option) => option.value === value)?.label ?? '';
  const wanted = (typed ?? '').trim().toLowerCase();
  const found = options.filter((option) => option.label.toLowerCase().includes(wanted));
  return (
    <ComboBox
      className="choice"
      value={value}
      inputValue={typed ?? chosen}
      menuTrigger="focus"
      allowsEmptyCollection
      // Filtered here, because only a part of many options is shown.
      defaultFilter={() => true}
      onInputChange={(text) => setTyped(text === chosen ? null : text)}
      onChange={(key) => {
        setTyped(null);
        if (key !== null && key !== value) onChange(String(key));
      }}
      onBlur={() => setTyped(null)}
    >
      <Label>{label}</Label>
      <span className="choice-button choice-search">
        <Input />
        <Button aria-label={`All of ${label}`}>
          <ChevronDown size={14} aria-hidden />
        </Button>
      </span>
      <Popover className="popover">
        <ListBox className="list-box" renderEmptyState={() => <p className="list-item quiet">none is called so</p>}>
          {found.slice(0, MAX_SHOWN).map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="list-item">
              {option.label}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

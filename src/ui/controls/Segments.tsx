import type { LucideIcon } from 'lucide-react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Shown in place of the label, which then serves screen readers. */
  readonly icon?: LucideIcon;
  /** Default: the label. */
  readonly tooltip?: string;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Segment<Value>[];
  readonly onChange: (value: Value) => void;
}

/** Chooses one of a few options, shown side by side. */
export function Segments<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <ToggleButtonGroup
      className="modes"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find((option) => keys.has(option.value));
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <ToggleButton
          key={option.value}
          id={option.value}
          className={option.icon ? 'mode select-mode' : 'mode'}
          {...(option.icon && { 'aria-label': option.label })}
        >
          <span title={option.tooltip ?? option.label}>
            {option.icon ? <option.icon size={15} aria-hidden /> : option.label}
          </span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

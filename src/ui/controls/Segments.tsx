import type { LucideIcon } from 'lucide-react';
import { useId } from 'react';

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
  /** Added to the class of all segments. */
  readonly className?: string;
}

/**
 * Chooses one of a few options, shown side by side: the browser's own radio buttons, which lie unseen over their
 * labels, so that the first picture needs no library for them.
 */
export function Segments<Value extends string>({ label, value, options, onChange, className = '' }: Props<Value>) {
  const name = useId();
  return (
    <div className={`modes ${className}`.trim()} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label
          key={option.value}
          className={option.icon ? 'mode select-mode' : 'mode'}
          title={option.tooltip ?? option.label}
        >
          <input
            type="radio"
            name={name}
            aria-label={option.label}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.icon ? <option.icon size={15} aria-hidden /> : option.label}
        </label>
      ))}
    </div>
  );
}

import { useState } from 'react';

interface Props {
  readonly label: string;
  /** What the number does, beside it and as a tooltip. */
  readonly says: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Called only with numbers in range. */
  readonly onChange: (value: number) => void;
}

/** A field for a number within a range. */
export function NumberChoice({ label, says, value, min, max, step, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className="number-choice" title={says}>
      <span>{label}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        value={typed ?? value}
        onChange={({ target }) => {
          setTyped(target.value);
          const number = target.valueAsNumber;
          const isWhole = step < 1 || Number.isInteger(number);
          if (number >= min && number <= max && isWhole) onChange(number);
        }}
        // A number out of range falls back to the last valid one.
        onBlur={() => setTyped(null)}
      />
      <span className="quiet">{says}</span>
    </label>
  );
}

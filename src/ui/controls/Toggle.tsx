import type { ReactNode } from 'react';

interface Props {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A switch with its label: the browser's own checkbox, which lies unseen over both. */
export function Toggle({ isOn, onChange, isDisabled = false, className = '', children }: Props) {
  return (
    <label className={`switch ${className}`.trim()}>
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="switch-track" aria-hidden />
      {children}
    </label>
  );
}

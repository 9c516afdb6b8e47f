import type { ReactNode } from 'react';
import { Switch } from 'react-aria-components';

interface Props {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A switch with its label. */
export function Toggle({ isOn, onChange, isDisabled = false, className = '', children }: Props) {
  return (
    <Switch className={`switch ${className}`.trim()} isSelected={isOn} isDisabled={isDisabled} onChange={onChange}>
      <span className="switch-track" aria-hidden />
      {children}
    </Switch>
  );
}

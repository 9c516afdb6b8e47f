import { plural } from '../../app/messages.ts';
import type { DayOrder, DayOrderGuess } from '../../text/dates.ts';
import { Choice } from '../controls/Choice.tsx';

interface Props {
  readonly days: DayOrderGuess;
  readonly onChange: (order: DayOrder) => void;
}

/** Day or month first, for ambiguous dates; how many there are, and whether the rest of their column decides it. */
export function DayOrderChoice({ days: { order, isSure, ambiguous, example }, onChange }: Props) {
  return (
    <div className="day-order">
      <Choice
        label={`Read ${example}`}
        value={order}
        options={[
          { value: 'day-first', label: 'day first' },
          { value: 'month-first', label: 'month first' },
        ]}
        onChange={(value) => onChange(value === 'day-first' ? 'day-first' : 'month-first')}
      />
      <p className="quiet">
        {plural(ambiguous, 'date')} can be read in two ways
        {isSure ? '; the others of the column tell.' : ', and nothing in the column tells which.'}
      </p>
    </div>
  );
}

import { ChevronDown } from 'lucide-react';
import { Suspense, useState } from 'react';
import { setState } from '../../app/store.ts';
import type { ChoiceProps } from '../controls/Choice.tsx';
import { late, offerReload } from '../late.tsx';

type Props = Pick<ChoiceProps, 'value' | 'options'>;

const LABEL = 'Colour by';

// The map is drawn before what makes a button into a list is there.
const Choice = late(
  async () => (await import('../controls/Choice.tsx')).Choice,
  (props: ChoiceProps) => <Folded {...props} onPress={offerReload} />,
);

/** What the papers are coloured by. */
export function ColorChoice(props: Props) {
  const [isAsked, setAsked] = useState(false);
  return (
    <Suspense fallback={<Folded {...props} onPress={() => setAsked(true)} />}>
      <Choice {...props} label={LABEL} isOpen={isAsked} onChange={(value) => setState({ colorBy: value })} />
    </Suspense>
  );
}

/** The same to look at. */
function Folded({ value, options, onPress }: Props & { readonly onPress: () => void }) {
  return (
    <div className="choice">
      <span>{LABEL}</span>
      {/* Already when it is pressed: what takes its place before the finger is lifted would get no click. */}
      <button type="button" className="choice-button" aria-haspopup="listbox" onPointerDown={onPress} onClick={onPress}>
        <span>{options.find((option) => option.value === value)?.label}</span>
        <ChevronDown size={14} aria-hidden />
      </button>
    </div>
  );
}

import { useId, useState } from 'react';
import { MAX_NOUN_LENGTH, type Noun, nounFrom, pluralOf } from '../../model/noun.ts';

interface Props {
  readonly noun: Noun;
  /** Called when a field is left, or on Enter, if the noun is another. */
  readonly onChange: (noun: Noun) => void;
}

/** What one text is called, and many. The plural is guessed until it is typed. An empty field keeps what was there. */
export function NounFields({ noun, onChange }: Props) {
  const id = useId();
  const [typed, setTyped] = useState<Partial<Noun>>({});
  const one = typed.one ?? noun.one;
  const many = typed.many ?? (typed.one === undefined ? noun.many : pluralOf(typed.one));
  const keep = (): void => {
    const found = nounFrom(`${one.replaceAll('/', ' ')}/${many.replaceAll('/', ' ')}`);
    setTyped({});
    if (found && (found.one !== noun.one || found.many !== noun.many)) onChange(found);
  };
  const field = (form: keyof Noun, value: string, label: string) => (
    <input
      aria-label={label}
      value={value}
      maxLength={MAX_NOUN_LENGTH}
      onChange={(event) => setTyped({ ...typed, [form]: event.target.value })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        keep();
      }}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as the other choices are.
    <div
      className="choice noun-fields"
      role="group"
      aria-labelledby={id}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) keep();
      }}
    >
      <span id={id}>Each is called</span>
      <span className="noun-forms">
        {field('one', one, 'One is called')}
        <span className="quiet">and many</span>
        {field('many', many, 'Many are called')}
      </span>
    </div>
  );
}

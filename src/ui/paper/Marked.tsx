import { Fragment } from 'react';

interface Props {
  readonly text: string;
  /** Half-open UTF-16 ranges of `text`, increasing and apart. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Text with some stretches marked. Always text nodes: nothing in a paper is ever markup. */
export function Marked({ text, ranges }: Props) {
  let at = 0;
  const parts = ranges.map(([start, end]) => {
    const before = text.slice(at, start);
    at = end;
    return (
      <Fragment key={start}>
        {before}
        <mark>{text.slice(start, end)}</mark>
      </Fragment>
    );
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}

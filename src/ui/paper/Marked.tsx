import { Fragment } from 'react';

interface Props {
  readonly text: string;
  /** Half-open UTF-16 ranges of `text`, ascending and disjoint. */
  readonly ranges: readonly (readonly [number, number])[];
}

/** Text with marked ranges. It makes only text nodes, so that nothing in a paper is read as markup. */
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
